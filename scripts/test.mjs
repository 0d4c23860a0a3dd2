import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { build } from './lib/build.mjs';
import { Interrupted, runVisibly } from './lib/child.mjs';
import { figuresNamed, measure } from './lib/figures.mjs';
import { inRoot } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { door, say, Stop, took } from './lib/steps.mjs';
import { table, totals } from './lib/test-results.mjs';
import { tellResults } from './lib/tour.mjs';
import { runVitest } from './lib/vitest.mjs';

const check =
  (file, ...args) =>
  async () =>
    asOneCheck((await runVisibly(process.execPath, [inRoot('node_modules', file), ...args])) === 0);
const asOneCheck = (passes) => ({ passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 });

/** In this order: what is quick to tell comes first. `needs`: without it, running would only repeat its failure. */
const PARTS = [
  { name: 'format', run: check('prettier/bin/prettier.cjs', '--check', '.') },
  { name: 'lint', run: check('eslint/bin/eslint.js', '.') },
  { name: 'types', run: check('typescript/bin/tsc', '-b') },
  { name: 'unit', run: () => runVitest('unit') },
  { name: 'integration', run: () => runVitest('integration') },
  { name: 'faults', run: () => measure(figuresNamed([])) },
  { name: 'build', run: () => build().then(() => asOneCheck(true)) },
  { name: 'e2e', needs: 'build', run: () => runVitest('e2e', { inSession: true }) },
  { name: 'tour', needs: 'build', run: () => runVitest('tour', { inSession: true }).finally(tellResults) },
];

await door(async (wanted) => {
  const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Stop(`No part is called ${unknown.join(', ')}. There are: ${PARTS.map((part) => part.name).join(', ')}.`);

  await prepare(['window', 'session', 'tests']);
  const results = [];
  for (const part of PARTS.filter(({ name }) => isWanted(name, wanted))) results.push(await resultOf(part, results));

  for (const { name, named = [] } of results) for (const one of named) say(`\n${name}: ${one}`);
  say(`\n${table(results)}\n`);
  const { passed, failed, skipped } = totals(results);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : 0;
});

function isWanted(name, wanted) {
  if (wanted.length === 0 || wanted.includes(name)) return true;
  return PARTS.some((part) => part.needs === name && wanted.includes(part.name));
}

async function resultOf({ name, needs, run }, before) {
  if (needs && before.some((result) => result.name === needs && result.failed > 0)) {
    return { name, passed: 0, failed: 1, skipped: 0, note: `not run, since ${needs} failed`, time: '' };
  }
  say(`\n── ${name}`);
  const start = performance.now();
  try {
    return { name, ...(await run()), time: took(start) };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    say(error instanceof Stop ? error.message : error.stack);
    return { name, ...asOneCheck(false), time: took(start) };
  }
}
