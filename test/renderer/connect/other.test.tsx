// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { providerViews } from '../../../electron/providers/registry.ts';
import { everythingOnThePage, fill } from './drawn.tsx';
import { failed, fakeMain, type FakeMain } from './fake-main.ts';
import { draft, teamgantt } from './samples.ts';
import { atKeysOf, type WizardAt } from './wizard-at.tsx';

const other = providerViews('en').find(({ id }) => id === 'other')!;
const issuer = 'https://accounts.firm.example';
const mainWithOther = (): FakeMain => fakeMain({ providers: [teamgantt, other] });

async function found(main = mainWithOther()): Promise<WizardAt> {
  const at = await atKeysOf('Other provider', main);
  await fill(at.user, screen.getByLabelText('Issuer'), issuer);
  await at.press('Find the addresses');
  await screen.findByText('accounts.firm.example publishes 5 addresses.');
  return at;
}

const keeps = (main: FakeMain) => main.of('drafts.keep').slice(1);

describe('any other provider in the wizard', () => {
  it('has its addresses found by the issuer, and each is shown before it is used', async () => {
    const { main } = await found();
    expect(keeps(main)).toEqual([{ draftId: 'd1', issuer }]);
    expect(main.of('drafts.findAddresses')).toEqual([{ draftId: 'd1' }]);
    const list = within(screen.getByRole('region', { name: 'Addresses that were found' }));
    expect(list.getByText('Token endpoint')).toBeTruthy();
    expect(list.getByText(`${issuer}/token`)).toBeTruthy();
  });

  it('asks for nothing while there is no issuer, and says so', async () => {
    const at = await atKeysOf('Other provider', mainWithOther());
    await at.press('Find the addresses');
    expect(await screen.findByText('Issuer is still empty.')).toBeTruthy();
    expect(at.main.of('drafts.findAddresses')).toEqual([]);
  });

  it('says in one sentence why metadata was refused, beside its field, and what else can be done', async () => {
    const main = mainWithOther();
    const at = await atKeysOf('Other provider', main);
    await fill(at.user, screen.getByLabelText('Issuer'), issuer);
    const facts = { host: 'accounts.firm.example', field: 'issuer', expected: `${issuer}/` } as const;
    main.answerNext('drafts.findAddresses', failed('metadata_other_issuer', facts));
    await at.press('Find the addresses');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(`says that it is another issuer: ${issuer}/. Nothing of it is used.`);
    expect(screen.getByText('This is the likely cause.')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Addresses that were found' })).toBeNull();
  });

  it('another issuer typed afterwards takes the list away: it was the first one’s', async () => {
    const { user } = await found();
    await user.type(screen.getByLabelText('Issuer'), '/tenant');
    expect(screen.queryByRole('region', { name: 'Addresses that were found' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Find the addresses' })).toBeTruthy();
  });

  it('names under Advanced what was found, and leads back to it from what was typed', async () => {
    const at = await found();
    await at.press('Advanced');
    const token = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Token endpoint/ });
    expect(token.value).toBe(`${issuer}/token`);
    expect(screen.getAllByText('Found by its issuer')).toHaveLength(5);
    await fill(at.user, token, 'https://else.example/token');
    expect(screen.getByText(`Found: ${issuer}/token`)).toBeTruthy();
    await at.press(/^Token endpoint: back/);
    expect(token.value).toBe(`${issuer}/token`);
  });

  it('takes addresses out of a provider file, and shows what is filled in; called off, nothing is lost', async () => {
    const main = mainWithOther();
    const at = await atKeysOf('Other provider', main);
    await fill(at.user, screen.getByLabelText('Client ID'), 'mine');
    main.answerNext('drafts.openProvider', failed('not_confirmed'));
    await at.press('Use a provider file…');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').value).toBe('mine');
    const view = draft({
      ...{
        providerId: 'other',
        appName: 'Acme Notes',
        clientId: 'mine',
        grant: 'authorization_code',
        scopes: ['notes.read'],
      },
      ...{ regionId: 'default', discovery: { issuer, found: false }, redirectUri: 'http://127.0.0.1:24816/other' },
      endpoints: [{ kind: 'token', url: `${issuer}/token`, edited: true, found: null }],
    });
    main.answerNext('drafts.openProvider', { ok: true, value: view });
    await at.press('Use a provider file…');
    expect(await screen.findByText('One address is filled in.')).toBeTruthy();
    expect(screen.getByText(`${issuer}/token`)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Scopes').value).toBe('notes.read');
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe(issuer);
  });

  it('takes scopes as they are typed, with spaces between', async () => {
    const at = await found();
    await fill(at.user, screen.getByLabelText('Scopes'), 'openid  offline_access openid ');
    await fill(at.user, screen.getByLabelText('Client ID'), 'mine');
    await at.press('Next: sign in');
    await screen.findByRole('heading', { name: /^Sign in to/ });
    expect(keeps(at.main).at(-1)).toEqual({ draftId: 'd1', clientId: 'mine', scopes: ['openid', 'offline_access'] });
  });

  it('without any address the sign-in says which one is missing, and leads to where it is typed', async () => {
    const at = await atKeysOf('Other provider', mainWithOther());
    await fill(at.user, screen.getByLabelText('Client ID'), 'mine');
    await at.press('Next: sign in');
    expect(await screen.findByText('The authorization endpoint is empty, so nothing can be asked.')).toBeTruthy();
    await at.press('Type it under Advanced');
    expect(await screen.findByRole('textbox', { name: /^Authorization endpoint/ })).toBeTruthy();
  });
});

describe('a code for another page in the wizard', () => {
  const device = { userCode: 'WDJB-MJHT', page: `${issuer}/device`, codeIsInLink: true };

  async function codeOut(): Promise<WizardAt> {
    const at = await found();
    await at.pick(/^A code for another page/);
    await fill(at.user, screen.getByLabelText('Client ID'), 'mine');
    await at.press('Next: sign in');
    await at.press('Get the code');
    await screen.findByRole('heading', { name: 'Sign in to Other provider' });
    act(() => at.main.out({ device, endsAtMs: Date.now() + 600_000 }));
    await screen.findByRole('heading', { name: 'Type this code on the other page' });
    return at;
  }

  it('shows the code and its page, says what to compare, and counts down to its end', async () => {
    await codeOut();
    expect(screen.getByText('WDJB-MJHT')).toBeTruthy();
    expect(screen.getByText(device.page)).toBeTruthy();
    expect(screen.getByText(/Allow it only if the page shows this very code/)).toBeTruthy();
    expect(screen.getByText(/compare it with this one, then allow it/)).toBeTruthy();
    expect(document.querySelector('.out-card .time > [aria-hidden]')?.textContent).toMatch(/^9m|^10m/);
    expect(screen.getByText('A code on another page')).toBeTruthy();
  });

  it('opens the page, and copies code and address through main', async () => {
    const at = await codeOut();
    await at.press('Copy the code');
    await at.press('Copy its address');
    await at.press('Open the page');
    const asked = [{ draftId: 'd1' }];
    expect(at.main.of('drafts.copyUserCode')).toEqual(asked);
    expect(at.main.of('drafts.copySignInLink')).toEqual(asked);
    expect(at.main.of('drafts.openBrowserAgain')).toEqual(asked);
    expect(everythingOnThePage()).not.toContain('user_code=');
  });

  it('a browser that does not open is told, and the page stays', async () => {
    const at = await codeOut();
    act(() => at.main.out({ browserFailed: true }));
    expect(await screen.findByText('Your browser could not be opened.')).toBeTruthy();
    expect(screen.getByText('WDJB-MJHT')).toBeTruthy();
  });

  it('is called off by one press, and connects by itself once it is allowed', async () => {
    const at = await codeOut();
    await at.press('Cancel');
    expect(at.main.of('drafts.cancelSignIn')).toEqual([{ draftId: 'd1' }]);
    await at.press('Get the code');
    act(() => at.main.out({ device }));
    await screen.findByText('WDJB-MJHT');
    act(() => at.main.comeBack());
    await screen.findByRole('heading', { name: 'Harbour Crew is kept' });
  });
});
