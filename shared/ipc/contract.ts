import { z } from 'zod';
import { backupPassphraseLength, dailyCopy } from '../model/backup.ts';
import { draftInput, draftPurpose, draftView } from '../model/draft.ts';
import { tokenClaims } from '../model/claims.ts';
import { exchange } from '../model/connection.ts';
import { diagnosis } from '../model/diagnosis.ts';
import { lanePast } from '../model/forecast.ts';
import { connectionNotices, noticeSettings, presenceView } from '../model/notices.ts';
import { practiceAct } from '../model/practice.ts';
import { attention, copyForm, delta, snapshot } from '../model/program.ts';
import { endpointKind, providerView, revocationReach } from '../model/provider.ts';
import { tokenMatch } from '../model/token-match.ts';
import { settings, settingsInput } from '../model/settings.ts';
import type { Channel } from './channels.ts';

const id = z.string().min(1).max(80);
const typed = z.string().max(4096);
/** Goes in and never comes back. */
const passphrase = z.string().max(1024);
const nothing = z.strictObject({});
const done = z.strictObject({ done: z.literal(true) });
const noticesView = noticeSettings.extend({ supported: z.boolean() });
const ids = z.array(id).max(20_000);
const connected = z.strictObject({ connectionId: id, account: z.string().nullable(), accountChecked: z.boolean() });

interface Row {
  input: z.ZodType;
  output: z.ZodType;
}

/**
 * THE table: every call the window can make, what goes in and what may come back. Main checks both directions;
 * outputs are strict objects, so that an extra `accessToken` fails instead of leaving the process.
 */
