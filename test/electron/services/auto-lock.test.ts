import { describe, expect, it } from 'vitest';
import { usualSettings, type Settings } from '../../../shared/model/settings.ts';
import { AutoLock } from '../../../electron/services/auto-lock.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const minute = 60_000;

function world(over: Partial<Settings> = {}, canLock = true) {
  const clock = new ManualClock(0);
  let settings: Settings = { ...usualSettings, ...over };
  let touchedAtMs = 0;
  const lockedAtMs: number[] = [];
  const autoLock = new AutoLock({
    clock,
    preferences: {
      lastCopiedConnectionId: () => null,
      rememberCopied: () => undefined,
      clipboardSeconds: () => 30,
      renewalLeadSeconds: () => 300,
      settings: () => settings,
      keepSettings: (change) => void (settings = { ...settings, ...change }),
    },
    idleSeconds: () => Math.floor((clock.nowMs() - touchedAtMs) / 1000),
    canLock: () => canLock && lockedAtMs.length === 0,
    lock: () => void lockedAtMs.push(clock.nowMs()),
  });
  autoLock.start();
  return {
    clock,
    autoLock,
    lockedAtMs,
    touch: () => (touchedAtMs = clock.nowMs()),
    set: (change: Partial<Settings>) => {
      settings = { ...settings, ...change };
      autoLock.look();
    },
  };
}

describe('B33: locking by itself', () => {
  it('comes fifteen minutes after the last key, within a second (D15)', () => {
    const { clock, lockedAtMs, touch } = world();
    clock.advance(14 * minute);
    touch();
    clock.advance(15 * minute - 1);
    expect(lockedAtMs).toEqual([]);
    clock.advance(1_001);
    expect(lockedAtMs).toHaveLength(1);
    expect(lockedAtMs[0]! - 29 * minute).toBeLessThanOrEqual(1_000);
  });

  it('follows the setting at once, also to "never"', () => {
    const { clock, lockedAtMs, set } = world();
    clock.advance(5 * minute);
    set({ lockAfterMinutes: null });
    clock.advance(600 * minute);
    expect(lockedAtMs).toEqual([]);
    set({ lockAfterMinutes: 1 });
    expect(lockedAtMs).toHaveLength(1);
  });

  it('does nothing where there is nothing to unlock with', () => {
    const { clock, autoLock, lockedAtMs } = world({}, false);
    clock.advance(60 * minute);
    autoLock.sleeps();
    autoLock.screenLocks();
    expect(lockedAtMs).toEqual([]);
  });

  it.each([
    ['sleeps', 'lockOnSleep'],
    ['screenLocks', 'lockOnScreenLock'],
  ] as const)('when the computer %s is a setting of its own', (event, setting) => {
    const on = world();
    on.autoLock[event]();
    expect(on.lockedAtMs).toHaveLength(1);
    const off = world({ [setting]: false });
    off.autoLock[event]();
    expect(off.lockedAtMs).toEqual([]);
  });
});
