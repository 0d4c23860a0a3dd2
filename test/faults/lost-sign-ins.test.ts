// Over 300 lines: the commands, their reference model and the run that compares both are read together.
import fc from 'fast-check';
import { vi } from 'vitest';
import { connectErStudio, quiet, signInToErStudioAgain } from '../support/er-studio-sign-in.ts';
import { MortalApp } from '../support/mortal-app.ts';
import { connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';
import { RotatingServer, type RefreshFault } from '../support/rotating-server.ts';
import { figure, sized } from './figure.ts';

vi.mock('node:crypto', async (load) => (await import('../support/cheap-scrypt.ts')).withCheapScrypt(await load()));

const minute = 60_000;
const passphrase = 'drawbridge lantern';
const commandsInSequence = 50;

/** One thing that a person, the provider, the network or the computer does. `at`: to whom of those there are. */
type Command =
  | { do: 'connect'; person: number }
  | { do: 'renew' | 'renew_at_once' | 'revoke' | 'sign_in_again' | 'sign_in_meanwhile'; at: number }
  | { do: 'disturb'; at: number; faults: RefreshFault[] }
  | { do: 'crash' | 'crash_asking' | 'crash_answered'; at: number }
  | { do: 'replace_secret' }
  /** `dies`: killed while it is locked. */
  | { do: 'lock'; renewing: boolean; ms: number; dies: boolean }
  | { do: 'pass'; ms: number };

const at = fc.nat(2);
const disturbance = fc.constantFrom<RefreshFault>('drop_after', 'page_after', 'drop_before', 'page_before', 'busy');
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), person: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('renew' as const, 'renew_at_once' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('revoke' as const), at }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('sign_in_again' as const, 'sign_in_meanwhile' as const), at }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('disturb' as const),
      at,
      faults: fc.array(disturbance, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('crash' as const, 'crash_asking' as const, 'crash_answered' as const),
      at,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replace_secret' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('lock' as const),
      renewing: fc.boolean(),
      ms: fc.constantFrom(600, 40_000, 10 * minute, 70 * minute),
      dies: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(600, 2_000, 6_000, 40_000, 10 * minute, 70 * minute),
    }),
  },
);

/** What the reference model knows of one connection. */
interface Known {
  id: string;
  person: number;
  signIn: number;
  generation: number;
  revoked: boolean;
}

/** A sequence on its way: the program, the server, and the model of what must be true. */
class Run {
  readonly #known: Known[] = [];
  #secrets = 0;

  constructor(
    readonly mortal: MortalApp,
    readonly provider: RunningProvider,
    readonly server: RotatingServer,
    /** The vault opens with a passphrase, and so it can be locked. */
    readonly locks: boolean,
  ) {}

