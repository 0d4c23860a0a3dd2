// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { english } from '../../../shared/text/catalogue.ts';
import { NotificationsSection } from '../../../renderer/features/settings/notifications-section.tsx';
import { StartOffer } from '../../../renderer/features/settings/start-offer.tsx';
import { ProgramProvider } from '../../../renderer/program.tsx';
import { mirrorOf } from '../../../renderer/store.ts';
import { failed, fakeMain, snapshot, type FakeMain } from '../connections/window.tsx';

afterEach(cleanup);

const words = english.notices;
const usual = {
  notices: { supported: true, on: true, names: 'label', leadHours: 24 },
  presence: { startsAtLogin: false, trayHosted: true, closeToTray: false, quitWarning: true, offerDue: true },
};

/** A main that keeps what it is told, as the real one does. */
function keeping(more: { notices?: object; presence?: object } = {}): FakeMain {
  let notices: object = { ...usual.notices, ...more.notices };
  let presence: object = { ...usual.presence, ...more.presence };
  return fakeMain(snapshot(), {
    'notices.settings': () => notices,
    'notices.keep': (change: object) => (notices = { ...notices, ...change }),
    'presence.settings': () => presence,
    'presence.keep': (change: object) => (presence = { ...presence, ...change }),
    'presence.answerOffer': ({ yes }: { yes: boolean }) =>
      (presence = { ...presence, startsAtLogin: yes, offerDue: false }),
  });
}

async function draw(main: FakeMain, what: 'section' | 'offer'): Promise<void> {
  render(
    <ProgramProvider client={main.client} mirror={mirrorOf(main.client)}>
      {what === 'section' ? <NotificationsSection /> : <StartOffer />}
    </ProgramProvider>,
  );
  await settle();
}
async function settle(): Promise<void> {
  await act(() => Promise.resolve());
  await act(() => Promise.resolve());
}
async function press(element: HTMLElement): Promise<void> {
  fireEvent.click(element);
  await settle();
}
const box = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name });
const option = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name });
const asked = ({ calls }: FakeMain, channel: string) =>
  calls.filter(([of]) => of === channel).map(([, input]) => input);

describe('the settings of notifications', () => {
  it('show what main keeps, and keep each change at once', async () => {
    const main = keeping();
    await draw(main, 'section');
    expect(box(words.settings.on).checked).toBe(true);
    expect(option(words.settings.nameChoices.label).checked).toBe(true);
    expect(option(words.settings.leadChoices[24]).checked).toBe(true);
    await press(option(words.settings.nameChoices.none));
    await press(option(words.settings.leadChoices[72]));
    await press(box(words.settings.on));
    expect(asked(main, 'notices.keep')).toEqual([{ names: 'none' }, { leadHours: 72 }, { on: false }]);
    expect(option(words.settings.leadChoices[72]).checked).toBe(true);
    // What nobody is told needs no choice of how.
    expect(option(words.settings.leadChoices[72]).disabled).toBe(true);
  });

  it('keep how the program stays, each by itself', async () => {
    const main = keeping();
    await draw(main, 'section');
    await press(box(words.settings.login));
    await press(box(words.settings.tray));
    await press(box(words.settings.quitWarning));
    expect(asked(main, 'presence.keep')).toEqual([
      { startsAtLogin: true },
      { closeToTray: true },
      { quitWarning: false },
    ]);
    expect(box(words.settings.login).checked).toBe(true);
    expect(box(words.settings.quitWarning).checked).toBe(false);
  });

  it('say why something cannot be chosen: no notifications, no start, no tray', async () => {
    const main = keeping({
      notices: { supported: false },
      presence: { startsAtLogin: null, trayHosted: false, closeToTray: true },
    });
    await draw(main, 'section');
    for (const [name, reason] of [
      [words.settings.on, words.settings.unsupported],
      [words.settings.login, words.settings.loginImpossible],
      [words.settings.tray, words.settings.trayNone],
    ] as const) {
      expect(box(name).disabled).toBe(true);
      expect(box(name).checked).toBe(false);
      expect(screen.getByText(reason)).toBeDefined();
    }
  });

  it('say what the disk said, and stay as they were', async () => {
    const main = fakeMain(snapshot(), {
      'notices.settings': () => usual.notices,
      'presence.settings': () => usual.presence,
      'presence.keep': () => failed({ code: 'disk_full', facts: {} }),
    });
    await draw(main, 'section');
    await press(box(words.settings.login));
    expect(document.body.textContent).toContain(english.errors.disk_full({}).what);
    expect(box(words.settings.login).checked).toBe(false);
  });
});

describe('the offer to start with the computer', () => {
  const card = () => screen.queryByRole('region', { name: words.offer.title });

  it('is a card with Yes and Not now, and says after a yes where it can be changed', async () => {
    const main = keeping();
    await draw(main, 'offer');
    expect(card()?.textContent).toContain(words.offer.askTray);
    await press(screen.getByRole('button', { name: words.offer.yes }));
    expect(asked(main, 'presence.answerOffer')).toEqual([{ yes: true }]);
    expect(card()).toBeNull();
    expect(screen.getByRole('status').textContent).toBe(words.offer.done);
  });

  it('goes without a word after "Not now"', async () => {
    const main = keeping({ presence: { trayHosted: false } });
    await draw(main, 'offer');
    expect(card()?.textContent).toContain(words.offer.ask);
    await press(screen.getByRole('button', { name: words.offer.no }));
    expect(asked(main, 'presence.answerOffer')).toEqual([{ yes: false }]);
    expect(document.body.textContent).toBe('');
  });

  it('is not drawn where it is not due', async () => {
    await draw(keeping({ presence: { offerDue: false } }), 'offer');
    expect(document.body.textContent).toBe('');
  });

  it('stays with the reason when a yes could not be kept', async () => {
    const main = fakeMain(snapshot(), {
      'presence.settings': () => usual.presence,
      'presence.answerOffer': () => failed({ code: 'disk_full', facts: {} }),
    });
    await draw(main, 'offer');
    await press(screen.getByRole('button', { name: words.offer.yes }));
    expect(card()).not.toBeNull();
    expect(document.body.textContent).toContain(english.errors.disk_full({}).what);
  });
});