export const contract = {
  /** The first call. Starts opening the vault if nobody has; answers with what is known now. */
  'program.start': {
    input: nothing,
    output: z.strictObject({
      snapshot,
      language: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32']),
      version: z.string(),
      dataFolder: z.string(),
      lastCopiedConnectionId: z.string().nullable(),
      /** Where a notification or the tray led to last; a window that was not there yet follows it now. */
      attention: attention.optional(),
    }),
  },
  'program.retryVault': { input: nothing, output: done },
  'program.setVaultAside': { input: nothing, output: z.strictObject({ movedTo: z.string() }) },
  'program.useOlderCopy': { input: nothing, output: done },
  'program.openDataFolder': { input: nothing, output: done },
  'program.openProviderPage': { input: z.strictObject({ providerId: id, pageId: id, regionId: id }), output: done },
  'providers.list': { input: nothing, output: z.strictObject({ providers: z.array(providerView) }) },
  'practice.open': { input: nothing, output: done },
  'practice.close': { input: nothing, output: done },
  /** Something comes to pass at a practice provider, or `normal` takes back what still waits to. */
  'practice.happen': { input: z.strictObject({ providerId: id, what: practiceAct }), output: done },
  'drafts.open': { input: draftPurpose, output: draftView },
  'drafts.keep': { input: draftInput, output: draftView },
  /** The exchange itself. Fails with the likely field; the draft stays. */
  'drafts.connect': {
    /** `byPaste`: nothing listens for the browser; a person brings the address it lands on. */
    input: z.strictObject({ draftId: id, byPaste: z.boolean().optional() }),
    output: connected,
  },
  'drafts.discard': { input: z.strictObject({ draftId: id }), output: done },
  'drafts.copyScopes': { input: z.strictObject({ draftId: id }), output: done },
  /** Makes an ID and a secret and tells them to the person's own server (E11). Neither comes back but the ID. */
  'drafts.register': { input: z.strictObject({ draftId: id }), output: draftView },
  /** Main writes the clipboard, with a key that this vault registered; never with one that was typed. */
  'drafts.copyKey': {
    input: z.strictObject({ draftId: id, which: z.enum(['client_id', 'client_secret']) }),
    output: done,
  },
  /** The browser's answer is no longer waited for; `drafts.connect` ends with `sign_in_cancelled`. */
  'drafts.cancelSignIn': { input: z.strictObject({ draftId: id }), output: done },
  /** The address the browser landed on, or the bare code. Fails with what is wrong with it; the wait goes on. */
  'drafts.pasteRedirect': { input: z.strictObject({ draftId: id, pasted: z.string().max(16_384) }), output: done },
  /** The person says that the code is that company's. `evenLate`: also a code past its stated life. */
  'drafts.confirmCompany': { input: z.strictObject({ draftId: id, evenLate: z.boolean() }), output: done },
  'drafts.openBrowserAgain': { input: z.strictObject({ draftId: id }), output: done },
  /** Main writes the clipboard; the link itself does not come to the window. */
  'drafts.copySignInLink': { input: z.strictObject({ draftId: id }), output: done },
  /** The code that is typed on another page (RFC 8628). */
  'drafts.copyUserCode': { input: z.strictObject({ draftId: id }), output: done },
  /** Asks the issuer of the draft for its addresses. Other hosts than its own are asked about by main itself. */
  'drafts.findAddresses': { input: z.strictObject({ draftId: id }), output: draftView },
  /** Addresses out of a provider file; main's dialogs choose it and show what is in it. Unchanged where none was chosen. */
  'drafts.openProvider': { input: z.strictObject({ draftId: id }), output: draftView },
  'drafts.copyRedirect': { input: z.strictObject({ draftId: id }), output: done },
  /** Sends the browser to the redirect address before any provider is involved; done when it came back. */
  'drafts.rehearse': { input: z.strictObject({ draftId: id }), output: done },
  /** Somebody else came back: kept as a connection of its own, the expected one stays as it is. */
  'drafts.keepAsNew': { input: z.strictObject({ draftId: id }), output: connected },
  /** Somebody else came back: what came is dropped, and the wizard begins again. */
  'drafts.signInAsOther': { input: z.strictObject({ draftId: id }), output: draftView },
  'connections.renew': { input: z.strictObject({ connectionId: id }), output: done },
  'connections.test': {
    input: z.strictObject({ connectionId: id }),
    output: z.strictObject({
      outcome: z.enum(['works', 'works_scope_missing']),
      scopeMissing: z.string().nullable(),
      account: z.string().nullable(),
      status: z.number(),
      durationMs: z.number(),
      atMs: z.number(),
    }),
  },
  /** Main writes the clipboard; only that it did comes back. */
  'connections.copy': {
    input: z.strictObject({ connectionId: id, form: copyForm }),
    output: z.strictObject({ renewedFirst: z.boolean(), clearsAtMs: z.number(), leftMs: z.number().nullable() }),
  },
  'connections.rename': { input: z.strictObject({ connectionId: id, label: z.string().max(120) }), output: done },
  'connections.history': {
    input: z.strictObject({ connectionId: id }),
    output: z.strictObject({ exchanges: z.array(exchange) }),
  },
  /** Why it stopped, ranked. `check`: first looks whether the provider can be reached, without a token or a secret. */
  'connections.diagnose': { input: z.strictObject({ connectionId: id, check: z.boolean() }), output: diagnosis },
  /** Main writes the clipboard with a text that holds no secret and no name of a person. */
  'connections.copyReport': { input: z.strictObject({ connectionId: id }), output: done },
  /** What the tokens say of themselves, unchecked; only claims that are safe to draw. */
  'connections.claims': {
    input: z.strictObject({ connectionId: id }),
    output: z.strictObject({ tokens: z.array(tokenClaims) }),
  },
  /** For the lanes that are drawn: what happened since then, and the forecast of the next sign-in. */
  'connections.lookBack': {
    input: z.strictObject({ connectionIds: z.array(id).max(100), sinceMs: z.number() }),
    output: z.strictObject({ lanes: z.array(lanePast) }),
  },
  'connections.revokeReach': {
    input: z.strictObject({ connectionId: id }),
    output: z.strictObject({
      reach: revocationReach,
      /** Other connections here that will stop. */
      alsoEnds: ids,
      worksUntilMs: z.number().nullable(),
      endpointHost: z.string().nullable(),
    }),
  },
  'connections.revoke': {
    input: z.strictObject({ connectionId: id }),
    output: z.strictObject({
      atMs: z.number(),
      status: z.number(),
      alsoEnded: ids,
      worksUntilMs: z.number().nullable(),
    }),
  },
  'connections.remove': { input: z.strictObject({ connectionId: id }), output: done },
  'apps.add': {
    input: z.strictObject({
      realm: z.enum(['vault', 'practice']),
      providerId: id,
      name: z.string().max(120),
      clientId: typed,
      clientSecret: typed,
      regionId: id,
      baseUrl: z.string().max(2048).optional(),
      unencryptedAgreed: z.boolean().optional(),
      scopes: z.array(z.string().max(200)).max(200),
      endpoints: z.array(z.strictObject({ kind: endpointKind, url: z.string().max(2048) })).max(8),
    }),
    output: z.strictObject({ appId: id }),
  },
  'apps.rename': { input: z.strictObject({ appId: id, name: z.string().max(120) }), output: done },
  'apps.replaceSecret': {
    input: z.strictObject({ appId: id, clientId: typed.optional(), clientSecret: typed }),
    output: done,
  },
  /** `connectionIds` is what the person was shown; if it changed since, nothing is removed. */
  'apps.remove': { input: z.strictObject({ appId: id, connectionIds: ids }), output: done },
  'apps.copyRedirect': { input: z.strictObject({ appId: id }), output: done },
  /**
   * Of an app that is there. What is new is asked about by main itself, in a dialog that names the host; no member here
   * can stand in for that. `asked`: the hosts that were said yes to; `dropped`: connections that lost their tokens.
   */
  'apps.changeAddresses': {
    input: z.strictObject({
      appId: id,
      endpoints: z.array(z.strictObject({ kind: endpointKind, url: z.string().max(2048) })).max(8),
      choices: z.record(z.string().max(40), z.string().max(40)).optional(),
    }),
    output: z.strictObject({ asked: z.array(z.string()), dropped: ids }),
  },
  /** Where any other provider is asked, into a file that the person chooses; no registration and no secret is in it. */
  'apps.saveProvider': { input: z.strictObject({ appId: id }), output: z.strictObject({ saved: z.boolean() }) },
  /** The set-up of these apps for colleagues, into a file that the person chooses in main's dialog. No secret is in it. */
  'setUp.share': {
    input: z.strictObject({ appIds: z.array(id).min(1).max(20) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
  /** The other way round: main's dialogs choose the file and name its hosts. Makes new apps; none where none was chosen. */
  'setUp.takeOver': { input: nothing, output: z.strictObject({ appIds: ids }) },
  /** A token or a fingerprint out of a log. Main hashes what was pasted and drops it. */
  'connections.findToken': {
    input: z.strictObject({ pasted: z.string().max(16_384) }),
    output: z.strictObject({ matches: z.array(tokenMatch) }),
  },
  'clipboard.clear': { input: nothing, output: z.strictObject({ cleared: z.boolean() }) },
  /** Fails with `passphrase_missing` where there is nothing to unlock with: then nothing was locked. */
  'lock.lock': { input: nothing, output: done },
  /** `goesOn`: the wizard that was open, without its secrets. */
  'lock.unlock': {
    input: z.strictObject({ passphrase }),
    output: z.strictObject({ goesOn: draftView.nullable() }),
  },
  /** Sets the first one, or changes it (then with the current one). Makes the vault where there is none. */
  'passphrase.set': { input: z.strictObject({ passphrase, current: passphrase.optional() }), output: done },
  /** The key goes back to the keychain, which has to be there. */
  'passphrase.remove': { input: z.strictObject({ current: passphrase }), output: done },
  'settings.read': { input: nothing, output: settings },
  'settings.keep': { input: settingsInput, output: settings },
  'notices.settings': { input: nothing, output: noticesView },
  'notices.keep': { input: noticeSettings.partial(), output: noticesView },
  'notices.ofConnection': { input: z.strictObject({ connectionId: id }), output: connectionNotices },
  /** Real connections only: practice tells nothing. */
  'notices.keepOfConnection': {
    input: connectionNotices.partial().extend({ connectionId: id }),
    output: connectionNotices,
  },
  'presence.settings': { input: nothing, output: presenceView },
  'presence.keep': {
    input: z.strictObject({
      startsAtLogin: z.boolean().optional(),
      closeToTray: z.boolean().optional(),
      quitWarning: z.boolean().optional(),
    }),
    output: presenceView,
  },
  /** "Yes" or "Not now" to starting with the computer; never asked again. */
  'presence.answerOffer': { input: z.strictObject({ yes: z.boolean() }), output: presenceView },
  /** Main asks where to, seals, and writes. Null: the dialog was closed, and nothing was made. */
  'backup.make': {
    input: z.strictObject({ passphrase: z.string().min(backupPassphraseLength).max(1024) }),
    output: z.strictObject({ savedTo: z.string().nullable() }),
  },
  /** Main asks which file, and keeps it for `backup.restore`. Null: the dialog was closed; the choice before it stands. */
  'backup.choose': { input: nothing, output: z.strictObject({ fileName: z.string().nullable() }) },
  /**
   * Only where there is no vault, or an empty one. The passphrases go in and never come back: the backup's, and where there
   * is no keychain that of the vault that is made.
   */
  'backup.restore': { input: z.strictObject({ passphrase, vaultPassphrase: passphrase.optional() }), output: done },
  /**
   * The daily copies that would open whole, newest first. Asked of a vault that does not open. `needsPassphrase`: they take the vault's
   * passphrase, which was not given.
   */
  'backup.copies': {
    input: z.strictObject({ passphrase: passphrase.optional() }),
    output: z.strictObject({ copies: z.array(dailyCopy), needsPassphrase: z.boolean() }),
  },
  'backup.restoreCopy': {
    input: z.strictObject({ copyId: id, passphrase: passphrase.optional() }),
    output: z.strictObject({ movedTo: z.string() }),
  },
} as const satisfies Record<Channel, Row>;

export const statePush = delta;

export type Input<C extends Channel> = z.input<(typeof contract)[C]['input']>;
export type Output<C extends Channel> = z.output<(typeof contract)[C]['output']>;
