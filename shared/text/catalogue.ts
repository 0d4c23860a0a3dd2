import { actions } from './en/actions.ts';
import { apps } from './en/apps.ts';
import { backup } from './en/backup.ts';
import { connect } from './en/connect.ts';
import { connections } from './en/connections.ts';
import { diagnose } from './en/diagnose.ts';
import { errors } from './en/errors.ts';
import { lock } from './en/lock.ts';
import { loopback } from './en/loopback.ts';
import { native } from './en/native.ts';
import { notices } from './en/notices.ts';
import { practice } from './en/practice.ts';
import { timeline } from './en/timeline.ts';
import { settings } from './en/settings.ts';
import { welcome } from './en/welcome.ts';
import { shell } from './en/shell.ts';

/**
 * Every sentence a person reads, by room of the window. English is the pattern: another language is an object of
 * the type `Catalogue`, so a forgotten sentence does not compile.
 */
export const english = {
  actions,
  apps,
  connect,
  connections,
  diagnose,
  errors,
  loopback,
  native,
  practice,
  timeline,
  backup,
  lock,
  notices,
  settings,
  welcome,
  shell,
};
export type Catalogue = typeof english;

const languages: Record<string, Catalogue> = { en: english };

/** The catalogue for a BCP 47 tag (`de-AT`), English where there is none. */
export function catalogueFor(language: string): Catalogue {
  return languages[language.toLowerCase().split('-')[0] ?? 'en'] ?? english;
}
