import { renewsAtMs } from '../../shared/model/time.ts';
import type { ConnectionRecord } from '../vault/records.ts';
import type { Clock } from './ports.ts';
import type { Realms } from './realms.ts';
import type { Renewals } from './renew.ts';

export interface ScheduleTools {
  realms: Realms;
  renewals: Renewals;
  clock: Clock;
  /** The latest that it may be (`Correction`). */
  mayBeMs(): number;
  leadMs(): number;
  /** An older copy renews nothing by itself, its refresh tokens may be spent (F44); nor does a vault about to close. */
  paused(): boolean;
}

/** Never more renewals at one provider at once, so that a thousand tokens ending together are no stampede. */
const mostAtOnce = 4;
/** The wall clock is looked at again at least this often: timers stop while a computer sleeps. */
const longestSleepMs = 60_000;
/** More than `mostAtOnce` due at a provider within this time are a crowd, and spread. */
const crowdMs = 60_000;
/** No failure has to be waited for longer (F33); a next try beyond it was worked out by another clock. */
const longestWaitMs = 3_600_000;
/** Clocks may differ by so much without anything being wrong. */
const usualDriftMs = 300_000;

/** When this connection should be renewed next without anyone asking; null = not by itself. */
export function dueAtMs(connection: ConnectionRecord, leadMs: number): number | null {
  if (connection.condition !== 'kept' || !connection.renewable) return null;
  if (connection.failure !== null) return connection.failure.nextTryAtMs;
  // An intent without an ending: the program ended while the provider was answering. Asked again at once (C1).
  if (connection.renewalIntent !== null) return connection.renewalIntent.atMs;
  if (connection.issuedAtMs === null || connection.expiresAtMs === null) return null;
  return renewsAtMs(connection.issuedAtMs, connection.expiresAtMs, leadMs);
}

/** One that is to be renewed by itself, and when. */
interface Waiting {
  id: string;
  /** Where it is counted: practice and the vault do not wait for each other. */
  place: string;
  dueAt: number;
  /** How much earlier it may be, so that a crowd does not come at once. */
  marginMs: number;
  /** It has failed, or is asked again after a lost answer: nothing to find out the time by. */
  troubled: boolean;
  /** Not held back by what another was told: its answer was lost, and is asked for again in seconds or perhaps never (C1). */
  urgent: boolean;
  issuedAtMs: number;
}

/**
 * When it is due as the clock stands now. What was noted by a clock that has been set back since would be waited for
 * a day or a year: an intent is due at once, a next try within an hour, and where a token came from the future nobody
 * knows what is left of it.
 */
function waitingOf(connection: ConnectionRecord, place: string, nowMs: number, leadMs: number): Waiting | null {
  const due = dueAtMs(connection, leadMs);
  if (due === null) return null;
  const { id, failure, renewalIntent, issuedAtMs, expiresAtMs } = connection;
  const troubled = failure !== null || renewalIntent !== null;
  const fromElsewhen = troubled
    ? failure === null || due > nowMs + longestWaitMs
    : issuedAtMs !== null && issuedAtMs > nowMs + usualDriftMs;
  const marginMs = troubled || expiresAtMs === null ? 0 : Math.max(0, expiresAtMs - due);
  const dueAt = fromElsewhen ? Math.min(due, nowMs) : due;
  return { id, place, dueAt, marginMs, troubled, urgent: renewalIntent !== null, issuedAtMs: issuedAtMs ?? 0 };
}

