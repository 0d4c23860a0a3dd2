import type { RequestShape } from '../../oauth/way.ts';
import type { Profile } from '../schema.ts';
import type { CodeBook } from './code-book.ts';
import type { DeviceBook } from './device-book.ts';
import type { Ledger } from './ledger.ts';
import type { Refusal } from './manners.ts';
import type { PersonalTokens } from './personal-tokens.ts';
import type { Tickets } from './tickets.ts';

/** What the addresses of one practice provider work with. */
export interface Room {
  profile: Profile;
  ledger: Ledger;
  codes: CodeBook;
  devices: DeviceBook;
  tickets: Tickets;
  personalTokens: PersonalTokens;
  nowMs: () => number;
  lifetimeSeconds: number;
  /** Form or JSON for every token call with a body; null = as the profile has it. */
  tokenParameters: Exclude<RequestShape['parameters'], 'query'> | null;
  /** Does this renewal bring a new refresh token, and end the old one? Asked once for each. */
  rotates: () => boolean;
}

/** Thrown inside a call, turned into the provider's own kind of answer at its end. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.why);
  }
}
