import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { root } from './places.mjs';
import { Stop } from './steps.mjs';

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PATIENCE_MS = 10_000;

/** The person, or whatever started us, wants an end: nothing after it may run. */
export class Interrupted extends Stop {
  constructor(signal) {
    super(`Interrupted by ${signal}.`);
    this.exitCode = exitCodeOf(signal);
  }
}

/** Runs in the person's terminal; resolves to the exit code, 128 + n for a signal, as a shell has it. */
export function runVisibly(command, args, { cwd = root, env = process.env, stdin = 'inherit' } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: [stdin, 'inherit', 'inherit'] });
  return ending(child, 'exit');
}

/** Runs out of sight; resolves to what it said, never rejects for a bad exit code. */
export async function runQuietly(command, args, { cwd = root, env = process.env, limitMs } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const limit = limitMs && setTimeout(() => child.kill('SIGKILL'), limitMs);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  try {
    return { code: await ending(child, 'close'), out, err };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return { code: 127, out, err: `${err}${error.message}` };
  } finally {
    clearTimeout(limit);
  }
}

/** A signal to us alone, as from a supervisor, must reach the child too, and then end us. */
function ending(child, event) {
  return new Promise((resolve, reject) => {
    let wanted;
    let killer;
    const pass = (signal) => {
      wanted ??= signal;
      child.kill(signal);
      killer ??= setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    };
    const settle = (then) => {
      clearTimeout(killer);
      for (const signal of ENDINGS) process.off(signal, pass);
      if (wanted) reject(new Interrupted(wanted));
      else then();
    };
    for (const signal of ENDINGS) process.on(signal, pass);
    child.once('error', (error) => settle(() => reject(error)));
    child.once(event, (code, signal) => settle(() => resolve(code ?? exitCodeOf(signal))));
  });
}

const exitCodeOf = (signal) => 128 + constants.signals[signal];

/** As runQuietly, but a bad exit code stops everything and shows what was said. */
export async function runOrStop(command, args, options) {
  const { code, out, err } = await runQuietly(command, args, options);
  if (code !== 0) throw new Stop(`${out}${err}\n"${[command, ...args].join(' ')}" ended with code ${code}.`);
  return out;
}

/** The npm that started us where there is one, so that its version and settings are the person's own. */
export function npm(...args) {
  const { npm_execpath: cli } = process.env;
  if (cli?.endsWith('.js')) return [process.execPath, [cli, ...args]];
  return process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args];
}
