import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { ProviderView } from '../shared/model/provider.ts';
import type { Client } from './client.ts';
import type { Known, Mirror } from './store.ts';

interface Program {
  client: Client;
  mirror: Mirror;
}

const ProgramContext = createContext<Program | null>(null);

export function ProgramProvider({ client, mirror, children }: Program & { children: ReactNode }) {
  return <ProgramContext value={{ client, mirror }}>{children}</ProgramContext>;
}

function useProgram(): Program {
  const program = useContext(ProgramContext);
  if (program === null) throw new Error('outside of ProgramProvider');
  return program;
}

/** The calls to main. */
export function useClient(): Client {
  return useProgram().client;
}

export function useMirror(): Mirror {
  return useProgram().mirror;
}

/** A part of what is known. Only below the shell's door, where something is known. Select stable members only. */
export function useKnown<T>(select: (known: Known) => T): T {
  return useStore(useProgram().mirror.store, (truth) => {
    if (truth.known === null) throw new Error('asked before the first snapshot');
    return select(truth.known);
  });
}

export function useProvider(providerId: string): ProviderView | undefined {
  return useKnown((known) => known.providers).find((provider) => provider.id === providerId);
}
