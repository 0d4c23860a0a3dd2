/**
 * A program that dies at its nth step: that step is done or not, and nothing comes after it. Every method of what is
 * wrapped is a step, also of what those methods return where `descend` says so.
 */
export class DyingSteps {
  #steps = 0;
  #reached = false;

  constructor(
    readonly diesAt: number,
    readonly stepIsDone: boolean,
    readonly descend: (name: string | symbol, result: object) => boolean = () => false,
  ) {}

  /** Did it come so far? */
  get reached(): boolean {
    return this.#reached;
  }

  of<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (of, name, self) => {
        const member: unknown = Reflect.get(of, name, of);
        if (typeof member !== 'function') return Reflect.get(of, name, self) as unknown;
        return (...args: unknown[]): unknown => {
          this.#steps += 1;
          if (this.#steps > this.diesAt || (this.#steps === this.diesAt && !this.stepIsDone)) {
            this.#reached = true;
            throw new Error('the power is gone');
          }
          const result: unknown = Reflect.apply(member, of, args);
          const isObject = typeof result === 'object' && result !== null;
          return isObject && this.descend(name, result) ? this.of(result) : result;
        };
      },
    });
  }
}
