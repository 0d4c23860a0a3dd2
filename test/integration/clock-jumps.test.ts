import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { quiet } from '../support/er-studio-sign-in.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';
import { SetClock } from '../support/set-clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

let clock: SetClock;
let app: HeadlessApp;
let teamgantt: RunningProvider;
let place: ReturnType<typeof temporaryFolder>;
/** Refreshes that the server has and whose answer has not been read; each is held until four are there, or the last. */
let inFlight = 0;
let most = 0;
let refreshes = 0;
let wanted = 0;
const mostAllowed = 4;
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((next) => setImmediate(next));
};

beforeEach(async () => {
  place = temporaryFolder();
  clock = new SetClock();
  const answered = async ({ body }: { body: { reveal(): string } | null }): Promise<void> => {
    if (body?.reveal().includes('grant_type=refresh_token') !== true) return;
    while (most < mostAllowed && refreshes < wanted) await turns(1);
    // Time for one too many to arrive.
    await turns(20);
    inFlight -= 1;
  };
  app = await headlessApp({ folder: place.folder, clock, answered });
  teamgantt = await runProvider(app, 'teamgantt');
  const handle = teamgantt.engine.handle.bind(teamgantt.engine);
  teamgantt.engine.handle = (request) => {
    if (request.body.includes('grant_type=refresh_token')) {
      inFlight += 1;
      refreshes += 1;
      most = Math.max(most, inFlight);
    }
    return handle(request);
  };
  inFlight = most = refreshes = wanted = 0;
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  place.remove();
});

async function connections(count: number): Promise<string[]> {
  const first = await connectReal(app, teamgantt, 'teamgantt');
  const { appId } = connectionNow(app, first);
  const ids = [first];
  while (ids.length < count) ids.push(await connectReal(app, teamgantt, 'teamgantt', { appId }));
  return ids;
}

/** All that is due has been asked for, four by four. */
async function allRenewed(): Promise<void> {
  const isDue = (): boolean =>
    app.program.snapshot().connections.some(({ renewsAtMs }) => (renewsAtMs ?? Infinity) <= clock.nowMs());
  while (isDue()) await quiet(app);
  await quiet(app);
}

describe('a clock that jumps', () => {
  it.each([
    ['a day', day],
    ['a year', 365 * day],
  ])('F25: ahead by %s: each is renewed once, at most four at a time', async (_, ms) => {
    const ids = await connections(12);
    wanted = ids.length;
    clock.jump(ms);
    clock.lookAgain();
    await allRenewed();
    expect(ids.map((id) => connectionNow(app, id).generation)).toEqual(ids.map(() => 2));
    expect(refreshes).toBe(12);
    expect(most).toBe(mostAllowed);
    expect(connectionNow(app, ids[0]!).expiresAtMs).toBeGreaterThan(clock.nowMs());
  });

  it.each([
    ['a day', day],
    ['a year', 365 * day],
  ])(
    'F25: back by %s: each is asked for once, since nobody knows what is left of it, and a renewal by hand still works',
    async (_, ms) => {
      const [id = ''] = await connections(2);
      clock.jump(-ms);
      for (let look = 0; look < 30; look += 1) {
        clock.lookAgain();
        await quiet(app);
      }
      expect(refreshes).toBe(2);
      await app.call('connections.renew', { connectionId: id });
      const now = connectionNow(app, id);
      expect(now).toMatchObject({ condition: 'kept', generation: 3, failure: null });
      expect(now.expiresAtMs! - now.issuedAtMs!).toBeLessThanOrEqual(60 * minute);
    },
  );

  it('F26: awake again with 200 that have ended: each once, at most four at a time, and the list stays whole', async () => {
    await connections(200);
    wanted = 200;
    clock.jump(3 * day);
    app.program.lookAgain();
    await allRenewed();
    const all = app.program.snapshot().connections;
    expect(all).toHaveLength(200);
    expect(all.every(({ condition, generation }) => condition === 'kept' && generation === 2)).toBe(true);
    expect({ refreshes, most }).toEqual({ refreshes: 200, most: mostAllowed });
  }, 60_000);
});
