import type { Exchange } from '../../shared/model/connection.ts';
import { forecastOf, type Forecast, type LanePast, type PastMoment } from '../../shared/model/forecast.ts';
import type { ConnectionRecord, Vault } from '../vault/records.ts';
import { isTurn } from './history.ts';
import type { Clock } from './ports.ts';
import type { ProviderCalls } from './provider-calls.ts';
import type { Realms } from './realms.ts';
import { dueAtMs } from './renewal-schedule.ts';

export interface LookBackTools {
  realms: Realms;
  calls: ProviderCalls;
  clock: Clock;
  leadMs: () => number;
}

/** Histories that are read to learn how long sign-ins at a provider hold; more would teach nothing new. */
const mostLearntFrom = 60;

/** What happened to these connections since then, and when a person will have to sign in again. */
export function lookBack(
  tools: LookBackTools,
  connectionIds: readonly string[],
  sinceMs: number,
): { lanes: LanePast[] } {
  const held = new Map<string, number[]>();
  const lanes = connectionIds.flatMap((id): LanePast[] => {
    const vault = tools.realms.all().find((one) => one.connection(id) !== null);
    const connection = vault?.connection(id);
    if (vault === undefined || connection == null) return [];
    const history = vault.history(id);
    const key = `${vault.realm} ${connection.providerId} ${connection.grant}`;
    const spans = held.get(key) ?? heldAt(vault, connection);
    held.set(key, spans);
    return [
      {
        connectionId: id,
        moments: history.filter(({ atMs }) => atMs >= sinceMs).flatMap(momentOf),
        signedInMs: beganMs(history),
        forecast: foretell(tools, connection, history, spans),
      },
    ];
  });
  return { lanes };
}

const beganMs = (history: readonly Exchange[]): number | null =>
  history.find(({ what, outcome }) => what === 'signed_in' && outcome === 'done')?.atMs ?? null;

function momentOf({ atMs, what, outcome }: Exchange): PastMoment[] {
  if (outcome === 'failed') return what === 'tested' || what === 'revoked' ? [] : [{ atMs, what: 'failed' }];
  if (what === 'tested') return [];
  return [{ atMs, what: what === 'asked_again' ? 'renewed' : what }];
}

/** How long sign-ins at this provider held before it refused them; what we ended ourselves teaches nothing. */
function heldAt(vault: Vault, { providerId, grant }: ConnectionRecord): number[] {
  const alike = vault.connections().filter((one) => one.providerId === providerId && one.grant === grant);
  return alike.slice(0, mostLearntFrom).flatMap(({ id }) => {
    const turns = vault.history(id).filter(isTurn).toReversed();
    let beganAtMs: number | null = null;
    return turns.flatMap(({ what, atMs, outcome }) => {
      const from: number | null = beganAtMs;
      beganAtMs = what === 'signed_in' ? atMs : null;
      return outcome === 'failed' && from !== null ? [atMs - from] : [];
    });
  });
}

function foretell(
  { calls, clock, leadMs }: LookBackTools,
  connection: ConnectionRecord,
  history: readonly Exchange[],
  heldMs: readonly number[],
): Forecast {
  const used = history.find(({ what, outcome }) => outcome === 'done' && what !== 'revoked');
  return forecastOf({
    condition: connection.condition,
    renewable: connection.renewable,
    asksAgain: connection.grant === 'client_credentials',
    expiresAtMs: connection.expiresAtMs,
    renewsAtMs: dueAtMs(connection, leadMs()),
    signedInMs: beganMs(history) ?? connection.createdAtMs,
    lastUsedMs: used?.atMs ?? connection.lastRenewedAtMs ?? connection.createdAtMs,
    stated: calls.statedSignIn(connection.providerId),
    heldMs,
    nowMs: clock.nowMs(),
  });
}
