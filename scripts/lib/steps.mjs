import { performance } from 'node:perf_hooks';
import process from 'node:process';

/** Something the person can mend: shown as it is, without a stack. */
export class Stop extends Error {}

export function took(sinceMs) {
  const seconds = (performance.now() - sinceMs) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** One line a step. `work` may return a few words to put beside the time. */
export async function step(title, work) {
  const start = performance.now();
  process.stdout.write(`· ${title} … `);
  try {
    const result = await work();
    const words = typeof result === 'string' ? `${result}, ` : '';
    process.stdout.write(`${words}${took(start)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`failed after ${took(start)}\n`);
    throw error;
  }
}

export const say = (line) => process.stdout.write(`${line}\n`);

/** Runs a script's body; its number is the exit code. */
export async function door(body) {
  if (process.env.npm_lifecycle_event) endWithParent();
  try {
    process.exitCode = (await body(process.argv.slice(2))) ?? 0;
  } catch (error) {
    process.stderr.write(error instanceof Stop ? `\n${error.message}\n` : `\n${error.stack}\n`);
    process.exitCode = error.exitCode ?? 1;
  }
}

/** The shell between npm and us dies of a signal without passing it on. */
function endWithParent() {
  const parent = process.ppid;
  const look = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM');
  setInterval(look, 500).unref();
}
