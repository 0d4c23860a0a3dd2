import { AppError } from '../../shared/errors.ts';
import type { PracticeAct, PracticeStatus } from '../../shared/model/practice.ts';
import type { Vault } from '../vault/records.ts';
import type { Announce } from './announce.ts';
import type { Drafts } from './drafts.ts';
import type { PracticeOffer, PracticeProvider } from './ports.ts';
import type { Realms } from './realms.ts';

export interface PracticeTools {
  realms: Realms;
  announce: Announce;
  startProviders(): Promise<PracticeProvider[]>;
  newShelf(): Vault;
  /** Drafts exist before and after practice; those of practice end with it. */
  drafts(): Drafts;
  /** Takes a practice token off the clipboard. */
  clearCopies(): Promise<unknown>;
}

/**
 * The fire drill: make-believe providers inside this program, on loopback only. What is connected there lies on a
 * shelf in memory, never in the vault or the keychain, and is gone when practice is closed.
 */
export class Practice {
  readonly #tools: PracticeTools;
  #providers: PracticeProvider[] = [];
  #opening: Promise<void> | null = null;

  constructor(tools: PracticeTools) {
    this.#tools = tools;
  }

  status(): PracticeStatus {
    return {
      open: this.#providers.length > 0,
      hosts: this.#providers.map(({ origin }) => new URL(origin).host),
      systems: this.#providers.map((provider) => ({ providerId: provider.providerId, ...provider.happenings() })),
    };
  }

  /** Safe to press twice. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async close(): Promise<void> {
    await this.#opening;
    const providers = this.#providers;
    this.#providers = [];
    await this.#tools.clearCopies().catch(() => undefined);
    this.#tools.drafts().discardRealm('practice');
    this.#tools.realms.setPractice(null);
    this.#tools.announce.part('practice');
    await Promise.all(providers.map((provider) => provider.stop()));
  }

  /** Throws `practice_closed`. */
  offer(providerId: string): PracticeOffer {
    const provider = this.#provider(providerId);
    return { ...provider.offer, endpoints: provider.endpoints, origin: provider.origin };
  }

  /** As if the redirect address had been typed at the provider. */
  registerRedirect(providerId: string, clientId: string, redirectUri: string): void {
    this.#providers.find((one) => one.providerId === providerId)?.registerRedirect(clientId, redirectUri);
  }

  /** The fire drill itself. Throws `practice_closed`, `bad_input`. */
  happen(providerId: string, what: PracticeAct): void {
    this.#provider(providerId).happen(what);
  }

  #provider(providerId: string): PracticeProvider {
    const provider = this.#providers.find((one) => one.providerId === providerId);
    if (provider === undefined) throw new AppError('practice_closed');
    return provider;
  }

  async #open(): Promise<void> {
    if (this.#providers.length > 0) return;
    this.#providers = await this.#tools.startProviders();
    for (const provider of this.#providers) provider.watch(() => this.#tools.announce.part('practice'));
    this.#tools.realms.setPractice(this.#tools.newShelf());
    this.#tools.announce.part('practice');
  }
}
