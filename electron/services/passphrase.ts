import { AppError } from '../../shared/errors.ts';
import { leastPassphraseLength } from '../../shared/model/settings.ts';
import type { Secret } from '../secret.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { VaultOpening } from './open-vault.ts';
import type { PassphraseTries } from './passphrase-tries.ts';
import type { Log } from './ports.ts';

export interface PassphraseTools {
  opening: VaultOpening;
  tries: PassphraseTries;
  log: Log;
  /** One change of the ways in at a time, whatever it is. */
  changing: OneAtATime<void>;
}

/** Sets the first passphrase or changes it. Throws `passphrase_too_short`, `wrong_passphrase`, and what the disk says. */
export async function setPassphrase(tools: PassphraseTools, passphrase: Secret, current: Secret | null): Promise<void> {
  const { opening, tries, log, changing } = tools;
  mustBeLongEnough(passphrase);
  if (changing.isRunning('ways')) throw new AppError('changed_meanwhile');
  await changing.run('ways', async () => {
    if (!opening.isOpen()) await opening.ensure(passphrase);
    else if (opening.hasPassphrase()) await tries.run(() => opening.changePassphrase(passphrase, current));
    else await opening.changePassphrase(passphrase, null);
    log.write('passphrase set');
  });
}

/** Throws `passphrase_too_short`. */
export function mustBeLongEnough(passphrase: Secret): void {
  if (Array.from(passphrase.reveal().normalize('NFC')).length < leastPassphraseLength)
    throw new AppError('passphrase_too_short');
}

/** The key goes back to the keychain. Throws `wrong_passphrase`, `keychain_…`, and what the disk says. */
export async function removePassphrase(tools: PassphraseTools, current: Secret): Promise<void> {
  const { opening, tries, log, changing } = tools;
  if (changing.isRunning('ways')) throw new AppError('changed_meanwhile');
  await changing.run('ways', async () => {
    await tries.run(() => opening.removePassphrase(current));
    log.write('passphrase removed');
  });
}
