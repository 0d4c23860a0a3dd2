import { AppWindow, ArrowRight, ChartGantt, Copy, Keyboard, List, Plus, ScanText, Search, Timer } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog as Frame, Modal, ModalOverlay } from 'react-aria-components';
import { type ActionId, actionOf } from '../../../shared/model/actions.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useKnown } from '../../program.tsx';
import { Span } from '../../ui/countdown.tsx';
import { GateIcon } from '../../ui/gate-icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeyNames } from '../../ui/keys.ts';
import { tileOf } from '../../ui/looks.ts';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import './commands.css';
import { type Entry, formEntries, paletteOf, type PaletteNeeds } from './palette-plan.ts';

const icons: Partial<Record<ActionId, ReactNode>> = {
  connect: <Plus className="icon" aria-hidden />,
  find: <Search className="icon" aria-hidden />,
  findToken: <ScanText className="icon" aria-hidden />,
  all: <List className="icon" aria-hidden />,
  needsYou: <GateIcon />,
  expiringSoon: <Timer className="icon" aria-hidden />,
  timeline: <ChartGantt className="icon" aria-hidden />,
  apps: <AppWindow className="icon" aria-hidden />,
  shortcuts: <Keyboard className="icon" aria-hidden />,
};

interface PaletteProps {
  chosen: ConnectionSummary | undefined;
  /** Begins with the forms of this connection. */
  formsOf: ConnectionSummary | null;
  onDo: (entry: Entry) => void;
  onClose: () => void;
}

/** Everything by name: type a few letters, Enter does it. */
export function Palette({ chosen, formsOf: startForms, onDo, onClose }: PaletteProps) {
  const text = useText();
  const { palette } = text.actions;
  const connections = useKnown((known) => known.connections);
  const providerList = useKnown((known) => known.providers);
  const keyNames = useKeyNames();
  const [query, setQuery] = useState('');
  const [formsOf, setFormsOf] = useState(startForms);
  const [at, setAt] = useState(0);
  const [nowMs] = useState(() => Date.now());
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);

  const needs = useMemo<PaletteNeeds>(
    () => ({
      connections,
      providers: new Map(providerList.map((provider) => [provider.id, provider])),
      chosen,
      text,
      nowMs,
    }),
    [connections, providerList, chosen, text, nowMs],
  );
  const groups = useMemo(
    () =>
      formsOf === null
        ? paletteOf(query, needs)
        : [{ id: 'forms' as const, title: palette.copyAs, entries: formEntries(formsOf, needs) }],
    [query, needs, formsOf, palette],
  );
  const entries = groups.flatMap((group) => group.entries);
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, group) => sum + group.entries.length, 0));
  const chosenAt = Math.min(at, Math.max(0, entries.length - 1));
  const entry = entries[chosenAt];
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosenAt, groups]);

  function onKeyDown(event: KeyboardEvent): void {
    const move: Record<string, number> = {
      ArrowDown: (chosenAt + 1) % Math.max(1, entries.length),
      ArrowUp: (chosenAt - 1 + entries.length) % Math.max(1, entries.length),
      PageDown: Math.min(entries.length - 1, chosenAt + 8),
      PageUp: Math.max(0, chosenAt - 8),
    };
    const to = move[event.key];
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') {
      if (entry !== undefined) onDo(entry);
    } else if (event.key === 'Tab') {
      // There is nothing to tab to; with a connection it leads to the other forms of its token.
      if (entry !== undefined && entry.kind !== 'action' && formsOf === null) {
        setFormsOf(entry.connection);
        setAt(0);
      }
    } else if (event.key === 'Escape' && formsOf !== null && startForms === null) {
      setFormsOf(null);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  return (
    <ModalOverlay
      className="scrim palette-scrim"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="palette">
        <Frame className="palette-in" aria-label={palette.label}>
          <div className="palette-query">
            <Search className="icon" aria-hidden />
            <input
              className="palette-input"
              role="combobox"
              aria-label={palette.label}
              aria-expanded
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={entry === undefined ? undefined : `${listId}-${String(chosenAt)}`}
              placeholder={formsOf === null ? palette.placeholder : formsOf.label}
              value={query}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setQuery(event.target.value);
                setFormsOf(null);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
            <KeyCap>Esc</KeyCap>
          </div>
          <div ref={list} id={listId} className="palette-list scrolls" role="listbox" aria-label={palette.results}>
            {groups.map((group, groupAt) => (
              <div key={group.id} role="group" aria-label={group.title}>
                <div className="palette-head" aria-hidden>
                  {group.title}
                </div>
                {group.entries.map((one, oneAt) => {
                  const place = oneAt + (starts[groupAt] ?? 0);
                  return (
                    <div
                      key={`${one.kind} ${one.kind === 'action' ? one.id : one.connection.id} ${one.kind === 'copy' ? one.form : ''}`}
                      id={`${listId}-${String(place)}`}
                      role="option"
                      aria-selected={place === chosenAt}
                      className="palette-it"
                      onPointerMove={() => setAt(place)}
                      onClick={() => onDo(one)}
                    >
                      <span className="palette-icon">{iconOf(one)}</span>
                      <span className="clip">{one.words}</span>
                      <span className="dim clip grow">{one.note}</span>
                      {one.kind === 'copy' && one.form === 'token' && one.connection.expiresAtMs !== null && (
                        <span className="time">
                          <Span ms={Math.max(0, one.connection.expiresAtMs - nowMs)} />
                        </span>
                      )}
                      {one.kind === 'action' && keysOf(one.id) !== null && (
                        <KeyCap>{keyNames(keysOf(one.id) ?? '')}</KeyCap>
                      )}
                      {place === chosenAt && one.kind !== 'action' && <KeyCap>Enter</KeyCap>}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          {entries.length === 0 && <p className="note dim palette-none">{palette.nothing}</p>}
          <div className="unseen" role="status">
            {query === '' ? '' : palette.count(entries.length)}
          </div>
          <div className="palette-foot note dim">
            <KeyCap>↑ ↓</KeyCap> {palette.keys.choose}
            <KeyCap>Enter</KeyCap> {palette.keys.act}
            <KeyCap>Tab</KeyCap> {palette.keys.forms}
          </div>
        </Frame>
      </Modal>
    </ModalOverlay>
  );

  function iconOf(one: Entry): ReactNode {
    if (one.kind === 'action') return icons[one.id] ?? <ArrowRight className="icon" aria-hidden />;
    if (one.kind === 'copy' && one.form !== 'token') return <Copy className="icon" aria-hidden />;
    return <Tile {...tileOf(needs.providers.get(one.connection.providerId), one.connection)} size="small" />;
  }
}

const keysOf = (id: ActionId): string | null => actionOf(id).keys;
