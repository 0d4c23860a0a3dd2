// @vitest-environment jsdom
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connection, fakeMain, giveRoom, minute, nowMs, openWindow, snapshot } from './connections/window.tsx';

beforeEach(() => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  giveRoom();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const live = '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"]';

/** Every text that comes into any live region of the window, as a screen reader would say it, from now on. */
function recordSpoken(): string[] {
  const spoken: string[] = [];
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const at = target instanceof Element ? target : target.parentElement;
      const region = at?.closest(live);
      const said = region?.textContent.trim() ?? '';
      if (said !== '' && spoken.at(-1) !== said) spoken.push(said);
    }
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  onTestFinished(() => observer.disconnect());
  return spoken;
}

/** The time goes by second by second, as the window's clock has it. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await act(async () => {
      vi.advanceTimersByTime(1000);
      await Promise.resolve();
    });
  }
}

describe('what a screen reader hears', () => {
  it('of a countdown: ten, five and one minute of the chosen connection, and nothing else in more than ten minutes', async () => {
    const connections = [
      connection({ id: 'Alpha', expiresAtMs: nowMs + 10.5 * minute, renewsAtMs: null, renewable: false }),
      connection({ id: 'Beta', expiresAtMs: nowMs + 7 * minute }),
    ];
    await openWindow(fakeMain(snapshot({ connections }), {}, 'Alpha'));
    const spoken = recordSpoken();
    await pass(620);
    expect(spoken).toEqual(['Alpha: ten minutes left.', 'Alpha: five minutes left.', 'Alpha: one minute left.']);
  });

  it('of changes: each state that a connection comes to, once, and no renewing on the way', async () => {
    const alpha = connection({ id: 'Alpha' });
    const main = fakeMain(snapshot({ connections: [alpha] }));
    await openWindow(main);
    const spoken = recordSpoken();
    const become = async (more: Partial<typeof alpha>): Promise<void> => {
      await act(async () => {
        main.push({ connections: [{ ...alpha, ...more }] });
        await Promise.resolve();
      });
    };
    const failure = {
      problem: { code: 'sign_in_again', facts: {} },
      atMs: nowMs,
      tries: 1,
      nextTryAtMs: null,
    } as const;
    await become({ condition: 'renewing' });
    await become({ condition: 'sign_in_again', failure });
    await become({ condition: 'sign_in_again', failure, label: 'Alpha' });
    await pass(30);
    expect(spoken).toEqual(['Alpha: Sign in again.']);
  });

  it('of renewals: that of the chosen connection, and not of one that goes on working by itself', async () => {
    const [alpha, beta] = [connection({ id: 'Alpha' }), connection({ id: 'Beta' })];
    const main = fakeMain(snapshot({ connections: [alpha, beta] }), {}, 'Alpha');
    await openWindow(main);
    const spoken = recordSpoken();
    for (const one of [beta, alpha]) {
      for (const condition of ['renewing', 'kept'] as const) {
        await act(async () => {
          main.push({ connections: [{ ...one, condition }] });
          await Promise.resolve();
        });
      }
    }
    expect(spoken).toEqual(['Alpha: Working.']);
  });
});
