// Over 300 lines: what a wizard may hold and what it may not is one set of rules.
import { AppError } from '../../shared/errors.ts';
import type { Realm } from '../../shared/model/app.ts';
import type { DraftInput, DraftPurpose, DraftView } from '../../shared/model/draft.ts';
import type { EndpointKind, GrantType, ProviderView } from '../../shared/model/provider.ts';
import { Secret } from '../secret.ts';
import type { AppRecord } from '../vault/records.ts';
import { checkedAddress, mustBeAgreed } from './addresses.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { agree, chooseServer, setKey } from './draft-server.ts';
import { offerApp, offerSignIn } from './draft-practice.ts';
import { checkedChoices, chooseWay, needsRedirect, offerRedirect, typeRedirect } from './draft-way.ts';
import type { PracticeOffer } from './ports.ts';
import { forgetSecrets, pastedTokenOf, secretOf } from './typed-secrets.ts';
import type { Realms } from './realms.ts';
import { isHere } from './redirect-address.ts';

export interface DraftTools {
  realms: Realms;
  view(providerId: string): ProviderView;
  practiceOffer(providerId: string): PracticeOffer;
  /** The profile's addresses in a region, on a server of the person's own made from its address. */
  endpoints(providerId: string, regionId: string, baseUrl: string | null): AppRecord['endpoints'];
  nowMs(): number;
  newId(): string;
  /** A wizard is gone: what waits for it need not wait any more. */
  gone(draftId: string): void;
}

/** Enough for every wizard a person can have open; the oldest goes first when a broken window opens more. */
const mostDrafts = 20;

export class Drafts {
  readonly #drafts = new Map<string, Draft>();
  readonly #tools: DraftTools;

  constructor(tools: DraftTools) {
    this.#tools = tools;
  }

  /** Throws `not_found`. */
  get(draftId: string): Draft {
    const draft = this.#drafts.get(draftId);
    if (draft === undefined) throw new AppError('not_found');
    return draft;
  }

