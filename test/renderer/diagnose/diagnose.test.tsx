// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnosis } from '../../../shared/model/diagnosis.ts';
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

const problem = {
  code: 'sign_in_again',
  facts: { status: 400, providerCode: 'invalid_grant', name: 'TeamGantt' },
} as const;
const over = connection({
  id: 'boards',
  condition: 'sign_in_again',
  failure: { problem, atMs: nowMs - 44 * minute, tries: 1, nextTryAtMs: null },
});
const told: Diagnosis = {
  connectionId: 'boards',
  atMs: nowMs,
  causes: [
    {
      kind: 'used_elsewhere',
      likelihood: 'most_likely',
      remedy: 'sign_in',
      facts: [
        { kind: 'answered', atMs: nowMs - 44 * minute, status: 400, code: 'invalid_grant', refreshToken: 'b81c04e7' },
        { kind: 'rotates', atMs: nowMs - 99 * minute },
      ],
    },
    { kind: 'access_removed', likelihood: 'possible', remedy: 'sign_in', facts: [{ kind: 'same_answer', atMs: null }] },
    {
      kind: 'secret_wrong',
      likelihood: 'unlikely',
      remedy: 'replace_secret',
      facts: [{ kind: 'other_works', atMs: nowMs, label: 'Field notes', sameApp: true }],
    },
  ],
  ruledOut: [{ kind: 'clock', aheadMs: -200 }],
  answer: { atMs: nowMs - 44 * minute, durationMs: 241, problem, refreshToken: 'b81c04e7' },
  lastGoodMs: nowMs - 99 * minute,
  signedInMs: nowMs - 30_000 * minute,
  aheadMs: -200,
  host: 'auth.example',
};

async function openDiagnosis(answer: Diagnosis = told): Promise<FakeMain> {
  const main = fakeMain(
    snapshot({ connections: [over] }),
    {
      'connections.diagnose': () => answer,
      'connections.history': () => ({
        exchanges: [
          {
            atMs: nowMs - 44 * minute,
            what: 'renewed',
            outcome: 'failed',
            durationMs: 241,
            status: 400,
            refreshToken: null,
            problem,
          },
        ],
      }),
    },
    'boards',
  );
  await openWindow(main);
  await press('Why?');
  await act(() => vi.dynamicImportSettled());
  return main;
}
async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
}
const asked = (main: FakeMain, channel: string): unknown[] =>
  main.calls.filter(([name]) => name === channel).map(([, input]) => input);

describe('why it stopped', () => {
  it('is told with each cause beside its facts, the likeliest first', async () => {
    await openDiagnosis();
    expect(document.activeElement?.textContent).toBe('Why did “boards” stop?');
    const causes = within(screen.getByRole('list', { name: 'Likely causes' })).getAllByRole('heading');
    expect(causes.map((one) => one.textContent)).toEqual([
      'Another program used up the saved sign-in.',
      'Somebody took the access away at TeamGantt.',
      'The client ID or secret is wrong, or was replaced at the provider.',
    ]);
    expect(screen.getByText('TeamGantt answered 400 invalid_grant to refresh token b81c 04e7.')).toBeTruthy();
    expect(screen.getByText('Most likely')).toBeTruthy();
    const known = screen.getByRole('complementary', { name: 'Ruled out' });
    expect(known.textContent).toContain('The clock is right+0.2 s');
    expect(known.textContent).toContain('HTTP 400, 241 ms');
  });

  it('offers each remedy once, and the first is the main button', async () => {
    const main = await openDiagnosis();
    expect(screen.getAllByRole('button', { name: 'Sign in again' })).toHaveLength(1);
    await press('Replace the secret');
    await act(() => vi.dynamicImportSettled());
    expect(screen.getByRole('heading', { name: 'Firm app' })).toBeTruthy();
    expect(asked(main, 'connections.renew')).toEqual([]);
  });

  it('asks nobody until the check is pressed', async () => {
    const main = await openDiagnosis();
    expect(asked(main, 'connections.diagnose')).toEqual([{ connectionId: 'boards', check: false }]);
    await press('Check safely');
    expect(asked(main, 'connections.diagnose').at(-1)).toEqual({ connectionId: 'boards', check: true });
    expect(screen.getByText('Checked just now.')).toBeTruthy();
  });

  it('has main copy the report; the text never comes to the window', async () => {
    const main = await openDiagnosis();
    await press('Copy report');
    expect(asked(main, 'connections.copyReport')).toEqual([{ connectionId: 'boards' }]);
  });

  it('says so where no cause can be told, and where nothing is wrong', async () => {
    await openDiagnosis({ ...told, causes: [] });
    expect(screen.getByText('What went wrong has no cause that can be told from here.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Check safely' })).toBeTruthy();
  });

  it('leads back to the connection with Escape', async () => {
    await openDiagnosis();
    fireEvent.keyDown(screen.getByRole('heading', { level: 1 }), { key: 'Escape' });
    expect(screen.getByRole('complementary', { name: 'boards' })).toBeTruthy();
  });
});

describe('the token tab', () => {
  const claims = {
    tokens: [
      {
        token: 'id_token',
        isBearer: true,
        form: 'jwt',
        fingerprint: '7f3a91c2',
        claims: [
          { name: 'iss', text: '<b>issuer</b>', atMs: null },
          { name: 'exp', text: null, atMs: nowMs + 5 * minute },
        ],
        notShown: ['email', 'jti'],
      },
    ],
  };
  async function openTab(answer: unknown): Promise<FakeMain> {
    const main = fakeMain(
      snapshot({ connections: [connection({ id: 'alpha' })] }),
      { 'connections.claims': () => answer },
      'alpha',
    );
    await openWindow(main);
    fireEvent.click(screen.getByRole('tab', { name: 'Token' }));
    await act(() => Promise.resolve());
    await act(() => Promise.resolve());
    return main;
  }

  it('says that nobody checked what the token says, and draws it as text', async () => {
    await openTab(claims);
    expect(screen.getByText('Not verified')).toBeTruthy();
    expect(screen.getByText('<b>issuer</b>')).toBeTruthy();
    expect(screen.getByText('email, jti')).toBeTruthy();
  });

  it('copies each form through main', async () => {
    const main = await openTab(claims);
    fireEvent.click(screen.getByRole('button', { name: 'Copy as curl' }));
    expect(asked(main, 'connections.copy')).toEqual([{ connectionId: 'alpha', form: 'curl' }]);
  });

  it('tells a failure in place', async () => {
    await openTab(failed({ code: 'vault_not_open', facts: {} }));
    expect(screen.getByText('The vault is not open.')).toBeTruthy();
  });
});
