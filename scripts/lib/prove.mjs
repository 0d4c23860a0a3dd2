import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { npm, runOrStop, runQuietly } from './child.mjs';
import { openDesktopSession } from './desktop-session.mjs';
import { inRoot, root } from './places.mjs';
import { say, Stop, took } from './steps.mjs';

/**
 * For each seeded defect: a copy of the tree, the defect laid over it, and only the test that has to catch it. The
 * program itself has no switch for any of them. `wanted`: names of patches; none means all. `folder`: where they are.
 */
export async function prove(wanted, folder) {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.patch') && (wanted.length === 0 || wanted.some((word) => name.startsWith(word))))
    .sort();
  if (names.length === 0) throw new Stop(`No defect is called ${wanted.join(', ')}.`);
  const start = performance.now();
  const results = [];
  for (const name of names) {
    const at = performance.now();
    const { caught, how } = await tryDefect(folder, name);
    results.push(caught);
    say(`${caught ? 'caught' : 'NOT CAUGHT'}: ${how} (${took(at)})`);
  }
  const missed = results.filter((caught) => !caught).length;
  say(`\n${results.length - missed} of ${results.length} seeded defects caught, in ${took(start)}`);
  return missed > 0 ? 1 : 0;
}

async function tryDefect(folder, name) {
  const patch = join(folder, name);
  const told = headOf(await readFile(patch, 'utf8'), name);
  // Inside out/, so that the bundler and the native packages find what they find in the tree itself.
  await mkdir(inRoot('out'), { recursive: true });
  const copy = await mkdtemp(inRoot('out', 'defect-'));
  try {
    await copyTree(copy);
    await runOrStop('git', ['apply', patch], {
      cwd: copy,
      env: outsideGit(copy),
    });
    return { caught: await isCaught(copy, told), how: `${told.what}, by ${told.test}` };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The first lines of a patch say what the defect is and which test, of which file and project, has to catch it. */
function headOf(text, name) {
  const said = (key) => new RegExp(`^${key}: (.+)$`, 'm').exec(text)?.[1];
  const told = { what: said('Defect'), project: said('Project'), file: said('File'), test: said('Caught by') };
  if (Object.values(told).includes(undefined)) throw new Stop(`${name} does not say what it is.`);
  return told;
}

async function copyTree(copy) {
  const listed = await runOrStop('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root });
  // Packages that are a link are no folder to git, and would be listed.
  const isOurs = (file) => file !== '' && file !== 'node_modules' && existsSync(inRoot(file));
  for (const file of listed.split('\0').filter(isOurs)) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(inRoot(file), join(copy, file));
  }
  await symlink(inRoot('node_modules'), join(copy, 'node_modules'));
}

/** The copy lies in a folder of a repository and is to be taken for none. */
const outsideGit = (copy) => ({ ...process.env, GIT_CEILING_DIRECTORIES: dirname(copy) });

/** Caught is: that very test ran and failed. A tree that does not even load has caught nothing. */
async function isCaught(copy, { project, file, test }) {
  const report = join(copy, 'report.json');
  const env = { ...process.env, TMPDIR: existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), GRANTKEEP_FAULTS: 'short' };
  const args = [join(copy, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project, file];
  args.push('--reporter=json', `--outputFile=${report}`);
  const { code } = await (project === 'e2e' ? runBuilt : runQuietly)(process.execPath, args, {
    cwd: copy,
    env,
    limitMs: 300_000,
  });
  const text = await readFile(report, 'utf8').catch(() => null);
  if (code === 0 || text === null) return false;
  const { testResults } = JSON.parse(text);
  return testResults.some(({ assertionResults }) =>
    assertionResults.some(({ fullName, status }) => status === 'failed' && fullName.includes(test)),
  );
}

/** The real program of the copy, in a desktop session of its own. */
async function runBuilt(command, args, { cwd, env, limitMs }) {
  await runOrStop(...npm('run', 'build', '--silent'), { cwd, env });
  const session = await openDesktopSession();
  try {
    return await runQuietly(command, args, { cwd, env: { ...session.env, ...env }, limitMs });
  } finally {
    await session.close();
  }
}