  open(purpose: DraftPurpose): DraftView {
    const draft = emptyDraft(this.#tools.newId(), purpose);
    if (purpose.kind === 'sign_in_again') {
      const { connection, app } = this.#tools.realms.connection(purpose.connectionId);
      Object.assign(draft, {
        realm: connection.realm,
        providerId: connection.providerId,
        appId: app.id,
        appName: app.name,
        clientId: app.clientId,
        regionId: app.regionId,
        scopes: [...connection.scopesAsked],
        grant: connection.grant,
        username: connection.username ?? '',
        label: connection.label,
        choices: { ...app.choices },
        company: connection.account ?? '',
      });
      this.#redirectOf(draft, app);
      if (draft.realm === 'practice') offerSignIn(draft, this.#tools.practiceOffer(connection.providerId));
    }
    if (purpose.kind === 'connect' && purpose.appId !== undefined) {
      this.#chooseProvider(draft, this.#tools.realms.app(purpose.appId).app.providerId);
      this.#chooseApp(draft, purpose.appId);
    }
    const oldest = this.#drafts.keys().next();
    if (this.#drafts.size >= mostDrafts && oldest.done !== true) this.discard(oldest.value);
    this.#drafts.set(draft.id, draft);
    return this.show(draft);
  }

  keep(input: DraftInput): DraftView {
    const draft = this.get(input.draftId);
    const fixed = draft.purpose.kind === 'sign_in_again';
    if (!fixed && input.providerId !== undefined && input.providerId !== draft.providerId) {
      this.#chooseProvider(draft, input.providerId);
    }
    if (!fixed && input.appId !== undefined) this.#chooseApp(draft, input.appId);
    if (!fixed && draft.appId === null) {
      if (input.appName !== undefined) draft.appName = input.appName;
      if (input.clientId !== undefined) setKey(draft, { clientId: input.clientId.trim() });
      if (input.clientSecret !== undefined) setKey(draft, { clientSecret: secretOf(input.clientSecret) });
      if (input.regionId !== undefined) this.#chooseRegion(draft, input.regionId);
      if (input.scopes !== undefined) draft.scopes = [...new Set(input.scopes)];
      if (input.baseUrl !== undefined) chooseServer(draft, input.baseUrl, this.#hasOwnServer(draft));
      if (input.unencryptedAgreed !== undefined) agree(draft, input.unencryptedAgreed, this.#tools.nowMs());
      if (input.endpoints !== undefined) this.#editEndpoints(draft, input.endpoints);
      if (input.choices !== undefined) draft.choices = checkedChoices(this.#viewOf(draft), input.choices);
      if (input.redirectUri !== undefined) typeRedirect(draft, input.redirectUri);
    }
    if (!fixed && input.grant !== undefined) this.#chooseWay(draft, input.grant);
    if (input.pastedToken !== undefined) draft.pastedToken = pastedTokenOf(input.pastedToken);
    if (!fixed && input.company !== undefined) draft.company = input.company.trim();
    if (input.username !== undefined) draft.username = input.username.trim();
    if (input.password !== undefined) draft.password = secretOf(input.password);
    if (input.label !== undefined) Object.assign(draft, { label: input.label, labelTyped: true });
    // What was typed after an exchange makes that exchange void: it is not what the person wants now. A name is no such
    // thing, and a code that was used up for it, or a token that was rotated, could not be had again.
    const isMore = Object.keys(input).some((name) => name !== 'draftId' && name !== 'label');
    if (isMore) draft.unsaved = null;
    return this.show(draft);
  }

  /** False once the wizard was closed: what comes back for it then is no longer wanted. */
  isOpen(draft: Draft): boolean {
    return this.#drafts.get(draft.id) === draft;
  }

  discard(draftId: string): void {
    this.#drafts.delete(draftId);
    this.#tools.gone(draftId);
  }

  /** Somebody else came back and is not wanted: what came is forgotten, and so is what was typed to sign in. */
  dropWhoCame(draftId: string): DraftView {
    const draft = this.get(draftId);
    Object.assign(draft, { unsaved: null, username: '', password: null, pastedToken: null });
    return this.show(draft);
  }

  /** The wizard that a person would go on with, where one is open. */
  newest(): DraftView | null {
    const newest = [...this.#drafts.values()].at(-1);
    return newest === undefined ? null : this.show(newest);
  }

  /**
   * The vault is locked: what was typed stays, secrets go, and so does what an exchange brought that nobody has stored.
   * Practice keeps its own, which are no secrets and which nobody could type again.
   */
  forgetSecrets(): void {
    for (const draft of this.#drafts.values()) if (draft.realm === 'vault') forgetSecrets(draft);
  }

  /** Practice ends: whatever was being set up there goes with it. */
  discardRealm(realm: Realm): void {
    for (const draft of this.#drafts.values()) if (draft.realm === realm) this.discard(draft.id);
  }

  /** The addresses this draft would use, each with where it comes from (R8). */
  sourcedEndpoints(draft: Draft): AppRecord['endpoints'] {
    if (draft.providerId === null) return [];
    if (draft.appId !== null) return this.#tools.realms.app(draft.appId).app.endpoints;
    const offer = draft.realm === 'practice' ? this.#tools.practiceOffer(draft.providerId) : null;
    const given = this.#tools.endpoints(draft.providerId, draft.regionId, draft.baseUrl === '' ? null : draft.baseUrl);
    return given.map(({ kind, url, source }) => {
      if (offer !== null) return { kind, url: offer.endpoints[kind], source: 'practice' };
      const typed = draft.editedEndpoints.get(kind);
      if (typed !== undefined) return { kind, url: typed, source: 'entered_by_you' };
      return { kind, url, source };
    });
  }

  /** The server that a draft of a provider with `ownServer` speaks to. Throws what is missing (E6, E7). */
  serverOf(draft: Draft): string {
    if (draft.realm === 'practice') return this.#tools.practiceOffer(draft.providerId ?? '').origin;
    if (draft.baseUrl === '') throw new AppError('field_missing', { field: 'baseUrl' });
    mustBeAgreed(draft.baseUrl, draft.unencryptedConsent?.origin ?? null);
    return draft.baseUrl;
  }

  /** The redirect address of this way; null where it needs none. */
  redirectFor(draft: Draft): string | null {
    return needsRedirect(draft, this.#viewOf(draft)) ? draft.redirectUri : null;
  }

  /** The same where it has to be there. Throws `field_missing`. */
  redirectOf(draft: Draft): string {
    const redirectUri = this.redirectFor(draft);
    if (redirectUri === null) throw new AppError('field_missing', { field: 'redirectUri' });
    return redirectUri;
  }

  /** Keys that this vault registered itself. The draft may have gone to another server while the server answered. */
  takeRegistered(draftId: string, server: string, keys: { clientId: string; clientSecret: Secret }): DraftView {
    const draft = this.get(draftId);
    if (draft.appId !== null || this.serverOf(draft) !== server) throw new AppError('changed_meanwhile');
    Object.assign(draft, keys, { registered: true, unsaved: null });
    return this.show(draft);
  }

  /** A key to be copied: only of those that nobody typed. Throws `not_found`. */
  registeredKey(draftId: string, which: 'client_id' | 'client_secret'): Secret {
    const { registered, clientId, clientSecret } = this.get(draftId);
    if (!registered || clientSecret === null) throw new AppError('not_found');
    return which === 'client_id' ? new Secret(clientId) : clientSecret;
  }

  show(draft: Draft): DraftView {
    return {
      id: draft.id,
      purpose: draft.purpose,
      realm: draft.realm,
      providerId: draft.providerId,
      appId: draft.appId,
      appName: draft.appName,
      clientId: draft.clientId,
      clientSecretEntered: draft.clientSecret !== null,
      regionId: draft.regionId,
      baseUrl: this.#shownServer(draft),
      unencryptedAgreed: draft.unencryptedConsent !== null,
      registered: draft.registered,
      endpoints: this.sourcedEndpoints(draft).map(({ kind, url }) => ({
        kind,
        url: url ?? '',
        edited: draft.editedEndpoints.has(kind),
      })),
      scopes: draft.scopes,
      grant: draft.grant,
      username: draft.username,
      passwordEntered: draft.password !== null,
      pastedTokenEntered: draft.pastedToken !== null,
      redirectUri: draft.redirectUri,
      redirectIsHere: draft.redirectUri !== null && isHere(draft.redirectUri),
      choices: { ...draft.choices },
      company: draft.company,
      label: draft.label,
    };
  }

  /** Another provider: what belongs to the first one (its keys, region, addresses, scopes) does not carry over. */
  #chooseProvider(draft: Draft, providerId: string): void {
    const view = this.#tools.view(providerId);
    draft.providerId = providerId;
    draft.appId = null;
    draft.clientId = '';
    draft.clientSecret = null;
    draft.editedEndpoints.clear();
    Object.assign(draft, { baseUrl: '', unencryptedConsent: null, registered: false });
    draft.regionId = view.regions[0]?.id ?? 'default';
    draft.grant = view.ways[0]?.grant ?? 'password';
    Object.assign(draft, { choices: {}, pastedToken: null, company: '' });
    offerRedirect(draft, view);
    draft.appName = view.name;
    draft.scopes = view.scopes?.testScope == null ? [] : [view.scopes.testScope];
    draft.password = null;
    draft.username = '';
    if (draft.realm !== 'practice') return;
    const offer = this.#tools.practiceOffer(providerId);
    offerApp(draft, offer);
    offerSignIn(draft, offer);
  }

  #chooseWay(draft: Draft, grant: GrantType): void {
    const view = this.#viewOf(draft);
    const before = draft.grant;
    chooseWay(draft, view, grant);
    if (draft.realm === 'practice' && grant !== before) offerSignIn(draft, this.#tools.practiceOffer(view.id));
  }

  #chooseApp(draft: Draft, appId: string | null): void {
    if (appId === null) {
      draft.appId = null;
      Object.assign(draft, { redirectUri: draft.ownRedirectUri, choices: {} });
      return;
    }
    const { app } = this.#tools.realms.app(appId);
    if (app.realm !== draft.realm || app.providerId !== draft.providerId) throw new AppError('bad_input');
    draft.appId = app.id;
    draft.scopes = [...app.scopes];
    draft.choices = { ...app.choices };
    this.#redirectOf(draft, app);
  }

  /** The app's own; one that has none yet (it was made for another way) is given one with its first sign-in. */
  #redirectOf(draft: Draft, app: AppRecord): void {
    if (draft.ownRedirectUri === null) offerRedirect(draft, this.#tools.view(app.providerId));
    draft.redirectUri = app.redirectUri ?? draft.ownRedirectUri;
  }

  #viewOf(draft: Draft): ProviderView {
    if (draft.providerId === null) throw new AppError('bad_input');
    return this.#tools.view(draft.providerId);
  }

  #hasOwnServer(draft: Draft): boolean {
    return draft.providerId !== null && this.#tools.view(draft.providerId).ownServer !== null;
  }

  #shownServer(draft: Draft): string | null {
    if (!this.#hasOwnServer(draft)) return null;
    return draft.realm === 'practice' ? this.serverOf(draft) : draft.baseUrl;
  }

  #chooseRegion(draft: Draft, regionId: string): void {
    if (draft.providerId === null) return;
    const known = this.#tools.view(draft.providerId).regions.some((region) => region.id === regionId);
    if (!known) throw new AppError('bad_input', { field: 'region' });
    draft.regionId = regionId;
  }

  /** All or nothing: one wrong address leaves the others as they were, so that the form and the draft agree. */
  #editEndpoints(draft: Draft, typed: readonly { kind: EndpointKind; url: string }[]): void {
    // Practice talks to its own server on this computer and to nothing else.
    if (draft.realm === 'practice' || draft.providerId === null) return;
    const { providerId, regionId, baseUrl } = draft;
    const endpoints = this.#tools.endpoints(providerId, regionId, baseUrl === '' ? null : baseUrl);
    const edits = new Map(draft.editedEndpoints);
    for (const { kind, url } of typed) {
      const given = endpoints.find((endpoint) => endpoint.kind === kind)?.url;
      if (given === undefined) throw new AppError('bad_input');
      if (url.trim() === '' || url.trim() === given) edits.delete(kind);
      else edits.set(kind, checkedAddress(kind, url, draft.unencryptedConsent?.origin ?? null));
    }
    draft.editedEndpoints = edits;
  }
}
