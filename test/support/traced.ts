import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';

/** How a traced program ended: what it said after `ready`, and the signal that ended it. */
export interface Traced {
  said: string[];
  signal: string | null;
}

/**
 * Starts a program, waits until it is `ready`, lays strace on all its threads with these arguments, and only then lets
 * it go on: so what is counted and disturbed is nothing but the one act after `ready`.
 */
export async function traced(program: string[], straceArguments: readonly string[]): Promise<Traced> {
  const child = spawn(process.execPath, program, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const ended = Promise.all([once(child, 'exit') as Promise<[number | null, string | null]>, once(lines, 'close')]);
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => (line === 'ready' ? resolve() : said.push(line)));
    child.once('exit', () => reject(new Error(`ended before it was ready: ${said.join(' ')}`)));
  });
  said.length = 0;
  const strace = spawn('strace', ['-f', ...straceArguments, '-p', String(child.pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(strace, 'exit');
  const heard = createInterface({ input: strace.stderr });
  await new Promise<void>((resolve, reject) => {
    heard.on('line', (line) => line.includes(`Process ${String(child.pid)} attached`) && resolve());
    strace.once('error', reject);
    strace.once('exit', () => reject(new Error('strace did not attach')));
  });
  child.stdin.write('\n');
  const [[, signal]] = await ended;
  await gone;
  return { said, signal };
}

/** One system call of the act, as strace wrote it. */
export interface SystemCall {
  name: string;
  /** The how-manieth call of that name in this thread, from 1: what `when=` counts. */
  when: number;
  text: string;
}

/** The calls of one thread in a log of `strace -f -y -o`. */
export function callsIn(log: string, threadId: number): SystemCall[] {
  const counts = new Map<string, number>();
  return log.split('\n').flatMap((line) => {
    const [, thread, name, rest] = /^(\d+)\s+(\w+)\((.*)$/.exec(line) ?? [];
    if (name === undefined || Number(thread) !== threadId) return [];
    const when = (counts.get(name) ?? 0) + 1;
    counts.set(name, when);
    return [{ name, when, text: rest ?? '' }];
  });
}
