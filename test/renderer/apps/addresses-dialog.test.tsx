// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { providerViews } from '../../../electron/providers/registry.ts';
import { Apps } from '../../../renderer/features/apps/apps.tsx';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { drawn, fill } from '../connect/drawn.tsx';
import { failed, fakeMain, type FakeMain } from '../connect/fake-main.ts';
import { app, connection, teamgantt } from '../connect/samples.ts';

const provider: ProviderView = {
  ...teamgantt,
  choices: [
    {
      id: 'bearer',
      name: 'Which token the API is given',
      note: 'Some scripts send the other one.',
      values: [
        { id: 'id_token', name: 'id_token' },
        { id: 'access_token', name: 'access_token' },
      ],
    },
  ],
};
const ours: AppSummary = app({
  providerId: 'teamgantt',
  choices: {},
  endpoints: [
    { kind: 'token', url: 'https://auth.teamgantt.com/oauth2/token', source: 'provider_documents' },
    { kind: 'revocation', url: null, source: 'third_party' },
    { kind: 'test', url: 'https://proxy.firm.example/me', source: 'entered_by_you' },
  ],
});
const main = (apps = [ours]): FakeMain =>
  fakeMain({ providers: [provider], apps, connections: [connection({ providerId: 'teamgantt' })] });

async function opened(from: FakeMain) {
  const { user, shell } = await drawn(from, <Apps appId={null} />);
  await user.click(screen.getByRole('button', { name: 'Addresses…' }));
  const dialog = await screen.findByRole('dialog');
  const field = (name: RegExp): HTMLElement => within(dialog).getByRole('textbox', { name });
  const type = async (name: RegExp, url: string): Promise<void> => {
    await user.clear(field(name));
    if (url !== '') await fill(user, field(name), url);
  };
  const save = () => user.click(within(dialog).getByRole('button', { name: 'Save the addresses' }));
  return { user, shell, dialog, field, type, save };
}

describe('the addresses of an app', () => {
  it('stand there with where each is from, and an empty one says whom to ask', async () => {
    const { dialog, field } = await opened(main());
    expect(field(/^Token endpoint/)).toHaveProperty('value', 'https://auth.teamgantt.com/oauth2/token');
    expect(within(dialog).getByText('From the provider’s documents')).toBeTruthy();
    expect(within(dialog).getByText('Entered by you')).toBeTruthy();
    expect(field(/^Revocation endpoint/)).toHaveProperty('placeholder', 'Empty: ask the vendor');
  });

  it('are sent only where they were changed, with the choices, and no word of consent', async () => {
    const from = main();
    from.answerNext('apps.changeAddresses', { ok: true, value: { asked: [], dropped: [] } });
    const { user, shell, dialog, type, save } = await opened(from);
    await type(/^Test call/, 'https://proxy.firm.example/v2/me');
    await user.click(within(dialog).getByRole('radio', { name: 'access_token' }));
    await save();
    expect(from.of('apps.changeAddresses')).toEqual([
      {
        appId: 'app-1',
        endpoints: [{ kind: 'test', url: 'https://proxy.firm.example/v2/me' }],
        choices: { bearer: 'access_token' },
      },
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(shell.tellDone).toHaveBeenCalledWith('The addresses were saved.');
  });

  it('may be emptied', async () => {
    const from = main();
    from.answerNext('apps.changeAddresses', { ok: true, value: { asked: [], dropped: [] } });
    const { type, save } = await opened(from);
    await type(/^Test call/, '');
    await save();
    expect(from.of('apps.changeAddresses')).toMatchObject([{ endpoints: [{ kind: 'test', url: '' }] }]);
  });

  it('say before that a new host is asked about, and take what was typed back', async () => {
    const { user, dialog, field, type } = await opened(main());
    await type(/^Token endpoint/, 'https://auth.teamgantt.com/v2');
    expect(within(dialog).queryByText(/is new to this app/)).toBeNull();
    await type(/^Token endpoint/, 'https://evil.example/token');
    expect(within(dialog).getByText(/^evil\.example is new to this app/)).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Token endpoint: as it was' }));
    expect(field(/^Token endpoint/)).toHaveProperty('value', 'https://auth.teamgantt.com/oauth2/token');
    await type(/^Revocation endpoint/, 'https://auth.teamgantt.com/revoke');
    expect(within(dialog).getByText(/^auth\.teamgantt\.com is new to this app/)).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: /^Test call: back to the profile/ }));
    expect(field(/^Test call/)).toHaveProperty('value', 'https://api.teamgantt.com/v1/current_user');
  });

  it('say after a yes how many connections have to sign in again', async () => {
    const from = main();
    from.answerNext('apps.changeAddresses', { ok: true, value: { asked: ['evil.example'], dropped: ['c1', 'c2'] } });
    const { shell, type, save } = await opened(from);
    await type(/^Token endpoint/, 'https://evil.example/token');
    await save();
    expect(shell.tellDone).toHaveBeenCalledWith(
      'The addresses were saved and the tokens dropped. 2 connections have to sign in again.',
    );
  });

  it('say after a yes that keeps the tokens which host may be asked', async () => {
    const from = main();
    from.answerNext('apps.changeAddresses', { ok: true, value: { asked: ['b.example'], dropped: [] } });
    const { shell, type, save } = await opened(from);
    await type(/^Test call/, 'https://b.example/me');
    await save();
    expect(shell.tellDone).toHaveBeenCalledWith('The addresses were saved. Tokens are kept; b.example may be asked.');
  });

  it('stay as they were typed after a no', async () => {
    const from = main();
    from.answerNext('apps.changeAddresses', failed('not_confirmed'));
    const { shell, dialog, field, type, save } = await opened(from);
    await type(/^Token endpoint/, 'https://evil.example/token');
    await save();
    expect((await within(dialog).findByRole('alert')).textContent).toContain(
      'nothing was changed and nothing was sent',
    );
    expect(field(/^Token endpoint/)).toHaveProperty('value', 'https://evil.example/token');
    expect(shell.tellDone).not.toHaveBeenCalled();
  });

  it('are not handed over while one is no address', async () => {
    const from = main();
    const { dialog, type, save } = await opened(from);
    await type(/^Token endpoint/, 'http://evil.example/token');
    await save();
    expect(from.of('apps.changeAddresses')).toEqual([]);
    expect(within(dialog).getByText(/^Only https:\/\/ is used/)).toBeTruthy();
  });

  it('have no way to be changed in practice', async () => {
    await drawn(main([{ ...ours, realm: 'practice' }]), <Apps appId={null} />);
    expect(screen.queryByRole('button', { name: 'Addresses…' })).toBeNull();
  });
});

