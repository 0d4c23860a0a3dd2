import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { inRoot } from './places.mjs';
import { say } from './steps.mjs';
import { runVitest } from './vitest.mjs';

const folder = (...parts) => inRoot('out', 'faults', ...parts);

/** The figures of test/faults, in the order in which they are told, with the words for those that did not even start. */
const FIGURES = [
  { id: 'D1', file: 'killed-in-writes', what: 'killed with -9 at random in its writes' },
  { id: 'D2', file: 'faults-in-a-commit', what: 'one fault at each system call of a commit', needs: 'strace' },
  { id: 'D4', file: 'damaged-files', what: 'any byte of a closed vault changed or its files cut' },
  { id: 'D6-token', file: 'hostile-answers', what: 'hostile answers of the token address' },
  { id: 'D6-test', file: 'hostile-answers', what: 'hostile answers of the test call' },
  { id: 'D6-revocation', file: 'hostile-answers', what: 'hostile answers of the revocation' },
  { id: 'D6-registration', file: 'hostile-answers', what: 'hostile answers of the registration' },
  { id: 'D6-metadata', file: 'hostile-answers', what: 'hostile answers of the issuer’s metadata' },
  { id: 'D6-device', file: 'hostile-answers', what: 'hostile answers of the device address' },
  { id: 'D6-introspection', file: 'hostile-answers', what: 'hostile answers of the introspection' },
  { id: 'D6-authorization', file: 'hostile-answers', what: 'forged and broken answers of the browser' },
  { id: 'D7', file: 'hostile-page', what: 'hostile calls of the page on every channel' },
  { id: 'D9', file: 'lost-sign-ins', what: '50 things happen in a row' },
  { id: 'D10', file: 'one-in-flight', what: '100 callers at once that need a new token' },
  { id: 'D11', file: 'listener', what: 'the way back with sockets that trickle' },
  { id: 'D16', file: 'soak', what: 'renewals in virtual time with 5 % faults' },
];

/** `wanted`: ids, as D6 or D6-token; none means all. */
export function figuresNamed(wanted) {
  if (wanted.length === 0) return FIGURES;
  return FIGURES.filter(({ id }) => wanted.some((name) => id === name || id.startsWith(`${name}-`)));
}

/** Runs them and tells one line each. `has`: programs that are not everywhere. */
export async function measure(figures, { isLong = false, has = { strace: true } } = {}) {
  await rm(folder('figures'), { recursive: true, force: true });
  await mkdir(folder(), { recursive: true });
  const isAll = figures.length === FIGURES.length;
  const files = [
    ...new Set(figures.filter(({ needs }) => !needs || has[needs]).map(({ file }) => `test/faults/${file}`)),
  ];
  const env = { ...process.env, GRANTKEEP_FAULTS: isLong ? 'long' : 'short' };
  // In memory where there is such a folder: what is disturbed is the program and its calls, and a disk that other
  // programs use would only make it slow.
  if (existsSync('/dev/shm')) env.TMPDIR = '/dev/shm';
  const result = await runVitest('faults', { env, files: isAll ? [...files, 'test/faults/table'] : files });
  const told = [];
  for (const figure of figures) told.push(await lineOf(figure, has));
  await writeFile(folder('faults.json'), `${JSON.stringify(told, null, 2)}\n`);
  say('');
  for (const { id, what, tried, lost, pass } of told)
    say(`${id}: ${what}: ${tried} tried, ${lost} lost, ${pass ? 'pass' : 'NO PASS'}`);
  if (isAll) await tellTable();
  const failed = told.filter(({ pass }) => !pass).length;
  return { ...result, failed: Math.max(result.failed, failed) };
}

async function lineOf({ id, what, needs }, has) {
  const text = await readFile(folder('figures', `${id}.json`), 'utf8').catch(() => null);
  if (text !== null) return JSON.parse(text);
  const why = needs && !has[needs] ? `not shown: no ${needs}` : 'not shown: it did not run';
  return { id, what: `${what} (${why})`, tried: 0, lost: 0, pass: false };
}

async function tellTable() {
  const text = await readFile(folder('table.json'), 'utf8').catch(() => null);
  if (text === null) return;
  const rows = JSON.parse(text);
  const open = rows.filter(({ shown }) => !shown);
  say(`\nOf ${rows.length} faults ${rows.length - open.length} are shown by a test (test/faults/table.ts). Not shown:`);
  for (const { id, fault, why } of open) say(`  ${id} ${fault}: ${why}`);
}
