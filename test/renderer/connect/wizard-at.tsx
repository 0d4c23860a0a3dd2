import { screen } from '@testing-library/react';
import { vi } from 'vitest';
import { Wizard } from '../../../renderer/features/connect/wizard.tsx';
import type { DraftPurpose } from '../../../shared/model/draft.ts';
import { taskade, tgate } from './browser-samples.ts';
import { drawn, fill } from './drawn.tsx';
import { fakeMain, type FakeMain } from './fake-main.ts';
import { teamgantt } from './samples.ts';

export const clientSecret = 'a b/c+d=marker';

export const mainWithBrowser = (start: Parameters<typeof fakeMain>[0] = {}): FakeMain =>
  fakeMain({ providers: [teamgantt, taskade, tgate], ...start });

/** The wizard over a main whose providers are signed in to through the browser. */
export async function wizardAt(
  main: FakeMain = mainWithBrowser(),
  purpose: DraftPurpose = { kind: 'connect', realm: 'vault' },
) {
  const onClose = vi.fn();
  const onDone = vi.fn();
  const at = await drawn(main, <Wizard purpose={purpose} onClose={onClose} onDone={onDone} />);
  const press = async (name: string | RegExp) => at.user.click(await screen.findByRole('button', { name }));
  const pick = async (name: string | RegExp) => at.user.click(await screen.findByRole('radio', { name }));
  return { ...at, main, onClose, onDone, press, pick };
}

export type WizardAt = Awaited<ReturnType<typeof wizardAt>>;

export async function atKeysOf(provider: string, main?: FakeMain): Promise<WizardAt> {
  const at = await wizardAt(main);
  await at.pick(new RegExp(`^${provider}`));
  await at.press('Next: get the keys');
  await screen.findByRole('heading', { level: 1, name: new RegExp(provider) });
  return at;
}

/** At the page that says what will happen, with its keys handed over. */
export async function atBrowserStart(main?: FakeMain): Promise<WizardAt> {
  const at = await atKeysOf('Taskade', main);
  await fill(at.user, await screen.findByLabelText('Client ID'), 'tk-55');
  await at.press('Next: sign in');
  await screen.findByRole('heading', { name: 'Sign in to Taskade' });
  return at;
}

/** At T-Gate's sign-in, its token address typed under Advanced. */
export async function atCompanyStart(main?: FakeMain): Promise<WizardAt> {
  const at = await atKeysOf('T-Gate', main);
  await fill(at.user, await screen.findByLabelText('Client ID'), 'tgate-9');
  await fill(at.user, screen.getByLabelText('Client secret'), clientSecret);
  await at.press('Advanced');
  await fill(at.user, await screen.findByRole('textbox', { name: /Token endpoint/ }), 'https://tgate.example/token');
  await at.press('Use these');
  await at.press('Next: sign in');
  await screen.findByRole('heading', { name: 'Connect a company at T-Gate' });
  return at;
}
