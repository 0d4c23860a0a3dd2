// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../../shared/ipc/bridge.ts';
import { app } from './samples.ts';
import { everythingOnThePage, fill } from './drawn.tsx';
import { failed } from './fake-main.ts';
import { atBrowserStart, atKeysOf, clientSecret, mainWithBrowser, wizardAt } from './wizard-at.tsx';

const token = 'tskdp_marker-of-a-token';

describe('the way to connect', () => {
  it('is chosen at the keys where there is more than one, and not drawn where there is one', async () => {
    const at = await atKeysOf('Taskade');
    expect(screen.getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual([
      'authorization_code',
      'personal_access_token',
      'refresh_token',
    ]);
    await at.press('Back');
    await at.pick(/^TeamGantt/);
    await at.press('Next: get the keys');
    await screen.findByRole('heading', { name: 'Get the keys from TeamGantt' });
    expect(screen.queryByRole('radiogroup', { name: 'How to connect' })).toBeNull();
  });

  it('shows the steps of the chosen way alone', async () => {
    const at = await atKeysOf('Taskade');
    expect(screen.getByText('Give the app this redirect address.')).toBeTruthy();
    expect(screen.queryByText('Make a personal access token.')).toBeNull();
    await at.pick(/^Personal access token/);
    expect(await screen.findByText('Make a personal access token.')).toBeTruthy();
    expect(screen.queryByText('Create an app at Taskade.')).toBeNull();
    expect(screen.queryByLabelText('Client ID')).toBeNull();
    await at.pick(/^Paste a refresh token/);
    expect(await screen.findByLabelText('Client ID')).toBeTruthy();
    expect(screen.queryByText('Give the app this redirect address.')).toBeNull();
  });

  it('loses nothing typed when another one is looked at: the secret is with main, the ID in its field', async () => {
    const at = await atKeysOf('Taskade');
    await fill(at.user, await screen.findByLabelText('Client ID'), 'tk-55');
    await fill(at.user, screen.getByLabelText('Client secret'), clientSecret);
    await at.pick(/^Personal access token/);
    await screen.findByLabelText('Token');
    expect(at.main.of('drafts.keep')).toContainEqual({ draftId: 'd1', clientSecret });
    expect(everythingOnThePage()).not.toContain('marker');
    await at.pick(/^Sign in with the browser/);
    expect((await screen.findByLabelText<HTMLInputElement>('Client ID')).value).toBe('tk-55');
    expect(screen.getByRole('group', { name: 'Client secret' }).textContent).toContain('Entered');
  });

  it('that is probably refused stands under Advanced with its reason, off until it is turned on', async () => {
    const at = await atKeysOf('Taskade');
    await at.press('Advanced');
    await screen.findByRole('heading', { name: 'Advanced' });
    expect(screen.getByText('Taskade says that it refuses these.')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Off' }).checked).toBe(true);
    await at.pick(/^E-mail and password/);
    await at.press('Use these');
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: /^E-mail and password/ })).checked).toBe(true);
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', grant: 'password' });
    await fill(at.user, screen.getByLabelText('Client ID'), 'tk-55');
    await at.press('Next: sign in');
    expect(await screen.findByLabelText('Password')).toBeTruthy();
  });

  it('of a public app needs no secret, and says so', async () => {
    const at = await atBrowserStart();
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', clientId: 'tk-55' });
    await at.press('Back');
    expect(await screen.findByText('A public app has none: then it stays empty.')).toBeTruthy();
  });

  it('is none of the pasted ones in practice, which has no token to paste', async () => {
    const main = mainWithBrowser({ practice: { open: true, hosts: [], systems: [] } });
    const at = await wizardAt(main, { kind: 'connect', realm: 'practice' });
    await at.pick(/^Taskade/);
    await at.press('Next: get the keys');
    await screen.findByRole('heading', { level: 1, name: /Taskade/ });
    expect(screen.queryByRole('radio', { name: /token/i })).toBeNull();
  });
});

