import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { systemKeychain, type Keytar, type KeychainOptions } from '../../../electron/platform/keychain.ts';
import { codeOf } from '../../support/vault-rig.ts';

const withBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/somewhere' };

function keytarThat(replaced: Partial<Keytar> = {}): { keytar: Keytar; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const noted =
    <A extends unknown[], R>(name: string, step: (...args: A) => R) =>
    (...args: A): R => {
      calls.push([name, ...args]);
      return step(...args);
    };
  return {
    calls,
    keytar: {
      getPassword: noted('get', replaced.getPassword ?? (() => Promise.resolve('value'))),
      setPassword: noted('set', replaced.setPassword ?? (() => Promise.resolve())),
      deletePassword: noted('delete', replaced.deletePassword ?? (() => Promise.resolve(true))),
    },
  };
}

const keychainOver = (keytar: Keytar, options: Partial<KeychainOptions> = {}) =>
  systemKeychain({
    service: 'Grantkeep',
    platform: 'linux',
    environment: withBus,
    load: () => Promise.resolve(keytar),
    ...options,
  });

describe('the system keychain', () => {
  it('gets, sets and deletes under its service name', async () => {
    const { keytar, calls } = keytarThat();
    const keychain = keychainOver(keytar);
    expect(await keychain.read('key')).toBe('value');
    await keychain.write('key', 'new');
    await keychain.remove('key');
    expect(calls).toEqual([
      ['get', 'Grantkeep', 'key'],
      ['set', 'Grantkeep', 'key', 'new'],
      ['delete', 'Grantkeep', 'key'],
    ]);
  });

  it('probes by writing a test item and deleting it, and never touches another', async () => {
    const { keytar, calls } = keytarThat();
    await keychainOver(keytar).probe();
    expect(calls.map(([name, , account]) => [name, account])).toEqual([
      ['set', 'probe'],
      ['delete', 'probe'],
    ]);
  });

  it('says null for a missing entry, which is no error', async () => {
    const { keytar } = keytarThat({ getPassword: () => Promise.resolve(null) });
    expect(await keychainOver(keytar).read('key')).toBeNull();
  });

  it('loads nothing until it is asked, and is absent when it cannot be loaded', async () => {
    const load = vi.fn(() => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')));
    const keychain = systemKeychain({ service: 'Grantkeep', platform: 'linux', environment: withBus, load });
    expect(load).not.toHaveBeenCalled();
    expect(await codeOf(() => keychain.read('key'))).toBe('keychain_absent');
  });

  it('B43: is silent when it does not answer within its limit, whichever call it was', async () => {
    vi.useFakeTimers();
    try {
      const never = (): Promise<never> => new Promise(() => undefined);
      const { keytar } = keytarThat({ getPassword: never, setPassword: never, deletePassword: never });
      const keychain = keychainOver(keytar);
      for (const step of [
        () => keychain.read('a'),
        () => keychain.write('a', 'b'),
        () => keychain.remove('a'),
        () => keychain.probe(),
      ]) {
        let ended: string | null = null;
        const ending = codeOf(step).then((code) => (ended = code));
        await vi.advanceTimersByTimeAsync(29_999);
        expect(ended).toBeNull();
        await vi.advanceTimersByTimeAsync(1);
        await ending;
        expect(ended).toBe('keychain_silent');
      }
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves no timer behind when it answers', async () => {
    vi.useFakeTimers();
    try {
      await keychainOver(keytarThat().keytar).read('key');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says nothing of what the library said, and names the store', async () => {
    const { keytar } = keytarThat({
      setPassword: (_service, _account, value) => Promise.reject(new Error(`could not keep ${value}`)),
    });
    try {
      await keychainOver(keytar, { environment: { ...withBus, XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' } }).write(
        'key',
        'the-key-itself',
      );
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError);
      expect((thrown as AppError).facts).toEqual({ name: 'GNOME Keyring' });
      expect(JSON.stringify([String(thrown), (thrown as AppError).stack, thrown])).not.toContain('the-key-itself');
      expect((thrown as AppError).cause).toBeUndefined();
    }
  });

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain_absent'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain_absent'],
    ['Could not connect: Connection refused', 'keychain_absent'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'keychain_absent'],
    ['Cannot create an item in a locked collection', 'keychain_locked'],
    ['User interaction is not allowed.', 'keychain_locked'],
    ['A specified logon session does not exist. It may already have been terminated.', 'keychain_absent'],
    ['User canceled the operation.', 'keychain_denied'],
    ['The prompt was dismissed', 'keychain_denied'],
    ['something nobody has seen', 'keychain_denied'],
  ])('"%s" is %s', async (message, code) => {
    const { keytar } = keytarThat({ setPassword: () => Promise.reject(new Error(message)) });
    expect(await codeOf(() => keychainOver(keytar).write('key', 'x'))).toBe(code);
  });

  it('is absent without a session bus, in whatever language that is said', async () => {
    const { keytar } = keytarThat({
      getPassword: () => Promise.reject(new Error('D-Bus kann nicht automatisch gestartet werden')),
    });
    expect(await codeOf(() => keychainOver(keytar, { environment: {} }).read('key'))).toBe('keychain_absent');
    expect(await codeOf(() => keychainOver(keytar).read('key'))).toBe('keychain_denied');
    expect(await codeOf(() => keychainOver(keytar, { platform: 'darwin', environment: {} }).read('key'))).toBe(
      'keychain_denied',
    );
  });

  it.each([
    ['darwin', undefined, 'macOS Keychain'],
    ['win32', undefined, 'Windows Credential Manager'],
    ['linux', 'ubuntu:GNOME', 'GNOME Keyring'],
    ['linux', 'KDE', 'KDE Wallet'],
    ['linux', undefined, 'Secret Service'],
  ] as const)('on %s (%s) is called %s', (platform, desktop, name) => {
    const environment = { XDG_CURRENT_DESKTOP: desktop };
    expect(systemKeychain({ service: 'Grantkeep', platform, environment }).name).toBe(name);
  });
});
