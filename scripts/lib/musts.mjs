import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import process from 'node:process';
import { runQuietly, npm } from './child.mjs';
import { inRoot } from './places.mjs';
import { sbomOf } from './sbom.mjs';
import { shippedPackages } from './shipped-packages.mjs';
import { say, step } from './steps.mjs';
import { runVitest } from './vitest.mjs';

const folder = (...parts) => inRoot('out', 'security', ...parts);
const PROJECTS = ['unit', 'integration', 'faults', 'e2e'];
const projectOf = (file) => PROJECTS.find((project) => file.startsWith(`${project}/`)) ?? 'unit';

/** test/security/musts.ts, which Node alone cannot read. */
export async function theMusts() {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inRoot('test', 'security', 'musts.ts'), {
    configFile: false,
    logLevel: 'error',
  });
  return module;
}

/**
 * Runs the tests that hold these musts and tells each in a line. "pass" is: every test that it names ran now, and
 * passed. `lacking`: files that cannot run on this system, and why.
 */
export async function tellMusts(rows, { lacking = new Map(), isAll = true } = {}) {
  const files = [...new Set(rows.flatMap(({ held }) => held.map(({ file }) => file)))].filter(
    (file) => !lacking.has(file),
  );
  // Last time's results must not pass for this time's.
  if (isAll) await rm(folder('musts.json'), { force: true });
  const ran = new Map();
  for (const project of PROJECTS) {
    const own = files.filter((file) => projectOf(file) === project);
    if (own.length === 0) continue;
    say(`\n── ${project}`);
    for (const [file, tests] of await run(project, own)) ran.set(file, tests);
  }
  const told = rows.map((row) => judged(row, ran, lacking));
  const audited = told.find(({ id }) => id === 'B66');
  if (audited?.status === 'pass') Object.assign(audited, await step('Audit', audit));
  await writeBill();
  if (isAll) await writeFile(folder('musts.json'), `${JSON.stringify(told, null, 2)}\n`);
  say('');
  for (const { id, what, test, status, reason } of told)
    say(`${id}: ${what}: ${test || 'no test'}: ${status}${reason ? `: ${reason}` : ''}`);
  const count = (status) => told.filter((row) => row.status === status).length;
  say(`\n${count('pass')} of ${told.length} musts pass, ${count('not yet')} not yet, ${count('fail')} fail`);
  return count('fail') > 0 ? 1 : 0;
}

async function run(project, files) {
  const env = { ...process.env, GRANTKEEP_FAULTS: 'short' };
  if (project === 'faults' && existsSync('/dev/shm')) env.TMPDIR = '/dev/shm';
  const paths = files.map((file) => `test/${file}`);
  await runVitest(project, project === 'e2e' ? { inSession: true, files: paths } : { env, files: paths });
  const text = await readFile(inRoot('out', 'test', `${project}.json`), 'utf8').catch(() => '{"testResults":[]}');
  return JSON.parse(text).testResults.map(({ name, assertionResults }) => [
    relative(inRoot('test'), name).replaceAll('\\', '/'),
    assertionResults,
  ]);
}

/** What became of a must: its own words where it is not held in full, else what its tests did. */
export function judged({ id, what, held, not }, ran, lacking) {
  const row = {
    id,
    what,
    test: held.map(({ file, title }) => `${file.replace(/\.test\.ts$/, '')} "${title}"`).join(', '),
  };
  const endings = held.map((one) => endingOf(one, ran, lacking));
  const failed = endings.find(({ status }) => status === 'fail');
  if (failed) return { ...row, ...failed };
  if (not !== null) return { ...row, status: 'not yet', reason: not.replace(/^yet: /, '') };
  return { ...row, ...(endings.find(({ status }) => status === 'not yet') ?? { status: 'pass', reason: null }) };
}

function endingOf({ file, title }, ran, lacking) {
  if (lacking.has(file)) return { status: 'not yet', reason: `${file} did not run: ${lacking.get(file)}` };
  const found = (ran.get(file) ?? []).filter((test) =>
    [...test.ancestorTitles, test.title].some((one) => one.includes(title)),
  );
  const failed = found.find(({ status }) => status === 'failed');
  if (failed) return { status: 'fail', reason: `failed: ${failed.fullName}` };
  if (found.length === 0) return { status: 'fail', reason: `"${title}" in ${file} did not run` };
  const skipped = found.filter(({ status }) => status !== 'passed').length;
  if (skipped > 0) return { status: 'not yet', reason: `${skipped} of the tests in ${file} do not run on this system` };
  return { status: 'pass' };
}

/** Asks the registry what is known to be broken. Where nobody answers that is no "pass". */
async function audit() {
  const [command, args] = npm('audit', '--json', '--audit-level=high');
  const { out } = await runQuietly(command, args, { limitMs: 60_000 });
  let counts;
  try {
    counts = JSON.parse(out).metadata?.vulnerabilities;
  } catch {
    // no answer, or none that is one
  }
  if (counts === undefined) return { status: 'not yet', reason: 'not run: no audit service answers' };
  const grave = counts.high + counts.critical;
  return grave > 0
    ? { status: 'fail', reason: `the audit names ${grave} grave faults` }
    : { status: 'pass', reason: null };
}

async function writeBill() {
  const lock = JSON.parse(await readFile(inRoot('package-lock.json'), 'utf8'));
  await mkdir(folder(), { recursive: true });
  await writeFile(folder('sbom.json'), `${JSON.stringify(sbomOf(lock, shippedPackages()), null, 2)}\n`);
}

/** Lays the table over the one in SECURITY.md. */
export async function writeTable({ musts, documentRow }) {
  const path = inRoot('SECURITY.md');
  const lines = (await readFile(path, 'utf8')).split('\n');
  const isRow = (line) => /^\| B\d+ \|/.test(line);
  const head = lines.findIndex((line) => /^\| must \|/.test(line)) + 2;
  const rest = lines.slice(head).filter((line) => !isRow(line));
  await writeFile(path, [...lines.slice(0, head), ...musts.map(documentRow), ...rest].join('\n'));
}
