// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { clearOf, missingServer, serverFault } from '../../../renderer/features/connect/checks.ts';
import { Wizard } from '../../../renderer/features/connect/wizard.tsx';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { drawn, everythingOnThePage, fill } from './drawn.tsx';
import { failed, fakeMain } from './fake-main.ts';
import { teamgantt } from './samples.ts';

const erStudio: ProviderView = {
  ...teamgantt,
  id: 'er-studio',
  name: 'ER/Studio Team Server',
  signsInWith: 'user_name',
  ownServer: 'As the browser shows it.',
  registers: true,
  regions: [{ id: 'default', label: 'Your own server' }],
  endpoints: teamgantt.endpoints.map((one) => ({ ...one, urls: { default: `{base}/api/${one.kind}` } })),
  setup: [
    {
      text: 'Register.',
      note: null,
      path: [],
      page: null,
      fields: ['baseUrl', 'registration', 'clientId', 'clientSecret'],
      copiesScopes: false,
      ways: null,
    },
  ],
  errorHints: { wrong_client: 'An app counts only where it was registered.' },
};

async function atKeys() {
  const main = fakeMain({ providers: [teamgantt, erStudio] });
  const onClose = () => undefined;
  const { user } = await drawn(
    main,
    <Wizard purpose={{ kind: 'connect', realm: 'vault' }} onClose={onClose} onDone={onClose} />,
  );
  await user.click(await screen.findByRole('radio', { name: /^ER/ }));
  await user.click(screen.getByRole('button', { name: 'Next: get the keys' }));
  await screen.findByLabelText('Server address');
  return { main, user };
}
const keeps = (main: ReturnType<typeof fakeMain>) => main.of('drafts.keep').slice(1);

describe('a server of one’s own in the wizard', () => {
  it('E6 is needed, and said to be wrong where it is', async () => {
    const { main, user } = await atKeys();
    await user.click(screen.getByRole('button', { name: 'Register this vault' }));
    expect(screen.getByText('Server address is still empty.')).toBeTruthy();
    await fill(user, screen.getByLabelText('Server address'), 'https://firm.example/?x');
    expect(screen.getByText('Leave out what follows the ?.')).toBeTruthy();
    expect(keeps(main)).toEqual([]);
    expect(serverFault('teamserver')).toBe('not_an_address');
    expect(missingServer({ baseUrl: null, unencryptedAgreed: false })).toEqual([]);
  });

  it('E7 warns where it is asked in clear and sends nothing before the person agreed, for that server', async () => {
    const { main, user } = await atKeys();
    const field = screen.getByLabelText('Server address');
    await fill(user, field, 'http://models.firm.example:909');
    expect(screen.getByText('models.firm.example:909 would be asked without encryption.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Register this vault' }));
    expect(main.of('drafts.register')).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: /agree to it for models/ }));
    await user.type(field, '1');
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /agree to it for models/ }).checked).toBe(false);
    await user.click(screen.getByRole('checkbox', { name: /agree to it for models/ }));
    await user.click(screen.getByRole('button', { name: 'Register this vault' }));
    expect(keeps(main)).toEqual([
      { draftId: 'd1', baseUrl: 'http://models.firm.example:9091', unencryptedAgreed: true },
    ]);
    expect(main.of('drafts.register')).toEqual([{ draftId: 'd1' }]);
    expect(clearOf('http://127.0.0.1:1')).toBeNull();
  });

  it('E11 shows that it is registered, copies through main, and never draws the secret', async () => {
    const { main, user } = await atKeys();
    await fill(user, screen.getByLabelText('Server address'), 'https://models.firm.example:8443/ts/');
    main.answerNext(
      'drafts.register',
      failed('registration_wrong_answer', { host: 'models.firm.example', field: 'baseUrl' }),
    );
    await user.click(screen.getByRole('button', { name: 'Register this vault' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Check the server’s address');
    await user.click(screen.getByRole('button', { name: 'Register this vault' }));
    await user.click(await screen.findByRole('button', { name: 'Copy the secret' }));
    expect(main.of('drafts.copyKey')).toEqual([{ draftId: 'd1', which: 'client_secret' }]);
    expect(everythingOnThePage()).not.toContain('a28e0ca4');
    await user.click(screen.getByRole('button', { name: 'Next: sign in' }));
    expect(await screen.findByLabelText('User name')).toBeTruthy();
  });
});
