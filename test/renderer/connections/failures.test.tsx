// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rowActOf } from '../../../renderer/features/connections/acts.tsx';
import { quotable } from '../../../renderer/features/connections/quotable.ts';
import { connection, failed, fakeMain, giveRoom, minute, nowMs, openWindow, snapshot } from './window.tsx';

// A whole window is drawn for each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  giveRoom();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function press(name: string): Promise<void> {
  fireEvent.click(within(screen.getByRole('complementary')).getByRole('button', { name }));
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
}
const told = (sentence: string): number => document.body.textContent.split(sentence).length - 1;

describe('a failure', () => {
  const problem = { code: 'server_refused', facts: { host: 'auth.example' } } as const;
  const failure = { atMs: nowMs - minute, tries: 2, problem, nextTryAtMs: nowMs + minute };
  const down = connection({ id: 'alpha', condition: 'retrying', failure });

  it('that the banner tells is not told again by a copy or a test that fails of it', async () => {
    const main = fakeMain(
      snapshot({ connections: [down] }),
      { 'connections.copy': () => failed(problem), 'connections.test': () => failed(problem) },
      'alpha',
    );
    await openWindow(main);
    expect(told('Nothing answers at auth.example.')).toBe(1);
    await press('Copy token');
    await press('Test');
    expect(main.calls.map(([channel]) => channel)).toEqual(
      expect.arrayContaining(['connections.copy', 'connections.test']),
    );
    expect(screen.getByRole('complementary').textContent.split('Nothing answers at auth.example.')).toHaveLength(2);
    expect(document.querySelector('.toast')).toBeNull();
  });

  it('of another kind than the banner’s is told', async () => {
    const other = { code: 'clipboard_failed', facts: {} } as const;
    await openWindow(fakeMain(snapshot({ connections: [down] }), { 'connections.copy': () => failed(other) }, 'alpha'));
    await press('Copy token');
    expect(document.querySelector('.toast')?.textContent).toContain('The clipboard could not be written.');
  });

  it.each([
    ['while the token lives', { condition: 'kept' }],
    ['after it ended', { condition: 'kept', expiresAtMs: nowMs - minute }],
    ['when a sign-in is asked for', { condition: 'sign_in_again', expiresAtMs: nowMs - minute }],
  ] as const)('of the secret leads to the app %s', async (_when, more) => {
    const wrong = connection({
      id: 'alpha',
      ...more,
      failure: { ...failure, problem: { code: 'wrong_client', facts: {} }, nextTryAtMs: null },
    });
    expect(rowActOf(wrong, nowMs)).toBe('replace_secret');
    await openWindow(fakeMain(snapshot({ connections: [wrong] }), {}, 'alpha'));
    await press('Replace the secret');
    await act(() => vi.dynamicImportSettled());
    expect(screen.getByRole('button', { name: 'Replace the secret…' })).toBeTruthy();
  });
});

describe('what a test said', () => {
  it('goes when the connection needs a new sign-in, and does not come back', async () => {
    const works = { outcome: 'works', account: 'pm@firm.example', atMs: nowMs, durationMs: 80, scopeMissing: null };
    const kept = connection({ id: 'alpha' });
    const main = fakeMain(snapshot({ connections: [kept] }), { 'connections.test': () => works }, 'alpha');
    await openWindow(main);
    await press('Test');
    expect(screen.getByText(/^Works as pm@firm.example/)).toBeTruthy();
    act(() => main.push({ connections: [{ ...kept, condition: 'sign_in_again' }] }));
    expect(screen.queryByText(/^Works as/)).toBeNull();
    act(() => main.push({ connections: [kept] }));
    expect(screen.queryByText(/^Works as/)).toBeNull();
  });
});

describe('a search', () => {
  it('is said back in a few words, and not at all where it looks like a token', () => {
    expect(quotable('zzz')).toBe('zzz');
    expect(quotable('a rather long search for it')).toBe('a rather long search for…');
    expect(quotable(`Bearer ${'x'.repeat(41)}`)).toBeNull();
  });

  it('never puts a pasted token on the page', async () => {
    await openWindow(fakeMain(snapshot({ connections: [connection({ id: 'alpha' })] })));
    const token = `eyJ${'marker'.repeat(12)}`;
    fireEvent.change(screen.getByRole('searchbox', { name: 'Find a connection' }), { target: { value: token } });
    expect(screen.getByText('Nothing matches what you typed.')).toBeTruthy();
    expect(document.body.textContent).not.toContain('marker');
  });
});