  get #app() {
    return this.mortal.app;
  }

  async play(one: Command): Promise<void> {
    if (one.do === 'pass') await this.#pass(one.ms);
    else if (one.do === 'replace_secret') await this.#replaceSecret();
    else if (one.do === 'connect') await this.#connect(one.person);
    else if (one.do === 'lock') await this.#lock(one);
    else {
      const known = this.#known[one.at];
      if (known === undefined) return;
      await this.#playAt(one, known);
    }
    await quiet(this.#app);
    this.#check();
  }

  async #playAt(one: Extract<Command, { at: number }>, known: Known): Promise<void> {
    const { id: connectionId } = known;
    const renew = () => this.#app.ask('connections.renew', { connectionId });
    switch (one.do) {
      case 'renew':
        await renew();
        break;
      case 'renew_at_once': {
        const before = this.server.refreshes.length;
        await Promise.all([renew(), renew(), renew()]);
        if (this.server.refreshes.length > before + 1) throw new Error('two refreshes for one renewal');
        break;
      }
      case 'disturb':
        this.server.faults.push(...one.faults);
        await renew();
        break;
      case 'revoke':
        known.revoked ||= (await this.#app.ask('connections.revoke', { connectionId })).ok;
        break;
      case 'sign_in_again':
        await this.#signInAgain(known);
        break;
      case 'sign_in_meanwhile':
        await this.#signInMeanwhile(known);
        break;
      case 'crash':
        this.mortal.die();
        await this.#startAgain();
        break;
      case 'crash_asking':
        this.server.arriving = () => this.mortal.die();
        await renew();
        await this.#startAgainIfDead(() => (this.server.arriving = null));
        break;
      case 'crash_answered':
        this.mortal.answered = () => {
          this.server.lastAnswerWasLost();
          this.mortal.die();
        };
        await renew();
        await this.#startAgainIfDead(() => (this.mortal.answered = null));
        break;
    }
  }

  /** Where nothing was asked (a person is needed first), nobody died either. */
  async #startAgainIfDead(takeBack: () => void): Promise<void> {
    takeBack();
    if (this.mortal.isDead) await this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    await this.mortal.startAgain();
    if (this.locks) await this.#app.call('lock.unlock', { passphrase });
  }

  /** Time passes behind the lock screen, with or without renewals; then the person is back. */
  async #lock({ renewing, ms, dies }: Extract<Command, { do: 'lock' }>): Promise<void> {
    await this.#app.call('settings.keep', { keepRenewingWhileLocked: renewing });
    const locked = await this.#app.ask('lock.lock', {});
    if (!this.locks) {
      if (locked.ok) throw new Error('locked, and nothing to unlock with');
      return;
    }
    if (this.#app.program.snapshot().connections.length > 0) throw new Error('locked, and the window knows');
    this.mortal.clock.advance(ms);
    if (!dies) await this.#app.call('lock.unlock', { passphrase });
    else {
      this.mortal.die();
      await this.#startAgain();
    }
  }

  async #connect(person: number): Promise<void> {
    if (this.#known.length > 2) return;
    const appId = this.#app.program.snapshot().apps[0]?.id;
    const id = await connectErStudio(this.#app, this.provider.origin, person, appId);
    this.#known.push({ id, person, signIn: this.server.newestSignIn, generation: 1, revoked: false });
  }

  async #signInAgain(known: Known): Promise<void> {
    await signInToErStudioAgain(this.#app, known.id, known.person);
    Object.assign(known, { signIn: this.server.newestSignIn, revoked: false });
  }

  /** While a refusal is on its way, the person signs in again: the refusal is of the old sign-in, and erases nothing. */
  async #signInMeanwhile(known: Known): Promise<void> {
    if (connectionNow(this.#app, known.id).condition !== 'kept') return;
    let generation = 0;
    this.server.faults.unshift('invalid_grant');
    this.mortal.answered = async () => {
      await this.#signInAgain(known);
      ({ generation } = connectionNow(this.#app, known.id));
    };
    await this.#app.ask('connections.renew', { connectionId: known.id });
    const now = connectionNow(this.#app, known.id);
    if (now.condition !== 'kept' || now.failure !== null || now.generation !== generation) {
      throw new Error(`a failure erased a newer sign-in: ${now.condition}`);
    }
  }

  async #replaceSecret(): Promise<void> {
    const [app] = this.#app.program.snapshot().apps;
    if (app === undefined) return;
    this.#secrets += 1;
    const clientSecret = `a28e0ca4-0000-4000-8000-00000000100${this.#secrets}`;
    this.provider.engine.replaceClientSecret(app.clientId, clientSecret);
    // The next renewal of one of them finds out; then the person types the new one.
    const [first] = this.#known;
    if (first !== undefined) await this.#app.ask('connections.renew', { connectionId: first.id });
    await this.#app.call('apps.replaceSecret', { appId: app.id, clientSecret });
  }

  /** Lets time pass from one thing that is due to the next, and what it sets off come to its end. */
  async #pass(ms: number): Promise<void> {
    const endMs = this.mortal.clock.nowMs() + ms;
    for (;;) {
      const nowMs = this.mortal.clock.nowMs();
      const due = this.#app.program.snapshot().connections.map(({ renewsAtMs }) => renewsAtMs ?? endMs);
      const nextMs = Math.min(endMs, ...due.filter((dueMs) => dueMs > nowMs));
      this.mortal.clock.advance(nextMs - nowMs);
      await quiet(this.#app);
      if (nextMs >= endMs) return;
    }
  }

  #check(): void {
    for (const known of this.#known) {
      const now = connectionNow(this.#app, known.id);
      if (now.generation < known.generation) throw new Error(`a confirmed renewal is gone: ${now.generation}`);
      known.generation = now.generation;
      const code = now.failure?.problem.code ?? '';
      if (known.revoked && now.condition !== 'revoked') throw new Error(`revoked, and now ${now.condition}`);
      if (now.condition === 'sign_in_again' && !this.server.isExcused(known.signIn)) {
        throw new Error(`a sign-in was lost without need (${code})`);
      }
    }
  }

  /** When nothing disturbs any more, whatever is not lost with an excuse renews. */
  async end(): Promise<void> {
    this.server.faults.length = 0;
    await this.#pass(10 * minute);
    for (const { id, revoked, signIn } of this.#known) {
      if (revoked || connectionNow(this.#app, id).condition === 'sign_in_again') continue;
      const renewed = await this.#app.ask('connections.renew', { connectionId: id });
      await quiet(this.#app);
      const isLost = !renewed.ok && !this.server.isExcused(signIn);
      if (isLost) throw new Error(`a sign-in that seemed kept does not renew: ${renewed.problem.code}`);
    }
    this.#check();
  }
}

async function playSequence(graceMs: number, locks: boolean, commands: readonly Command[]): Promise<void> {
  const mortal = new MortalApp();
  await mortal.start();
  const provider = await runProvider(mortal.app, 'er-studio');
  const server = new RotatingServer(provider.engine, () => mortal.clock.nowMs());
  server.graceMs = graceMs;
  try {
    const run = new Run(mortal, provider, server, locks);
    await run.play({ do: 'connect', person: 0 });
    if (locks) await mortal.app.call('passphrase.set', { passphrase });
    for (const one of commands) await run.play(one);
    await run.end();
  } finally {
    await mortal.remove();
    await provider.stop();
  }
}

figure(
  'D9',
  'F20 F21 F23: 50 things happen in a row, and no sign-in is lost that a grace of 30 s, or of 5 s, could have saved',
  async (count) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 5_000, 30_000),
        fc.boolean(),
        fc.array(command, { minLength: commandsInSequence, maxLength: commandsInSequence }),
        async (graceMs, locks, commands) => {
          try {
            await playSequence(graceMs, locks, commands);
            count.add(null);
          } catch (thrown) {
            count.add(String(thrown));
            throw thrown;
          }
        },
      ),
      // The sequence that failed is told as it was: to shrink it would mean to play hundreds.
      { numRuns: sized(25, 500), endOnFailure: true },
    );
  },
  sized(4, 40) * minute,
);
