// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { app, connection, fakeMain, giveRoom, minute, nowMs, openWindow, snapshot } from './window.tsx';

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

const byHand = connection({ id: 'hand', grant: 'personal_access_token', renewable: false, expiresAtMs: null });
const usual = connection({ id: 'usual', expiresAtMs: nowMs + 40 * minute });

describe('a connection whose token was made by hand', () => {
  it('offers no renewal, neither as a button nor in its menu, and says why', async () => {
    await openWindow(fakeMain(snapshot({ connections: [byHand] })));
    expect(screen.queryByRole('button', { name: 'Renew now' })).toBeNull();
    const says = screen.getByText(/^Made by hand; nobody can renew it\./);
    expect(says.textContent).toContain('It works until it ends or is deleted at TeamGantt.');
    const row = screen.getByRole('row', { name: /^hand/ });
    fireEvent.keyDown(row, { key: 'ContextMenu' });
    fireEvent.contextMenu(row);
    await act(() => Promise.resolve());
    expect(screen.getByRole('menuitem', { name: /^Copy token/ })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: /^Renew now/ })).toBeNull();
  });

  it('is told as what it is in its set-up, where it has no client ID and no secret', async () => {
    const keyless = app({ clientId: '', clientSecretSet: false });
    await openWindow(fakeMain(snapshot({ apps: [keyless], connections: [byHand] })));
    fireEvent.click(screen.getByRole('tab', { name: 'Set-up' }));
    await act(() => Promise.resolve());
    expect(screen.getByText('Personal access token, made by hand')).toBeTruthy();
    expect(screen.queryByText('Client ID')).toBeNull();
    expect(screen.queryByText('Client secret')).toBeNull();
  });
});

describe('a test call whose address nobody published', () => {
  it('cannot be made, and says so', async () => {
    const without = app({ endpoints: [{ kind: 'test', url: null, source: 'assumed' }] });
    const main = fakeMain(snapshot({ apps: [without], connections: [usual] }));
    await openWindow(main);
    const test = screen.getByRole('button', { name: 'Test' });
    expect(test.getAttribute('aria-disabled')).toBe('true');
    // Reached by the keyboard, it shows its reason.
    fireEvent.keyDown(document.body, { key: 'Tab' });
    act(() => test.focus());
    expect(screen.getByRole('tooltip').textContent).toBe(
      'The address of TeamGantt’s test call is empty: nobody published it. Ask the vendor.',
    );
    fireEvent.click(test);
    expect(main.calls.some(([channel]) => channel === 'connections.test')).toBe(false);
  });

  it('can be made where there is an address', async () => {
    const having = app({ endpoints: [{ kind: 'test', url: 'https://api.example/me', source: 'assumed' }] });
    await openWindow(fakeMain(snapshot({ apps: [having], connections: [usual] })));
    expect(screen.getByRole('button', { name: 'Test' }).getAttribute('aria-disabled')).toBeNull();
  });
});