describe('set-ups for colleagues', () => {
  const three = [
    ours,
    { ...ours, id: 'app-2', name: 'Second' },
    { ...ours, id: 'app-3', name: 'By hand', clientId: '' },
    { ...ours, id: 'app-4', name: 'Drill', realm: 'practice' as const },
  ];

  it('share the apps that are ticked; tokens made by hand and practice are not offered', async () => {
    const from = main(three);
    from.answerNext('setUp.share', { ok: true, value: { saved: false } });
    from.answerNext('setUp.share', { ok: true, value: { saved: true } });
    const { user, shell } = await drawn(from, <Apps appId="app-2" />);
    await user.click(screen.getByRole('button', { name: 'Share the set-up…' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByRole('checkbox')).toHaveLength(2);
    const act = () => within(dialog).getByRole('button', { name: 'Save the file…' });
    await user.click(within(dialog).getByRole('checkbox', { name: 'Second' }));
    expect(act().getAttribute('aria-disabled')).toBe('true');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Second' }));
    await user.click(within(dialog).getByRole('checkbox', { name: ours.name }));
    await user.click(act());
    // No file was chosen: the dialog stays.
    expect(screen.queryByRole('dialog')).not.toBeNull();
    await user.click(act());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(from.of('setUp.share')).toEqual([1, 2].map(() => ({ appIds: ['app-1', 'app-2'] })));
    expect(shell.tellDone).toHaveBeenCalledWith('The set-up was saved. It holds no secret.');
  });

  it('are taken over also where there is no app yet, and lead to the first', async () => {
    const from = main([]);
    from.answerNext('setUp.takeOver', { ok: true, value: { appIds: ['n1', 'n2'] } });
    const { user, shell } = await drawn(from, <Apps appId={null} />);
    await user.click(screen.getByRole('button', { name: 'Take over a set-up…' }));
    await waitFor(() => expect(shell.go).toHaveBeenCalledWith({ room: 'apps', appId: 'n1' }));
    expect(shell.tellDone).toHaveBeenCalledWith('2 apps were added. Give each its client secret before you connect.');
  });

  it('say what is wrong with a file, and are quiet about a no or no file', async () => {
    const from = main();
    from.answerNext('setUp.takeOver', failed('not_confirmed'));
    from.answerNext('setUp.takeOver', { ok: true, value: { appIds: [] } });
    from.answerNext('setUp.takeOver', failed('set_up_wrong', { name: 'apps[0].clientSecret' }));
    const { user, shell } = await drawn(from, <Apps appId={null} />);
    const take = () => user.click(screen.getByRole('button', { name: 'Take over a set-up…' }));
    await take();
    await take();
    expect(screen.queryByRole('alert')).toBeNull();
    await take();
    expect((await screen.findByRole('alert')).textContent).toContain('apps[0].clientSecret');
    expect(shell.tellDone).not.toHaveBeenCalled();
    expect(shell.go).not.toHaveBeenCalled();
  });

  it('of any other provider can be saved as a provider file, and of no other', async () => {
    const other = providerViews('en').find(({ id }) => id === 'other')!;
    const any = app({ id: 'app-9', providerId: 'other', name: 'Acme Notes' });
    const from = fakeMain({ providers: [provider, other], apps: [ours, any] });
    from.answerNext('apps.saveProvider', failed('address_insecure', { host: '127.0.0.1:1' }));
    from.answerNext('apps.saveProvider', { ok: true, value: { saved: false } });
    from.answerNext('apps.saveProvider', { ok: true, value: { saved: true } });
    const { user, shell } = await drawn(from, <Apps appId="app-9" />);
    const save = () => user.click(screen.getByRole('button', { name: 'Save as a provider file…' }));
    await save();
    expect((await screen.findByRole('alert')).textContent).toContain('127.0.0.1:1');
    await save();
    expect(shell.tellDone).not.toHaveBeenCalled();
    await save();
    expect(shell.tellDone).toHaveBeenCalledWith(expect.stringContaining('The provider file was saved.'));
    expect(from.of('apps.saveProvider')).toEqual([1, 2, 3].map(() => ({ appId: 'app-9' })));
  });

  it('of a provider that everybody has are not', async () => {
    await drawn(main(), <Apps appId={ours.id} />);
    expect(screen.queryByRole('button', { name: 'Save as a provider file…' })).toBeNull();
  });
});
