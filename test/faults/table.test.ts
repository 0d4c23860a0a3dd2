import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { faultTable } from './table.ts';

it('the fault table has each of F1 to F50 once, in order, and tells `npm run faults` how each is shown', () => {
  expect(faultTable.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `F${n + 1}`));
  const rows = faultTable.map(({ id, fault, shown }) => ({
    id,
    fault,
    shown: !('not' in shown),
    why: 'not' in shown ? shown.not : '',
  }));
  const folder = resolve(import.meta.dirname, '../../out/faults');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'table.json'), JSON.stringify(rows));
});
