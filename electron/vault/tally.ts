import type { VaultKeys } from './crypto.ts';
import type { TallyBody } from './payloads.ts';

/**
 * Which rows there are and at which commit each was written, as a number that only the key can make (B51). A record
 * cannot tell that its neighbour was taken away or put back from yesterday; the tally can.
 */
export class Tally {
  readonly #keys: VaultKeys;
  readonly #marks = new Map<string, number>();
  #xor: Buffer = Buffer.alloc(32);
  #commitNumber = 0;

  constructor(keys: VaultKeys) {
    this.#keys = keys;
  }

  /** At opening: one more row that stands, as it was written at that commit. */
  count(id: string, commitNumber: number): void {
    this.#marks.set(id, commitNumber);
    fold(this.#xor, this.#keys.mark(id, commitNumber));
  }

  /** At opening, when every row is counted. */
  standsAt(commitNumber: number): void {
    this.#commitNumber = commitNumber;
  }

  get commitNumber(): number {
    return this.#commitNumber;
  }

  /** At which commit the row was written last; undefined where there is none. */
  commitOf(id: string): number | undefined {
    return this.#marks.get(id);
  }

  ids(): Iterable<string> {
    return this.#marks.keys();
  }

  matches(body: TallyBody): boolean {
    return (
      body.count === this.#marks.size &&
      body.commitNumber === this.#commitNumber &&
      body.xor === this.#xor.toString('hex')
    );
  }

  /** The tally after the next commit. This one stays as it is until the commit is on disk. */
  after(put: Iterable<string>, remove: Iterable<string>): TallyStep {
    const commitNumber = this.#commitNumber + 1;
    const xor = Buffer.from(this.#xor);
    const added: string[] = [];
    const taken: string[] = [];
    let count = this.#marks.size;
    const dropMark = (id: string): void => {
      const before = this.#marks.get(id);
      if (before === undefined) return;
      fold(xor, this.#keys.mark(id, before));
      count -= 1;
    };
    for (const id of remove) {
      dropMark(id);
      taken.push(id);
    }
    for (const id of put) {
      dropMark(id);
      fold(xor, this.#keys.mark(id, commitNumber));
      count += 1;
      added.push(id);
    }
    const accept = (): void => {
      for (const id of taken) this.#marks.delete(id);
      for (const id of added) this.#marks.set(id, commitNumber);
      this.#xor = xor;
      this.#commitNumber = commitNumber;
    };
    return { commitNumber, count, xor: xor.toString('hex'), accept };
  }
}

export interface TallyStep {
  commitNumber: number;
  count: number;
  xor: string;
  /** Only once the transaction is on disk. */
  accept(): void;
}

function fold(into: Buffer, mark: Buffer): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) ^ (mark[i] ?? 0);
}
