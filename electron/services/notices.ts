import { AppError } from '../../shared/errors.ts';
import type { ConnectionSummary } from '../../shared/model/connection.ts';
import type { ConnectionNotices, NoticeSettings } from '../../shared/model/notices.ts';
import { renewsAtMs } from '../../shared/model/time.ts';
import type { Clock, MannerPreferences, Notice, Notifications, NoticesKept } from './ports.ts';

export interface NoticeTools {
  /** The real connections as they are now; null while no vault is open, so that nothing is forgotten then. */
  connections: () => readonly ConnectionSummary[] | null;
  /** May a notification name what is in the vault? A locked one must not be told of by name. */
  mayName: () => boolean;
  preferences: MannerPreferences;
  notifications: Notifications;
  clock: Clock;
}

/** What fails together is gathered this long, so that fifty refusals are one notification and not two. */
const gatherMs = 10_000;
const leastBetweenMs = 60_000;
/** A token comes near its end without anything happening here, and timers stop while a computer sleeps. */
const longestSleepMs = 60_000;

const hourMs = 3_600_000;
const usual: NoticesKept = { notify: 'on', snoozedUntilMs: null, told: null };

export interface Duty {
  kind: 'needed' | 'soon';
  remedy: Notice['remedy'];
  cause: string;
}

/**
 * What a person has to do about a connection; null while it needs nobody. What is tried again by itself is no duty,
 * and a connection that ended with another was told of in the receipt of the revocation that ended it.
 *
 * "Soon" follows the rule of renewals (R1): ahead of the end by the smaller of the lead setting and a tenth of the
 * life. A token of ninety days is told of a day before, one of a day two hours and a half before, one of an hour six
 * minutes before; a warning that comes with the sign-in itself would be none.
 */
export function dutyOf(connection: ConnectionSummary, nowMs: number, leadMs: number): Duty | null {
  const { condition, failure, expiresAtMs } = connection;
  if (connection.realm === 'practice' || failure?.problem.code === 'ended_with_another') return null;
  if (condition === 'revoked' || condition === 'renewing' || condition === 'retrying') return null;
  if (condition === 'sign_in_again') {
    return { kind: 'needed', remedy: 'sign_in', cause: failure?.problem.code ?? 'sign_in_again' };
  }
  if (failure !== null) return { kind: 'needed', remedy: 'set_up', cause: failure.problem.code };
  if (connection.renewable || expiresAtMs === null) return null;
  if (expiresAtMs <= nowMs) return { kind: 'needed', remedy: 'sign_in', cause: 'ended' };
  const soonMs = renewsAtMs(connection.issuedAtMs ?? connection.createdAtMs, expiresAtMs, leadMs);
  return nowMs < soonMs ? null : { kind: 'soon', remedy: 'sign_in', cause: 'soon' };
}

/** Tells a person by native notifications what only a person can mend: once for each cause, at most one a minute. */
export class Notices {
  readonly #tools: NoticeTools;
  #stopTimer: () => void = () => undefined;
  /** When the next look is; null while none is planned. */
  #nextMs: number | null = null;
  #lastShownMs: number | null = null;
  #stopped = true;

