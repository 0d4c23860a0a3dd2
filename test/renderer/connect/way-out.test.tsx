// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Wizard } from '../../../renderer/features/connect/wizard.tsx';
import { drawn, fill } from './drawn.tsx';
import { fakeMain } from './fake-main.ts';

const secret = 'a b/c+d=marker';
const password = 'p&ss+1-marker';

async function wizard() {
  const main = fakeMain();
  const onClose = vi.fn();
  const onDone = vi.fn();
  const at = await drawn(
    main,
    <Wizard purpose={{ kind: 'connect', realm: 'vault' }} onClose={onClose} onDone={onDone} />,
  );
  const press = async (name: string | RegExp) => at.user.click(await screen.findByRole('button', { name }));
  const choose = async (provider: string) => {
    await at.user.click(await screen.findByRole('radio', { name: new RegExp(`^${provider}`) }));
    await press('Next: get the keys');
  };
  return { ...at, main, onClose, onDone, press, choose };
}

async function atSignIn() {
  const at = await wizard();
  await at.choose('TeamGantt');
  await fill(at.user, await screen.findByLabelText('Client ID'), 'tg-7c1e');
  await fill(at.user, screen.getByLabelText('Client secret'), secret);
  await at.press('Next: sign in');
  await screen.findByRole('heading', { name: 'Sign in to TeamGantt' });
  return at;
}

describe('the wizard, left or looked over', () => {
  it.each(['keys', 'sign_in', 'addresses'])('can be left from %s, by Escape and by Cancel', async (where) => {
    const at = where === 'sign_in' ? await atSignIn() : await wizard();
    if (where !== 'sign_in') await at.choose('TeamGantt');
    if (where === 'addresses') await at.press('Advanced');
    await at.user.keyboard('{Escape}');
    const dialog = await screen.findByRole('alertdialog', { name: 'Stop connecting?' });
    // Escape in the question goes back to the form, not out of it.
    await at.user.keyboard('{Escape}');
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    expect(at.onClose).not.toHaveBeenCalled();
    if (where === 'addresses') await at.user.keyboard('{Escape}');
    else await at.press('Cancel');
    await at.user.click(await screen.findByRole('button', { name: 'Stop and forget' }));
    expect(at.onClose).toHaveBeenCalledTimes(1);
  });

  it('closes at once by Escape when nothing was typed', async () => {
    const at = await wizard();
    await screen.findAllByRole('radio');
    await at.user.keyboard('{Escape}');
    expect(at.onClose).toHaveBeenCalledTimes(1);
  });

  it('says "Entered" of keys on the rail until the first token is there, "Saved" from then on', async () => {
    const at = await atSignIn();
    const rail = () => screen.getByRole('list', { name: 'Steps' }).textContent;
    expect(rail()).toContain('KeysEntered');
    await fill(at.user, screen.getByLabelText('E-mail'), 'pm@firm.example');
    await fill(at.user, screen.getByLabelText('Password'), password);
    await at.press('Sign in to TeamGantt');
    await screen.findByRole('heading', { name: 'pm@firm.example is kept' });
    expect(rail()).toContain('KeysSaved');
  });

  it('gives an empty address no source', async () => {
    const at = await wizard();
    await at.choose('TeamGantt');
    await at.press('Advanced');
    const token = await screen.findByRole('textbox', { name: /Token endpoint/ });
    const tags = () => token.closest('.address')!.querySelectorAll('.tag').length;
    expect(tags()).toBe(1);
    await at.user.clear(token);
    expect(tags()).toBe(0);
  });
});
