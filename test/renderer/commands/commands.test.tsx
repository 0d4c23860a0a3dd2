// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actions, isPressOf } from '../../../shared/model/actions.ts';
import {
  connection,
  type FakeMain,
  fakeMain,
  giveRoom,
  hour,
  minute,
  nowMs,
  openWindow,
  snapshot,
} from '../connections/window.tsx';

// A whole window is drawn for each of these; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  giveRoom();
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const connections = [
  connection({ id: 'plan', label: 'Site works plan' }),
  connection({ id: 'crew', label: 'Crew scheduling', providerId: 'connecteam', expiresAtMs: nowMs + 3 * hour }),
  connection({ id: 'ended', label: 'Crew archive', renewable: false, renewsAtMs: null, expiresAtMs: nowMs - minute }),
];
const copies = { 'connections.copy': () => ({ renewedFirst: false, clearsAtMs: nowMs + 30_000, leftMs: null }) };
const asked = (main: FakeMain, channel: string): unknown[] =>
  main.calls.filter(([name]) => name === channel).map(([, input]) => input);
const settle = () => act(() => Promise.resolve());

async function openPalette(main: FakeMain): Promise<HTMLElement> {
  await openWindow(main);
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  await settle();
  return screen.getByRole('combobox', { name: 'Everything by name' });
}
const options = (): string[] => screen.queryAllByRole('option').map((one) => one.textContent);

describe('the palette', () => {
  it('copies the token of what is typed, with two words and Enter', async () => {
    const main = fakeMain(snapshot({ connections }), copies, 'plan');
    const query = await openPalette(main);
    fireEvent.change(query, { target: { value: 'copy cr' } });
    // What has ended has no token to copy.
    expect(options().filter((one) => one.includes('Crew archive'))).toEqual([]);
    fireEvent.keyDown(query, { key: 'Enter' });
    expect(asked(main, 'connections.copy')).toEqual([{ connectionId: 'crew', form: 'token' }]);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('leads with Tab to the other forms', async () => {
    const main = fakeMain(snapshot({ connections }), copies, 'plan');
    const query = await openPalette(main);
    fireEvent.change(query, { target: { value: 'copy site' } });
    fireEvent.keyDown(query, { key: 'Tab' });
    expect(options()).toHaveLength(6);
    fireEvent.click(screen.getByRole('option', { name: /^Copy as curl/ }));
    expect(asked(main, 'connections.copy')).toEqual([{ connectionId: 'plan', form: 'curl' }]);
  });

  it('begins with what can be done with the chosen connection, and goes where one names', async () => {
    const main = fakeMain(snapshot({ connections }), {}, 'plan');
    const query = await openPalette(main);
    expect(options()[0]).toContain('Copy token');
    fireEvent.change(query, { target: { value: 'refresh' } });
    fireEvent.keyDown(query, { key: 'Enter' });
    expect(asked(main, 'connections.renew')).toEqual([{ connectionId: 'plan' }]);
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'timel' } });
    fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' });
    await act(() => vi.dynamicImportSettled());
    expect(screen.getByRole('grid', { name: 'Lanes of the connections' })).toBeTruthy();
  });

  it('says that nothing is called that, and keeps the keyboard', async () => {
    const query = await openPalette(fakeMain(snapshot({ connections })));
    fireEvent.change(query, { target: { value: 'zzzz' } });
    expect(screen.getByText('Nothing is called that.')).toBeTruthy();
    expect(document.activeElement).toBe(query);
    fireEvent.keyDown(query, { key: 'Enter' });
    expect(screen.getByRole('combobox')).toBeTruthy();
  });
});

