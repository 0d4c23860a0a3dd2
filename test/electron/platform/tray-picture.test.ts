import { describe, expect, it } from 'vitest';
import { trayPicture } from '../../../electron/platform/tray-picture.ts';

const ink = { red: 10, green: 200, blue: 100 };
const at = (pixels: Buffer, size: number, x: number, y: number): number[] => [
  ...pixels.subarray((y * size + x) * 4, (y * size + x) * 4 + 4),
];

/** As text: `#` is ink, `.` is none, `+` is an edge. */
function drawn(size: number, needsYou: boolean): string[] {
  const pixels = trayPicture(size, ink, needsYou);
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_unused, x) => {
      const alpha = at(pixels, size, x, y)[3] ?? 0;
      return alpha === 0 ? '.' : alpha === 255 ? '#' : '+';
    }).join(''),
  );
}

describe('the tray’s icon', () => {
  it.each([16, 32, 64])('is a stone with crenels and an open gate at %i pixels', (size) => {
    const lines = drawn(size, false);
    const middle = size / 2;
    expect(lines).toHaveLength(size);
    // The corners are empty, the stone is ink, the gate in it is none, the ground under the gate is ink.
    expect(lines[0]?.[0]).toBe('.');
    expect(lines[middle]?.[Math.round(size * 0.15)]).toBe('#');
    expect(lines[Math.round(size * 0.65)]?.[middle]).toBe('.');
    expect(lines[Math.round(size * 0.86)]?.[middle]).toBe('#');
    // Two notches in the upper edge, with a crenel between them.
    const edge = lines[Math.round(size * 0.13)] ?? '';
    expect(edge.replace(/\+/g, '#').match(/#+/g)).toHaveLength(3);
  });

  it.each([16, 32])('has a filled dot with a gap round it when somebody must act, at %i pixels', (size) => {
    const lines = drawn(size, true);
    const centre = Math.round((52 / 64) * size - 0.5);
    expect(lines[centre]?.[centre]).toBe('#');
    // From the dot to the left: ink, then a gap, then the stone again.
    const left = (lines[centre] ?? '').slice(0, centre + 1);
    expect(left).toMatch(/[.+]#+$/);
    expect(lines.join('')).not.toBe(drawn(size, false).join(''));
  });

  it('is of one colour, multiplied by how much of a pixel is inside', () => {
    const pixels = trayPicture(32, ink, false);
    expect(at(pixels, 32, 5, 16)).toEqual([100, 200, 10, 255]);
    for (let index = 0; index < pixels.length; index += 4) {
      const [blue = 0, green = 0, red = 0, alpha = 0] = pixels.subarray(index, index + 4);
      expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha);
    }
  });
});