/** 0 ≤ share < 1, always the same for one connection: looked at again, it is due at the same moment. */
function shareOf(id: string): number {
  // FNV-1a: a thousand of them are looked at after each of a thousand renewals.
  let hash = 2_166_136_261;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  // Its last letters hardly reach the upper bits.
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * Many at one provider that are due together are renewed over twice the time ahead, each at its own moment. Only
 * ahead, and never the few: those are renewed when the window says so. What is due already is not put off.
 */
function spread(waiting: readonly Waiting[], nowMs: number): void {
  const places = new Map<string, Waiting[]>();
  for (const one of waiting) {
    if (one.dueAt <= nowMs || one.troubled) continue;
    const there = places.get(one.place);
    if (there === undefined) places.set(one.place, [one]);
    else there.push(one);
  }
  for (const all of places.values()) {
    const sorted = all.sort((a, b) => a.dueAt - b.dueAt);
    let lastOfCrowd = -1;
    sorted.forEach((one, index) => {
      const fifth = sorted[index + mostAtOnce];
      if (fifth !== undefined && fifth.dueAt - one.dueAt <= crowdMs) lastOfCrowd = index + mostAtOnce;
      if (index <= lastOfCrowd) one.dueAt -= shareOf(one.id) * one.marginMs;
    });
  }
}

/** Renews what is due, oldest due first. */
export class RenewalSchedule {
  readonly #tools: ScheduleTools;
  #stopTimer: () => void = () => undefined;
  #stopped = true;
  /** What a person asked to be renewed now; each keeps its turn among the four. */
  readonly #askedFor = new Set<string>();
  /** Since when it may be later than it seems, and when one was last asked for that. */
  #doubt: { sinceMs: number; probedAtMs: number } | null = null;

  constructor(tools: ScheduleTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#stopped = false;
    this.look();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopTimer();
  }

  /** A person does not want to wait for these: not for the lead, and not for the next try. */
  renewNow(connectionIds: readonly string[]): void {
    for (const id of connectionIds) this.#askedFor.add(id);
    this.look();
  }

  /** Starts what is due and sleeps until the next is. Call after any change, and when the computer wakes. */
  look(): void {
    this.#stopTimer();
    if (this.#stopped) return;
    const { renewals, clock } = this.#tools;
    const nowMs = clock.nowMs();
    const { waiting, running, notBefore } = this.#survey(nowMs);
    spread(waiting, nowMs);
    waiting.sort((a, b) => a.dueAt - b.dueAt);
    let sleepMs = longestSleepMs;
    const start = ({ id, place }: Waiting): void => {
      running.set(place, (running.get(place) ?? 0) + 1);
      this.#askedFor.delete(id);
      // The record says what went wrong; the end of any renewal leads back here.
      renewals.renew(id).catch(() => undefined);
    };
    for (const one of waiting) {
      const dueAt = one.urgent ? one.dueAt : Math.max(one.dueAt, notBefore.get(one.place) ?? 0);
      if (dueAt > nowMs) {
        sleepMs = Math.min(sleepMs, dueAt - nowMs);
        if (one.dueAt > nowMs) break;
        continue;
      }
      // Looked at again when one of the four has ended.
      if ((running.get(one.place) ?? 0) < mostAtOnce) start(one);
    }
    const probe = running.size === 0 ? this.#probe(waiting, notBefore, nowMs) : undefined;
    if (probe !== undefined) start(probe);
    this.#stopTimer = clock.after(sleepMs, () => this.look());
  }

  /** What waits to be renewed, how many are under way in each place, and where a provider asked to be left alone. */
  #survey(nowMs: number): { waiting: Waiting[]; running: Map<string, number>; notBefore: Map<string, number> } {
    const { realms, renewals } = this.#tools;
    const leadMs = this.#tools.leadMs();
    const running = new Map<string, number>();
    const notBefore = new Map<string, number>();
    const waiting: Waiting[] = [];
    for (const vault of realms.all()) {
      if (vault.realm === 'vault' && this.#tools.paused()) continue;
      for (const connection of vault.connections()) {
        const place = `${connection.realm} ${connection.providerId}`;
        if (renewals.isRenewing(connection.id)) {
          running.set(place, (running.get(place) ?? 0) + 1);
          continue;
        }
        // A failure that waits for a person is no due moment either, also when the disk did not take it.
        const failure = renewals.failureBesideRecord(connection) ?? connection.failure;
        // "Retry-After" is for everything asked there, not for the one connection that was answered with it.
        const retryAtMs = failure?.problem.facts.retryAtMs ?? 0;
        if (retryAtMs > (notBefore.get(place) ?? nowMs) && retryAtMs <= nowMs + longestWaitMs) {
          notBefore.set(place, retryAtMs);
        }
        const told = failure === connection.failure ? connection : { ...connection, failure };
        const one = waitingOf(told, place, nowMs, leadMs);
        if (one === null) {
          this.#askedFor.delete(connection.id);
          continue;
        }
        if (this.#askedFor.has(one.id)) Object.assign(one, { dueAt: Math.min(one.dueAt, nowMs), urgent: true });
        waiting.push(one);
      }
    }
    return { waiting, running, notBefore };
  }

  /**
   * The clock jumped ahead, and it is not known whether it was set or the computer slept unnoticed. Nothing is due yet
   * by the one reading; by the other this one is, and its answer's Date tells which holds. One a minute until it has,
   * and none twice, where a provider sends no Date.
   */
  #probe(waiting: readonly Waiting[], notBefore: ReadonlyMap<string, number>, nowMs: number): Waiting | undefined {
    const mayBeMs = this.#tools.mayBeMs();
    if (mayBeMs <= nowMs) this.#doubt = null;
    else this.#doubt ??= { sinceMs: nowMs, probedAtMs: -Infinity };
    const doubt = this.#doubt;
    if (doubt === null || nowMs < doubt.probedAtMs + longestSleepMs) return undefined;
    const probe = waiting.find(
      ({ troubled, dueAt, issuedAtMs, place }) =>
        !troubled && dueAt <= mayBeMs && issuedAtMs < doubt.sinceMs && !notBefore.has(place),
    );
    if (probe !== undefined) doubt.probedAtMs = nowMs;
    return probe;
  }
}
