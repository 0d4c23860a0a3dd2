import { flushSync } from 'react-dom';
import { type KeyboardEvent, useContext, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { isPressOf } from '../../../shared/model/actions.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useKnown } from '../../program.tsx';
import type { Filter } from '../../shell-acts.ts';
import { isTyping, PlatformContext } from '../../ui/keys.ts';
import { useText } from '../../ui/text.ts';
import { RenamingContext, useConnectionActs } from './acts-context.ts';
import './connections.css';
import { Detail } from './detail.tsx';
import { FilteredOut } from './filtered-out.tsx';
import { ListHead } from './head.tsx';
import { useHeldSections } from './held-sections.ts';
import { Horizon } from './horizon.tsx';
import { ConnectionList } from './list.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { quotable } from './quotable.ts';
import { useSentence } from './sentence.ts';
import { WrongClock } from './wrong-clock.tsx';

export interface ConnectionsProps {
  filter: Filter;
  query: string;
  /** The chosen connection lives in the frame, so that it survives a visit to another room. */
  chosenId: string | null;
  onChoose: (id: string) => void;
  onShowAll: () => void;
  /** Counts up when the find field sends the keyboard here. */
  focusCall: number;
}

/** The list, and the detail of what is chosen. */
export function Connections(props: ConnectionsProps) {
  const connections = useKnown((known) => known.connections);
  if (connections.length === 0) return <NothingYet />;
  return <ListAndDetail {...props} connections={connections} />;
}

function ListAndDetail(props: ConnectionsProps & { connections: readonly ConnectionSummary[] }) {
  const { connections, filter, chosenId, onChoose, onShowAll, focusCall } = props;
  const query = useDeferredValue(props.query.trim());
  const { connections: text, shell: shellText } = useText();
  const acts = useConnectionActs();
  const renaming = useContext(RenamingContext);
  const platform = useContext(PlatformContext);
  const providerList = useKnown((known) => known.providers);
  const providers = useMemo(() => new Map(providerList.map((provider) => [provider.id, provider])), [providerList]);
  const byId = useMemo(() => new Map(connections.map((connection) => [connection.id, connection])), [connections]);
  const { sections, onPointerInside } = useHeldSections(connections, filter, query);
  const [covering, setCovering] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLElement>(null);

  const shownIds = useMemo(() => sections.flatMap((section) => section.ids), [sections]);
  // What the list does not show is not acted upon.
  const chosen = chosenId !== null && shownIds.includes(chosenId) ? byId.get(chosenId) : undefined;

  // Something is always chosen, so that Ctrl+C means something from the first moment. After a removal it is the row
  // that came up in its place; in a newly narrowed list the first.
  const place = useRef({ index: 0, asked: '' });
  const asked = `${JSON.stringify(filter)} ${query}`;
  useEffect(() => {
    const index = chosenId === null ? -1 : shownIds.indexOf(chosenId);
    if (index >= 0) {
      place.current = { index, asked };
      return;
    }
    const wanted = place.current.asked === asked ? Math.min(place.current.index, shownIds.length - 1) : 0;
    const next = shownIds[wanted];
    if (next !== undefined) onChoose(next);
  }, [shownIds, chosenId, onChoose, asked]);

  // The highlight follows the key at once; the larger detail may come a frame later.
  const detailed = useDeferredValue(chosen);

  useEffect(() => grid.current?.focus({ preventScroll: true }), [focusCall]);

  // What is not drawn cannot take the focus: where the detail covers the list, the change is drawn first.
  function open(): void {
    flushSync(() => setCovering(true));
    detail.current?.focus();
  }
  function back(): void {
    flushSync(() => setCovering(false));
    grid.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      back();
      return;
    }
    if (chosen === undefined || isTyping(event.target)) return;
    if (isPressOf('copy', event, platform)) {
      // Selected text wins: Ctrl+C then means what it means everywhere.
      if ((window.getSelection()?.toString() ?? '') !== '') return;
      acts.copy(chosen, 'token');
    } else if (isPressOf('renew', event, platform)) acts.renew(chosen);
    else return;
    event.preventDefault();
  }

  const filterName =
    filter.kind === 'provider'
      ? (providers.get(filter.providerId)?.name ?? filter.providerId)
      : filter.kind === 'needs_you'
        ? shellText.side.needsYou
        : filter.kind === 'expiring_soon'
          ? shellText.side.expiringSoon
          : filter.kind === 'practice'
            ? shellText.side.practice
            : null;
  const nothing =
    query !== ''
      ? filterName === null
        ? text.filteredOut.query(quotable(query))
        : text.filteredOut.queryIn(quotable(query), filterName)
      : filter.kind === 'provider'
        ? text.filteredOut.provider(filterName ?? '')
        : filter.kind === 'all'
          ? ''
          : text.filteredOut.filter[filter.kind];

  return (
    <div
      className="connections"
      data-covered={((covering || renaming.id !== null) && chosen !== undefined) || undefined}
      onKeyDown={onKeyDown}
    >
      <main className="list">
        <ListHead
          sentence={useSentence(connections, shownIds, filter, filterName, query)}
          onShowAll={(filter.kind === 'all' && query === '') || sections.length === 0 ? null : onShowAll}
        >
          <WrongClock />
          {filter.kind === 'all' && query === '' && <Horizon connections={connections} />}
        </ListHead>
        {sections.length === 0 ? (
          <FilteredOut sentence={nothing} hidden={connections.length} onShowAll={onShowAll} />
        ) : (
          <ConnectionList
            ref={grid}
            sections={sections}
            byId={byId}
            providers={providers}
            chosenId={chosenId}
            onChoose={onChoose}
            onOpen={open}
            acts={acts}
            onPointerInside={onPointerInside}
          />
        )}
      </main>
      {detailed !== undefined && (
        <Detail
          key={detailed.id}
          ref={detail}
          connection={detailed}
          provider={providers.get(detailed.providerId)}
          acts={acts}
          renaming={renaming.id === detailed.id}
          onRenamed={() => {
            renaming.onDone();
            grid.current?.focus({ preventScroll: true });
          }}
          onBack={back}
        />
      )}
    </div>
  );
}
