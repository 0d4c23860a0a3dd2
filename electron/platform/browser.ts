import { shell } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { Browser } from '../services/ports.ts';

/**
 * The one way out to the system browser (B10). A provider's address handed to an opener unchecked has run
 * programs elsewhere (CVE-2025-6514), so: https, no user name, no control characters, nothing else.
 */
export const systemBrowser: Browser = {
  async open(address) {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || /\p{Cc}/u.test(address)) {
      throw new AppError('address_invalid');
    }
    try {
      await shell.openExternal(url.href);
    } catch {
      throw new AppError('browser_failed', { host: url.host });
    }
  },
};
