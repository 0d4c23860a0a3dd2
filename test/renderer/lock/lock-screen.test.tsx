// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { connection, failed, fakeMain, giveRoom, openWindow, snapshot } from '../connections/window.tsx';
import { draft } from '../connect/samples.ts';

beforeEach(giveRoom);
afterEach(cleanup);

const open: VaultStatus = { kind: 'open', keychain: 'test keychain', olderCopy: false, passphrase: true };
const locked = (over: object = {}): VaultStatus => ({ kind: 'locked', renewing: true, nextTryAtMs: null, ...over });
const field = (): HTMLInputElement => screen.getByLabelText('Passphrase');
const user = userEvent.setup({ delay: null });

describe('the locked window', () => {
  it('draws the shut gate, one field that has the keyboard, and nothing of the vault', async () => {
    const main = fakeMain(snapshot({ vault: locked(), apps: [] }));
    await openWindow(main);
    expect(screen.getByRole('heading', { name: 'Locked' })).toBeTruthy();
    expect(document.activeElement).toBe(field());
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(screen.queryByRole('button', { name: /Lock \(/ })).toBeNull();
  });

  it.each([
    [true, 'Renewal goes on while locked, as you chose.'],
    [false, 'Renewal waits until you unlock.'],
  ])('says whether renewal goes on (%s)', async (renewing, sentence) => {
    await openWindow(fakeMain(snapshot({ vault: locked({ renewing }) })));
    expect(screen.getByText(sentence)).toBeTruthy();
  });

  it('takes the place of the list at once, with every name in it, also of an open dialog', async () => {
    const main = fakeMain(snapshot({ vault: open, connections: [connection({ id: 'c', label: 'Site works plan' })] }));
    await openWindow(main);
    expect(screen.getAllByText('Site works plan').length).toBeGreaterThan(0);
    act(() => main.push({ vault: locked(), connectionsRemoved: ['c'], appsRemoved: ['app'] }));
    expect(document.body.textContent).not.toContain('Site works plan');
    expect(screen.getByRole('heading', { name: 'Locked' })).toBeTruthy();
  });

  it('hands the passphrase over once, empties the field, and keeps nothing of it on the page', async () => {
    const main = fakeMain(snapshot({ vault: locked() }), {
      'lock.unlock': () => failed({ code: 'wrong_passphrase', facts: {} }),
    });
    await openWindow(main);
    await user.type(field(), 'drawbridge lantern{Enter}');
    expect(main.calls.filter(([channel]) => channel === 'lock.unlock')).toEqual([
      ['lock.unlock', { passphrase: 'drawbridge lantern' }],
    ]);
    expect(await screen.findByText(/^Wrong passphrase/)).toBeTruthy();
    expect(field().value).toBe('');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(document.documentElement.outerHTML).not.toContain('drawbridge');
    expect(document.activeElement).toBe(field());
  });

  it('asks nobody for an empty one, and waits as long as main says', async () => {
    const nowMs = Date.now();
    const main = fakeMain(snapshot({ vault: locked() }));
    await openWindow(main);
    await user.click(screen.getByRole('button', { name: 'Unlock' }));
    expect(screen.getByText('Type your passphrase.')).toBeTruthy();
    act(() => main.push({ vault: locked({ nextTryAtMs: nowMs + 8_000 }) }));
    expect(screen.getByRole('button', { name: /^Again in \d s$/ })).toBeTruthy();
    await user.type(field(), 'drawbridge lantern{Enter}');
    expect(main.calls.filter(([channel]) => channel === 'lock.unlock')).toEqual([]);
  });

  it('says of a forgotten one that only a backup helps, before anything else', async () => {
    const main = fakeMain(snapshot({ vault: locked() }));
    await openWindow(main);
    await user.click(screen.getByRole('button', { name: 'Forgotten it?' }));
    expect(screen.getByText(/^Only a backup helps/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Open data folder' }));
    expect(main.calls.map(([channel]) => channel)).toContain('program.openDataFolder');
  });

  it('shows what is typed only when asked to', async () => {
    await openWindow(fakeMain(snapshot({ vault: locked() })));
    expect(field().type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show what is typed' }));
    expect(field().type).toBe('text');
  });

  it('goes on with the wizard that was open, and says that its secrets are to be entered again', async () => {
    const held = draft({ id: 'd1', purpose: { kind: 'connect', realm: 'vault' }, label: 'Second plan' });
    const main = fakeMain(snapshot({ vault: locked() }), {
      'lock.unlock': () => {
        queueMicrotask(() => act(() => main.push({ vault: open })));
        return { goesOn: held };
      },
    });
    await openWindow(main);
    await user.type(field(), 'drawbridge lantern{Enter}');
    expect(await screen.findByText('The vault was locked meanwhile.')).toBeTruthy();
    expect(main.calls.map(([channel]) => channel)).not.toContain('drafts.open');
  });
});

describe('Ctrl L and Ctrl ,', () => {
  it('lock from everywhere, and where there is nothing to unlock with offer to set a passphrase', async () => {
    let answer: unknown = failed({ code: 'passphrase_missing', facts: {} });
    const main = fakeMain(snapshot(), { 'lock.lock': () => answer });
    await openWindow(main);
    fireEvent.keyDown(document.body, { key: 'l', ctrlKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Set a passphrase' });
    expect(dialog.textContent).toContain('only a backup helps');
    answer = { done: true };
    // Out of a dialog as well: nobody closes one first when somebody comes in.
    fireEvent.keyDown(dialog, { key: 'l', ctrlKey: true });
    expect(main.calls.filter(([channel]) => channel === 'lock.lock')).toHaveLength(2);
  });

  it('open the settings, as the menu does, each time it is pressed', async () => {
    const main = fakeMain(snapshot());
    await openWindow(main);
    fireEvent.keyDown(document.body, { key: ',', ctrlKey: true });
    expect(await screen.findByRole('heading', { name: 'Security' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Connections' }));
    expect(screen.queryByRole('heading', { name: 'Security' })).toBeNull();
    act(() => main.push({ asked: 'settings' }));
    expect(await screen.findByRole('heading', { name: 'Security' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Connections' }));
    act(() => main.push({ asked: 'settings' }));
    expect(await screen.findByRole('heading', { name: 'Security' })).toBeTruthy();
    act(() => main.push({ asked: 'passphrase' }));
    expect(await screen.findByRole('dialog', { name: 'Set a passphrase' })).toBeTruthy();
  });
});

describe('a keychain that does not answer', () => {
  it('is named while the vault opens, and beside whatever else is drawn', async () => {
    const main = fakeMain(snapshot({ vault: { kind: 'opening', waitingFor: 'GNOME Keyring' } }));
    await openWindow(main);
    expect(screen.getByText(/^Waiting for GNOME Keyring\./)).toBeTruthy();
    act(() => main.push({ vault: { kind: 'absent', keychain: 'GNOME Keyring', waitingFor: 'GNOME Keyring' } }));
    expect(screen.getByText('Waiting for GNOME Keyring.')).toBeTruthy();
    act(() => main.push({ vault: { kind: 'absent', keychain: 'GNOME Keyring' } }));
    expect(screen.queryByText(/^Waiting for GNOME Keyring/)).toBeNull();
  });
});

vi.setConfig({ testTimeout: 20_000 });
