// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, type FakeMain, fakeMain, giveRoom, minute, nowMs, openWindow, snapshot } from './window.tsx';

const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];
const five = names.map((id, index) => connection({ id, expiresAtMs: nowMs + (30 + index) * minute }));

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

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Connections' });
const chosen = (): string | null =>
  document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.getAttribute('data-connection-id') ??
  null;
const said = (main: FakeMain, channel: string): unknown[] =>
  main.calls.filter(([name]) => name === channel).map(([, input]) => input);

/** A press as assistive technology makes it, and what comes of it. */
async function press(element: HTMLElement): Promise<void> {
  fireEvent.click(element);
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
}

describe('the list of connections', () => {
  it('has the keyboard at start, with the last copied row chosen', async () => {
    await openWindow(fakeMain(snapshot({ connections: five }), {}, 'gamma'));
    expect(document.activeElement).toBe(grid());
    expect(chosen()).toBe('gamma');
  });

  it('counts all its rows, drawn or not, and says which is chosen', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      connection({ id: `c${String(index)}`, expiresAtMs: nowMs + 30 * minute + index }),
    );
    await openWindow(fakeMain(snapshot({ connections: many })));
    expect(grid().getAttribute('aria-rowcount')).toBe('501');
    const rows = grid().querySelectorAll('[data-connection-id]');
    expect(rows.length).toBeLessThan(60);
    expect(rows[0]?.getAttribute('aria-rowindex')).toBe('2');
    expect(rows[0]?.getAttribute('aria-selected')).toBe('true');
  });

  it('is walked with arrows, Home, End and pages', async () => {
    await openWindow(fakeMain(snapshot({ connections: five })));
    const walk: [string, string][] = [
      ['ArrowDown', 'beta'],
      ['ArrowDown', 'gamma'],
      ['ArrowUp', 'beta'],
      ['End', 'epsilon'],
      ['ArrowDown', 'epsilon'],
      ['Home', 'alpha'],
      ['ArrowUp', 'alpha'],
      ['PageDown', 'epsilon'],
      ['PageUp', 'alpha'],
    ];
    for (const [key, lands] of walk) {
      fireEvent.keyDown(grid(), { key });
      expect(chosen(), key).toBe(lands);
    }
    expect(screen.getByRole('complementary', { name: 'alpha' })).toBeTruthy();
  });

  it('copies the chosen row with Ctrl+C, but selected text wins', async () => {
    const main = fakeMain(snapshot({ connections: five }), {
      'connections.copy': () => ({ renewedFirst: false, clearsAtMs: nowMs + 30_000, leftMs: null }),
    });
    await openWindow(main);
    fireEvent.keyDown(grid(), { key: 'ArrowDown' });
    fireEvent.keyDown(grid(), { key: 'c', ctrlKey: true });
    expect(said(main, 'connections.copy')).toEqual([{ connectionId: 'beta', form: 'token' }]);
    const selection = { toString: () => 'pm@firm.example' } as Selection;
    vi.spyOn(window, 'getSelection').mockReturnValue(selection);
    const event = new KeyboardEvent('keydown', { key: 'c', ctrlKey: true, bubbles: true, cancelable: true });
    fireEvent(grid(), event);
    expect(event.defaultPrevented).toBe(false);
    expect(said(main, 'connections.copy')).toHaveLength(1);
  });

  it('renews with Ctrl+R and asks before it removes with Delete', async () => {
    const main = fakeMain(snapshot({ connections: five }));
    await openWindow(main);
    fireEvent.keyDown(grid(), { key: 'r', ctrlKey: true });
    expect(said(main, 'connections.renew')).toEqual([{ connectionId: 'alpha' }]);
    fireEvent.keyDown(grid(), { key: 'Delete' });
    const dialog = screen.getByRole('alertdialog', { name: 'Remove “alpha” here?' });
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(said(main, 'connections.remove')).toEqual([]);
  });

  it('renames with F2, where the name stands', async () => {
    await openWindow(fakeMain(snapshot({ connections: five })));
    fireEvent.keyDown(grid(), { key: 'F2' });
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })));
  });

  it('chooses the row that comes up in the place of a removed one', async () => {
    const main = fakeMain(snapshot({ connections: five }), {}, 'gamma');
    await openWindow(main);
    act(() => {
      main.push({ connectionsRemoved: ['gamma'] });
    });
    expect(chosen()).toBe('delta');
    expect(screen.getByRole('complementary', { name: 'delta' })).toBeTruthy();
  });

  it('opens the row menu with the menu key; Revoke is offered only where it exists', async () => {
    const main = fakeMain(snapshot({ connections: [five[0]!, connection({ id: 'crew', providerId: 'connecteam' })] }));
    await openWindow(main);
    fireEvent.keyDown(grid(), { key: 'ContextMenu' });
    expect(screen.getByRole('menuitem', { name: /Revoke at TeamGantt/ })).toBeTruthy();
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    fireEvent.keyDown(grid(), { key: 'End' });
    fireEvent.keyDown(grid(), { key: 'ContextMenu' });
    expect(screen.getByRole('menuitem', { name: /Remove/ })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: /Revoke/ })).toBeNull();
  });

  it('finds while one types, names what it was narrowed by, and shows all again', async () => {
    await openWindow(fakeMain(snapshot({ connections: five })));
    const find = screen.getByRole('searchbox', { name: 'Find a connection' });
    fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true });
    expect(document.activeElement).toBe(find);
    fireEvent.change(find, { target: { value: 'gam' } });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('One found.');
    expect(chosen()).toBe('gamma');
    fireEvent.change(find, { target: { value: 'zzz' } });
    expect(screen.getByText('Nothing matches “zzz”.')).toBeTruthy();
    expect(screen.queryByRole('complementary')).toBeNull();
    await press(screen.getByRole('button', { name: 'Show all' }));
    expect(grid().getAttribute('aria-rowcount')).toBe('6');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('All five are kept.');
  });

  it('teaches when there is nothing yet, and offers to connect', async () => {
    await openWindow(fakeMain(snapshot()));
    expect(screen.getByRole('heading', { name: 'Nothing to keep yet' })).toBeTruthy();
    expect(screen.queryByRole('searchbox')).toBeNull();
  });

  it('shows the clipboard from what main says, counts down and clears now', async () => {
    const clipboard = {
      what: 'token',
      connectionId: 'alpha',
      form: 'header',
      takenAtMs: nowMs - 6000,
      clearsAtMs: nowMs + 24_000,
    } as const;
    const main = fakeMain(snapshot({ connections: five, clipboard }));
    await openWindow(main);
    const region = screen.getByRole('region', { name: 'Clipboard' });
    expect(region.textContent).toContain('Copied as a header. Clears in 24 s');
    act(() => {
      vi.advanceTimersByTime(4000);
    });
    expect(region.textContent).toContain('Clears in 20 s');
    await press(within(region).getByRole('button', { name: 'Clear now' }));
    expect(said(main, 'clipboard.clear')).toEqual([{}]);
    act(() => {
      vi.advanceTimersByTime(21_000);
    });
    expect(region.textContent).not.toContain('Clears in');
  });

  it('ticks its countdowns and changes the word when the time is come', async () => {
    await openWindow(
      fakeMain(snapshot({ connections: [connection({ id: 'x', expiresAtMs: nowMs + 12 * minute + 2000 })] })),
    );
    const row = grid().querySelector('[data-connection-id="x"]')!;
    expect(row.textContent).toContain('12m02s');
    expect(row.textContent).toContain('Working');
    act(() => {
      vi.advanceTimersByTime(3000);
    });
    expect(row.textContent).toContain('11m59s');
    expect(row.textContent).toContain('Expires soon');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing needs you.');
  });

  it('says a change of state once, in the live region', async () => {
    const main = fakeMain(snapshot({ connections: five }));
    await openWindow(main);
    act(() => {
      main.push({ connections: [{ ...five[1]!, condition: 'sign_in_again' }] });
    });
    const spoken = screen.getAllByRole('status').map((region) => region.textContent);
    expect(spoken).toContain('beta: Sign in again.');
  });
});
