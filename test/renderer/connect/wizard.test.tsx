// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Wizard } from '../../../renderer/features/connect/wizard.tsx';
import { drawn, everythingOnThePage, fill } from './drawn.tsx';
import { failed, fakeMain, type FakeMain } from './fake-main.ts';
import { app, connection, teamgantt } from './samples.ts';

const secret = 'a b/c+d=marker';
const password = 'p&ss+1-marker';

async function wizard(main: FakeMain = fakeMain(), realm: 'vault' | 'practice' = 'vault') {
  const onClose = vi.fn();
  const onDone = vi.fn();
  const at = await drawn(main, <Wizard purpose={{ kind: 'connect', realm }} onClose={onClose} onDone={onDone} />);
  const press = async (name: string | RegExp) => at.user.click(await screen.findByRole('button', { name }));
  const choose = async (provider: string) => {
    await at.user.click(await screen.findByRole('radio', { name: new RegExp(`^${provider}`) }));
    await press('Next: get the keys');
  };
  return { ...at, main, onClose, onDone, press, choose };
}

async function atSignIn(main?: FakeMain) {
  const at = await wizard(main);
  await at.choose('TeamGantt');
  await fill(at.user, await screen.findByLabelText('Client ID'), 'tg-7c1e');
  await fill(at.user, screen.getByLabelText('Client secret'), secret);
  await at.press('Next: sign in');
  await screen.findByRole('heading', { name: 'Sign in to TeamGantt' });
  return at;
}

