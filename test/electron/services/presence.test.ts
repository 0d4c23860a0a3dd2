import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { Presence } from '../../../electron/services/presence.ts';
import { memoryManners } from '../../support/memory-manners.ts';

function world() {
  const manners = memoryManners();
  const has = { connections: true };
  return { manners, has, presence: new Presence({ manners, hasConnections: () => has.connections }) };
}

describe('starting with the computer', () => {
  it('is offered once there is a connection, and never again after an answer', async () => {
    const { presence, has, manners } = world();
    has.connections = false;
    expect((await presence.view()).offerDue).toBe(false);
    has.connections = true;
    expect((await presence.view()).offerDue).toBe(true);
    expect(await presence.answerOffer(false)).toMatchObject({ offerDue: false, startsAtLogin: false });
    expect((await new Presence({ manners, hasConnections: () => true }).view()).offerDue).toBe(false);
  });

  it('is not offered where it is on already, or where the system knows no such thing', async () => {
    const { presence, manners } = world();
    manners.system.startsAtLogin = true;
    expect(await presence.view()).toMatchObject({ offerDue: false, startsAtLogin: true });
    const unable = { ...manners, loginStart: { ...manners.loginStart, supported: false } };
    expect(await new Presence({ manners: unable, hasConnections: () => true }).view()).toMatchObject({
      offerDue: false,
      startsAtLogin: null,
    });
  });

  it('keeps it in the tray as well after a yes, where there is one', async () => {
    const { presence } = world();
    expect(await presence.answerOffer(true)).toMatchObject({ startsAtLogin: true, closeToTray: true, offerDue: false });
    const bare = world();
    bare.manners.system.hasTray = false;
    expect(await bare.presence.answerOffer(true)).toMatchObject({
      startsAtLogin: true,
      closeToTray: false,
      trayHosted: false,
    });
  });

  it('stays unanswered when the disk did not take it', async () => {
    const { manners } = world();
    const full = {
      ...manners,
      loginStart: {
        ...manners.loginStart,
        set: () => {
          throw new AppError('disk_full');
        },
      },
    };
    const presence = new Presence({ manners: full, hasConnections: () => true });
    await expect(presence.answerOffer(true)).rejects.toThrow('disk_full');
    expect(await presence.view()).toMatchObject({ offerDue: true, closeToTray: false });
  });
});

it('closing to the tray and the words at quitting are kept each by itself', async () => {
  const { presence } = world();
  await presence.keep({ closeToTray: true });
  expect(await presence.keep({ quitWarning: false })).toMatchObject({ closeToTray: true, quitWarning: false });
  expect(await presence.view()).toMatchObject({ closeToTray: true, quitWarning: false, offerDue: true });
});
