import { describe, expect, it } from 'vitest';
import { countdown, renewsAtMs } from '../../shared/model/time.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;

describe('a countdown', () => {
  it.each([
    [-5 * s, '0s'],
    [0, '0s'],
    [999, '0s'],
    [59 * s, '59s'],
    [60 * s, '1m 00s'],
    [4 * m + 10 * s, '4m 10s'],
    [h - 1, '59m 59s'],
    [h, '1h 00m'],
    [2 * h + 5 * m, '2h 05m'],
    [24 * h, '1d 00h'],
    [3 * 24 * h + 4 * h, '3d 04h'],
  ])('of %i ms reads %s', (left, words) => {
    expect(countdown(left)).toBe(words);
  });
});

describe('R1: the planned renewal', () => {
  it('is ahead of the end by the lead setting for a long life', () => {
    expect(renewsAtMs(0, h, 300 * s)).toBe(h - 300 * s);
  });

  it('is ahead by a tenth of the life where that is less', () => {
    expect(renewsAtMs(0, 120 * s, 300 * s)).toBe(108 * s);
  });
});
