import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { isPressOf } from '../../../shared/model/actions.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import type { Group } from '../../../shared/model/state.ts';
import { PlatformContext } from '../../ui/keys.ts';
import { markOf } from '../../ui/looks.ts';
import { useFromNow } from '../../ui/clock.ts';
import { useText } from '../../ui/text.ts';
import { useVirtualRows } from '../../ui/virtual-rows.ts';
import type { ConnectionActs } from './acts.tsx';
import type { Section } from './order.ts';
import { type OpenMenu, RowMenu } from './row-menu.tsx';
import { RowCells } from './row.tsx';

const rowHeight = 56;
const headHeight = 32;

export interface ListProps {
  sections: readonly Section[];
  byId: ReadonlyMap<string, ConnectionSummary>;
  providers: ReadonlyMap<string, ProviderView>;
  chosenId: string | null;
  onChoose: (id: string) => void;
  /** Enter, or a double click: go on to the detail. */
  onOpen: (id: string) => void;
  acts: ConnectionActs;
  /** The pointer came in or left: rows do not change places under it. */
  onPointerInside: (inside: boolean) => void;
  ref?: Ref<HTMLDivElement>;
}

type Line = { kind: 'head'; group: Group; count: number } | { kind: 'row'; id: string; first: boolean };

/**
 * The connections as a grid. Only what can be seen is in the page; the keyboard stays on the grid itself and the
 * chosen row is its active descendant, so that scrolling a row out of the page never loses the focus.
 */
