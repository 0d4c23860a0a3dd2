import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Output } from '../shared/ipc/contract.ts';
import type { ActionId } from '../shared/model/actions.ts';
import type { AppSummary } from '../shared/model/app.ts';
import type { ConnectionSummary } from '../shared/model/connection.ts';
import type { Problem } from '../shared/model/problem.ts';
import type { Asked, Delta, Snapshot } from '../shared/model/program.ts';
import type { ProviderView } from '../shared/model/provider.ts';
import type { Client } from './client.ts';
import { setTimeOffset } from './ui/clock.ts';

type Started = Omit<Output<'program.start'>, 'snapshot'>;

/** What the window knows: what main said, nothing worked out in advance. */
export interface Known extends Started, Snapshot {
  providers: readonly ProviderView[];
  /** An action that the application menu named last, and when, so that the same can be asked again. */
  act: { id: ActionId; revision: number } | null;
  /** What main asked for last in the window's own words: its settings, or a passphrase to be set. */
  asked: { what: Asked; revision: number } | null;
}

export type Truth =
  | { phase: 'asking'; known: null; problem: null }
  | { phase: 'failed'; known: null; problem: Problem }
  | { phase: 'known'; known: Known; problem: null };

export interface Mirror {
  readonly store: StoreApi<Truth>;
  /** Asks for everything anew: at start, after a gap, and when a person presses "Try again". */
  readonly refresh: () => Promise<void>;
  readonly stop: () => void;
}

/** Replaces by id and appends what is new, so that order stays as main gave it. */
function merged<T extends { id: string }>(
  old: readonly T[],
  changed: readonly T[] | undefined,
  removed: readonly string[] | undefined,
): T[] {
  if (changed === undefined && removed === undefined) return old as T[];
  const news = new Map((changed ?? []).map((one) => [one.id, one]));
  const gone = new Set(removed ?? []);
  const kept = old.filter((one) => !gone.has(one.id)).map((one) => news.get(one.id) ?? one);
  const here = new Set(kept.map((one) => one.id));
  return [...kept, ...[...news.values()].filter((one) => !here.has(one.id) && !gone.has(one.id))];
}

/** One delta on top of what is known. Pure; the revisions were compared before. */
export function withDelta(known: Known, delta: Delta): Known {
  return {
    ...known,
    revision: delta.revision,
    act: delta.act === undefined ? known.act : { id: delta.act, revision: delta.revision },
    asked: delta.asked === undefined ? known.asked : { what: delta.asked, revision: delta.revision },
    vault: delta.vault ?? known.vault,
    practice: delta.practice ?? known.practice,
    clipboard: delta.clipboard ?? known.clipboard,
    timeOffsetMs: delta.timeOffsetMs ?? known.timeOffsetMs,
    signIns: delta.signIns ?? known.signIns,
    attention: delta.attention ?? known.attention,
    apps: merged<AppSummary>(known.apps, delta.apps, delta.appsRemoved),
    connections: merged<ConnectionSummary>(known.connections, delta.connections, delta.connectionsRemoved),
  };
}

/**
 * Mirrors main: listens first, then asks for a snapshot, then lays the deltas on it by revision. A delta that does
 * not follow the one before means something was missed; then the snapshot is asked for again.
 */
export function mirrorOf(client: Client): Mirror {
  const store = createStore<Truth>(() => ({ phase: 'asking', known: null, problem: null }));
  /** What came while a snapshot was on its way. */
  let waiting: Delta[] = [];
  let asking: Promise<void> | null = null;

  /** The clock first: what is drawn then is drawn by it. */
  function know(known: Known): void {
    setTimeOffset(known.timeOffsetMs);
    store.setState({ phase: 'known', known, problem: null }, true);
  }

  function lay(delta: Delta): void {
    const { known } = store.getState();
    if (known === null || asking !== null) {
      waiting.push(delta);
      return;
    }
    if (delta.revision <= known.revision) return;
    if (delta.revision > known.revision + 1) {
      waiting.push(delta);
      void refresh();
      return;
    }
    know(withDelta(known, delta));
  }

  async function ask(): Promise<void> {
    const answers = await Promise.all([client.program.start({}), client.providers.list({})]).catch(() => null);
    asking = null;
    if (answers === null) {
      // Main did not answer at all: a fault of the program, not an ending it could name.
      if (store.getState().known === null) {
        store.setState({ phase: 'failed', known: null, problem: { code: 'internal', facts: {} } }, true);
      }
      return;
    }
    const [started, listed] = answers;
    if (!started.ok || !listed.ok) {
      const problem = !started.ok ? started.problem : !listed.ok ? listed.problem : null;
      if (problem !== null && store.getState().known === null) {
        store.setState({ phase: 'failed', known: null, problem }, true);
      }
      return;
    }
    const { snapshot, ...rest } = started.value;
    know({ ...rest, ...snapshot, providers: listed.value.providers, act: null, asked: null });
    const came = waiting.sort((a, b) => a.revision - b.revision);
    waiting = [];
    for (const delta of came) lay(delta);
  }

  function refresh(): Promise<void> {
    asking ??= ask();
    return asking;
  }

  const stop = client.onState(lay);
  void refresh();
  return { store, refresh, stop };
}
