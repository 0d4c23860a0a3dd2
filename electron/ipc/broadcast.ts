import { statePush } from '../../shared/ipc/contract.ts';
import type { ActionId } from '../../shared/model/actions.ts';
import type { Asked, Attention, Delta, Snapshot } from '../../shared/model/program.ts';
import type { Announce, Part } from '../services/announce.ts';
import type { Log } from '../services/ports.ts';

/** Where the window's knowledge comes from: the whole, or one item by id (null = it is gone). */
export interface Sources {
  vault(): Snapshot['vault'];
  practice(): Snapshot['practice'];
  clipboard(): Snapshot['clipboard'];
  signIns(): Snapshot['signIns'];
  attention(): Attention | null;
  timeOffsetMs(): number;
  apps(): Snapshot['apps'];
  connections(): Snapshot['connections'];
  app(id: string): Snapshot['apps'][number] | null;
  connection(id: string): Snapshot['connections'][number] | null;
}

export interface Broadcast extends Announce {
  /** Chosen in the application menu: the window does it. */
  act(id: ActionId): void;
  /** The menu asks the window for something. */
  ask(what: Asked): void;
  snapshot(): Snapshot;
}

/**
 * One topic: what changed is gathered until the current turn of the loop is over, then pushed once with the next
 * revision. A thousand renewals that end together are one message, and each item is read when it is sent.
 *
 * After items the next ones wait `restMs`: a crowd that renews for a minute is drawn ten times a second and not once for
 * every answer. What a person waits for (the vault, the clipboard, a menu's wish) does not rest. Until the first snapshot
 * was asked for nobody knows any item, so none is read: the snapshot will hold them all.
 */
export function broadcast(sources: Sources, push: (delta: Delta) => void, log: Log, restMs = 0): Broadcast {
  let revision = 0;
  let waiting = false;
  let resting = false;
  let isListened = false;
  const apps = new Set<string>();
  const connections = new Set<string>();
  const parts = new Set<Part>();
  let act: ActionId | null = null;
  let asked: Asked | null = null;

  const flush = (): void => {
    waiting = false;
    if (!isListened) {
      apps.clear();
      connections.clear();
    }
    if (restMs > 0 && apps.size + connections.size > 0) rest();
    const delta: Delta = { revision: revision + 1 };
    if (act !== null) delta.act = act;
    act = null;
    if (asked !== null) delta.asked = asked;
    asked = null;
    if (parts.has('vault')) delta.vault = sources.vault();
    if (parts.has('practice')) delta.practice = sources.practice();
    if (parts.has('clipboard')) delta.clipboard = sources.clipboard();
    if (parts.has('signIns')) delta.signIns = sources.signIns();
    const attention = parts.has('attention') ? sources.attention() : null;
    if (attention !== null) delta.attention = attention;
    if (parts.has('time')) delta.timeOffsetMs = sources.timeOffsetMs();
    for (const id of apps) {
      const app = sources.app(id);
      if (app === null) (delta.appsRemoved ??= []).push(id);
      else (delta.apps ??= []).push(app);
    }
    for (const id of connections) {
      const connection = sources.connection(id);
      if (connection === null) (delta.connectionsRemoved ??= []).push(id);
      else (delta.connections ??= []).push(connection);
    }
    apps.clear();
    connections.clear();
    parts.clear();
    revision += 1;
    const checked = statePush.safeParse(delta);
    // Not sent: the gap in the revision makes the window ask for a snapshot, which is checked as well.
    if (checked.success) push(checked.data);
    else log.write('push did not fit its contract');
  };

  const later = (): void => {
    if (waiting) return;
    waiting = true;
    setImmediate(flush);
  };
  const afterRest = (): void => {
    if (!resting) later();
  };
  const rest = (): void => {
    if (resting) return;
    resting = true;
    setTimeout(() => {
      resting = false;
      if (apps.size + connections.size > 0) later();
    }, restMs);
  };

  return {
    app(id) {
      apps.add(id);
      afterRest();
    },
    connection(id) {
      connections.add(id);
      afterRest();
    },
    part(part) {
      parts.add(part);
      later();
    },
    act(id) {
      act = id;
      later();
    },
    ask(what) {
      asked = what;
      later();
    },
    snapshot() {
      isListened = true;
      return {
        revision,
        vault: sources.vault(),
        practice: sources.practice(),
        apps: sources.apps(),
        connections: sources.connections(),
        signIns: sources.signIns(),
        clipboard: sources.clipboard(),
        timeOffsetMs: sources.timeOffsetMs(),
      };
    },
  };
}
