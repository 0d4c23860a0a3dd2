// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const three = [
  connection({ id: 'alpha', expiresAtMs: nowMs + 40 * minute }),
  connection({ id: 'beta', expiresAtMs: nowMs + 50 * minute }),
  connection({ id: 'fixed', expiresAtMs: nowMs + 3 * hour, renewable: false, renewsAtMs: null }),
];
const lookBack = (input: { connectionIds: string[] }) => ({
  lanes: input.connectionIds.map((connectionId) => ({
    connectionId,
    signedInMs: nowMs - 20 * hour,
    moments: [
      { atMs: nowMs - 10 * minute, what: 'renewed' },
      { atMs: nowMs - hour, what: 'failed' },
    ],
    forecast:
      connectionId === 'beta'
        ? {
            kind: 'due',
            atMs: nowMs + 5 * hour,
            fromMs: nowMs + 4 * hour,
            certainty: 'likely',
            reason: 'seen',
            heldMs: 48 * hour,
            seen: 3,
          }
        : { kind: 'unknown' },
  })),
});

async function openTimeline(main: FakeMain): Promise<HTMLElement> {
  await openWindow(main);
  fireEvent.click(screen.getByRole('button', { name: 'Timeline' }));
  await act(() => vi.dynamicImportSettled());
  await act(() => Promise.resolve());
  return screen.getByRole('grid', { name: 'Lanes of the connections' });
}
const chosen = (grid: HTMLElement): string | null | undefined =>
  grid.querySelector('[aria-selected="true"]')?.getAttribute('data-connection-id');

describe('the timeline', () => {
  it('tells of each lane in words what its picture shows', async () => {
    const grid = await openTimeline(fakeMain(snapshot({ connections: three }), { 'connections.lookBack': lookBack }));
    const label = grid.querySelector('[data-connection-id="beta"] .lane-place')?.getAttribute('aria-label');
    expect(label).toContain('Working. Renews by itself');
    expect(label).toContain('Failed once in this time');
    expect(label).toMatch(/Sign-in needed around .*Seen: three sign-ins, which held about 2 days/);
    expect(grid.querySelector('[data-connection-id="alpha"] .lane-place')?.getAttribute('aria-label')).not.toContain(
      'Sign-in needed',
    );
  });

  it('puts the sign-ins of a person first, and a press on one leads to it', async () => {
    const grid = await openTimeline(fakeMain(snapshot({ connections: three }), { 'connections.lookBack': lookBack }));
    expect(screen.getByText(/^Two sign-ins for you\. The \d+ renewals/)).toBeTruthy();
    const you = within(grid).getByRole('row', { name: 'You' });
    fireEvent.click(within(you).getByRole('button', { name: /^fixed, / }));
    expect(screen.getByRole('complementary', { name: 'fixed' })).toBeTruthy();
  });

  it('is walked by lanes and by moments, and says each moment', async () => {
    const grid = await openTimeline(
      fakeMain(snapshot({ connections: three }), { 'connections.lookBack': lookBack }, 'alpha'),
    );
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    expect(chosen(grid)).toBe('beta');
    const said = () => document.querySelector('[data-live-announcer]')?.textContent;
    const walk: [string, RegExp][] = [
      ['ArrowRight', /^Renews by itself, /],
      ['ArrowRight', /^You sign in, /],
      ['ArrowRight', /^You sign in, /],
      ['ArrowLeft', /^Renews by itself, /],
      ['ArrowLeft', /^Now, /],
      ['ArrowLeft', /^Renewed, /],
      ['ArrowLeft', /^Failed, /],
    ];
    for (const [key, words] of walk) {
      fireEvent.keyDown(grid, { key });
      expect(said()).toMatch(words);
    }
    fireEvent.keyDown(grid, { key: 'End' });
    fireEvent.keyDown(grid, { key: '-' });
    expect(screen.getByRole('heading', { name: 'The next seven days' })).toBeTruthy();
    fireEvent.keyDown(grid, { key: '+' });
    expect(screen.getByRole('heading', { name: 'The next day' })).toBeTruthy();
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(screen.getByRole('complementary', { name: 'beta' })).toBeTruthy();
  });

  it('has the same facts as a table', async () => {
    const grid = await openTimeline(fakeMain(snapshot({ connections: three }), { 'connections.lookBack': lookBack }));
    fireEvent.click(screen.getByRole('radio', { name: 'Table' }));
    expect(
      within(grid)
        .getAllByRole('columnheader')
        .map((one) => one.textContent),
    ).toContain('Next sign-in');
    const cells = within(grid.querySelector<HTMLElement>('[data-connection-id="beta"]')!).getAllByRole('gridcell');
    expect(cells.map((cell) => cell.textContent)).toEqual(
      expect.arrayContaining(['beta', 'Working', expect.stringMatching(/^Around /)]),
    );
  });

  it('draws and asks about what can be seen alone, however many there are', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      connection({ id: `c${String(index)}`, expiresAtMs: nowMs + 30 * minute + index }),
    );
    const main = fakeMain(snapshot({ connections: many }), { 'connections.lookBack': lookBack });
    const grid = await openTimeline(main);
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(grid.querySelectorAll('[data-connection-id]').length).toBeLessThan(60);
    const asked = main.calls.flatMap(([channel, input]) =>
      channel === 'connections.lookBack' ? (input as { connectionIds: string[] }).connectionIds : [],
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(120);
  });
});
