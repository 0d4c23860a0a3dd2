import type { Input, Output } from '../../shared/ipc/contract.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { Secret } from '../secret.ts';
import type { Backups } from '../services/backup.ts';
import type { BrowserSignIns } from '../services/browser-sign-ins.ts';
import type { Copying } from '../services/copy-token.ts';
import { changeAddresses, type ChangeAddressesTools } from '../services/change-addresses.ts';
import { connect, keepAsNew, type ConnectTools } from '../services/connect.ts';
import { diagnose, type DiagnoseTools } from '../services/diagnose.ts';
import type { DeviceSignIns } from '../services/device-sign-ins.ts';
import type { Drafts } from '../services/drafts.ts';
import { findAddresses, type FindTools } from '../services/find-addresses.ts';
import { findToken } from '../services/find-token.ts';
import { lookBack, type LookBackTools } from '../services/look-back.ts';
import type { Lock } from '../services/lock.ts';
import { addApp, redirectOf, removeApp, renameApp, replaceSecret, type AppTools } from '../services/manage-apps.ts';
import { removeConnection, renameConnection } from '../services/manage-connections.ts';
import type { Notices } from '../services/notices.ts';
import type { VaultOpening } from '../services/open-vault.ts';
import { removePassphrase, setPassphrase, type PassphraseTools } from '../services/passphrase.ts';
import type { Practice } from '../services/practice.ts';
import type { Presence } from '../services/presence.ts';
import type { Rehearsals } from '../services/rehearse.ts';
import { registerVault, type RegisterTools } from '../services/register-vault.ts';
import type { Realms } from '../services/realms.ts';
import type { Renewals } from '../services/renew.ts';
import { revoke, revokeReach, type RevokeTools } from '../services/revoke.ts';
import { openProvider, saveProvider, type ProviderFileTools } from '../services/share-provider.ts';
import { shareSetUp, takeOverSetUp, type SetUpTools } from '../services/share-set-up.ts';
import { testConnection, type TestTools } from '../services/test-connection.ts';
import { tokenClaims } from '../services/token-claims.ts';
import type { Handlers } from './router.ts';

const done = { done: true } as const;

export interface HandlerParts {
  realms: Realms;
  renewals: Renewals;
  copying: Copying;
  drafts: Drafts;
  practice: Practice;
  opening: VaultOpening;
  backups: Backups;
  connectTools: ConnectTools;
  browserSignIns: BrowserSignIns;
  deviceSignIns: DeviceSignIns;
  findTools: FindTools;
  providerFileTools: ProviderFileTools;
  rehearsals: Rehearsals;
  notices: Notices;
  presence: Presence;
  registerTools: RegisterTools;
  appTools: AppTools;
  addressTools: ChangeAddressesTools;
  setUpTools: SetUpTools;
  testTools: TestTools;
  revokeTools: RevokeTools;
  diagnoseTools: DiagnoseTools;
  lookBackTools: LookBackTools;
  report(connectionId: string): string;
  lock: Lock;
  passphraseTools: PassphraseTools;
  settings(): Settings;
  keepSettings(change: Input<'settings.keep'>): Settings;
  start(): Output<'program.start'>;
  providers(): Output<'providers.list'>;
  openDataFolder(): Promise<void>;
  openProviderPage(providerId: string, pageId: string, regionId: string): Promise<void>;
}

const secretOf = (typed: string | undefined): Secret | undefined =>
  typed === undefined ? undefined : new Secret(typed);

