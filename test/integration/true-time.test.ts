import { afterEach, describe, expect, it } from 'vitest';
import { TrueTime } from '../../electron/services/true-time.ts';
import { stateOf } from '../../shared/model/state.ts';
import { quiet } from '../support/er-studio-sign-in.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { multiply } from '../support/many-connections.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';
import { SetClock } from '../support/set-clock.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const mostAllowed = 4;

const wrongClocks: [string, number][] = [
  ['three hours ahead', 3 * hour],
  ['three hours behind', -3 * hour],
  ['a day ahead', day],
  ['a day behind', -day],
  ['a year ahead', 365 * day],
  ['a year behind', -365 * day],
];

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((next) => setImmediate(next));
};

/** A computer with a clock that may be wrong, and a provider whose clock is right. */
class World {
  readonly clock = new SetClock(Date.UTC(2026, 0, 31, 12));
  readonly #place = temporaryFolder();
  readonly #keychain = memoryKeychain();
  #sleptMs = 0;
  /** How wrong the provider's own clock is. */
  providerAheadMs = 0;
  app!: HeadlessApp;
  time!: TrueTime;
  teamgantt!: RunningProvider;
  /** Refreshes that the provider has and whose answer was not read yet. */
  inFlight = 0;
  most = 0;
  refreshes = 0;
  /** So many are coming: each answer is held until four are there, or the last. */
  wanted = 0;

  trueMs(): number {
    return this.clock.runningMs() + this.#sleptMs;
  }

