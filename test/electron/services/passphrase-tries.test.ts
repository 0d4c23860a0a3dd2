import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { PassphraseTries } from '../../../electron/services/passphrase-tries.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { codeOf } from '../../support/vault-rig.ts';

const wrong = () => Promise.reject(new AppError('wrong_passphrase'));

describe('tries of a passphrase', () => {
  it('take ten seconds each in the end: 1,000 wrong ones take hours, and none is looked at early (F11)', async () => {
    const clock = new ManualClock(0);
    const tries = new PassphraseTries(clock, () => undefined);
    let looked = 0;
    const look = () => {
      looked += 1;
      return wrong();
    };
    const waits: number[] = [];
    for (let count = 1; count <= 1000; count += 1) {
      expect(await codeOf(() => tries.run(look))).toBe('wrong_passphrase');
      const waitMs = tries.nextTryAtMs()! - clock.nowMs();
      waits.push(waitMs);
      clock.advance(waitMs - 1);
      expect(await codeOf(() => tries.run(look))).toBe('passphrase_too_soon');
      clock.advance(1);
    }
    expect(looked).toBe(1000);
    expect(waits.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(Math.max(...waits)).toBe(10_000);
    expect(clock.nowMs()).toBeGreaterThan(2.7 * 3_600_000);
  });

  it('are one at a time: a second one meanwhile is not looked at', async () => {
    const tries = new PassphraseTries(new ManualClock(0), () => undefined);
    let letGo: () => void = () => undefined;
    const first = tries.run(() => new Promise<void>((resolve) => (letGo = resolve)));
    expect(await codeOf(() => tries.run(wrong))).toBe('passphrase_too_soon');
    letGo();
    await first;
    expect(tries.nextTryAtMs()).toBeNull();
  });

  it('begin anew after the right one, and an error of the disk counts for nothing', async () => {
    const clock = new ManualClock(0);
    let told = 0;
    const tries = new PassphraseTries(clock, () => (told += 1));
    expect(await codeOf(() => tries.run(wrong))).toBe('wrong_passphrase');
    clock.advance(500);
    expect(await codeOf(() => tries.run(() => Promise.reject(new AppError('disk_full'))))).toBe('disk_full');
    expect(tries.nextTryAtMs()).toBe(500);
    expect(await tries.run(() => Promise.resolve('open'))).toBe('open');
    expect(tries.nextTryAtMs()).toBeNull();
    expect(await codeOf(() => tries.run(wrong))).toBe('wrong_passphrase');
    expect(tries.nextTryAtMs()).toBe(1_000);
    expect(told).toBe(4);
  });
});
