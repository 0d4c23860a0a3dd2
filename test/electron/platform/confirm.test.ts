import { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Question } from '../../../shared/model/question.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { confirmInDialog, messageBox } from '../../../electron/platform/confirm.ts';

/** What the system would have drawn, and the button that was pressed. */
const box = vi.hoisted(() => ({ shown: [] as unknown[][], response: 0 }));
vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly isOurs = true;
  },
  dialog: {
    showMessageBox: (...drawn: unknown[]) => {
      box.shown.push(drawn);
      return Promise.resolve({ response: box.response, checkboxChecked: false });
    },
  },
}));
beforeEach(() => Object.assign(box, { shown: [], response: 0 }));

const window = new BrowserWindow();
const question: Extract<Question, { kind: 'new_addresses' }> = {
  kind: 'new_addresses',
  app: 'Crew desk',
  provider: 'TeamGantt',
  addresses: [
    { kind: 'token', host: 'xn--tkens-jua.example:8443' },
    { kind: 'test', host: 'api.example' },
  ],
  connections: 3,
  drops: true,
};

describe('main’s own question', () => {
  it('takes Return, Escape and a closed dialog for a no', () => {
    const drawn = messageBox(question, english.native);
    expect(drawn.buttons).toEqual(['Cancel', 'Change and drop the tokens']);
    expect(drawn).toMatchObject({ defaultId: 0, cancelId: 0, noLink: true, normalizeAccessKeys: false });
  });

  it.each([
    [0, false],
    [1, true],
    [-1, false],
    [2, false],
  ])('answers the button %s with %s', async (response, answer) => {
    box.response = response;
    expect(await confirmInDialog(() => window, english.native).ask(question)).toBe(answer);
    expect(box.shown).toEqual([[window, messageBox(question, english.native)]]);
  });

  it('is a no, and not drawn, where there is no window', async () => {
    box.response = 1;
    expect(await confirmInDialog(() => null, english.native).ask(question)).toBe(false);
    expect(box.shown).toEqual([]);
  });

  it('names app, system, each host and what becomes of the tokens', () => {
    const { message, detail } = messageBox(question, english.native);
    expect(message).toBe('Let the app “Crew desk” (TeamGantt) ask these hosts from now on?');
    for (const said of [
      'xn--tkens-jua.example:8443\n    where tokens are asked for',
      'api.example\n    where the test call goes',
      'The tokens of its 3 connections are dropped; each has to sign in again.',
      'The client secret is kept and is sent there at the next sign-in.',
    ])
      expect(detail).toContain(said);
  });

  it('says that tokens are kept and sent there, where they are', () => {
    const { detail, buttons } = messageBox({ ...question, drops: false, connections: 1 }, english.native);
    expect(detail).toContain('The tokens of its 1 connection are kept.');
    expect(detail).toContain('will be sent there when you revoke or test');
    expect(buttons).toEqual(['Cancel', 'Change the address']);
  });

  it('names each host that a provider’s metadata leads to, and what is sent there', () => {
    const { message, detail, buttons } = messageBox(
      {
        kind: 'found_elsewhere',
        issuer: 'accounts.example',
        addresses: [{ kind: 'token', host: 'oauth2.example' }],
      },
      english.native,
    );
    expect(message).toBe('accounts.example says that its addresses are on another host. Use them?');
    expect(detail).toContain('oauth2.example\n    where tokens are asked for');
    expect(detail).toContain('The client secret, and tokens later, will be sent there.');
    expect(buttons).toEqual(['Cancel', 'Use these addresses']);
  });

  it('names the apps of a file and each host that is none of the provider’s', () => {
    const { message, detail } = messageBox(
      {
        kind: 'take_over_set_up',
        file: 'set-up.json',
        apps: [
          { name: 'A', provider: 'Taskade' },
          { name: 'B', provider: 'T-Gate' },
        ],
        hosts: [{ host: 'evil.example', whats: ['token', 'redirect'], apps: ['B'] }],
      },
      english.native,
    );
    expect(message).toBe('Add these 2 apps from set-up.json?');
    expect(detail).toContain('“A” (Taskade), “B” (T-Gate)');
    expect(detail).toContain('evil.example (“B”)\n    where tokens are asked for, where the browser comes back to');
  });
});
