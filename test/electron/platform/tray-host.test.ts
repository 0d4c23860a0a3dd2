import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasTrayHost } from '../../../electron/platform/tray-host.ts';
import { temporaryFolder } from '../../support/headless-app.ts';

const bus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };

/** Answers by the name of the program; what is not listed is not installed. */
function installed(answers: Record<string, string>) {
  const asked: string[] = [];
  const run = (name: string): Promise<string | null> => {
    asked.push(name);
    return Promise.resolve(answers[name] ?? null);
  };
  return { asked, run };
}

describe('a place for the tray’s icon', () => {
  it('is there on macOS and Windows, without a question', async () => {
    const { asked, run } = installed({});
    expect(await hasTrayHost('darwin', {}, run)).toBe(true);
    expect(await hasTrayHost('win32', {}, run)).toBe(true);
    expect(asked).toEqual([]);
  });

  it('is there on Linux where a host answers, in the words of either tool', async () => {
    expect(await hasTrayHost('linux', bus, installed({ gdbus: '(<true>,)\n' }).run)).toBe(true);
    const second = installed({ 'dbus-send': '   variant       boolean true\n' });
    expect(await hasTrayHost('linux', bus, second.run)).toBe(true);
    expect(second.asked).toEqual(['gdbus', 'dbus-send']);
  });

  it('is not there where a watcher knows no host, nobody answers, or neither tool is installed', async () => {
    expect(await hasTrayHost('linux', bus, installed({ gdbus: '(<false>,)\n' }).run)).toBe(false);
    const silent = installed({ gdbus: '', 'dbus-send': 'boolean true' });
    expect(await hasTrayHost('linux', bus, silent.run)).toBe(false);
    // Asked and not answered is an answer: the second tool would only wait as long again.
    expect(silent.asked).toEqual(['gdbus']);
    expect(await hasTrayHost('linux', bus, installed({}).run)).toBe(false);
  });

  describe('by the bus of the session', () => {
    let place: ReturnType<typeof temporaryFolder>;
    beforeAll(() => (place = temporaryFolder()));
    afterAll(() => place.remove());

    it('is asked for only where there is one, so that no tool starts a bus of its own', async () => {
      const { asked, run } = installed({ gdbus: '(<true>,)' });
      expect(await hasTrayHost('linux', {}, run)).toBe(false);
      expect(await hasTrayHost('linux', { XDG_RUNTIME_DIR: place.folder }, run)).toBe(false);
      expect(asked).toEqual([]);
      writeFileSync(join(place.folder, 'bus'), '');
      expect(await hasTrayHost('linux', { XDG_RUNTIME_DIR: place.folder }, run)).toBe(true);
    });
  });

  it('is not there when the bus that is named does not exist, asked for real', async () => {
    expect(await hasTrayHost('linux', { ...process.env, ...bus })).toBe(false);
  });
});
