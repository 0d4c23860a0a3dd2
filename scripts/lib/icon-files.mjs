/** Windows' icon file: a directory, then whole PNGs. `pictures`: `{ size, png }`, 256 px at most. */
export function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [i, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * i;
    // 0 stands for 256, which does not fit a byte.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** macOS's names for what is a whole PNG inside: by points, and the same doubled for fine screens. */
export const icnsKinds = [
  { kind: 'icp4', size: 16 },
  { kind: 'ic11', size: 32 },
  { kind: 'icp5', size: 32 },
  { kind: 'ic12', size: 64 },
  { kind: 'ic07', size: 128 },
  { kind: 'ic13', size: 256 },
  { kind: 'ic08', size: 256 },
  { kind: 'ic14', size: 512 },
  { kind: 'ic09', size: 512 },
  { kind: 'ic10', size: 1024 },
];

/** macOS's icon file: blocks of a kind, their length and a PNG. `pngOf`: the picture of a size. */
export function icnsOf(pngOf) {
  const block = (kind, body) => {
    const head = Buffer.alloc(8);
    head.write(kind, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return block('icns', Buffer.concat(icnsKinds.map(({ kind, size }) => block(kind, pngOf(size)))));
}