describe('a personal access token', () => {
  it('is pasted at the keys, checked as it is typed, tried and kept', async () => {
    const at = await atKeysOf('Taskade');
    await at.pick(/^Personal access token/);
    const field = await screen.findByLabelText('Token');
    await at.press('Try the token and keep it');
    expect(screen.getByText('Still empty: Token')).toBeTruthy();
    await fill(at.user, field, 'ghp_something else');
    expect(screen.getByText(/This does not begin with tskdp_/)).toBeTruthy();
    await at.user.clear(field);
    await fill(at.user, field, token);
    expect(screen.getByText('It begins with tskdp_, as they all do.')).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain('marker');
    await at.press('Try the token and keep it');
    await screen.findByRole('heading', { name: 'Harbour Crew is kept' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', pastedToken: token });
    expect(everythingOnThePage()).not.toContain('marker');
    expect(screen.getByText(/^It works until it ends or is deleted at Taskade\. Nobody can renew it/)).toBeTruthy();
    expect(screen.getByText(/^Made by hand; nobody can renew it\./)).toBeTruthy();
  });

  it('that is refused is marked where it was pasted, and can be replaced there', async () => {
    const at = await atKeysOf('Taskade');
    await at.pick(/^Personal access token/);
    await fill(at.user, await screen.findByLabelText('Token'), token);
    at.main.answerNext('drafts.connect', failed('pasted_token_refused', { name: 'Taskade', field: 'pastedToken' }));
    await at.press('Try the token and keep it');
    expect((await screen.findByRole('alert')).textContent).toContain('Taskade does not accept this token');
    expect(screen.getByLabelText('Token').getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByRole('button', { name: /^Go to/ })).toBeNull();
  });

  it('asks for no app, and an app that holds such tokens leads straight to it', async () => {
    const main = mainWithBrowser({
      apps: [app({ id: 'keyed', providerId: 'taskade' }), app({ id: 'hand', providerId: 'taskade', clientId: '' })],
    });
    const at = await atKeysOf('Taskade', main);
    expect((await screen.findAllByRole('radio')).map((one) => one.getAttribute('value'))).toContain('keyed');
    expect(screen.getAllByRole('radio').map((one) => one.getAttribute('value'))).not.toContain('hand');
    await at.pick(/^Personal access token/);
    await screen.findByLabelText('Token');
    expect(screen.getAllByRole('radio')).toHaveLength(3);
    expect(main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', grant: 'personal_access_token', appId: null });
  });
});

describe('an existing refresh token', () => {
  it('comes after the keys, in one secret field, and is nowhere on the page once main has it', async () => {
    const at = await atKeysOf('Taskade');
    await at.pick(/^Paste a refresh token/);
    await fill(at.user, await screen.findByLabelText('Client ID'), 'tk-55');
    await at.press('Next: paste the token');
    await screen.findByRole('heading', { name: 'Paste a refresh token of Taskade' });
    await fill(at.user, screen.getByLabelText('Refresh token'), token);
    expect(document.documentElement.outerHTML).not.toContain('marker');
    await at.press('Renew with it and keep it');
    await screen.findByRole('heading', { name: 'Harbour Crew is kept' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', pastedToken: token });
    expect(everythingOnThePage()).not.toContain('marker');
  });
});

describe('the redirect address', () => {
  const own = 'http://127.0.0.1:24816/taskade';

  it('is shown as it will be used and copied through main', async () => {
    const at = await atKeysOf('Taskade');
    const group = await screen.findByRole('group', { name: 'Redirect address' });
    expect(group.textContent).toContain(own);
    expect(screen.getByText('Assumed')).toBeTruthy();
    await at.press('Copy');
    expect(at.main.of('drafts.copyRedirect')).toEqual([{ draftId: 'd1' }]);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
  });

  it('can be that of an app that is registered already: main has it before it copies, and says where it comes back', async () => {
    const at = await atKeysOf('Taskade');
    await at.press('Registered already? Type that app’s own address');
    const field = screen.getByLabelText('Redirect address of that app');
    await fill(at.user, field, 'http://partner.example/back');
    expect(screen.getByText(/Only https:\/\/ is used/)).toBeTruthy();
    await at.press('Next: sign in');
    expect(at.main.of('drafts.keep')).toHaveLength(1);
    await at.user.clear(field);
    await fill(at.user, field, 'https://partner.example/back');
    expect(screen.getByText(/cannot come back to this program by itself/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Try the way back' })).toBeNull();
    await at.press('Copy');
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', redirectUri: 'https://partner.example/back' });
    await at.press('Use Grantkeep’s own address');
    expect(screen.getByRole('group', { name: 'Redirect address' }).textContent).toContain(own);
    await fill(at.user, screen.getByLabelText('Client ID'), 'tk-55');
    await at.press('Next: sign in');
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', clientId: 'tk-55', redirectUri: '' });
  });

  it('is tried before the provider is asked: it says that it tries, that the browser came, or what is in the way', async () => {
    const at = await atKeysOf('Taskade');
    let answer: ((ending: Envelope<never>) => void) | null = null;
    const long = () => new Promise<Envelope<never>>((resolve) => (answer = resolve));
    at.main.answerLong('drafts.rehearse', long);
    await at.press('Try the way back');
    expect(await screen.findByText('The browser opens and should come straight back…')).toBeTruthy();
    answer!({ ok: true, value: { done: true } as never });
    expect(await screen.findByText('The browser came back.')).toBeTruthy();
    at.main.answerNext('drafts.rehearse', failed('redirect_port_taken', { name: '24816' }));
    await at.press('Try the way back');
    expect(
      await screen.findByText(/Another program on this computer holds port 24816.*paste the address/),
    ).toBeTruthy();

    at.main.answerLong('drafts.rehearse', long);
    await at.press('Try the way back');
    await at.user.click(screen.getAllByRole('button', { name: 'Cancel' })[0]!);
    expect(at.main.of('drafts.cancelSignIn')).toEqual([{ draftId: 'd1' }]);
    answer!(failed('sign_in_cancelled'));
    expect(await screen.findByText(/does your browser find the way back/)).toBeTruthy();

    // Nobody waits for a browser behind a page that was left.
    at.main.answerLong('drafts.rehearse', long);
    await at.press('Try the way back');
    await at.press('Back');
    await waitFor(() => expect(at.main.of('drafts.cancelSignIn')).toHaveLength(2));
  });

  it('of an app one has is shown as it is registered; one that has none is given it', async () => {
    const main = mainWithBrowser({
      apps: [
        app({ id: 'with', name: 'With', providerId: 'taskade', redirectUri: 'https://partner.example/there' }),
        app({ id: 'none', name: 'Without', providerId: 'taskade' }),
      ],
    });
    const at = await atKeysOf('Taskade', main);
    const group = () => screen.getByRole('group', { name: 'Redirect address' }).textContent;
    await screen.findByText('As this app has it at the provider.');
    expect(group()).toContain('https://partner.example/there');
    expect(screen.queryByRole('button', { name: /^Registered already/ })).toBeNull();
    await at.pick(/^Without/);
    expect(await screen.findByText(/^This app has none yet/)).toBeTruthy();
    await waitFor(() => expect(group()).toContain(own));
  });
});

describe('an address that nobody published', () => {
  it('holds up the sign-in, says which and why, and leads to Advanced', async () => {
    const at = await atKeysOf('T-Gate');
    await fill(at.user, await screen.findByLabelText('Client ID'), 'tgate-9');
    await fill(at.user, screen.getByLabelText('Client secret'), clientSecret);
    await at.press('Next: sign in');
    await screen.findByRole('heading', { name: 'Connect a company at T-Gate' });
    expect(screen.getByText('The token endpoint is empty, so nothing can be asked.')).toBeTruthy();
    expect(screen.getByText(/Ask the vendor: “Get access token”/)).toBeTruthy();
    const act = screen.getByRole('button', { name: 'Wait for the company’s browser' });
    expect(act.getAttribute('aria-disabled')).toBe('true');
    await at.user.click(act);
    expect(at.main.of('drafts.connect')).toEqual([]);
    await at.press('Type it under Advanced');
    await fill(at.user, await screen.findByRole('textbox', { name: /Token endpoint/ }), 'https://tgate.example/t');
    await at.press('Use these');
    await screen.findByRole('heading', { name: 'Connect a company at T-Gate' });
    expect(screen.queryByText(/is empty, so nothing can be asked/)).toBeNull();
  });

  it('stands beside the corners that the documents leave open, and only what differs from the usual is handed over', async () => {
    const at = await atKeysOf('T-Gate');
    await at.press('Advanced');
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'Form' })).checked).toBe(true);
    await at.pick('JSON');
    await at.press('Use these');
    await screen.findByRole('heading', { name: 'Get the keys from T-Gate' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', choices: { encoding: 'json' } });
    await at.press('Advanced');
    await at.pick('Form');
    await at.press('Use these');
    await screen.findByRole('heading', { name: 'Get the keys from T-Gate' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({ draftId: 'd1', choices: {} });
  });
});
