import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { type Group, groupOf, groups, needsPerson, soonMs, stateOf } from '../../../shared/model/state.ts';
import type { Filter } from '../../shell-acts.ts';

export interface Section {
  group: Group;
  ids: string[];
}

/** A renewal takes a moment; its row stays where its time puts it instead of jumping there and back. */
export function groupFor(connection: ConnectionSummary, nowMs: number): Group {
  return groupOf(connection.condition === 'renewing' ? { ...connection, condition: 'kept' } : connection, nowMs);
}

function passes(connection: ConnectionSummary, filter: Filter, nowMs: number): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'needs_you':
      return needsPerson(connection, nowMs);
    case 'expiring_soon':
      return connection.realm === 'vault' && isExpiringSoon(connection, nowMs);
    case 'provider':
      return connection.realm === 'vault' && connection.providerId === filter.providerId;
    case 'practice':
      return connection.realm === 'practice';
  }
}

function isExpiringSoon(connection: ConnectionSummary, nowMs: number): boolean {
  return groupFor(connection, nowMs) === 'ends_soon' || stateOf(connection, nowMs).kind === 'expires_soon';
}

const plain = (text: string): string => text.toLocaleLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Label, account, name of the system, fingerprint (typed with or without its space). */
function matches(connection: ConnectionSummary, providerName: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = plain(`${connection.label}\n${connection.account ?? ''}\n${providerName}`);
  const fingerprint = connection.fingerprint ?? '';
  if (words.every((word) => text.includes(word) || (word.length >= 3 && fingerprint.startsWith(word)))) return true;
  const joined = words.join('');
  return joined.length >= 4 && fingerprint !== '' && fingerprint.startsWith(joined.slice(0, 8));
}

/** The first thing to end comes first; what has no end comes last, by its name. */
function earlier(a: ConnectionSummary, b: ConnectionSummary): number {
  const byEnd = (a.expiresAtMs ?? Infinity) - (b.expiresAtMs ?? Infinity);
  if (byEnd !== 0 && !Number.isNaN(byEnd)) return byEnd;
  return a.label.localeCompare(b.label) || (a.id < b.id ? -1 : 1);
}

export interface Asked {
  filter: Filter;
  query: string;
}

/** The list as sections in their fixed order, "needs me first". */
export function sectionsOf(
  connections: readonly ConnectionSummary[],
  providers: readonly ProviderView[],
  asked: Asked,
  nowMs: number,
): Section[] {
  const names = new Map(providers.map((provider) => [provider.id, provider.name]));
  const words = plain(asked.query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const byGroup = new Map<Group, ConnectionSummary[]>();
  for (const connection of connections) {
    if (!passes(connection, asked.filter, nowMs)) continue;
    if (!matches(connection, names.get(connection.providerId) ?? '', words)) continue;
    const group = groupFor(connection, nowMs);
    const there = byGroup.get(group);
    if (there === undefined) byGroup.set(group, [connection]);
    else there.push(connection);
  }
  return groups.flatMap((group) => {
    const there = byGroup.get(group);
    return there === undefined ? [] : [{ group, ids: there.sort(earlier).map((connection) => connection.id) }];
  });
}

/**
 * The last moment at which time alone moved a row to another group. The order worked out for that moment still
 * stands now, so it need not be worked out each second.
 */
export function lastChangeMs(connections: readonly ConnectionSummary[], nowMs: number): number {
  let last = 0;
  for (const { expiresAtMs, issuedAtMs } of connections) {
    if (expiresAtMs === null) continue;
    if (expiresAtMs <= nowMs) last = Math.max(last, expiresAtMs);
    const soonAtMs = Math.ceil(expiresAtMs - soonMs(issuedAtMs, expiresAtMs));
    if (soonAtMs <= nowMs) last = Math.max(last, soonAtMs);
  }
  return last;
}

export interface Counts {
  all: number;
  needYou: number;
  expiringSoon: number;
  kept: number;
  practice: number;
  /** By provider id, practice left out. */
  byProvider: Map<string, number>;
}

export function countsOf(connections: readonly ConnectionSummary[], nowMs: number): Counts {
  const counts: Counts = { all: 0, needYou: 0, expiringSoon: 0, kept: 0, practice: 0, byProvider: new Map() };
  for (const connection of connections) {
    counts.all += 1;
    if (needsPerson(connection, nowMs)) counts.needYou += 1;
    if (connection.realm === 'practice') {
      counts.practice += 1;
      continue;
    }
    if (isExpiringSoon(connection, nowMs)) counts.expiringSoon += 1;
    if (groupFor(connection, nowMs) === 'kept') counts.kept += 1;
    counts.byProvider.set(connection.providerId, (counts.byProvider.get(connection.providerId) ?? 0) + 1);
  }
  return counts;
}
