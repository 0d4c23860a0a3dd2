import { happenings, type Happening } from '../../../shared/model/practice.ts';
import type { Profile } from '../schema.ts';
import type { Fault } from './switchboard.ts';

type FaultOfCall = Extract<Happening, 'answer_lost' | 'too_many' | 'server_error' | 'web_page' | 'slow'>;

/** What happens to the next call for tokens. The other happenings are no faults of a call. */
export const faults: Record<FaultOfCall, Fault> = {
  answer_lost: { kind: 'drop_after' },
  too_many: {
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '30' },
    body: '{"message":"Too Many Requests"}',
  },
  server_error: { kind: 'status', status: 500, body: '{"message":"Internal Server Error"}' },
  web_page: { kind: 'html' },
  slow: { kind: 'slow', afterMs: 5000 },
};

/** How far ahead a wrong clock is. */
export const wrongClockMs = 3_600_000;

/** What can happen at this provider: one that has no refresh tokens rotates none, and one that always does needs no wish for it. */
export function possible({ practice, renewal }: Profile): Happening[] {
  const rotatesOnWish = renewal.by === 'refresh_token' && renewal.newRefreshToken !== 'always';
  return happenings.filter((what) => {
    if (what === 'revoked_elsewhere') return practice.people.length > 0;
    return what !== 'new_refresh_token' || rotatesOnWish;
  });
}
