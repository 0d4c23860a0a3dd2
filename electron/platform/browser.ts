import { shell } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { isEncryptedOrLocal } from '../oauth/endpoint.ts';
import type { Browser } from '../services/ports.ts';

/**
 * The one way out to the system browser (B10). A provider's address handed to an opener unchecked has run
 * programs elsewhere (CVE-2025-6514), so: the web, no user name, no control characters, nothing else.
 */
async function out(address: string, mayGoThere: (url: URL) => boolean): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url === null || !isWeb || url.username !== '' || url.password !== '' || /\p{Cc}/u.test(address)) {
    throw new AppError('address_invalid');
  }
  if (!mayGoThere(url)) throw new AppError('address_insecure', { host: url.host });
  try {
    await shell.openExternal(url.href);
  } catch {
    throw new AppError('browser_failed', { host: url.host });
  }
}

export const systemBrowser: Browser = {
  open: (address) => out(address, (url) => url.protocol === 'https:'),
  openSignIn: (address, { origin, unencryptedAgreed }) =>
    out(address.reveal(), (url) => url.origin === origin && (isEncryptedOrLocal(url) || unencryptedAgreed)),
};