describe('the wizard', () => {
  it('offers exactly the systems that exist, and no step before one is chosen', async () => {
    const at = await wizard();
    expect((await screen.findAllByRole('radio')).map((radio) => radio.getAttribute('value'))).toEqual([
      'teamgantt',
      'connecteam',
    ]);
    expect(screen.getByRole('button', { name: 'Next: get the keys' }).getAttribute('aria-disabled')).toBe('true');
    await at.press('Next: get the keys');
    expect(at.main.of('drafts.keep')).toEqual([]);
  });

  it('never mirrors a typed secret into the markup, not even while its field is open', async () => {
    const at = await wizard();
    await at.choose('TeamGantt');
    await fill(at.user, await screen.findByLabelText('Client secret'), secret);
    expect(screen.getByLabelText<HTMLInputElement>('Client secret').value).toBe(secret);
    expect(document.documentElement.outerHTML).not.toContain('marker');
  });

  it('hands the client secret to main when the step is left, and then it is nowhere on the page', async () => {
    const at = await atSignIn();
    expect(at.main.of('drafts.keep')).toContainEqual(
      expect.objectContaining({ clientId: 'tg-7c1e', clientSecret: secret }),
    );
    expect(everythingOnThePage()).not.toContain('marker');
    await at.press('Back');
    await screen.findByRole('group', { name: 'Client secret' });
    expect(everythingOnThePage()).not.toContain('marker');
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it.each(['Back', 'Advanced'])('hands the secret over on the way out by “%s”, too', async (way) => {
    const at = await wizard();
    await at.choose('TeamGantt');
    await fill(at.user, await screen.findByLabelText('Client secret'), secret);
    await at.press(way);
    await waitFor(() => expect(screen.queryByLabelText('Client secret')).toBeNull());
    expect(at.main.of('drafts.keep')).toContainEqual(expect.objectContaining({ clientSecret: secret }));
    expect(everythingOnThePage()).not.toContain('marker');
  });

  it('keeps what was typed on the way back and forth, the secret as "Entered, Replace"', async () => {
    const at = await atSignIn();
    await fill(at.user, screen.getByLabelText('E-mail'), 'pm@firm.example');
    await at.press('Back');
    expect((await screen.findByLabelText<HTMLInputElement>('Client ID')).value).toBe('tg-7c1e');
    const kept = screen.getByRole('group', { name: 'Client secret' });
    expect(within(kept).getByText('Entered')).toBeTruthy();
    expect(within(kept).getByRole('button', { name: 'Replace client secret' })).toBeTruthy();
    await at.press('Next: sign in');
    expect((await screen.findByLabelText<HTMLInputElement>('E-mail')).value).toBe('pm@firm.example');
  });

  it('keeps the form when signing in fails, marks the password and says what next', async () => {
    const main = fakeMain();
    const at = await atSignIn(main);
    await fill(at.user, screen.getByLabelText('E-mail'), 'pm@firm.example');
    await fill(at.user, screen.getByLabelText('Password'), password);
    main.answerNext(
      'drafts.connect',
      failed('wrong_password', { field: 'password', name: 'TeamGantt', status: 400, host: 'auth.teamgantt.com' }),
    );
    await at.press('Sign in to TeamGantt');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('TeamGantt did not accept this name and password');
    expect(alert.textContent).toContain('Type the password again.');
    const field = screen.getByLabelText<HTMLInputElement>('Password');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('pm@firm.example');
    expect(everythingOnThePage()).not.toContain('marker');

    // The password is with main; pressing again needs no typing.
    await at.press('Sign in to TeamGantt');
    await screen.findByRole('heading', { name: 'pm@firm.example is kept' });
    expect(main.of('drafts.connect')).toHaveLength(2);
    expect(main.of('drafts.keep').filter((input) => 'password' in (input as object))).toHaveLength(1);
  });

  it('leads to the likely field when it is on another page, and marks it there', async () => {
    const main = fakeMain();
    const at = await atSignIn(main);
    await fill(at.user, screen.getByLabelText('E-mail'), 'pm@firm.example');
    await fill(at.user, screen.getByLabelText('Password'), password);
    main.answerNext('drafts.connect', failed('wrong_client', { field: 'clientSecret', name: 'TeamGantt' }));
    await at.press('Sign in to TeamGantt');
    await at.press('Go to the keys');
    const field = await screen.findByLabelText('Client secret');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('did not accept the client ID or secret');
  });

  it('names what is still empty and puts the focus there, without a call', async () => {
    const at = await wizard();
    await at.choose('TeamGantt');
    const before = at.main.calls.length;
    await at.press('Next: sign in');
    expect(screen.getByText('Still empty: Client ID and Client secret')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Client ID'));
    expect(at.main.calls.length).toBe(before);
  });

  it('says when a space came along with the copy, and how long the secret is when none did', async () => {
    const at = await wizard();
    await at.choose('Connecteam');
    const field = await screen.findByLabelText('Client secret');
    await at.user.type(field, 'abcdefghijklmn ');
    expect(screen.getByText(/There is a space at the end/)).toBeTruthy();
    await at.user.type(field, '{Backspace}');
    expect(screen.getByText(/^14 characters, no space at either end/)).toBeTruthy();
  });

  it('draws only the documented boxes, counts them, and watches over the scope of the test call', async () => {
    const at = await wizard();
    await at.choose('Connecteam');
    const table = await screen.findByRole('table');
    expect(within(table).getByRole('checkbox', { name: 'Users: Write' })).toBeTruthy();
    expect(within(table).getByRole('checkbox', { name: 'Settings: Read' })).toBeTruthy();
    expect(within(table).queryByRole('checkbox', { name: 'Settings: Write' })).toBeNull();
    expect(within(table).getByText('1 chosen')).toBeTruthy();
    expect(screen.getByText('account_information.read is in: the test call needs it.')).toBeTruthy();
    await at.user.click(within(table).getByRole('checkbox', { name: 'Users: Read' }));
    expect(within(table).getByText('2 chosen')).toBeTruthy();
    await at.user.click(within(table).getByRole('checkbox', { name: 'Account Information: Read' }));
    expect(screen.getByText(/account_information.read is not in/)).toBeTruthy();
  });

  it('copies the scopes through main without losing what is typed and not handed over yet', async () => {
    const at = await wizard();
    await at.choose('Connecteam');
    await fill(at.user, await screen.findByLabelText('Client ID'), 'ct-client-01');
    await fill(at.user, screen.getByLabelText('Client secret'), secret);
    await at.user.click(screen.getByRole('checkbox', { name: 'Users: Read' }));
    await at.press('Copy the scope list');
    await screen.findByRole('button', { name: 'Copied' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({
      draftId: 'd1',
      scopes: ['account_information.read', 'users.read'],
    });
    expect(at.main.of('drafts.copyScopes')).toEqual([{ draftId: 'd1' }]);
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').value).toBe('ct-client-01');
    expect(screen.getByLabelText<HTMLInputElement>('Client secret').value).toBe(secret);
  });

  it('goes from the keys to the first token where no sign-in is needed', async () => {
    const at = await wizard();
    await at.choose('Connecteam');
    await fill(at.user, await screen.findByLabelText('Client ID'), 'ct-client-01');
    await fill(at.user, screen.getByLabelText('Client secret'), secret);
    expect(screen.getByText('Not needed here')).toBeTruthy();
    await at.press('Get the first token');
    await screen.findByRole('heading', { name: 'Harbour Crew is kept' });
    expect(screen.getByText(/^Working\. Renews by itself at/)).toBeTruthy();
    expect(screen.getByText('checked with the test call')).toBeTruthy();
    await at.press('Copy token');
    expect(at.main.of('connections.copy')).toEqual([{ connectionId: 'c2', form: 'token' }]);
    await at.press('Show it in the list');
    expect(at.onDone).toHaveBeenCalledWith('c2');
  });

  it('comes with an app one has, and then asks for no keys and shows its addresses as they are', async () => {
    const main = fakeMain({ apps: [app(), app({ id: 'other', realm: 'practice' })], connections: [connection()] });
    const at = await wizard(main);
    await at.choose('Connecteam');
    const choices = await screen.findAllByRole('radio');
    expect(choices.map((radio) => radio.getAttribute('value'))).toEqual(['app-1', 'a-new-app']);
    expect(screen.getByText('Client ID ct-client-01, 1 connection uses it')).toBeTruthy();
    expect(screen.queryByLabelText('Client secret')).toBeNull();
    await at.press('Advanced');
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: /Token endpoint/ })).readOnly).toBe(true);
    await at.press('Back');
    await at.press('Get the first token');
    await screen.findByRole('heading', { name: 'Harbour Crew is kept' });
    expect(main.of('drafts.keep')).toContainEqual({ draftId: 'd1', appId: 'app-1' });
  });

  it('shows where each address came from, refuses one without encryption, and goes back to the profile’s', async () => {
    const at = await wizard();
    await at.choose('TeamGantt');
    await at.press('Advanced');
    const token = await screen.findByRole<HTMLInputElement>('textbox', { name: /Token endpoint/ });
    expect(screen.getByText('From third-party code')).toBeTruthy();
    expect(screen.getByText('The host is unverified.')).toBeTruthy();
    await at.user.clear(token);
    await fill(at.user, token, 'http://auth.example/token');
    await at.press('Use these');
    expect(screen.getByText(/Only https:\/\/ is used/)).toBeTruthy();
    await at.user.clear(token);
    await fill(at.user, token, 'http://127.0.0.1:9/token');
    expect(screen.getByText('Entered by you')).toBeTruthy();
    await at.press('Use these');
    await screen.findByRole('heading', { name: 'Get the keys from TeamGantt' });
    expect(at.main.of('drafts.keep').at(-1)).toEqual({
      draftId: 'd1',
      endpoints: [{ kind: 'token', url: 'http://127.0.0.1:9/token' }],
    });
    await at.press('Advanced');
    await at.press('Token endpoint: back to the profile’s value');
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: /Token endpoint/ })).value).toBe(
      teamgantt.endpoints[0]!.urls.global,
    );
  });

  it('marks the address that main refuses', async () => {
    const at = await wizard();
    await at.choose('TeamGantt');
    await at.press('Advanced');
    const field = await screen.findByRole('textbox', { name: /Test call/ });
    await at.user.type(field, '/x');
    at.main.answerNext('drafts.keep', failed('address_invalid', { field: 'testEndpoint' }));
    await at.press('Use these');
    expect((await screen.findByRole('alert')).textContent).toContain('is not a web address');
    expect(screen.getByRole('textbox', { name: /Test call/ }).getAttribute('aria-invalid')).toBe('true');
  });

  it('asks before it forgets, but only when something was typed', async () => {
    const at = await wizard();
    await at.press('Cancel');
    expect(at.onClose).toHaveBeenCalledTimes(1);
    await at.user.click(screen.getByRole('radio', { name: /^TeamGantt/ }));
    await at.press('Cancel');
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Go on connecting' }));
    await at.user.click(within(dialog).getByRole('button', { name: 'Stop and forget' }));
    expect(at.onClose).toHaveBeenCalledTimes(2);
  });

  it('lets a newcomer just press on in practice', async () => {
    const main = fakeMain({ practice: { open: true, hosts: ['127.0.0.1:43117'], systems: [] } });
    const at = await wizard(main, 'practice');
    expect(await screen.findAllByText('lives two minutes here, then renews')).toHaveLength(2);
    await at.choose('TeamGantt');
    await at.press('Next: sign in');
    await screen.findByRole('heading', { name: 'Sign in to TeamGantt' });
    await at.press('Sign in to TeamGantt');
    await screen.findByRole('heading', { name: 'pm@firm.example is kept' });
    expect(JSON.stringify(main.of('drafts.keep'))).not.toMatch(/clientSecret|password/);
  });

  it('closes with the practice it was working in', async () => {
    const main = fakeMain({ practice: { open: true, hosts: [], systems: [] } });
    const at = await wizard(main, 'practice');
    await screen.findAllByRole('radio');
    main.push({ practice: { open: false, hosts: [], systems: [] } });
    await waitFor(() => expect(at.onClose).toHaveBeenCalled());
  });
});

