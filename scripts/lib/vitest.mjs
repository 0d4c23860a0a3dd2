import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { runVisibly } from './child.mjs';
import { runInDesktopSession } from './desktop-session.mjs';
import { inRoot } from './places.mjs';

/** Runs one of the projects of vitest.config.ts, or some files of it; counts what its report says. */
export async function runVitest(project, { inSession = false, useRealOne = false, files = [], env } = {}) {
  const report = inRoot('out', 'test', `${project}.json`);
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  const args = [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', project];
  args.push(...files, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  // Vitest leaves one core for itself and, on two, runs one file after the other: each waits for a process to start.
  if (project === 'unit') args.push('--maxWorkers=100%');
  const run = inSession
    ? (...all) => runInDesktopSession(...all, { useRealOne })
    : (...all) => runVisibly(...all, env === undefined ? {} : { env });
  const code = await run(process.execPath, args);
  return { code, ...(await counted(report, code)) };
}

async function counted(report, code) {
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0, note: 'ended without a report' };
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(text);
  const skipped = numPendingTests + numTodoTests;
  // A file that does not even load, or an error outside any test, fails the run with no test to count.
  const failed = numFailedTests === 0 && (code !== 0 || passed === 0) ? 1 : numFailedTests;
  const note =
    passed + numFailedTests === 0 ? 'ran no test' : failed > numFailedTests ? 'failed outside its tests' : '';
  return { passed, failed, skipped, note, named: named(testResults) };
}

/** What failed, and what passed only when it was run again: both are told at the end, where nobody has to look for them. */
function named(files) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  return tests
    .filter(({ failureMessages }) => failureMessages?.length > 0)
    .map(({ status, fullName, failureMessages }) => {
      const how = status === 'failed' ? 'failed' : 'passed at the second try';
      return `${how}: ${fullName}\n    ${failureMessages[0].split('\n').slice(0, 12).join('\n    ')}`;
    });
}
