import { randomBytes } from 'node:crypto';
import type { Profile } from '../schema.ts';
import type { Person } from './ledger.ts';

/** Tokens that people made by hand: one each, good until it is revoked here; then the next one is made. */
export class PersonalTokens {
  readonly #holders = new Map<string, Person>();
  readonly #offered: Profile['personalAccessToken'];
  #number = 30_000;

  constructor(offered: Profile['personalAccessToken']) {
    this.#offered = offered;
  }

  /** Null where this provider has none. */
  of(person: Person): string | null {
    if (this.#offered === null) return null;
    for (const [token, holder] of this.#holders) if (holder.username === person.username) return token;
    const token = this.#made(this.#offered.begins);
    this.#holders.set(token, person);
    return token;
  }

  holder(token: string): Person | null {
    return this.#holders.get(token) ?? null;
  }

  revoke(username: string): void {
    for (const [token, holder] of this.#holders) if (holder.username === username) this.#holders.delete(token);
  }

  /** As the profile says that they begin; where nothing is known, a number, a bar and letters (TeamGantt). */
  #made(begins: string | null): string {
    this.#number += 1;
    return `${begins ?? `${String(this.#number)}|`}${randomBytes(30).toString('hex').slice(0, 40)}`;
  }
}
