/** Takes turns by name: whoever asks waits until all that asked before are done. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** How many names somebody has, or waits for, a turn of. */
  get size(): number {
    return this.#last.size;
  }

  /** `mine` resolves when it is one's turn; `done` lets the next one have it, also when it never came to one's turn. */
  take(name: string): { mine: Promise<true>; done: () => void } {
    const before = this.#last.get(name) ?? Promise.resolve();
    let done = (): void => undefined;
    const over = new Promise<void>((resolve) => (done = resolve));
    const line = Promise.all([before, over]).then(() => {
      if (this.#last.get(name) === line) this.#last.delete(name);
    });
    this.#last.set(name, line);
    return { mine: before.then(() => true), done };
  }
}
