import { createContext, useContext } from 'react';
import type { DraftPurpose } from '../shared/model/draft.ts';
import type { Problem } from '../shared/model/problem.ts';
import type { CopyForm } from '../shared/model/program.ts';

/** Which rows the list shows. */
export type Filter =
  | { kind: 'all' }
  | { kind: 'needs_you' }
  | { kind: 'expiring_soon' }
  | { kind: 'provider'; providerId: string }
  | { kind: 'practice' };

export type Place =
  | { room: 'connections'; filter: Filter }
  | { room: 'apps'; appId: string | null }
  | { room: 'diagnose'; connectionId: string }
  | { room: 'timeline' }
  | { room: 'settings'; section: SettingsSection };

export type SettingsSection = 'security' | 'notifications' | 'backup' | 'about';

/** What a room may ask of the frame round it. */
export interface ShellActs {
  /** Opens the wizard over everything: to connect, or to sign in again. */
  readonly openWizard: (purpose: DraftPurpose) => void;
  readonly go: (place: Place) => void;
  /** Selects a connection in the list (goes there first). */
  readonly show: (connectionId: string) => void;
  /** Main puts the token on the clipboard; the toast says so. */
  readonly copyToken: (connectionId: string, form: CopyForm) => void;
  /** A failure that has no place of its own: a toast with its sentence. */
  readonly tell: (problem: Problem) => void;
  /** Something was done that no other place shows: a toast that goes by itself. */
  readonly tellDone: (sentence: string) => void;
  /** Opens the dialog that sets the first passphrase or changes it. */
  readonly setPassphrase: () => void;
  /** Locks; where there is nothing to unlock with, offers to set a passphrase instead. */
  readonly lock: () => void;
  /** Spoken once by a screen reader. */
  readonly say: (sentence: string) => void;
}

const nothing = (): void => undefined;
export const ShellContext = createContext<ShellActs>({
  openWizard: nothing,
  go: nothing,
  show: nothing,
  copyToken: nothing,
  tell: nothing,
  tellDone: nothing,
  setPassphrase: nothing,
  lock: nothing,
  say: nothing,
});

export function useShell(): ShellActs {
  return useContext(ShellContext);
}
