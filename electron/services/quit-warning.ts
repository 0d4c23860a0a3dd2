import type { ConnectionSummary } from '../../shared/model/connection.ts';

/** A connection whose token ends while the program is closed. */
export interface QuitLine {
  label: string;
  endsAtMs: number;
  /** False: it would end in any case, and a person has to sign in. */
  renewable: boolean;
}

/** What ends later than a day from now is no reason to keep a program open tonight. */
const horizonMs = 86_400_000;

/**
 * What may end while nothing is renewed, the soonest first. A sign-in that is kept alive by its refresh token counts:
 * a closed program sends none, and how long an unused one lives no provider of ours has published. What asks for its
 * tokens with the app's own keys loses nothing, and what needs a person already is told of elsewhere.
 */
export function quitWarning(connections: readonly ConnectionSummary[], nowMs: number): QuitLine[] {
  return connections
    .filter(
      ({ realm, condition, grant }) =>
        realm === 'vault' && condition !== 'sign_in_again' && condition !== 'revoked' && grant !== 'client_credentials',
    )
    .flatMap(({ label, expiresAtMs, renewable }) =>
      expiresAtMs !== null && expiresAtMs > nowMs && expiresAtMs <= nowMs + horizonMs
        ? [{ label, endsAtMs: expiresAtMs, renewable }]
        : [],
    )
    .sort((a, b) => a.endsAtMs - b.endsAtMs);
}
