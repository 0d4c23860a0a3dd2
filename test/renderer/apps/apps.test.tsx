// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Apps } from '../../../renderer/features/apps/apps.tsx';
import { tgate } from '../connect/browser-samples.ts';
import { drawn, everythingOnThePage, fill } from '../connect/drawn.tsx';
import { failed, fakeMain } from '../connect/fake-main.ts';
import { app, connection } from '../connect/samples.ts';

const secret = 'new secret marker';
const two = [connection(), connection({ id: 'c2', label: 'Night shift board' })];
const full = () =>
  fakeMain({ apps: [app()], connections: [...two, connection({ id: 'c3', appId: 'other', label: 'Elsewhere' })] });

describe('the Apps screen', () => {
  it('teaches what an app is when there is none', async () => {
    const { user, shell } = await drawn(fakeMain(), <Apps appId={null} />);
    expect(screen.getByRole('heading', { name: 'No apps yet' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Connect an account' }));
    expect(shell.openWizard).toHaveBeenCalledWith({ kind: 'connect', realm: 'vault' });
  });

  it('says of an app that came without its secret that one is missing, where its provider needs one', async () => {
    await drawn(fakeMain({ apps: [app({ clientSecretSet: false })] }), <Apps appId={null} />);
    expect(screen.getByText('No secret yet. Replace it to connect with this app.')).toBeTruthy();
    expect(screen.queryByText('Public app: no secret.')).toBeNull();
  });

  it('names the connections that stop before an app is removed, and removes exactly those', async () => {
    const main = full();
    const { user } = await drawn(main, <Apps appId={null} />);
    await user.click(screen.getByRole('button', { name: 'Remove this app…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(within(dialog).getByText('These 2 connections stop and are removed here:')).toBeTruthy();
    expect(within(dialog).getByText('Crew scheduling')).toBeTruthy();
    expect(within(dialog).getByText('Night shift board')).toBeTruthy();
    expect(within(dialog).queryByText('Elsewhere')).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Remove the app and 2 connections' }));
    expect(main.of('apps.remove')).toEqual([{ appId: 'app-1', connectionIds: ['c1', 'c2'] }]);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('is the page’s main part, and keeps the focus when the app it was on is removed', async () => {
    const main = fakeMain({ apps: [app(), app({ id: 'app-2', name: 'Second' })] });
    const { user } = await drawn(main, <Apps appId={null} />);
    expect(screen.getAllByRole('main')).toHaveLength(1);
    for (const left of ['listbox', 'heading'] as const) {
      const [first] = screen.getAllByRole('option');
      await user.click(screen.getByRole('button', { name: 'Remove this app…' }));
      await user.click(await screen.findByRole('button', { name: 'Remove the app' }));
      act(() => main.push({ appsRemoved: [first!.dataset.key!] }));
      await waitFor(() => expect(document.activeElement?.closest(`[role="${left}"], h1`)).not.toBeNull());
    }
    expect(screen.getAllByRole('main')).toHaveLength(1);
  });

  it('shows the new list and removes nothing when it changed meanwhile', async () => {
    const main = full();
    const { user } = await drawn(main, <Apps appId={null} />);
    await user.click(screen.getByRole('button', { name: 'Remove this app…' }));
    const dialog = await screen.findByRole('alertdialog');
    main.push({ connections: [connection({ id: 'c4', label: 'Came since' })] });
    expect(within(dialog).queryByText('Came since')).toBeNull();
    main.answerNext('apps.remove', failed('changed_meanwhile'));
    await user.click(within(dialog).getByRole('button', { name: 'Remove the app and 2 connections' }));
    expect(await within(dialog).findByText('Came since')).toBeTruthy();
    expect(within(dialog).getByRole('alert').textContent).toContain('nothing was done');
  });

  it('replaces one secret for all connections, names them, and forgets what was typed', async () => {
    const main = full();
    const { user, shell } = await drawn(main, <Apps appId={null} />);
    await user.click(screen.getByRole('button', { name: 'Replace the secret…' }));
    const dialog = await screen.findByRole('dialog');
    expect(document.activeElement).toBe(within(dialog).getByLabelText('New client secret'));
    expect(within(dialog).getByText('Night shift board')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Replace the secret' }));
    expect(within(dialog).getByText('Client secret is still empty.')).toBeTruthy();
    expect(main.of('apps.replaceSecret')).toEqual([]);
    await fill(user, within(dialog).getByLabelText('New client secret'), secret);
    await user.click(within(dialog).getByRole('checkbox', { name: 'The client ID is new too' }));
    await user.clear(within(dialog).getByLabelText('New client ID'));
    await fill(user, within(dialog).getByLabelText('New client ID'), 'ct-client-02');
    await user.click(within(dialog).getByRole('button', { name: 'Replace the secret' }));
    expect(main.of('apps.replaceSecret')).toEqual([{ appId: 'app-1', clientId: 'ct-client-02', clientSecret: secret }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(shell.tellDone).toHaveBeenCalledWith('The secret was replaced.');
    expect(everythingOnThePage()).not.toContain('marker');
  });

  it('shows the redirect address and has main copy it, and what was chosen where the documents are silent', async () => {
    const main = fakeMain({
      providers: [{ ...tgate, clientSecret: 'optional' }],
      apps: [
        app({
          providerId: 't-gate',
          clientSecretSet: false,
          redirectUri: 'https://partner.example/back',
          choices: { encoding: 'json' },
        }),
      ],
    });
    const { user, shell } = await drawn(main, <Apps appId={null} />);
    expect(screen.getByText('https://partner.example/back')).toBeTruthy();
    expect(screen.getByText('Public app: no secret.')).toBeTruthy();
    expect(screen.getByText('How a token is asked for').parentElement?.textContent).toContain('JSON');
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(main.of('apps.copyRedirect')).toEqual([{ appId: 'app-1' }]);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    main.answerNext('apps.copyRedirect', failed('clipboard_failed'));
    await user.click(screen.getByRole('button', { name: 'Copied' }));
    expect(shell.tell).toHaveBeenCalledWith({ code: 'clipboard_failed', facts: {} });
  });

  it('has no keys to show where the tokens were made by hand', async () => {
    const main = fakeMain({ apps: [app({ clientId: '', clientSecretSet: false })] });
    await drawn(main, <Apps appId={null} />);
    expect(screen.getAllByText('Personal access tokens')).toHaveLength(2);
    expect(screen.queryByText('Client ID')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Replace the secret…' })).toBeNull();
  });

  it('renames in place', async () => {
    const main = full();
    const { user } = await drawn(main, <Apps appId={null} />);
    await user.click(screen.getByRole('button', { name: 'Rename' }));
    await user.clear(screen.getByLabelText('Name here'));
    await user.type(screen.getByLabelText('Name here'), 'Crew desk{Enter}');
    expect(main.of('apps.rename')).toEqual([{ appId: 'app-1', name: 'Crew desk' }]);
  });

  it('adds an app with the wizard’s own fields and sends only the addresses that were changed', async () => {
    const main = full();
    const { user, shell } = await drawn(main, <Apps appId={null} />);
    await user.click(screen.getByRole('button', { name: 'Add an app' }));
    await user.click(screen.getByRole('radio', { name: 'TeamGantt' }));
    await fill(user, screen.getByLabelText('Client ID'), 'tg-7c1e');
    await fill(user, screen.getByLabelText('Client secret'), secret);
    expect(document.documentElement.outerHTML).not.toContain('marker');
    await user.click(screen.getByRole('button', { name: 'Advanced' }));
    const token = screen.getByRole('textbox', { name: /Token endpoint/ });
    await user.clear(token);
    await fill(user, token, 'http://127.0.0.1:9/token');
    await user.click(screen.getByRole('button', { name: 'Add this TeamGantt app' }));
    expect(main.of('apps.add')).toEqual([
      {
        realm: 'vault',
        providerId: 'teamgantt',
        name: 'TeamGantt',
        clientId: 'tg-7c1e',
        clientSecret: secret,
        regionId: 'global',
        scopes: [],
        endpoints: [{ kind: 'token', url: 'http://127.0.0.1:9/token' }],
      },
    ]);
    await waitFor(() => expect(shell.go).toHaveBeenCalledWith({ room: 'apps', appId: 'app-new' }));
    expect(everythingOnThePage()).not.toContain('marker');
  });
});
