import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// electron-store without Electron, which it only asks for a folder that is given here: the file is read and written by
// the very same Conf.
vi.mock('electron-store', async () => {
  const { default: Conf } = await import('conf');
  return {
    default: class extends Conf {
      constructor({ name, ...options }: { name: string }) {
        super({ ...options, configName: name, projectName: 'grantkeep' });
      }
    },
  };
});
const { openPreferences } = await import('../../../electron/platform/preferences.ts');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grantkeep-preferences-'));
  file = join(folder, 'preferences.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the preferences on disk', () => {
  it('are there again at the next start', () => {
    openPreferences(folder).rememberCopied('a');
    expect(openPreferences(folder).lastCopiedConnectionId()).toBe('a');
  });

  it.each(['{"clipboardSeconds": 10', '', '\u0000\u0000\u0000', 'not json at all', '<html></html>'])(
    'F14: a broken file (%j) is kept beside, the usual is used, and the vault is not touched',
    (broken) => {
      writeFileSync(join(folder, 'vault'), 'stands in for the vault');
      writeFileSync(file, broken);
      const preferences = openPreferences(folder);
      expect(preferences.clipboardSeconds()).toBe(30);
      expect(readFileSync(`${file}.bad`, 'utf8')).toBe(broken);
      preferences.rememberCopied('a');
      expect(openPreferences(folder).lastCopiedConnectionId()).toBe('a');
      expect(readFileSync(join(folder, 'vault'), 'utf8')).toBe('stands in for the vault');
    },
  );

  it('F14: whatever stands in it, the program starts, with values that it can work with', () => {
    const content = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({
          clipboardSeconds: fc.jsonValue(),
          renewalLeadSeconds: fc.jsonValue(),
          window: fc.jsonValue(),
          lastCopiedConnectionId: fc.jsonValue(),
        })
        .map((members) => JSON.stringify(members)),
    );
    fc.assert(
      fc.property(content, (text) => {
        rmSync(`${file}.bad`, { force: true });
        writeFileSync(file, text);
        const preferences = openPreferences(folder);
        expect(preferences.clipboardSeconds()).toBeGreaterThanOrEqual(5);
        expect(preferences.clipboardSeconds()).toBeLessThanOrEqual(300);
        expect(preferences.renewalLeadSeconds()).toBeGreaterThanOrEqual(30);
        preferences.rememberCopied('a');
        expect(existsSync(file)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
