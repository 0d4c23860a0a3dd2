/**
 * The tray's icon, drawn here: the stone with its two crenels and its open gate, in one colour. When somebody must
 * act, a filled dot stands in its corner with a gap round it, so that the two differ without colour.
 */
export interface Ink {
  red: number;
  green: number;
  blue: number;
}

/** Each pixel is looked at in a grid of 4 by 4. */
const grid = 4;
/** The drawing is 64 units wide, as the app icon is. Its edges lie on whole pixels at 16, so that they are sharp. */
const units = 64;
const dot = { x: 52, y: 52, radius: 12, gap: 5 };

/** BGRA with the colours multiplied by their alpha, as Electron takes a bitmap. */
export function trayPicture(size: number, { red, green, blue }: Ink, needsYou: boolean): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const step = units / size / grid;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let inside = 0;
      for (let sample = 0; sample < grid * grid; sample += 1) {
        const x = (column * grid + (sample % grid) + 0.5) * step;
        const y = (row * grid + Math.floor(sample / grid) + 0.5) * step;
        if (isInk(x, y, needsYou)) inside += 1;
      }
      const share = inside / (grid * grid);
      pixels.set(
        [blue, green, red, 255].map((part) => Math.round(part * share)),
        (row * size + column) * 4,
      );
    }
  }
  return pixels;
}

function isInk(x: number, y: number, needsYou: boolean): boolean {
  if (needsYou) {
    const away = Math.hypot(x - dot.x, y - dot.y);
    if (away <= dot.radius) return true;
    if (away <= dot.radius + dot.gap) return false;
  }
  return isStone(x, y) && !isGate(x, y);
}

/** 56 by 56 with round corners, less two notches in its upper edge. */
function isStone(x: number, y: number): boolean {
  const isNotch = y < 14 && ((x > 16 && x < 24) || (x > 40 && x < 48));
  return !isNotch && isRounded(x, y, { left: 4, top: 4, right: 60, bottom: 60, corner: 9 });
}

/** An arch that stands on the ground: wide enough to be seen at 16 pixels. */
function isGate(x: number, y: number): boolean {
  return y < 52 && (y > 36 ? Math.abs(x - 32) < 12 : Math.hypot(x - 32, y - 36) < 12);
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  corner: number;
}

function isRounded(x: number, y: number, { left, top, right, bottom, corner }: Box): boolean {
  if (x < left || x > right || y < top || y > bottom) return false;
  const dx = Math.max(left + corner - x, x - (right - corner), 0);
  const dy = Math.max(top + corner - y, y - (bottom - corner), 0);
  return Math.hypot(dx, dy) <= corner;
}
