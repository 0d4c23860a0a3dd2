// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  connection,
  failed,
  type FakeMain,
  fakeMain,
  giveRoom,
  minute,
  nowMs,
  openWindow,
  snapshot,
} from '../connections/window.tsx';

const plan = connection({ id: 'plan', label: 'Site works plan', expiresAtMs: nowMs + 30 * minute });
const archive = connection({ id: 'archive', label: 'Site works plan, archive', expiresAtMs: nowMs + 35 * minute });
const crew = connection({ id: 'crew', label: 'Crew', providerId: 'connecteam', account: null });
const reach = () => ({
  reach: 'every_sign_in_of_the_person',
  alsoEnds: ['archive'],
  worksUntilMs: nowMs + 30 * minute,
  endpointHost: 'api.teamgantt.com',
});

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

/** A press as assistive technology makes it, and what comes of it. */
async function press(element: HTMLElement): Promise<void> {
  fireEvent.click(element);
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
}

async function openFor(main: FakeMain, row: RegExp): Promise<void> {
  await openWindow(main);
  await press(screen.getByRole('button', { name: 'More' }));
  await press(screen.getByRole('menuitem', { name: row }));
  await act(() => Promise.resolve());
}
const calls = (main: FakeMain, channel: string): number => main.calls.filter(([name]) => name === channel).length;

describe('revoking', () => {
  it('starts on Cancel and tells what it reaches before anything is done', async () => {
    const main = fakeMain(snapshot({ connections: [plan, archive] }), { 'connections.revokeReach': reach });
    await openFor(main, /Revoke at TeamGantt/);
    const dialog = screen.getByRole('alertdialog', { name: 'Revoke “Site works plan” at TeamGantt?' });
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(dialog.textContent).toContain('This ends every TeamGantt sign-in of pm@firm.example, in every app');
    expect(within(dialog).getByText('this connection')).toBeTruthy();
    expect(within(dialog).getByText('Site works plan, archive')).toBeTruthy();
    expect(within(dialog).getByText('not visible from here')).toBeTruthy();
    expect(dialog.textContent).toContain('A token already handed out may still work until');
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(calls(main, 'connections.revoke')).toBe(0);
  });

  it('stays open with the sentence when the provider refuses, and can be tried again', async () => {
    let refuses = true;
    const main = fakeMain(snapshot({ connections: [plan, archive] }), {
      'connections.revokeReach': reach,
      'connections.revoke': () =>
        refuses
          ? failed({ code: 'revoke_refused', facts: { name: 'TeamGantt', status: 503 } })
          : { atMs: nowMs, status: 200, alsoEnded: ['archive'], worksUntilMs: nowMs + 30 * minute },
    });
    await openFor(main, /Revoke at TeamGantt/);
    await press(screen.getByRole('button', { name: 'Revoke at TeamGantt' }));
    expect(screen.getByRole('alert').textContent).toContain('TeamGantt did not take the access away (it answered 503)');
    refuses = false;
    await press(screen.getByRole('button', { name: 'Revoke at TeamGantt' }));
    const receipt = screen.getByRole('dialog', { name: '“Site works plan” is revoked' });
    expect(receipt.textContent).toContain('TeamGantt confirmed (HTTP 200)');
    expect(receipt.textContent).toContain('Site works plan, archive needs a new sign-in');
    await press(within(receipt).getByRole('button', { name: 'Done' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leads to the softer way', async () => {
    const main = fakeMain(snapshot({ connections: [plan] }), { 'connections.revokeReach': reach });
    await openFor(main, /Revoke at TeamGantt/);
    await press(screen.getByRole('button', { name: 'Only remove it here instead…' }));
    const dialog = screen.getByRole('alertdialog', { name: 'Remove “Site works plan” here?' });
    expect(dialog.textContent).toContain('TeamGantt is not told.');
    expect(dialog.textContent).toContain('The app “Firm app” stays under Apps.');
    await press(within(dialog).getByRole('button', { name: 'Remove here' }));
    expect(main.calls.at(-1)).toEqual(['connections.remove', { connectionId: 'plan' }]);
  });

  it('is not offered for a token that was made by hand; how it is deleted there is said instead', async () => {
    const byHand = connection({ id: 'hand', grant: 'personal_access_token', renewable: false, expiresAtMs: null });
    const main = fakeMain(snapshot({ connections: [byHand] }));
    await openWindow(main);
    await press(screen.getByRole('button', { name: 'More' }));
    expect(screen.queryByRole('menuitem', { name: /Revoke/ })).toBeNull();
    await press(screen.getByRole('menuitem', { name: /Remove/ }));
    await act(() => Promise.resolve());
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('Delete the token in TeamGantt.');
    expect(dialog.textContent).not.toContain('saved sign-in');
    expect(within(dialog).queryByRole('button', { name: /Revoke/ })).toBeNull();
  });

  it('says how to end it at a provider that cannot be asked to', async () => {
    const main = fakeMain(snapshot({ connections: [crew] }));
    await openFor(main, /Remove/);
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('To end it at Connecteam too');
    expect(dialog.textContent).toContain('Delete the app in Connecteam.');
    expect(within(dialog).queryByRole('button', { name: /Revoke/ })).toBeNull();
  });
});
