import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Keychain } from '../../electron/vault/ports.ts';
import { headlessApp, type HeadlessApp } from './headless-app.ts';
import { ManualClock } from './manual-clock.ts';
import { memoryKeychain, type MemoryKeychain } from './memory-keychain.ts';
import { UnwillingDisk } from './unwilling-disk.ts';

/** One run of the program: the clock and the keychain of the world, for as long as it lives. */
class Life extends ManualClock {
  alive = true;
  readonly #world: ManualClock;

  constructor(world: ManualClock) {
    super();
    this.#world = world;
  }

  override nowMs(): number {
    return this.#world.nowMs();
  }

  override after(ms: number, run: () => void): () => void {
    return this.#world.after(ms, () => {
      if (this.alive) run();
    });
  }

  override advance(ms: number): void {
    this.#world.advance(ms);
  }

  keychain(of: MemoryKeychain): Keychain {
    const living = <T>(act: () => Promise<T>): Promise<T> =>
      this.alive ? act() : Promise.reject(new AppError('keychain_silent'));
    return {
      name: of.name,
      read: (account) => living(() => of.read(account)),
      write: (account, value) => living(() => of.write(account, value)),
      remove: (account) => living(() => of.remove(account)),
      probe: () => living(() => of.probe()),
    };
  }
}

/**
 * A program that can die without a goodbye and be started again on what it left: the files as they are at that moment,
 * the keychain with what had been noted. Nothing that the dead one still does reaches disk, keychain, clock or anybody.
 */
export class MortalApp {
  readonly clock = new ManualClock();
  readonly #keychain = memoryKeychain();
  readonly #place = mkdtempSync(join(tmpdir(), 'grantkeep-mortal-'));
  #app: HeadlessApp | null = null;
  #life: Life | null = null;
  #lives = 0;
  #folder = '';
  /** What a death left. */
  #left = '';
  /** Runs once, when the next answer of a token call has come and is not yet handed on. */
  answered: (() => Promise<void> | void) | null = null;

  get app(): HeadlessApp {
    if (this.#app === null) throw new Error('it is not running');
    return this.#app;
  }

  get isDead(): boolean {
    return this.#life === null;
  }

  start(): Promise<void> {
    this.#folder = join(this.#place, 'first');
    return this.#begin();
  }

  /** Dies now: what is on the disk is all that is left. */
  die(): void {
    if (this.#life === null) throw new Error('it is not running');
    this.#lives += 1;
    const next = join(this.#place, `after-${this.#lives}`);
    // The one moment in which no line of the program runs: a copy of its files is what a kill -9 would leave.
    cpSync(this.#folder, next, { recursive: true });
    this.#life.alive = false;
    this.#life = null;
    this.#left = next;
  }

  async startAgain(): Promise<void> {
    const dead = this.app;
    const deadFolder = this.#folder;
    this.#folder = this.#left;
    await this.#begin();
    await dead.end();
    rmSync(deadFolder, { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.app.end();
    rmSync(this.#place, { recursive: true, force: true });
  }

  async #begin(): Promise<void> {
    const life = new Life(this.clock);
    const disk = new UnwillingDisk();
    disk.refuses = () => (life.alive ? null : 'disk_error');
    this.#life = life;
    this.#app = await headlessApp({
      folder: this.#folder,
      clock: life,
      keychain: life.keychain(this.#keychain),
      disk,
      answered: async ({ url }) => {
        if (!life.alive) throw new AppError('answer_lost');
        if (this.answered === null || !url.reveal().includes('/token')) return;
        const run = this.answered;
        this.answered = null;
        await run();
        // Whoever died while the answer came does not get it.
        if (this.#life !== life) throw new AppError('answer_lost');
      },
    });
  }
}
