import { renewsAtMs } from '../../shared/model/time.ts';
import type { ConnectionRecord } from '../vault/records.ts';
import type { Clock } from './ports.ts';
import type { Realms } from './realms.ts';
import type { Renewals } from './renew.ts';

export interface ScheduleTools {
  realms: Realms;
  renewals: Renewals;
  clock: Clock;
  leadMs(): number;
  /** An older copy renews nothing by itself, its refresh tokens may be spent (F44); nor does a vault about to close. */
  paused(): boolean;
}

/** Never more renewals at one provider at once, so that a thousand tokens ending together are no stampede. */
const mostAtOnce = 4;
/** The wall clock is looked at again at least this often: timers stop while a computer sleeps. */
const longestSleepMs = 60_000;

/** When this connection should be renewed next without anyone asking; null = not by itself. */
export function dueAtMs(connection: ConnectionRecord, leadMs: number): number | null {
  if (connection.condition !== 'kept' || !connection.renewable) return null;
  if (connection.failure !== null) return connection.failure.nextTryAtMs;
  // An intent without an ending: the program ended while the provider was answering. Asked again at once (C1).
  if (connection.renewalIntent !== null) return connection.renewalIntent.atMs;
  if (connection.issuedAtMs === null || connection.expiresAtMs === null) return null;
  return renewsAtMs(connection.issuedAtMs, connection.expiresAtMs, leadMs);
}

/** Renews what is due, by the wall clock, oldest due first. */
export class RenewalSchedule {
  readonly #tools: ScheduleTools;
  #stopTimer: () => void = () => undefined;
  #stopped = true;
  /** What a person asked to be renewed now; each keeps its turn among the four. */
  readonly #askedFor = new Set<string>();

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
    const { realms, renewals, clock } = this.#tools;
    const nowMs = clock.nowMs();
    const leadMs = this.#tools.leadMs();
    const running = new Map<string, number>();
    const waiting: { id: string; providerId: string; dueAt: number }[] = [];
    for (const vault of realms.all()) {
      if (vault.realm === 'vault' && this.#tools.paused()) continue;
      for (const connection of vault.connections()) {
        if (renewals.isRenewing(connection.id)) {
          running.set(connection.providerId, (running.get(connection.providerId) ?? 0) + 1);
          continue;
        }
        // A failure that waits for a person is no due moment either, also when the disk did not take it.
        const failure = renewals.failureBesideRecord(connection) ?? connection.failure;
        const dueAt = dueAtMs({ ...connection, failure }, leadMs);
        if (dueAt === null) {
          this.#askedFor.delete(connection.id);
          continue;
        }
        const isAskedFor = this.#askedFor.has(connection.id);
        waiting.push({
          id: connection.id,
          providerId: connection.providerId,
          dueAt: isAskedFor ? Math.min(dueAt, nowMs) : dueAt,
        });
      }
    }
    waiting.sort((a, b) => a.dueAt - b.dueAt);
    let sleepMs = longestSleepMs;
    for (const { id, providerId, dueAt } of waiting) {
      if (dueAt > nowMs) {
        sleepMs = Math.min(sleepMs, dueAt - nowMs);
        break;
      }
      const atProvider = running.get(providerId) ?? 0;
      if (atProvider >= mostAtOnce) continue; // looked at again when one of the four has ended
      running.set(providerId, atProvider + 1);
      this.#askedFor.delete(id);
      // The record says what went wrong; the end of any renewal leads back here.
      renewals.renew(id).catch(() => undefined);
    }
    this.#stopTimer = clock.after(sleepMs, () => this.look());
  }
}
