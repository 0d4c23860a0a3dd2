import { beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClipboard } from '../../../electron/platform/clipboard.ts';
import { Secret } from '../../../electron/secret.ts';

/** A clipboard that tells each call with all its arguments; `deaf` takes nothing, as Wayland does without focus. */
const board = vi.hoisted(() => ({ text: '', isDeaf: false, calls: [] as unknown[][] }));
vi.mock('electron', () => ({
  clipboard: {
    writeText: (...given: [string]) => {
      board.calls.push(['writeText', ...given]);
      if (!board.isDeaf) board.text = given[0];
    },
    readText: (...given: unknown[]) => {
      board.calls.push(['readText', ...given]);
      return board.text;
    },
    clear: (...given: unknown[]) => {
      board.calls.push(['clear', ...given]);
      if (!board.isDeaf) board.text = '';
    },
  },
}));
beforeEach(() => Object.assign(board, { text: '', isDeaf: false, calls: [] }));

const token = new Secret('MARKER-clipboard-31a0');

describe('the system clipboard', () => {
  it('B58: is the one that a person pastes from, never the primary selection', async () => {
    await systemClipboard.write(token);
    await systemClipboard.clearIfStill(token);
    expect(board.calls.map(([name]) => name)).toEqual(['writeText', 'readText', 'readText', 'clear']);
    // A second argument would be the selection.
    expect(board.calls.every((call) => call.length === (call[0] === 'writeText' ? 2 : 1))).toBe(true);
  });

  it('says so when it did not take what was written', async () => {
    board.isDeaf = true;
    await expect(systemClipboard.write(token)).rejects.toMatchObject({ code: 'clipboard_failed' });
  });

  it('B56: is cleared while it holds ours, and left alone when it holds anything else', async () => {
    await systemClipboard.write(token);
    expect(await systemClipboard.clearIfStill(token)).toBe(true);
    expect(board.text).toBe('');
    board.text = 'of somebody else';
    expect(await systemClipboard.clearIfStill(token)).toBe(false);
    expect(board.text).toBe('of somebody else');
  });
});