  constructor(tools: NoticeTools) {
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

  /** Something changed, or the computer woke: looked at after the time of gathering. Cheap, so call it freely. */
  look(): void {
    this.#planBy(this.#tools.clock.nowMs() + gatherMs);
  }

  settings(): NoticeSettings & { supported: boolean } {
    return { ...this.#tools.preferences.noticeSettings(), supported: this.#tools.notifications.supported };
  }

  keep(change: { [K in keyof NoticeSettings]?: NoticeSettings[K] | undefined }): void {
    const { preferences } = this.#tools;
    const { on, names, leadHours } = preferences.noticeSettings();
    preferences.keepNoticeSettings({
      on: change.on ?? on,
      names: change.names ?? names,
      leadHours: change.leadHours ?? leadHours,
    });
    this.look();
  }

  /** Throws `not_found`. */
  of(connectionId: string): ConnectionNotices {
    this.#mustBeReal(connectionId);
    const { notify, snoozedUntilMs } = this.#kept(connectionId);
    return { notify, snoozedUntilMs: this.#isSnoozed(snoozedUntilMs) ? snoozedUntilMs : null };
  }

  /** Throws `not_found`. A snooze is a wish to be told again then, so what was told so far is forgotten with it. */
  keepOf(
    connectionId: string,
    change: { notify?: ConnectionNotices['notify'] | undefined; snoozedUntilMs?: number | null | undefined },
  ): void {
    this.#mustBeReal(connectionId);
    const before = this.#kept(connectionId);
    const snoozedUntilMs = change.snoozedUntilMs === undefined ? before.snoozedUntilMs : change.snoozedUntilMs;
    this.#keepAll({
      ...this.#tools.preferences.noticesOfConnections(),
      [connectionId]: {
        notify: change.notify ?? before.notify,
        snoozedUntilMs,
        told: this.#isSnoozed(snoozedUntilMs) ? null : before.told,
      },
    });
    this.look();
  }

  #planBy(atMs: number): void {
    if (this.#stopped || (this.#nextMs !== null && this.#nextMs <= atMs)) return;
    this.#stopTimer();
    this.#nextMs = atMs;
    this.#stopTimer = this.#tools.clock.after(atMs - this.#tools.clock.nowMs(), () => {
      this.#nextMs = null;
      this.#tell();
    });
  }

  #tell(): void {
    const nowMs = this.#tools.clock.nowMs();
    const connections = this.#tools.connections();
    if (connections !== null) {
      const due = this.#lookThrough(connections, nowMs);
      const first = [due.needed, due.soon, due.recovered].find((all) => all.length > 0);
      // A wall clock that was set back must not silence us for as long as it was wrong.
      const sinceMs = this.#lastShownMs === null ? leastBetweenMs : Math.abs(nowMs - this.#lastShownMs);
      if (first !== undefined && sinceMs < leastBetweenMs) this.#planBy(nowMs + leastBetweenMs - sinceMs);
      else if (first !== undefined) this.#show(first, nowMs);
    }
    this.#planBy(nowMs + longestSleepMs);
  }

  /** What is to be told, by kind. What is over without having to be told is forgotten on the way. */
  #lookThrough(connections: readonly ConnectionSummary[], nowMs: number): Record<Notice['kind'], Due[]> {
    const { preferences, notifications } = this.#tools;
    const { on, leadHours } = preferences.noticeSettings();
    const speaks = on && notifications.supported;
    const all = preferences.noticesOfConnections();
    const here = new Set(connections.map(({ id }) => id));
    const next = Object.fromEntries(Object.entries(all).filter(([id]) => here.has(id)));
    let changed = Object.keys(next).length < Object.keys(all).length;
    const due: Record<Notice['kind'], Due[]> = { needed: [], soon: [], recovered: [] };
    for (const connection of connections) {
      const kept = next[connection.id] ?? usual;
      const quiet = !speaks || kept.notify === 'off' || this.#isSnoozed(kept.snoozedUntilMs);
      const duty = dutyOf(connection, nowMs, leadHours * hourMs);
      if (duty !== null) {
        if (!quiet && !isTold(kept, connection, duty)) due[duty.kind].push({ connection, duty });
      } else if (kept.told !== null && isOver(connection, kept.told.generation)) {
        // A warning in time is not "recovered": nothing had stopped.
        if (!quiet && connection.condition !== 'revoked' && kept.told.causes.some((cause) => cause !== 'soon')) {
          due.recovered.push({ connection, duty: null });
        } else {
          next[connection.id] = { ...kept, told: null };
          changed = true;
        }
      }
    }
    if (changed) this.#keepAll(next);
    return due;
  }

  #show(due: readonly Due[], nowMs: number): void {
    const { preferences, notifications, mayName } = this.#tools;
    const sorted = [...due].sort((a, b) => sinceMs(a.connection) - sinceMs(b.connection));
    const [first] = sorted;
    if (first === undefined) return;
    const { names } = preferences.noticeSettings();
    const { connection, duty } = first;
    this.#lastShownMs = nowMs;
    // Kept before it is shown: told twice is worse than told in vain by a program that ends right now.
    const next = { ...preferences.noticesOfConnections() };
    for (const one of sorted) {
      const kept = next[one.connection.id] ?? usual;
      next[one.connection.id] = { ...kept, told: toldWith(kept, one) };
    }
    this.#keepAll(next);
    notifications.show({
      kind: duty?.kind ?? 'recovered',
      remedy: sorted.every((one) => one.duty?.remedy !== 'set_up') ? 'sign_in' : 'set_up',
      connectionIds: sorted.map((one) => one.connection.id),
      label: names === 'none' || !mayName() ? null : connection.label,
      account: names === 'account' && mayName() ? connection.account : null,
      endsAtMs: duty?.kind === 'soon' ? connection.expiresAtMs : null,
    });
  }

  /** Only what differs from the usual is stored. */
  #keepAll(all: Readonly<Record<string, NoticesKept>>): void {
    const entries = Object.entries(all).filter(
      ([, { notify, snoozedUntilMs, told }]) => notify === 'off' || told !== null || this.#isSnoozed(snoozedUntilMs),
    );
    this.#tools.preferences.keepNoticesOfConnections(Object.fromEntries(entries));
  }

  #kept(connectionId: string): NoticesKept {
    return this.#tools.preferences.noticesOfConnections()[connectionId] ?? usual;
  }

  #isSnoozed(untilMs: number | null): boolean {
    return untilMs !== null && this.#tools.clock.nowMs() < untilMs;
  }

  #mustBeReal(connectionId: string): void {
    if (this.#tools.connections()?.some(({ id }) => id === connectionId) !== true) throw new AppError('not_found');
  }
}

/** Something to be told of a connection; without a duty it is that it works again. */
interface Due {
  connection: ConnectionSummary;
  duty: Duty | null;
}

function isTold({ told }: NoticesKept, { generation }: ConnectionSummary, { cause }: Duty): boolean {
  return told !== null && told.generation === generation && told.causes.includes(cause);
}

/** Revoked by a person, or a new token that works: one that is being renewed or tried again is neither. */
function isOver({ condition, failure, generation }: ConnectionSummary, toldGeneration: number): boolean {
  return condition === 'revoked' || (condition === 'kept' && failure === null && generation > toldGeneration);
}

function toldWith({ told }: NoticesKept, { connection, duty }: Due): NoticesKept['told'] {
  if (duty === null) return null;
  const causes = told?.generation === connection.generation ? told.causes : [];
  return { generation: connection.generation, causes: [...causes, duty.cause] };
}

/** The one that has waited longest, or ends first, is named. */
function sinceMs({ failure, expiresAtMs, createdAtMs }: ConnectionSummary): number {
  return failure?.atMs ?? expiresAtMs ?? createdAtMs;
}