describe('the table of actions', () => {
  it('gives no key twice', () => {
    const keys = actions.flatMap(({ keys: one }) => (one === null ? [] : [one]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('Ctrl L');
    expect(keys).toContain('Ctrl ,');
  });

  it('tells a key from the same one with more fingers, and takes Caps Lock', () => {
    const press = (key: string, more = {}) => ({
      key,
      ctrlKey: true,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...more,
    });
    expect(isPressOf('copy', press('c'), 'linux')).toBe(true);
    expect(isPressOf('copy', press('C'), 'linux')).toBe(true);
    expect(isPressOf('copy', press('c', { shiftKey: true }), 'linux')).toBe(false);
    expect(isPressOf('copyAs', press('C', { shiftKey: true }), 'linux')).toBe(true);
    expect(isPressOf('copy', press('c', { altKey: true }), 'linux')).toBe(false);
    expect(isPressOf('copy', press('c'), 'darwin')).toBe(false);
    expect(isPressOf('copy', press('c', { ctrlKey: false, metaKey: true }), 'darwin')).toBe(true);
    expect(isPressOf('remove', press('Delete'), 'linux')).toBe(false);
    expect(isPressOf('shortcuts', press('/', { shiftKey: true }), 'linux')).toBe(true);
  });

  it('lists every key of it under the shortcuts', async () => {
    await openWindow(fakeMain(snapshot({ connections })));
    fireEvent.keyDown(document.body, { key: '/', ctrlKey: true });
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const { keys } of actions) if (keys !== null) expect(within(dialog).getByText(keys)).toBeTruthy();
  });

  it('is done when the application menu asks, once, with the chosen connection', async () => {
    const main = fakeMain(snapshot({ connections }), {}, 'plan');
    await openWindow(main);
    act(() => main.push({ act: 'renew' }));
    expect(asked(main, 'connections.renew')).toEqual([{ connectionId: 'plan' }]);
    act(() => main.push({ connections: [connections[0]!] }));
    expect(asked(main, 'connections.renew')).toHaveLength(1);
    // Drawn anew after something else filled the window: what was asked for before is not done again.
    const problem = { code: 'vault_in_use', facts: {} } as const;
    act(() => main.push({ vault: { kind: 'problem', problem, canSetAside: false } }));
    act(() => main.push({ vault: snapshot().vault }));
    expect(asked(main, 'connections.renew')).toHaveLength(1);
    act(() => main.push({ act: 'remove' }));
    expect(screen.getByRole('alertdialog', { name: 'Remove “Site works plan” here?' })).toBeTruthy();
  });
});

describe('the fingerprint finder', () => {
  const match = {
    connectionId: 'crew',
    token: 'access_token',
    fromGeneration: 3,
    toGeneration: 3,
    issuedAtMs: nowMs - hour,
    replacedAtMs: nowMs - minute,
    state: 'replaced',
  };
  async function openFinder(main: FakeMain): Promise<HTMLInputElement> {
    await openWindow(main);
    act(() => main.push({ act: 'findToken' }));
    return screen.getByRole('textbox', { name: 'Token or fingerprint' });
  }

  it('hands a pasted token to main at once and never puts it on the page', async () => {
    const main = fakeMain(snapshot({ connections }), { 'connections.findToken': () => ({ matches: [match] }) }, 'plan');
    const field = await openFinder(main);
    const pasted = `eyJ${'marker'.repeat(12)}`;
    fireEvent.paste(field, { clipboardData: { getData: () => pasted } });
    await settle();
    await settle();
    expect(asked(main, 'connections.findToken')).toEqual([{ pasted }]);
    expect(field.value).toBe('');
    expect(document.body.innerHTML).not.toContain('marker');
    expect(screen.getByText('Access token · Token 3 of its line')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show the connection' }));
    expect(screen.getByRole('complementary', { name: 'Crew scheduling' })).toBeTruthy();
  });

  it('does the same with a token that gets in without a paste', async () => {
    const main = fakeMain(snapshot({ connections }), { 'connections.findToken': () => ({ matches: [] }) }, 'plan');
    const field = await openFinder(main);
    fireEvent.change(field, { target: { value: `eyJ${'marker'.repeat(12)}` } });
    await settle();
    await settle();
    expect(asked(main, 'connections.findToken')).toHaveLength(1);
    expect(field.value).toBe('');
    expect(screen.getByText(/^No token of these connections/)).toBeTruthy();
  });
});
