import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { inRoot } from '../places.mjs';
import { Stop } from '../steps.mjs';

const PATIENCE_MS = 60_000;
const PROBE = inRoot('test', 'bench', 'probe.cjs');

/**
 * Starts a program in Electron with the probe before it, and waits until its page shows what it is to show. The clock
 * is ours, from the moment before the process is spawned: that is what a person waits for.
 */
export async function started({ runtime, env, folder, profile, selector }) {
  const startMs = performance.now();
  const args = [...runtime.args, '-r', PROBE, folder, `--profile=${profile}`, '--lang=en-GB'];
  const child = spawn(runtime.binary, args, {
    env: { ...env, GRANTKEEP_BENCH_SHOWN: selector },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  const gone = new Promise((done) => child.once('exit', done));
  const waiting = new Map();
  const told = (name) =>
    Promise.race([
      new Promise((done) => waiting.set(name, done)),
      gone.then(() => Promise.reject(new Stop(`The program ended before "${name}".\n${said}`))),
      new Promise((_, late) =>
        setTimeout(() => late(new Stop(`No "${name}" within a minute.\n${said}`)), PATIENCE_MS).unref(),
      ),
    ]);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('bench ')) return;
    const word = JSON.parse(line.slice('bench '.length));
    waiting.get(word.did ?? 'shown')?.(word.answer);
  });
  await told('shown');
  const shownMs = performance.now() - startMs;
  return {
    shownMs,
    pid: child.pid,
    /** Does one of the probe's acts and resolves to what came of it. */
    do(act) {
      const answer = told(act);
      child.stdin.write(`${act}\n`);
      return answer;
    },
    async quit() {
      child.stdin.write('quit\n');
      await gone;
    },
  };
}
