import { mkdir, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { build } from './lib/build.mjs';
import { bundleSize } from './lib/bench/bundle-size.mjs';
import { LIMITS } from './lib/bench/limits.mjs';
import { measureExchange, measureVault } from './lib/bench/measure-programs.mjs';
import { measureWindow } from './lib/bench/measure-window.mjs';
import { row } from './lib/bench/numbers.mjs';
import { growthPicture } from './lib/bench/picture.mjs';
import { programs } from './lib/bench/program.mjs';
import { openDesktopSession } from './lib/desktop-session.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { door, say, step, Stop } from './lib/steps.mjs';

await door(async (words) => {
  if (process.platform !== 'linux') throw new Stop('It reads memory and processor time as Linux tells them.');
  const how = { short: words.includes('--short'), long: words.includes('--long') };
  const only = words.filter((word) => !word.startsWith('--'));
  const runtime = await prepare(['window', 'session']);
  await build();
  const own = await programs();
  const rows = [];
  const part = async (name, measure) => {
    if (only.length > 0 && !only.includes(name)) return;
    await step(`Measuring ${name}`, async () => void rows.push(...(await measure())));
  };
  try {
    await part('bundle', measureBundle);
    await part('exchange', () => measureExchange(own.run, how));
    await part('vault', () => measureVault(own.run, how));
    await part('window', async () => {
      const session = await openDesktopSession();
      try {
        return await measureWindow({ runtime, env: session.env }, own.run, how);
      } finally {
        await session.close();
      }
    });
  } finally {
    await own.remove();
  }
  await mkdir(inRoot('out', 'bench'), { recursive: true });
  await writeFile(inRoot('out', 'bench', 'bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
  if (words.includes('--picture')) await keepPicture(rows);
  say(`\n${table(rows)}\n\n${inRoot('out', 'bench', 'bench.json')}`);
  return rows.every(({ pass }) => pass) ? 0 : 1;
});

/** The README's, from a run that measured all of it. */
async function keepPicture(rows) {
  const picture = growthPicture(rows);
  if (picture === null) throw new Stop('This run measured too little for the picture of how cost grows.');
  await writeFile(inRoot('docs', 'pictures', 'growth.svg'), picture);
}

async function measureBundle() {
  const { all, first, files } = await bundleSize();
  return [
    row('bundle-all', `renderer, gzip, all ${files} files`, 'KB', [all], LIMITS['bundle-all']),
    row('bundle-first', '… of it before the first paint', 'KB', [first], null),
  ];
}

function table(rows) {
  const lines = rows.map(({ what, value, unit, limit, pass, spread: [least, most] }) => [
    what,
    `${value} ${unit}`,
    least === most ? '' : `${least} to ${most}`,
    limit === null ? '' : `at most ${limit} ${unit}`,
    limit === null ? '' : pass ? 'pass' : 'NO PASS',
  ]);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
