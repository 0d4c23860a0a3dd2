import { createHash } from 'node:crypto';
import { clipboard } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { Clipboard } from '../services/ports.ts';

const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The system clipboard. Before Electron 44 these calls answered at once, since then by promise; awaiting serves both.
 * The primary selection of X11 is never written (B58).
 */
export const systemClipboard: Clipboard = {
  async write(value) {
    await clipboard.writeText(value.reveal());
    // Read back: on Wayland a write without focus fails silently, and a claim needs a check.
    if (hash(await clipboard.readText()) !== hash(value.reveal())) throw new AppError('clipboard_failed');
  },
  async clearIfStill(value) {
    if (hash(await clipboard.readText()) !== hash(value.reveal())) return false;
    clipboard.clear();
    return true;
  },
};
