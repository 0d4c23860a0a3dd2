import { createContext, useContext } from 'react';
import { type Catalogue, english } from '../../shared/text/catalogue.ts';

/** The one catalogue in use; main names the language in its first answer. */
export const TextContext = createContext<Catalogue>(english);

export function useText(): Catalogue {
  return useContext(TextContext);
}