  async start(): Promise<void> {
    // The provider listens on this computer and still has a clock of its own, as one elsewhere has.
    this.time = new TrueTime(this.clock, { hasClockOfItsOwn: () => true });
    this.time.start();
    this.app = await headlessApp({
      ...{ folder: this.#place.folder, keychain: this.#keychain, clock: this.clock, time: this.time },
      answered: async ({ body }) => {
        if (body?.reveal().includes('grant_type=refresh_token') !== true) return;
        while (this.most < mostAllowed && this.refreshes < this.wanted) await turns(1);
        // Time for one too many to arrive.
        await turns(20);
        this.inFlight -= 1;
      },
    });
  }

  async startProvider(): Promise<void> {
    this.teamgantt = await runProvider(this.app, 'teamgantt', 3600, () => this.trueMs() + this.providerAheadMs);
    const { engine } = this.teamgantt;
    const handle = engine.handle.bind(engine);
    engine.handle = (request) => {
      if (request.body.includes('grant_type=refresh_token')) {
        this.inFlight += 1;
        this.refreshes += 1;
        this.most = Math.max(this.most, this.inFlight);
      }
      return handle(request);
    };
  }

  /** That many connections, all of one moment; the program has run since. */
  async connected(count: number): Promise<string[]> {
    await this.start();
    await this.startProvider();
    await connectReal(this.app, this.teamgantt, 'teamgantt');
    await this.app.end();
    await multiply({ folder: this.#place.folder, keychain: this.#keychain }, this.teamgantt, count);
    await this.start();
    return this.app.program.snapshot().connections.map(({ id }) => id);
  }

  sleep(ms: number): void {
    this.#sleptMs += ms;
    this.clock.jump(ms);
  }

  /** By the window's clock, which is this computer's put right. */
  windowMs(): number {
    return this.clock.nowMs() + this.app.program.snapshot().timeOffsetMs;
  }

  states(): string[] {
    return [...new Set(this.app.program.snapshot().connections.map((one) => stateOf(one, this.windowMs()).kind))];
  }

  generations(): number[] {
    return [...new Set(this.app.program.snapshot().connections.map(({ generation }) => generation))];
  }

  /** Lets that much time pass, and all that falls due on the way come to its end. */
  async pass(ms: number, stepMs = minute): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(Math.min(stepMs, left));
      await turns(2);
      await quiet(this.app);
    }
  }

  async end(): Promise<void> {
    await this.app.end();
    await this.teamgantt.stop();
    this.#place.remove();
  }
}

let world: World;
afterEach(() => world.end());

describe('a clock that is wrong from the start', () => {
  it.each(wrongClocks)(
    'F25: by %s: the countdown is right, and the renewal comes at its moment',
    async (_, wrongMs) => {
      world = new World();
      world.clock.jump(wrongMs);
      await world.start();
      await world.startProvider();
      const id = await connectReal(world.app, world.teamgantt, 'teamgantt');
      expect(Math.abs(world.app.program.snapshot().timeOffsetMs + wrongMs)).toBeLessThanOrEqual(2 * second);
      expect(world.app.crossed.some((crossed) => crossed.includes('"timeOffsetMs"'))).toBe(true);
      const { expiresAtMs, issuedAtMs } = connectionNow(world.app, id);
      expect(Math.abs(expiresAtMs! - world.trueMs() - hour)).toBeLessThanOrEqual(2 * second);
      expect(Math.abs(expiresAtMs! - world.windowMs() - hour)).toBeLessThanOrEqual(2 * second);
      expect(Math.abs(issuedAtMs! - world.trueMs())).toBeLessThanOrEqual(2 * second);
      await world.pass(54 * minute, 9 * minute);
      expect(world.refreshes).toBe(0);
      expect(world.states()).not.toContain('ended');
      await world.pass(minute + 2 * second);
      expect(world.refreshes).toBe(1);
      expect(connectionNow(world.app, id)).toMatchObject({ condition: 'kept', generation: 2, failure: null });
    },
  );

  it.each(wrongClocks)(
    'F25: by %s since the program last ran: at most four are asked for before the time is known, and then no more',
    async (_, wrongMs) => {
      world = new World();
      await world.connected(40);
      await world.app.end();
      world.clock.jump(wrongMs);
      world.wanted = mostAllowed;
      await world.start();
      await quiet(world.app);
      await world.pass(40 * minute, 5 * minute);
      expect(world.refreshes).toBeLessThanOrEqual(mostAllowed);
      expect(world.refreshes).toBeGreaterThan(0);
      expect(world.states()).not.toContain('ended');
      expect(Math.abs(world.windowMs() - world.trueMs())).toBeLessThanOrEqual(2 * second);
    },
  );

  it('F25: at the provider: a token lives as long as it says, by its own clock', async () => {
    for (const aheadMs of [day, -day]) {
      world = new World();
      world.providerAheadMs = aheadMs;
      // Another server agrees with this clock, so the one that is wrong moves nothing.
      await world.start();
      await world.startProvider();
      const right = await runProvider(world.app, 'teamgantt', 3600, () => world.trueMs());
      await connectReal(world.app, right, 'teamgantt');
      const id = await connectReal(world.app, world.teamgantt, 'teamgantt');
      expect(world.app.program.snapshot().timeOffsetMs).toBe(0);
      expect(connectionNow(world.app, id).expirySource).toBe('jwt_exp');
      expect(Math.abs(connectionNow(world.app, id).expiresAtMs! - world.trueMs() - hour)).toBeLessThanOrEqual(
        2 * second,
      );
      await right.stop();
      if (aheadMs > 0) await world.end();
    }
  });
});

describe('a clock that is set while the program runs', () => {
  it.each(wrongClocks)(
    'F25: %s: nothing is called ended, nothing is asked for but one that tells the time',
    async (_, ms) => {
      world = new World();
      await world.connected(12);
      world.clock.jump(ms);
      await world.pass(second);
      expect(world.states()).toEqual(['working']);
      await world.pass(39 * minute);
      expect(world.states()).toEqual(['working']);
      expect(world.refreshes).toBeLessThanOrEqual(1);
      const before = world.refreshes;
      world.wanted = 0;
      world.most = mostAllowed;
      await world.pass(18 * minute);
      // Each before its end, and none twice but the one that told the time.
      expect(world.refreshes - before).toBeLessThanOrEqual(12);
      expect(Math.min(...world.generations())).toBeGreaterThanOrEqual(2);
      expect(world.states()).toEqual(['working']);
    },
  );

  it('F25: back and forth: each is renewed once in its hour', async () => {
    world = new World();
    await world.connected(12);
    for (const ms of [day, -day, -365 * day, 365 * day, 3 * hour, -6 * hour, 3 * hour]) {
      world.clock.jump(ms);
      await world.pass(minute, 10 * second);
      expect(world.states()).toEqual(['working']);
    }
    // One at most for each time that it was set ahead and might as well have slept.
    expect(world.refreshes).toBeLessThanOrEqual(4);
    expect(Math.abs(world.windowMs() - world.trueMs())).toBeLessThanOrEqual(2 * second);
    await world.pass(50 * minute);
    expect(world.states()).not.toContain('ended');
    expect(Math.min(...world.generations())).toBeGreaterThanOrEqual(2);
    expect(world.refreshes).toBeLessThanOrEqual(16);
  });
});

describe('sleep and resume', () => {
  it('F26: awake again with 200 that have ended: each once, at most four at a time', async () => {
    world = new World();
    await world.connected(200);
    world.wanted = 200;
    world.time.sleeps();
    world.sleep(3 * day);
    world.time.wakes();
    world.app.program.lookAgain();
    await quiet(world.app);
    expect({ refreshes: world.refreshes, most: world.most }).toEqual({ refreshes: 200, most: mostAllowed });
    expect(world.generations()).toEqual([2]);
    expect(world.states()).toEqual(['working']);
    expect(world.app.program.snapshot().timeOffsetMs).toBe(0);
  });

  it('F26: of which nobody told: one is asked first, its answer tells the time, and the rest follow', async () => {
    world = new World();
    await world.connected(200);
    world.sleep(3 * day);
    let atFirst = 0;
    const { engine } = world.teamgantt;
    const handle = engine.handle.bind(engine);
    engine.handle = (request) => {
      if (world.refreshes === 0) atFirst = world.app.program.snapshot().timeOffsetMs;
      return handle(request);
    };
    world.most = mostAllowed;
    // Not only when the schedule would have looked again by itself.
    await world.pass(3 * second, second);
    expect(atFirst).toBe(-3 * day);
    expect(world.refreshes).toBe(200);
    expect(world.most).toBe(mostAllowed);
    expect(world.generations()).toEqual([2]);
    expect(world.app.program.snapshot().timeOffsetMs).toBe(0);
  });
});
