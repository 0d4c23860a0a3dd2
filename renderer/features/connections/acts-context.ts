import { createContext, useContext } from 'react';
import type { ConnectionActs } from './acts.tsx';

const nothing = (): void => undefined;

/** What can be done with a connection, the same from the list, the timeline, a diagnosis and the palette. */
export const ActsContext = createContext<ConnectionActs>({
  copy: nothing,
  renew: nothing,
  test: nothing,
  signIn: nothing,
  diagnose: nothing,
  rename: nothing,
  revoke: nothing,
  remove: nothing,
  replaceSecret: nothing,
});

export function useConnectionActs(): ConnectionActs {
  return useContext(ActsContext);
}

/** Whose name is being typed anew, in its detail. */
export const RenamingContext = createContext<{ id: string | null; onDone: () => void }>({ id: null, onDone: nothing });
