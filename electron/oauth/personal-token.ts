import type { Secret } from '../secret.ts';
import { expiryOf } from './expiry.ts';
import type { Tokens } from './tokens.ts';
import type { ProviderWay } from './way.ts';

/**
 * A token that a person made by hand and pasted in, as the tokens of a grant: it takes the bearer's place, since the API
 * takes it as it takes a bearer. It came with no answer, so only the token itself can say when it ends.
 */
export function personalToken(way: Pick<ProviderWay, 'answer'>, token: Secret, nowMs: number): Tokens {
  const { bearer } = way.answer;
  const ends = expiryOf({ [bearer]: token.reveal() }, [{ from: 'jwt_exp', of: bearer }], {
    ...{ headers: {}, durationMs: 0 },
    receivedAtMs: nowMs,
  });
  return {
    accessToken: bearer === 'access_token' ? token : null,
    idToken: bearer === 'id_token' ? token : null,
    refreshToken: null,
    bearer: token,
    ...ends,
    issuedAtMs: nowMs,
    scopesGranted: null,
    refreshTokenReturned: false,
  };
}
