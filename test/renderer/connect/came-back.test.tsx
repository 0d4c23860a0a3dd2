// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { taskade } from './browser-samples.ts';
import { failed } from './fake-main.ts';
import { app, connection } from './samples.ts';
import { mainWithBrowser, wizardAt, type WizardAt } from './wizard-at.tsx';

describe('somebody else who came back', () => {
  const boards = connection({
    id: 'c9',
    appId: 'app-tk',
    providerId: 'taskade',
    label: 'Boards',
    account: 'ana',
    grant: 'authorization_code',
    condition: 'sign_in_again',
  });
  const itsApp = app({
    id: 'app-tk',
    providerId: 'taskade',
    clientId: 'tk-55',
    redirectUri: 'http://127.0.0.1:24816/taskade',
    endpoints: taskade.endpoints.map(({ kind, urls, source }) => ({ kind, url: urls.global ?? null, source })),
  });

  async function cameBack(): Promise<WizardAt> {
    const main = mainWithBrowser({ apps: [itsApp], connections: [boards] });
    const at = await wizardAt(main, { kind: 'sign_in_again', connectionId: 'c9' });
    await at.press('Sign in with the browser');
    await screen.findByRole('heading', { name: 'Go on in your browser' });
    act(() => main.comeBack(failed('wrong_account', { name: 'ben', expected: 'ana' })));
    await screen.findByRole('heading', { name: 'Somebody else came back' });
    return at;
  }

  it('is set beside the one expected, and nothing is decided by Enter', async () => {
    const at = await cameBack();
    const pairs = [...document.querySelectorAll('.who-one')].map((one) => one.textContent);
    expect(pairs).toEqual(['Expectedana', 'Came backben']);
    fireEvent.submit(document.querySelector('form')!);
    expect(at.main.of('drafts.keepAsNew')).toEqual([]);
    expect(at.main.of('drafts.signInAsOther')).toEqual([]);
    // What came would be lost: closing asks first.
    await at.press('Cancel');
    expect(await screen.findByRole('alertdialog', { name: 'Stop signing in?' })).toBeTruthy();
  });

  it('can be kept as a new connection, also at a second try', async () => {
    const at = await cameBack();
    at.main.answerNext('drafts.keepAsNew', failed('disk_full'));
    await at.press('Keep as a new connection');
    expect((await screen.findByText(/no space left on the disk/)).textContent).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Somebody else came back' })).toBeTruthy();
    await at.press('Keep as a new connection');
    await screen.findByRole('heading', { name: 'Boards is kept again' });
    expect(at.main.of('drafts.keepAsNew')).toHaveLength(2);
  });

  it('can be sent away: the sign-in is empty again, with the hint to sign out first', async () => {
    const at = await cameBack();
    await at.press('Sign in as someone else');
    await screen.findByRole('heading', { name: 'Sign in again: Boards' });
    expect(screen.getByText(/Sign out at Taskade in your browser first/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await at.press('Sign in with the browser');
    await waitFor(() => expect(at.main.of('drafts.connect')).toHaveLength(2));
  });
});
