import { describe, expect, it, vi } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const disk = vi.hoisted(() => ({ opens: [] as (Record<string, unknown> | Error)[], reads: 0, refuses: false }));
vi.mock('electron-store', () => ({
  default: class {
    readonly #store: Record<string, unknown>;
    constructor() {
      const next = disk.opens.shift() ?? {};
      if (next instanceof Error) throw next;
      this.#store = next;
    }
    get store(): Record<string, unknown> {
      disk.reads += 1;
      if (disk.refuses) throw new SyntaxError('somebody broke the file');
      return this.#store;
    }
    set(): void {
      if (disk.refuses) throw new Error('ENOSPC');
    }
  },
}));
const { openPreferences } = await import('../../../electron/platform/preferences.ts');

function opened(...opens: (Record<string, unknown> | Error)[]) {
  const folder = mkdtempSync(join(tmpdir(), 'grantkeep-preferences-'));
  Object.assign(disk, { opens, reads: 0, refuses: false });
  const preferences = openPreferences(folder);
  rmSync(folder, { recursive: true });
  return preferences;
}

describe('preferences', () => {
  it('takes what fits and the usual for what does not', () => {
    const preferences = opened({ clipboardSeconds: 10, renewalLeadSeconds: 'soon', window: { x: 1 } });
    expect(preferences.clipboardSeconds()).toBe(10);
    expect(preferences.renewalLeadSeconds()).toBe(300);
    expect(preferences.windowBounds()).toBeNull();
  });

  it('reads the file once: the schedule asks at every look, and a file broken later does not stop it', () => {
    const preferences = opened({ renewalLeadSeconds: 60 });
    for (let look = 0; look < 1000; look += 1) preferences.renewalLeadSeconds();
    expect(disk.reads).toBe(1);
    disk.refuses = true;
    expect(preferences.renewalLeadSeconds()).toBe(60);
  });

  it('remembers for as long as it runs what a full disk does not take', () => {
    const preferences = opened({});
    disk.refuses = true;
    preferences.rememberCopied('a');
    expect(preferences.lastCopiedConnectionId()).toBe('a');
  });

  it('keeps what was told by id and cause, and begins anew where the file says something else', () => {
    const told = { generation: 3, causes: ['sign_in_again'] };
    const kept = { a: { notify: 'off', snoozedUntilMs: 5, told } };
    expect(opened({ noticesOfConnections: kept }).noticesOfConnections()).toEqual(kept);
    const broken = opened({
      notices: { on: 'yes' },
      noticesOfConnections: { a: { notify: 'off', snoozedUntilMs: null, told: 'everything' } },
      presence: 7,
    });
    expect(broken.noticeSettings()).toEqual({ on: true, names: 'label', leadHours: 24 });
    expect(broken.noticesOfConnections()).toEqual({ a: { notify: 'off', snoozedUntilMs: null, told: null } });
    expect(broken.presence()).toEqual({ closeToTray: false, quitWarning: true, offerAnswered: false });
  });

  it('works with the usual where the disk takes nothing at all (F5)', () => {
    const preferences = opened(new Error('EROFS'), new Error('EROFS'));
    expect(preferences.clipboardSeconds()).toBe(30);
    preferences.rememberCopied('a');
    expect(preferences.lastCopiedConnectionId()).toBe('a');
  });
});