/** Channel → one service call. No decision is made here. */
export function handlers(parts: HandlerParts): Handlers {
  const {
    realms,
    renewals,
    copying,
    drafts,
    practice,
    opening,
    backups,
    browserSignIns,
    deviceSignIns,
    notices,
    presence,
  } = parts;
  return {
    'program.start': () => parts.start(),
    'program.retryVault': async () => (await opening.open(), done),
    'program.setVaultAside': async () => {
      const moved = opening.setAside();
      await opening.open();
      return moved;
    },
    'program.useOlderCopy': async () => (await opening.useOlderCopy(), done),
    'program.openDataFolder': async () => (await parts.openDataFolder(), done),
    'program.openProviderPage': async ({ providerId, pageId, regionId }) => {
      await parts.openProviderPage(providerId, pageId, regionId);
      return done;
    },
    'providers.list': () => parts.providers(),
    'practice.open': async () => (await practice.open(), done),
    'practice.close': async () => (await practice.close(), done),
    'practice.happen': ({ providerId, what }) => (practice.happen(providerId, what), done),
    'drafts.open': (purpose) => drafts.open(purpose),
    'drafts.keep': (input) => drafts.keep(input),
    'drafts.connect': ({ draftId, byPaste }) => connect(parts.connectTools, draftId, byPaste),
    'drafts.discard': ({ draftId }) => (drafts.discard(draftId), done),
    'drafts.copyScopes': async ({ draftId }) => (await copying.copyScopes(drafts.get(draftId).scopes), done),
    'drafts.register': ({ draftId }) => registerVault(parts.registerTools, draftId),
    'drafts.copyKey': async ({ draftId, which }) => (
      await copying.copyKey(drafts.registeredKey(draftId, which), which),
      done
    ),
    'drafts.cancelSignIn': ({ draftId }) => {
      browserSignIns.cancel(draftId);
      deviceSignIns.cancel(draftId);
      parts.rehearsals.stop(draftId);
      return done;
    },
    'drafts.pasteRedirect': ({ draftId, pasted }) => (browserSignIns.paste(draftId, pasted), done),
    'drafts.confirmCompany': ({ draftId, evenLate }) => (browserSignIns.confirm(draftId, evenLate), done),
    'drafts.openBrowserAgain': async ({ draftId }) => {
      await (deviceSignIns.isOut(draftId) ? deviceSignIns.openPage(draftId) : browserSignIns.openAgain(draftId));
      return done;
    },
    'drafts.copySignInLink': async ({ draftId }) => {
      const link = deviceSignIns.isOut(draftId) ? deviceSignIns.link(draftId) : browserSignIns.link(draftId);
      await copying.copyAddress(link, 'sign_in_link');
      return done;
    },
    'drafts.copyUserCode': async ({ draftId }) => (
      await copying.copyAddress(deviceSignIns.userCode(draftId), 'user_code'),
      done
    ),
    'drafts.openProvider': ({ draftId }) => openProvider(parts.providerFileTools, draftId),
    'drafts.findAddresses': ({ draftId }) => findAddresses(parts.findTools, draftId),
    'drafts.copyRedirect': async ({ draftId }) => (
      await copying.copyAddress(new Secret(drafts.redirectOf(drafts.get(draftId))), 'redirect_address'),
      done
    ),
    'drafts.rehearse': async ({ draftId }) => (
      await parts.rehearsals.run(draftId, drafts.redirectOf(drafts.get(draftId))),
      done
    ),
    'drafts.keepAsNew': ({ draftId }) => keepAsNew(parts.connectTools, draftId),
    'drafts.signInAsOther': ({ draftId }) => drafts.dropWhoCame(draftId),
    'connections.renew': async ({ connectionId }) => (await renewals.renew(connectionId), done),
    'connections.test': ({ connectionId }) => testConnection(parts.testTools, connectionId),
    'connections.copy': ({ connectionId, form }) => copying.copyToken(connectionId, form),
    'connections.rename': ({ connectionId, label }) => (renameConnection(realms, connectionId, label), done),
    'connections.history': ({ connectionId }) => ({
      exchanges: [...realms.connection(connectionId).vault.history(connectionId)],
    }),
    'connections.diagnose': ({ connectionId, check }) => diagnose(parts.diagnoseTools, connectionId, check),
    'connections.copyReport': async ({ connectionId }) => (await copying.copyReport(parts.report(connectionId)), done),
    'connections.claims': ({ connectionId }) => tokenClaims(parts.testTools, connectionId),
    'connections.lookBack': ({ connectionIds, sinceMs }) => lookBack(parts.lookBackTools, connectionIds, sinceMs),
    'connections.revokeReach': ({ connectionId }) => revokeReach(parts.revokeTools, connectionId),
    'connections.revoke': ({ connectionId }) => revoke(parts.revokeTools, connectionId),
    'connections.remove': ({ connectionId }) => (removeConnection(realms, connectionId), done),
    'apps.add': (input) => addApp(parts.appTools, input),
    'apps.rename': ({ appId, name }) => (renameApp(parts.appTools, appId, name), done),
    'apps.replaceSecret': (input) => (replaceSecret(parts.appTools, input), done),
    'apps.remove': ({ appId, connectionIds }) => (removeApp(parts.appTools, appId, connectionIds), done),
    'apps.copyRedirect': async ({ appId }) => (
      await copying.copyAddress(redirectOf(parts.appTools, appId), 'redirect_address'),
      done
    ),
    'apps.changeAddresses': (input) => changeAddresses(parts.addressTools, input),
    'apps.saveProvider': ({ appId }) => saveProvider(parts.providerFileTools, appId),
    'setUp.share': ({ appIds }) => shareSetUp(parts.setUpTools, appIds),
    'setUp.takeOver': () => takeOverSetUp(parts.setUpTools),
    'connections.findToken': ({ pasted }) => findToken(realms, pasted),
    'clipboard.clear': async () => ({ cleared: await copying.clear() }),
    'lock.lock': () => (parts.lock.lock(), done),
    'lock.unlock': ({ passphrase }) => parts.lock.unlock(new Secret(passphrase)),
    'passphrase.set': async ({ passphrase, current }) => {
      const known = current === undefined ? null : new Secret(current);
      await setPassphrase(parts.passphraseTools, new Secret(passphrase), known);
      return done;
    },
    'passphrase.remove': async ({ current }) => (
      await removePassphrase(parts.passphraseTools, new Secret(current)),
      done
    ),
    'settings.read': () => parts.settings(),
    'settings.keep': (change) => parts.keepSettings(change),
    'notices.settings': () => notices.settings(),
    'notices.keep': (change) => (notices.keep(change), notices.settings()),
    'notices.ofConnection': ({ connectionId }) => notices.of(connectionId),
    'notices.keepOfConnection': ({ connectionId, ...change }) => (
      notices.keepOf(connectionId, change),
      notices.of(connectionId)
    ),
    'presence.settings': () => presence.view(),
    'presence.keep': (change) => presence.keep(change),
    'presence.answerOffer': ({ yes }) => presence.answerOffer(yes),
    'backup.make': ({ passphrase }) => backups.make(new Secret(passphrase)),
    'backup.choose': () => backups.choose(),
    'backup.restore': async ({ passphrase, vaultPassphrase }) => {
      await backups.restore(new Secret(passphrase), secretOf(vaultPassphrase));
      return done;
    },
    'backup.copies': ({ passphrase }) => backups.copies(secretOf(passphrase)),
    'backup.restoreCopy': ({ copyId, passphrase }) => backups.restoreCopy(copyId, secretOf(passphrase)),
  };
}
