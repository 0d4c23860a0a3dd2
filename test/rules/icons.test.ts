import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const packaging = resolve(import.meta.dirname, '../../packaging');

/** Width and height as the picture itself says them. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the icons of the program', () => {
  it.each(readdirSync(join(packaging, 'icons')))('Linux: %s is as large as its name says', (name) => {
    const [width, height] = sizeOf(readFileSync(join(packaging, 'icons', name)));
    expect(`${width}x${height}.png`).toBe(name);
  });

  it('Windows: each picture of the file lies where the directory says, in the size it says', () => {
    const ico = readFileSync(join(packaging, 'icon.ico'));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => {
      const at = 6 + 16 * i;
      const [length, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
      const [width] = sizeOf(ico.subarray(offset, offset + length));
      expect(width % 256).toBe(ico.readUInt8(at));
      return width;
    });
    // electron-builder refuses an icon without 256.
    expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
  });

  it('macOS: each block is as long as it says and holds the size its kind stands for', () => {
    const icns = readFileSync(join(packaging, 'icon.icns'));
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const sizes: Record<string, number> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      sizes[icns.toString('latin1', at, at + 4)] = sizeOf(icns.subarray(at + 8))[0];
    }
    expect(sizes).toEqual({
      ...{ icp4: 16, ic11: 32, icp5: 32, ic12: 64, ic07: 128 },
      ...{ ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 },
    });
  });
});
