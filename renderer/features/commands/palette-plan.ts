import { type ActionId, actions } from '../../../shared/model/actions.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { CopyForm } from '../../../shared/model/program.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import { formsInOrder, unavailableOf, whenOf } from '../connections/acts.tsx';

/** One line of the palette: what it does, and its words. */
export type Entry =
  | { kind: 'action'; id: ActionId; connection: ConnectionSummary | null; words: string; note: string }
  | { kind: 'copy'; form: CopyForm; connection: ConnectionSummary; words: string; note: string }
  | { kind: 'show'; connection: ConnectionSummary; words: string; note: string };

export interface EntryGroup {
  id: 'chosen' | 'copy' | 'forms' | 'goTo' | 'connections';
  title: string;
  entries: Entry[];
}

export interface PaletteNeeds {
  connections: readonly ConnectionSummary[];
  providers: ReadonlyMap<string, ProviderView>;
  chosen: ConnectionSummary | undefined;
  text: Pick<Catalogue, 'actions' | 'connections'>;
  nowMs: number;
}

const mostOfAKind = 6;
const plain = (text: string): string => text.toLocaleLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Everything that can be done and is called that, in groups; what cannot be done now is not offered. */
export function paletteOf(query: string, needs: PaletteNeeds): EntryGroup[] {
  const { connections, providers, chosen, text, nowMs } = needs;
  const { palette } = text.actions;
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const named = (haystack: string): boolean => words.every((word) => plain(haystack).includes(word));
  // "copy cr": the first word says what to do, the rest with which.
  const copies = words[0] !== undefined && words[0].length >= 2 && 'copy'.startsWith(words[0]);
  const which = copies ? words.slice(1) : words;
  const found =
    which.length === 0 && !copies
      ? []
      : connections.filter((one) => {
          const haystack = plain(`${one.label} ${one.account ?? ''} ${providers.get(one.providerId)?.name ?? ''}`);
          return which.every((word) => haystack.includes(word));
        });
  const ranked = found.toSorted((a, b) => rank(a, which) - rank(b, which) || a.label.localeCompare(b.label));
  const canCopy = (one: ConnectionSummary): boolean =>
    unavailableOf(one, text.connections.unavailable, nowMs).copy === null;
  const copyable = ranked.filter(canCopy);
  const formOf = copyable[0] ?? (chosen !== undefined && canCopy(chosen) ? chosen : undefined);
  const groups: EntryGroup[] = [
    {
      id: 'chosen',
      title: chosen === undefined ? '' : palette.chosen(chosen.label),
      entries:
        chosen === undefined || copies
          ? []
          : withConnection(chosen, needs).filter((one) => named(one.words + haystackOf(one, text))),
    },
    {
      id: 'copy',
      title: palette.copyToken,
      entries: copyable.slice(0, mostOfAKind).map((connection) => ({
        kind: 'copy',
        form: 'token',
        connection,
        words: connection.label,
        note: palette.copyOf(connection.account),
      })),
    },
    {
      id: 'forms',
      title: palette.copyAs,
      entries:
        formOf === undefined || !(copies || words.length > 0)
          ? []
          : formEntries(formOf, needs)
              .slice(1)
              .filter((one) => copies || named(one.words)),
    },
    {
      id: 'goTo',
      title: palette.goTo,
      entries: actions
        .filter(({ on, id }) => on === 'program' && id !== 'palette')
        .filter(({ id }) => named(`${text.actions.names[id]} ${text.actions.alsoCalled[id] ?? ''}`))
        .map(({ id }) => ({ kind: 'action', id, connection: null, words: text.actions.names[id], note: '' })),
    },
    {
      id: 'connections',
      title: palette.connections,
      entries: copies
        ? []
        : ranked.slice(0, mostOfAKind).map((connection) => ({
            kind: 'show',
            connection,
            words: connection.label,
            note: palette.showIt,
          })),
    },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

/** The forms of one connection: what Tab, and "Copy as…", lead to. */
export function formEntries(connection: ConnectionSummary, { providers, text }: PaletteNeeds): Entry[] {
  const inQuery = providers.get(connection.providerId)?.presentation.place === 'query';
  const { forms } = text.connections;
  return formsInOrder.map((form) => {
    const name = form === 'header' && inQuery ? forms.query.words : forms[form].words;
    return { kind: 'copy', form, connection, words: text.actions.palette.copyForm(name), note: connection.label };
  });
}

function withConnection(connection: ConnectionSummary, needs: PaletteNeeds): Entry[] {
  const { text, providers, nowMs } = needs;
  const provider = providers.get(connection.providerId);
  return actions
    .filter(({ on, id }) => on === 'connection' && id !== 'open')
    .filter(({ id }) => whenOf(id, { connection, provider, text: text.connections, nowMs }) === null)
    .map(({ id }) => ({
      kind: 'action',
      id,
      connection,
      words:
        id === 'revoke' && provider !== undefined
          ? text.connections.acts.revoke(provider.name)
          : text.actions.names[id],
      note: connection.label,
    }));
}

const haystackOf = (entry: Entry, text: PaletteNeeds['text']): string =>
  entry.kind === 'action' ? ` ${text.actions.alsoCalled[entry.id] ?? ''}` : '';

/** What begins with the first word comes before what only holds it. */
function rank(connection: ConnectionSummary, words: readonly string[]): number {
  const first = words[0];
  if (first === undefined) return 0;
  const label = plain(connection.label);
  return label.startsWith(first) ? 0 : label.split(/\s+/).some((word) => word.startsWith(first)) ? 1 : 2;
}