export function ConnectionList({ ref, ...props }: ListProps) {
  const { sections, byId, providers, chosenId, onChoose, onOpen, acts, onPointerInside } = props;
  const { connections: text } = useText();
  const platform = useContext(PlatformContext);
  const scroller = useRef<HTMLDivElement>(null);
  const [byKeyboard, setByKeyboard] = useState(false);
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  const lines = useMemo<Line[]>(
    () =>
      sections.flatMap(({ group, ids }): Line[] => [
        { kind: 'head', group, count: ids.length },
        ...ids.map((id, index): Line => ({ kind: 'row', id, first: index === 0 })),
      ]),
    [sections],
  );
  const places = useMemo(
    () => new Map(lines.map((line, index) => [line.kind === 'row' ? line.id : line.group, index])),
    [lines],
  );
  const chosenIndex = chosenId === null ? -1 : (places.get(chosenId) ?? -1);

  const rangeExtractor = useCallback(
    (range: Range): number[] => {
      const wanted = defaultRangeExtractor(range);
      // The active descendant has to exist even when it was scrolled away.
      if (chosenIndex < 0 || wanted.includes(chosenIndex)) return wanted;
      return [...wanted, chosenIndex].sort((a, b) => a - b);
    },
    [chosenIndex],
  );
  const virtual = useVirtualRows({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'head' ? headHeight : rowHeight),
    getItemKey: (index) => {
      const line = lines[index];
      return line === undefined ? index : line.kind === 'head' ? `head ${line.group}` : line.id;
    },
    overscan: 6,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 8,
    rangeExtractor,
  });

  useEffect(() => {
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: 'auto' });
    // Only a new choice scrolls; a row that changes its place does not pull the list along.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosenId]);

  const chosen = chosenId === null ? undefined : byId.get(chosenId);

  function step(from: number, by: 1 | -1, steps: number): void {
    let target = from;
    let left = steps;
    for (let index = from + by; index >= 0 && index < lines.length && left > 0; index += by) {
      if (lines[index]?.kind !== 'row') continue;
      target = index;
      left -= 1;
    }
    const line = lines[target];
    if (line?.kind === 'row') onChoose(line.id);
  }

  function openMenuOnRow(what: OpenMenu['what']): void {
    if (chosenId === null) return;
    const box = scroller.current?.querySelector('[data-chosen]')?.getBoundingClientRect();
    setMenu({ id: chosenId, what, x: (box?.left ?? 0) + 56, y: (box?.bottom ?? 0) - 8 });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    setByKeyboard(true);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (bare && key === 'ArrowDown') step(chosenIndex, 1, 1);
    else if (bare && key === 'ArrowUp') step(chosenIndex < 0 ? lines.length : chosenIndex, -1, 1);
    else if (bare && key === 'PageDown') step(chosenIndex, 1, page);
    else if (bare && key === 'PageUp') step(chosenIndex < 0 ? lines.length : chosenIndex, -1, page);
    else if (bare && key === 'Home') step(-1, 1, 1);
    else if (bare && key === 'End') step(lines.length, -1, 1);
    else if (isPressOf('open', event, platform) && chosenId !== null) onOpen(chosenId);
    else if (isPressOf('remove', event, platform) && chosen !== undefined) acts.remove(chosen);
    else if (isPressOf('rename', event, platform) && chosen !== undefined) acts.rename(chosen);
    else if (key === 'ContextMenu' || (event.shiftKey && key === 'F10')) openMenuOnRow('acts');
    else if (isPressOf('copyAs', event, platform)) openMenuOnRow('forms');
    else return;
    event.preventDefault();
  }

  function onContextMenu(event: MouseEvent, id: string): void {
    event.preventDefault();
    onChoose(id);
    setMenu({ id, what: 'acts', x: event.clientX, y: event.clientY });
  }

  const items = virtual.getVirtualItems();
  const top = virtual.scrollOffset ?? 0;
  const stuck = stuckHead(lines, items, top);
  const menuConnection = menu === null ? undefined : byId.get(menu.id);

  return (
    <div
      ref={(element) => {
        scroller.current = element;
        if (typeof ref === 'function') ref(element);
        else if (ref) ref.current = element;
      }}
      className="rows scrolls"
      role="grid"
      aria-label={text.list}
      aria-rowcount={lines.length}
      aria-colcount={4}
      aria-activedescendant={chosenIndex < 0 ? undefined : rowId(chosenId)}
      tabIndex={0}
      data-by-keyboard={byKeyboard || undefined}
      onKeyDown={onKeyDown}
      onPointerDown={() => setByKeyboard(false)}
      onBlur={() => setByKeyboard(false)}
      onFocus={(event) => {
        // At start the list has the focus by itself; a ring then would point at nothing the person did.
        if (event.target !== event.currentTarget || event.relatedTarget === null) return;
        setByKeyboard(event.currentTarget.matches(':focus-visible'));
      }}
      onPointerEnter={() => onPointerInside(true)}
      onPointerLeave={() => onPointerInside(false)}
    >
      {stuck !== null && (
        <div className="grp-stuck" aria-hidden>
          <GroupHead group={stuck.group} count={stuck.count} />
        </div>
      )}
      <div role="rowgroup" className="rows-all" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          const place = { transform: `translateY(${String(item.start)}px)` };
          if (line.kind === 'head') {
            return (
              <div key={item.key} role="row" aria-rowindex={item.index + 1} className="grp-row" style={place}>
                <div role="gridcell" aria-colspan={4}>
                  <GroupHead group={line.group} count={line.count} />
                </div>
              </div>
            );
          }
          const connection = byId.get(line.id);
          if (connection === undefined) return null;
          const isChosen = line.id === chosenId;
          return (
            <Row
              key={item.key}
              connection={connection}
              rowIndex={item.index + 1}
              first={line.first}
              chosen={isChosen}
              place={place}
              onChoose={onChoose}
              onOpen={onOpen}
              onContextMenu={onContextMenu}
            >
              <RowCells connection={connection} provider={providers.get(connection.providerId)} acts={acts} />
            </Row>
          );
        })}
      </div>
      {menu !== null && menuConnection !== undefined && (
        <RowMenu
          key={`${menu.id} ${menu.what}`}
          menu={menu}
          connection={menuConnection}
          provider={providers.get(menuConnection.providerId)}
          acts={acts}
          onClose={() => {
            setMenu(null);
            scroller.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

const rowId = (id: string | null): string => `connection-${id ?? ''}`;

function GroupHead({ group, count }: { group: Group; count: number }) {
  const { connections: text } = useText();
  return (
    <div className="grp">
      <span>{text.groups[group]}</span>
      <span className="num">{text.groupCount(count)}</span>
    </div>
  );
}

/** The head that stays while its rows pass under it. */
function stuckHead(lines: readonly Line[], items: readonly { index: number; start: number }[], top: number) {
  if (top <= 0) return null;
  const firstSeen = items.find((item) => item.start + headHeight > top && item.start <= top + rowHeight);
  for (let index = firstSeen?.index ?? -1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line?.kind === 'head') return line;
  }
  return null;
}

interface RowFrameProps {
  connection: ConnectionSummary;
  rowIndex: number;
  first: boolean;
  chosen: boolean;
  place: { transform: string };
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
  onContextMenu: (event: MouseEvent, id: string) => void;
  children: React.ReactNode;
}

function Row(props: RowFrameProps) {
  const { connection, rowIndex, first, chosen, place, onChoose, onOpen, onContextMenu, children } = props;
  const mark = useFromNow((nowMs) => markOf(connection, nowMs));
  const practice = connection.realm === 'practice' && (mark === 'working' || mark === 'soon' || mark === 'practice');
  return (
    <div
      id={rowId(connection.id)}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={chosen}
      className={`cx st-${practice ? 'practice' : mark}${first ? ' first' : ''}`}
      style={place}
      data-connection-id={connection.id}
      data-chosen={chosen || undefined}
      onPointerDown={(event) => {
        if (event.button === 0) onChoose(connection.id);
      }}
      onDoubleClick={() => onOpen(connection.id)}
      onContextMenu={(event) => onContextMenu(event, connection.id)}
    >
      {children}
    </div>
  );
}
