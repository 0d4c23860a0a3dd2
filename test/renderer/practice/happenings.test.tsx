// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { PracticeBand } from '../../../renderer/features/practice/practice-band.tsx';
import { happenings, type PracticeStatus } from '../../../shared/model/practice.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { drawn, type Spies } from '../connect/drawn.tsx';
import { fakeMain, type FakeMain } from '../connect/fake-main.ts';
import { connection } from '../connect/samples.ts';

const words = english.practice.panel;
const open = (more: Partial<PracticeStatus> = {}): PracticeStatus => ({
  open: true,
  hosts: ['127.0.0.1:43117', '127.0.0.1:43118'],
  systems: [
    { providerId: 'teamgantt', can: [...happenings], armed: [] },
    { providerId: 'connecteam', can: ['expired', 'too_many'], armed: [{ what: 'too_many', callsLeft: 2 }] },
  ],
  ...more,
});

async function panel(main: FakeMain): Promise<{ user: UserEvent; shell: Spies; dialog: HTMLElement }> {
  const room = await drawn(main, <PracticeBand />);
  await room.user.click(screen.getByRole('button', { name: words.open }));
  return { ...room, dialog: await screen.findByRole('dialog') };
}
const doIt = (dialog: HTMLElement, name: string): HTMLElement =>
  within(dialog).getByRole('button', { name: words.actFor(name) });

describe('the panel that makes something happen', () => {
  it('opens from the practice band and says of each happening what one will see', async () => {
    const { dialog } = await panel(fakeMain({ practice: open() }));
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(happenings.length);
    for (const { name, see } of Object.values(words.happenings)) {
      expect(dialog.textContent).toContain(name);
      expect(dialog.textContent).toContain(see);
    }
  });

  it('begins with the system where something is connected, and offers what can happen there alone', async () => {
    const connections = [connection({ realm: 'practice', providerId: 'connecteam' })];
    const { dialog } = await panel(fakeMain({ practice: open(), connections }));
    expect(within(dialog).getByRole<HTMLInputElement>('radio', { name: /Connecteam/ }).checked).toBe(true);
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(2);
    expect(within(dialog).queryByText(words.happenings.revoked_elsewhere.name)).toBeNull();
  });

  it('tells main which system and what, and says so', async () => {
    const main = fakeMain({ practice: open() });
    const { user, shell, dialog } = await panel(main);
    await user.click(doIt(dialog, words.happenings.expired.name));
    expect(main.of('practice.happen')).toEqual([{ providerId: 'teamgantt', what: 'expired' }]);
    await waitFor(() => expect(shell.say).toHaveBeenCalledWith('Every token ends now: TeamGantt.'));
    await user.click(within(dialog).getByRole('radio', { name: /Connecteam/ }));
    await user.click(doIt(dialog, words.happenings.too_many.name));
    expect(main.of('practice.happen')[1]).toEqual({ providerId: 'connecteam', what: 'too_many' });
  });

  it('shows what waits, beside its system as well, and follows main', async () => {
    const main = fakeMain({ practice: open() });
    const { user, dialog } = await panel(main);
    expect(within(dialog).getByRole('radio', { name: `Connecteam ${words.waits}` })).toBeTruthy();
    await user.click(within(dialog).getByRole('radio', { name: /Connecteam/ }));
    expect(dialog.textContent).toContain('Waits for the next 2 calls');
    const [teamgantt, connecteam] = open().systems;
    act(() =>
      main.push({
        practice: open({ systems: [teamgantt!, { ...connecteam!, armed: [{ what: 'too_many', callsLeft: 1 }] }] }),
      }),
    );
    expect(dialog.textContent).toContain('Waits for the next call');
    act(() => main.push({ practice: open({ systems: [teamgantt!, { ...connecteam!, armed: [] }] }) }));
    expect(dialog.textContent).not.toContain('Waits for');
    expect(within(dialog).getByRole('radio', { name: 'Connecteam' })).toBeTruthy();
  });

  it('goes back to normal where something waits, and says elsewhere that nothing does', async () => {
    const main = fakeMain({ practice: open() });
    const { user, dialog } = await panel(main);
    await user.click(within(dialog).getByRole('button', { name: words.normal }));
    expect(main.of('practice.happen')).toEqual([]);
    await user.click(within(dialog).getByRole('radio', { name: /Connecteam/ }));
    await user.click(within(dialog).getByRole('button', { name: words.normal }));
    expect(main.of('practice.happen')).toEqual([{ providerId: 'connecteam', what: 'normal' }]);
  });

  it('shows a refusal in words and stays open', async () => {
    const main = fakeMain({ practice: open() });
    const { user, shell, dialog } = await panel(main);
    main.answerNext('practice.happen', { ok: false, problem: { code: 'practice_closed', facts: {} } });
    await user.click(doIt(dialog, words.happenings.slow.name));
    expect(await within(dialog).findByText(english.errors.practice_closed({}).what)).toBeTruthy();
    expect(shell.say).not.toHaveBeenCalledWith(expect.stringContaining(words.happenings.slow.name));
  });

  it('closes with Escape and by its button', async () => {
    const main = fakeMain({ practice: open() });
    const { user } = await panel(main);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: words.open }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: words.close }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
