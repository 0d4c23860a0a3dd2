import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { broadcast, type Sources } from '../../../electron/ipc/broadcast.ts';
import type { Delta } from '../../../shared/model/program.ts';

const app = (id: string) => ({
  id,
  realm: 'vault' as const,
  providerId: 'p',
  name: id,
  clientId: 'x',
  clientSecretSet: true,
  regionId: 'default',
  endpoints: [],
  scopes: [],
  redirectUri: null,
  choices: {},
  createdAtMs: 0,
  unencryptedConsent: null,
});

function world(extra: Partial<Sources> = {}, restMs = 0) {
  const pushed: Delta[] = [];
  const lines: string[] = [];
  const sources: Sources = {
    vault: () => ({ kind: 'opening' }),
    practice: () => ({ open: false, hosts: [], systems: [] }),
    clipboard: () => ({ what: 'nothing', connectionId: null, form: null, takenAtMs: null, clearsAtMs: null }),
    signIns: () => [],
    attention: () => null,
    timeOffsetMs: () => 0,
    apps: () => [],
    connections: () => [],
    app: (id) => (id === 'gone' ? null : app(id)),
    connection: () => null,
    ...extra,
  };
  const feed = broadcast(sources, (delta) => pushed.push(delta), { write: (event) => lines.push(event) }, restMs);
  return { feed, pushed, lines };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the broadcast', () => {
  it('gathers what changes in one turn into one push', async () => {
    const { feed, pushed } = world();
    feed.snapshot();
    feed.app('a');
    feed.app('a');
    feed.app('gone');
    feed.connection('c');
    feed.part('vault');
    await turn();
    expect(pushed).toEqual([
      { revision: 1, vault: { kind: 'opening' }, apps: [app('a')], appsRemoved: ['gone'], connectionsRemoved: ['c'] },
    ]);
  });

  it('counts revisions one by one, and a snapshot names the last', async () => {
    const { feed, pushed } = world();
    feed.part('vault');
    await turn();
    feed.part('clipboard');
    await turn();
    expect(pushed.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(feed.snapshot().revision).toBe(2);
  });

  it('sends the window where a notification led, and nowhere in any other push', async () => {
    const { feed, pushed } = world({ attention: () => ({ call: 2, connectionId: 'c' }) });
    feed.part('vault');
    await turn();
    feed.part('attention');
    await turn();
    expect(pushed).toEqual([
      { revision: 1, vault: { kind: 'opening' } },
      { revision: 2, attention: { call: 2, connectionId: 'c' } },
    ]);
  });

  it('keeps a push that does not fit its contract, and leaves the gap to be noticed', async () => {
    const leaking = { ...app('a'), clientSecret: 'MARKER' };
    const { feed, pushed, lines } = world({ app: () => leaking });
    feed.snapshot();
    feed.app('a');
    await turn();
    expect(pushed).toEqual([]);
    expect(lines).toEqual(['push did not fit its contract']);
    expect(feed.snapshot().revision).toBe(1);
  });

  it('reads no item before somebody asked for all of them', async () => {
    const read: string[] = [];
    const { feed, pushed } = world({ app: (id) => (read.push(id), app(id)) });
    feed.app('a');
    feed.part('vault');
    await turn();
    expect(pushed).toEqual([{ revision: 1, vault: { kind: 'opening' } }]);
    feed.snapshot();
    feed.app('b');
    await turn();
    expect(read).toEqual(['b']);
  });

  it('rests between pushes of items, and sends at once what a person waits for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { feed, pushed } = world({}, 100);
    feed.snapshot();
    const sent = () => pushed.map(({ apps = [], act }) => [...apps.map(({ id }) => id), ...(act ? [act] : [])]);
    feed.app('a');
    await turn();
    feed.app('b');
    feed.app('c');
    await turn();
    expect(sent()).toEqual([['a']]);
    feed.act('lock');
    await turn();
    expect(sent()).toEqual([['a'], ['b', 'c', 'lock']]);
    feed.app('d');
    await turn();
    vi.advanceTimersByTime(100);
    await turn();
    expect(sent()).toEqual([['a'], ['b', 'c', 'lock'], ['d']]);
    vi.advanceTimersByTime(100);
    await turn();
    expect(pushed).toHaveLength(3);
  });
});
