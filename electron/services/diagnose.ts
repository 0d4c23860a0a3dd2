import type { Exchange } from '../../shared/model/connection.ts';
import type { Diagnosis, RuledOut } from '../../shared/model/diagnosis.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { PastTokens } from '../vault/records.ts';
import type { Clock } from './ports.ts';
import type { ProviderCalls } from './provider-calls.ts';
import { clockToleranceMs, lastFailed, rankCauses, type Evidence } from './rank-causes.ts';
import type { Found, Realms } from './realms.ts';
import type { Renewals } from './renew.ts';
import type { Sighting, Sightings } from './sightings.ts';

export interface DiagnoseTools {
  realms: Realms;
  calls: ProviderCalls;
  renewals: Renewals;
  sightings: Sightings;
  clock: Clock;
  /** How far the program's time is ahead of this computer's own clock. */
  offsetMs(): number;
  /** The vault is older than the one last used here. */
  olderCopy(): boolean;
}

/** What was seen longer ago says little of now. */
const recentMs = 3_600_000;
const dayMs = 24 * recentMs;

/**
 * Why it stopped, from what is known. `check` looks first whether the provider can be reached: a request without any
 * token or secret, so that looking changes nothing there and nothing here.
 */
export async function diagnose(tools: DiagnoseTools, connectionId: string, check: boolean): Promise<Diagnosis> {
  // How the knock ends is what the sightings then say.
  if (check) await tools.calls.knock(tools.realms.connection(connectionId).app).catch(() => undefined);
  return diagnosisOf(tools, connectionId);
}

/** The same from what lies here already; nobody is asked. */
export function diagnosisOf(tools: DiagnoseTools, connectionId: string): Diagnosis {
  const { realms, calls, renewals, sightings, clock } = tools;
  const found = realms.connection(connectionId);
  const { vault, connection, app } = found;
  const history = vault.history(connectionId);
  const nowMs = clock.nowMs();
  const host = calls.tokenHost(app);
  const seen = host === null ? null : sightings.of(host);
  const failed = lastFailed(history);
  const failure = renewals.failureBesideRecord(connection) ?? connection.failure;
  const over = connection.condition === 'revoked';
  const now: { problem: Problem; atMs: number } | null = over
    ? null
    : failure !== null
      ? { problem: failure.problem, atMs: failure.atMs }
      : failed?.problem == null
        ? null
        : { problem: failed.problem, atMs: failed.atMs };
  const good = history.find(({ outcome, what }) => outcome === 'done' && bringsTokens.has(what));
  const refreshToken = refreshFingerprint(vault.tokenTrail(connectionId));
  const evidence: Evidence = {
    nowMs,
    connection,
    problem: now?.problem ?? null,
    problemAtMs: now?.atMs ?? nowMs,
    lastGoodMs: good?.atMs ?? connection.lastRenewedAtMs ?? connection.issuedAtMs,
    rotatedAtMs: history.find(({ refreshToken: token, what }) => token === 'new' && what === 'renewed')?.atMs ?? null,
    keptRefreshToken: history.some(({ refreshToken: token }) => token === 'kept'),
    refreshToken,
    olderCopy: vault.realm === 'vault' && tools.olderCopy(),
    // The program's time was put right already; a certificate is judged by this computer's own.
    aheadMs: seen?.aheadMs == null ? null : seen.aheadMs + tools.offsetMs(),
    host,
    otherWorks: otherWorking(found, nowMs),
    ...others(sightings.all(), host, nowMs),
  };
  return {
    connectionId,
    atMs: nowMs,
    causes: rankCauses(evidence).slice(0, 8),
    ruledOut: ruledOutBy(evidence, seen),
    answer:
      over || failed?.problem == null
        ? null
        : { atMs: failed.atMs, durationMs: failed.durationMs, problem: failed.problem, refreshToken },
    lastGoodMs: evidence.lastGoodMs,
    signedInMs: history.find(({ what, outcome }) => what === 'signed_in' && outcome === 'done')?.atMs ?? null,
    aheadMs: evidence.aheadMs,
    host,
  };
}

const bringsTokens: ReadonlySet<Exchange['what']> = new Set<Exchange['what']>(['signed_in', 'renewed', 'asked_again']);

/** Of the refresh token in use, by the newest generation that brought one. */
function refreshFingerprint(trail: readonly PastTokens[]): string | null {
  const hashes = trail.flatMap(({ tokens }) => tokens).filter(({ kind }) => kind === 'refresh_token');
  return hashes[0]?.hash.slice(0, 8) ?? null;
}

/** The newest proof that others get through: the same app's first, since it shows that the secret is good. */
function otherWorking({ vault, connection, app }: Found, nowMs: number): Evidence['otherWorks'] {
  const working = vault.connections().flatMap((other) => {
    const atMs = other.lastRenewedAtMs ?? other.issuedAtMs ?? 0;
    const works = other.condition === 'kept' && other.failure === null && atMs > nowMs - dayMs;
    if (!works || other.id === connection.id || other.providerId !== connection.providerId) return [];
    return [{ atMs, label: other.label.slice(0, 120), sameApp: other.appId === app.id }];
  });
  return working.toSorted((a, b) => Number(b.sameApp) - Number(a.sameApp) || b.atMs - a.atMs)[0] ?? null;
}

function others(all: readonly Sighting[], host: string | null, nowMs: number) {
  const recent = all.filter(
    (one) => one.host !== host && Math.max(one.failed?.atMs ?? 0, one.answered?.atMs ?? 0) > nowMs - recentMs,
  );
  const othersFail = recent.filter(({ failed }) => failed !== null).length;
  return { othersFail, othersAnswer: recent.length - othersFail };
}

function ruledOutBy(evidence: Evidence, seen: Sighting | null): RuledOut[] {
  const { nowMs, aheadMs, otherWorks } = evidence;
  const reached = seen?.failed === null && seen.answered !== null && seen.answered.atMs > nowMs - recentMs;
  const out: RuledOut[] = [];
  if (reached && seen.answered !== null) {
    const { atMs, durationMs } = seen.answered;
    out.push({ kind: 'online', atMs }, { kind: 'name_and_certificate', atMs }, { kind: 'answers', durationMs });
  }
  if (aheadMs !== null && Math.abs(aheadMs) < clockToleranceMs) out.push({ kind: 'clock', aheadMs });
  if (otherWorks?.sameApp === true) out.push({ kind: 'client_accepted', atMs: otherWorks.atMs });
  return out;
}
