import { useVirtualizer, type Virtualizer, type VirtualizerOptions } from '@tanstack/react-virtual';

type Options = Pick<VirtualizerOptions<HTMLDivElement, Element>, 'count' | 'getScrollElement' | 'estimateSize'> &
  Partial<VirtualizerOptions<HTMLDivElement, Element>>;

/** Only the rows that can be seen are in the page: ten thousand are as quick as ten. */
export function useVirtualRows(options: Options): Virtualizer<HTMLDivElement, Element> {
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here
  return useVirtualizer<HTMLDivElement, Element>(options);
}
