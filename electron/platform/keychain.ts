import * as fs from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Keychain } from '../vault/ports.ts';

/** What we use of keytar. Never its `find…`: cancelling the unlock prompt under one ends the whole process (B43). */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainOptions {
  /** Under which name our items stand in the keychain. */
  service: string;
  /** For each call; a prompt that waits behind a window never answers by itself. */
  limitMs?: number;
  platform?: NodeJS.Platform;
  environment?: Readonly<Record<string, string | undefined>>;
  load?: () => Promise<Keytar>;
}

const probeAccount = 'probe';

/** For what a vault can do without (its commit note): a keychain that hangs must not hold up what a passphrase opens. */
export const noteLimitMs = 3_000;

export function systemKeychain(options: KeychainOptions): Keychain {
  const {
    service,
    limitMs = 30_000,
    platform = process.platform,
    environment = process.env,
    load = loadKeytar,
  } = options;
  const name = storeName(platform, environment);

  const ask = async <T>(call: (keytar: Keytar) => Promise<T>): Promise<T> => {
    let keytar: Keytar;
    try {
      keytar = await load();
    } catch {
      // No libsecret, or no binary for this system: there is nothing to ask.
      throw new AppError('keychain_absent', { name });
    }
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new AppError('keychain_silent', { name })), limitMs);
    });
    try {
      return await Promise.race([call(keytar), limit]);
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      throw new AppError(keychainCode(thrown, platform, environment), { name });
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    name,
    read: (account) => ask((keytar) => keytar.getPassword(service, account)),
    write: (account, value) => ask((keytar) => keytar.setPassword(service, account, value)),
    remove: async (account) => {
      await ask((keytar) => keytar.deletePassword(service, account));
    },
    probe: async () => {
      await ask((keytar) => keytar.setPassword(service, probeAccount, 'probe'));
      await ask((keytar) => keytar.deletePassword(service, probeAccount));
    },
  };
}

/** Only when first asked: a system without libsecret shall start all the same and be told what is missing. */
async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar');
  return keytar;
}

function storeName(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'darwin') return 'macOS Keychain';
  if (platform === 'win32') return 'Windows Credential Manager';
  const desktop = (environment['XDG_CURRENT_DESKTOP'] ?? '').toUpperCase();
  if (desktop.includes('KDE')) return 'KDE Wallet';
  if (/GNOME|UNITY|CINNAMON|XFCE|MATE|BUDGIE|PANTHEON|LXDE/.test(desktop)) return 'GNOME Keyring';
  return 'Secret Service';
}

/**
 * The one place where message texts are read: keytar's errors carry nothing else. What is not recognised is "denied",
 * whose advice (try again and allow it) does no harm; only "locked" and "absent" lead to other advice.
 */
const shapes: readonly { code: ErrorCode; text: RegExp }[] = [
  // D-Bus: no bus at all, nobody answers for the Secret Service, no collection to keep things in.
  {
    code: 'keychain_absent',
    text: /autolaunch D-Bus|org\.freedesktop\.secrets|ServiceUnknown|Could not connect|Connection refused|Object does not exist at path|No such secret collection/i,
  },
  { code: 'keychain_locked', text: /locked collection|is locked|IsLocked|User interaction is not allowed/i },
  {
    code: 'keychain_absent',
    text: /logon session does not exist|keychain could not be found|No keychain is available/i,
  },
];

function keychainCode(
  thrown: unknown,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): ErrorCode {
  const text = thrown instanceof Error ? thrown.message : '';
  const shape = shapes.find((known) => known.text.test(text));
  if (shape !== undefined) return shape.code;
  // GLib speaks the person's language; whether there is a bus at all can be seen without its words.
  return platform === 'linux' && !hasSessionBus(environment) ? 'keychain_absent' : 'keychain_denied';
}

function hasSessionBus(environment: Readonly<Record<string, string | undefined>>): boolean {
  if ((environment['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '') return true;
  const runtimeFolder = environment['XDG_RUNTIME_DIR'] ?? '';
  return runtimeFolder !== '' && fs.existsSync(join(runtimeFolder, 'bus'));
}
