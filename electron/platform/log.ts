import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, LogFields } from '../services/ports.ts';

const limitBytes = 512 * 1024;

/** Every field a line may hold. A field that is not listed is dropped, whatever TypeScript was told (B64). */
const listed: Record<keyof LogFields, 'string' | 'number'> = {
  area: 'string',
  code: 'string',
  status: 'number',
  host: 'string',
  durationMs: 'number',
  provider: 'string',
  count: 'number',
  systemCode: 'string',
};

/** Letters, digits and the marks of codes and host names: what a token, an e-mail or a sentence does not fit in. */
const harmless = /^[A-Za-z0-9._:[\]-]{1,100}$/;

export function logLine(atMs: number, event: string, fields: LogFields): string {
  const line: Record<string, string | number> = { at: new Date(atMs).toISOString(), event };
  for (const [name, kind] of Object.entries(listed) as [keyof LogFields, 'string' | 'number'][]) {
    const value = fields[name];
    if (value === undefined || typeof value !== kind) continue;
    line[name] = typeof value === 'string' && !harmless.test(value) ? '[unprintable]' : value;
  }
  return JSON.stringify(line) + '\n';
}

/** One file of at most 512 KiB and one older. A log that cannot be written never stops the program. */
export function fileLog(folder: string, nowMs: () => number): Log {
  const file = join(folder, 'grantkeep.log');
  const write = (event: string, fields: LogFields = {}): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      try {
        if (statSync(file).size > limitBytes) renameSync(file, `${file}.1`);
      } catch {
        // no file yet
      }
      appendFileSync(file, logLine(nowMs(), event, fields), { mode: 0o600 });
    } catch {
      // a full disk must not become a second fault
    }
  };
  return { write };
}
