import type { Profile } from '../schema.ts';
import type { Ledger } from './ledger.ts';
import type { Refusal } from './manners.ts';

/** What the addresses of one practice provider work with. */
export interface Room {
  profile: Profile;
  ledger: Ledger;
  nowMs: () => number;
  lifetimeSeconds: number;
}

/** Thrown inside a call, turned into the provider's own kind of answer at its end. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.why);
  }
}
