import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';

/** `npm run faults -- --long`; otherwise the short form, which is part of every `npm test`. */
const isLong = process.env['GRANTKEEP_FAULTS'] === 'long';

export const sized = (short: number, long: number): number => (isLong ? long : short);

/** What was tried so far, and what was lost of it: one line for each loss, with what it takes to see it again. */
export class Count {
  tried = 0;
  readonly lost: string[] = [];

  /** One more try; `loss` says what was lost, null that nothing was. */
  add(loss: string | null): void {
    this.tried += 1;
    if (loss !== null) this.lost.push(loss);
  }
}

const folder = resolve(import.meta.dirname, '../../out/faults/figures');

/**
 * One figure of what was measured (security.md D). It is noted with the number that was really tried, also when it
 * breaks off in the middle, and it passes only when something was tried and nothing was lost.
 */
export function figure(id: string, what: string, run: (count: Count) => Promise<void>, limitMs: number): void {
  it(
    `${id} ${what}`,
    async () => {
      const count = new Count();
      const note = (ended: boolean): void => {
        const { tried, lost } = count;
        const pass = ended && tried > 0 && lost.length === 0;
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `${id}.json`), JSON.stringify({ id, what, tried, lost: lost.length, pass }));
      };
      let ended = false;
      // Before the first try: a figure that ends its own process stands there as one that has not passed.
      note(false);
      try {
        await run(count);
        ended = true;
      } finally {
        note(ended);
      }
      expect(count.lost.slice(0, 20)).toEqual([]);
      expect(count.tried).toBeGreaterThan(0);
    },
    limitMs,
  );
}