describe('signing in again', () => {
  const marta = connection({
    id: 'c9',
    appId: 'app-tg',
    providerId: 'teamgantt',
    label: 'Marta, planning',
    account: 'marta@firm.example',
    grant: 'password',
    condition: 'sign_in_again',
  });
  const itsApp = app({ id: 'app-tg', providerId: 'teamgantt', name: 'Planning desk', clientId: 'tg-7c1e' });

  it('opens at the password with the e-mail there and the app fixed', async () => {
    const main = fakeMain({ apps: [itsApp], connections: [marta] });
    const onDone = vi.fn();
    const purpose = { kind: 'sign_in_again', connectionId: 'c9' } as const;
    const { user } = await drawn(main, <Wizard purpose={purpose} onClose={vi.fn()} onDone={onDone} />);
    await screen.findByRole('heading', { name: 'Sign in again: Marta, planning' });
    expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('marta@firm.example');
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
    expect(screen.getByText('Planning desk')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Back' })).toBeNull();
    await fill(user, screen.getByLabelText('Password'), password);
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'Marta, planning is kept again' });
    expect(main.of('drafts.keep')).toEqual([{ draftId: 'd1', password }]);
    expect(everythingOnThePage()).not.toContain('marker');
  });

  it('asks for a new token with one button where keys are all there is', async () => {
    const main = fakeMain({ apps: [app()], connections: [connection()] });
    const purpose = { kind: 'sign_in_again', connectionId: 'c1' } as const;
    const { user } = await drawn(main, <Wizard purpose={purpose} onClose={vi.fn()} onDone={vi.fn()} />);
    await screen.findByRole('heading', { name: 'Ask again: Crew scheduling' });
    expect(screen.queryByLabelText('Password')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Ask for a new token' }));
    await screen.findByRole('heading', { name: 'Crew scheduling is kept again' });
  });
});
