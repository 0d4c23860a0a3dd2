import { describe, expect, it } from 'vitest';
import { median, quantile, ratios, row } from '../../scripts/lib/bench/numbers.mjs';
import { growthPicture } from '../../scripts/lib/bench/picture.mjs';

describe('a figure of the bench', () => {
  it('is the median, with the pair of an even number in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });

  it('takes for p95 the value that 95 of 100 do not pass', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([quantile(hundred, 0.95), quantile(hundred, 0.99), quantile([7], 0.95)]).toEqual([95, 99, 7]);
  });

  it('compares run by run, so that a machine that slows down slows both', () => {
    expect(ratios([2, 20, 30], [1, 10, 20])).toEqual([2, 2, 1.5]);
  });

  it('passes at its limit and not above it, and says how far the runs lie apart', () => {
    expect(row('a', 'at it', 'ms', [9, 10, 30], 10)).toMatchObject({ value: 10, pass: true, spread: [9, 30] });
    expect(row('a', 'above', 'ms', [9, 10.1, 30], 10)).toMatchObject({ value: 10.1, pass: false });
    expect(row('a', 'told only', 'ms', [9], null)).toMatchObject({ pass: true, limit: null });
  });

  it('does not pass where nothing was measured', () => {
    expect(row('a', 'none', 'ms', [], 10).pass).toBe(false);
  });
});

describe('the picture of growth', () => {
  const rows = [100, 1000, 10_000].flatMap((count) => [
    { id: `start-ms-${String(count)}`, value: 700 },
    { id: `unlock-${String(count)}`, value: count / 20 },
    { id: `commit-${String(count)}`, value: 2 },
  ]);

  it('draws what costs the same as a level line, and what grows in step by equal steps', () => {
    const svg = growthPicture([...rows, { id: 'floor', value: 600 }])!;
    const heights = (tone: string): number[] => {
      const path = new RegExp(`class="line ${tone}" d="M([^"]+)"`).exec(svg)?.[1] ?? '';
      return path.split('L').map((point) => Number(point.split(' ')[1]));
    };
    expect(new Set(heights('ember')).size).toBe(1);
    const [low, middle, high] = heights('wait') as [number, number, number];
    expect(low - middle).toBeCloseTo(middle - high, 0);
    expect(low).toBeGreaterThan(high);
  });

  it('is not drawn from a run that measured only a part', () => {
    expect(growthPicture(rows)).toBeNull();
    expect(growthPicture([...rows.slice(1), { id: 'floor', value: 600 }])).toBeNull();
  });
});
