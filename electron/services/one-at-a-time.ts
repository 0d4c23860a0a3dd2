/** One act for each id at a time: a second press waits for the first and shares its ending. */
export class OneAtATime<T> {
  readonly #running = new Map<string, Promise<T>>();

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  run(id: string, act: () => Promise<T>): Promise<T> {
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    // Known as running before its first line runs: what it sets off at once must not start it a second time.
    const run = Promise.resolve()
      .then(act)
      .finally(() => this.#running.delete(id));
    this.#running.set(id, run);
    return run;
  }

  /** Waits for whatever is under way, also for what begins meanwhile. Never throws. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }
}
