import { type KeyboardEvent, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { isPressOf } from '../../../shared/model/actions.ts';
import { useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { useFromNow } from '../../ui/clock.ts';
import { PlatformContext } from '../../ui/keys.ts';
import { markOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { Segments } from '../../ui/segments.tsx';
import { useText } from '../../ui/text.ts';
import { useVirtualRows } from '../../ui/virtual-rows.ts';
import { useConnectionActs } from '../connections/acts-context.ts';
import { doWith } from '../connections/acts.tsx';
import { sectionsOf } from '../connections/order.ts';
import { useEpoch } from '../connections/use-epoch.ts';
import { useWords } from '../connections/words.ts';
import { Axis, axisMarks, Ground } from './axis.tsx';
import { LaneCard } from './lane-card.tsx';
import { LaneChart, LaneWho, shareOf } from './lane.tsx';
import { dutiesIn, lanePlan, renewalsIn, type Span } from './lane-plan.ts';
import { LaneTable } from './lane-table.tsx';
import { Legend } from './legend.tsx';
import { momentWords, storyOf } from './story.ts';
import './timeline.css';
import { usePast } from './use-past.ts';
import { useWidth } from './use-width.ts';
import { YouLane } from './you-lane.tsx';

const hourMs = 3_600_000;
const laneHeight = 44;
/** A life that would be drawn narrower melts with the others into one band. */
const narrowestLink = 12;
const spans = { day: { backMs: 4 * hourMs, onMs: 21 * hourMs }, week: { backMs: 24 * hourMs, onMs: 7 * 24 * hourMs } };
/** Acts of the table whose keys work on a lane. */
const onLane = ['copy', 'renew', 'remove'] as const;
type Zoom = keyof typeof spans;

/** The next day or week as one picture: a lane for each connection, and first the sign-ins only a person can do. */
export function Timeline({ chosenId, onChoose }: { chosenId: string | null; onChoose: (id: string) => void }) {
  const { timeline: text } = useText();
  const shell = useShell();
  const acts = useConnectionActs();
  const platform = useContext(PlatformContext);
  const moments = useMoments();
  const words = useWords();
  const connections = useKnown((known) => known.connections);
  const providers = useKnown((known) => known.providers);
  const [zoom, setZoom] = useState<Zoom>('day');
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const [momentAt, setMomentAt] = useState<number | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(chart);
  const minuteMs = useFromNow((ms) => Math.floor(ms / 60_000) * 60_000);
  const epochMs = useEpoch(connections);

  const span = useMemo<Span>(
    () => ({ startMs: minuteMs - spans[zoom].backMs, endMs: minuteMs + spans[zoom].onMs }),
    [minuteMs, zoom],
  );
  const narrowMs = (narrowestLink / width) * (span.endMs - span.startMs);
  const marks = useMemo(() => axisMarks(span, zoom === 'week', width < 700 ? 4 : 2), [span, zoom, width]);
  const order = useMemo(
    () => sectionsOf(connections, providers, { filter: { kind: 'all' }, query: '' }, epochMs).flatMap(({ ids }) => ids),
    [connections, providers, epochMs],
  );
  const byId = useMemo(() => new Map(connections.map((one) => [one.id, one])), [connections]);
  const providerOf = useMemo(() => new Map(providers.map((one) => [one.id, one])), [providers]);
  const chosenIndex = chosenId === null ? -1 : order.indexOf(chosenId);

  const virtual = useVirtualRows({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => laneHeight,
    getItemKey: (index) => order[index] ?? index,
    overscan: 6,
    scrollPaddingEnd: 8,
  });
  const items = virtual.getVirtualItems();
  const shown = items.flatMap(({ index }) => byId.get(order[index] ?? '') ?? []);
  // The longer span's past, so that zooming asks for nothing anew; whole hours, so that a minute does not either.
  const past = usePast(shown, Math.floor(minuteMs / hourMs) * hourMs - spans.week.backMs);
  const forecasts = useMemo(() => new Map([...past].map(([id, { forecast }]) => [id, forecast])), [past]);
  const duties = useMemo(
    () => dutiesIn(connections, forecasts, minuteMs, span.endMs),
    [connections, forecasts, minuteMs, span],
  );
  const renewals = useMemo(() => renewalsIn(connections, minuteMs, span.endMs), [connections, minuteMs, span]);

  // Only a new choice scrolls; a lane that changes its place does not pull the others along.
  const showChosen = useEffectEvent(() => {
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: 'auto' });
  });
  useEffect(() => showChosen(), [chosenId]);
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  const planOf = (id: string) => {
    const connection = byId.get(id);
    if (connection === undefined) return null;
    const lane = past.get(id);
    return lanePlan(connection, lane?.moments ?? [], lane?.forecast ?? null, span, minuteMs, narrowMs);
  };
  const storyFor = (id: string) => {
    const connection = byId.get(id);
    if (connection === undefined) return null;
    const name = providerOf.get(connection.providerId)?.name ?? connection.providerId;
    return storyOf(connection, past.get(id), name, words, text, moments, minuteMs);
  };

  function choose(index: number): void {
    const id = order[Math.max(0, Math.min(order.length - 1, index))];
    if (id === undefined) return;
    setMomentAt(null);
    onChoose(id);
  }
  function stepMoment(by: 1 | -1): void {
    const plan = chosenId === null ? null : planOf(chosenId);
    if (plan === null) return;
    const from = momentAt ?? minuteMs;
    const next =
      by > 0 ? plan.moments.find(({ atMs }) => atMs > from) : plan.moments.findLast(({ atMs }) => atMs < from);
    if (next === undefined) return;
    setMomentAt(next.atMs);
    shell.say(momentWords(next, text, moments, minuteMs));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    const chosen = chosenId === null ? undefined : byId.get(chosenId);
    const asked = chosen === undefined ? undefined : onLane.find((id) => isPressOf(id, event, platform));
    if (chosen !== undefined && asked !== undefined) {
      event.preventDefault();
      doWith(asked, chosen, acts);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / laneHeight) - 3);
    const keys: Record<string, () => void> = {
      ArrowDown: () => choose(chosenIndex + 1),
      ArrowUp: () => choose(chosenIndex < 0 ? order.length - 1 : chosenIndex - 1),
      PageDown: () => choose(chosenIndex + page),
      PageUp: () => choose(chosenIndex - page),
      ArrowRight: () => stepMoment(1),
      ArrowLeft: () => stepMoment(-1),
      Home: () => setMomentAt(null),
      '+': () => setZoom('day'),
      '=': () => setZoom('day'),
      '-': () => setZoom('week'),
      Enter: () => chosenId !== null && shell.show(chosenId),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  const cardId = hovered ?? (hasFocus ? chosenId : null);
  const cardItem = items.find(({ index }) => order[index] === cardId);
  const cardConnection = cardId === null ? undefined : byId.get(cardId);
  const cardStory = cardId === null ? null : storyFor(cardId);
  const now = shareOf(minuteMs, span);

  return (
    <main className="timeline" aria-label={text.name}>
      <header className="timeline-head">
        <h1 className="head">{zoom === 'day' ? text.day : text.week}</h1>
        <span className="note clip grow">{text.lead(duties.length, renewals)}</span>
        <Segments
          label={text.viewLabel}
          options={[
            { id: 'picture', words: text.views.picture },
            { id: 'table', words: text.views.table },
          ]}
          chosen={view}
          onChoose={setView}
        />
        <Segments
          label={text.spanLabel}
          options={[
            { id: 'day', words: text.spans.day },
            { id: 'week', words: text.spans.week },
          ]}
          chosen={zoom}
          onChoose={setZoom}
        />
      </header>
      <div
        ref={scroller}
        className={view === 'picture' ? 'lanes scrolls' : 'lanes as-table scrolls'}
        role="grid"
        aria-label={text.lanes}
        aria-description={text.lanesHelp}
        aria-rowcount={order.length + 1}
        aria-activedescendant={cardItem === undefined || chosenId === null ? undefined : `lane-${chosenId}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) =>
          setHasFocus(event.target === event.currentTarget && event.currentTarget.matches(':focus-visible'))
        }
        onBlur={() => setHasFocus(false)}
        onPointerLeave={() => setHovered(null)}
      >
        {view === 'table' ? (
          <LaneTable
            order={order}
            items={items}
            height={virtual.getTotalSize()}
            byId={byId}
            past={past}
            chosenId={chosenId}
            onChoose={onChoose}
            nowMs={minuteMs}
          />
        ) : (
          <>
            <div className="lanes-top">
              <div className="axis-room">
                <span className="lane-who" />
                <div ref={chart} className="lane-chart">
                  <Axis span={span} nowMs={minuteMs} marks={marks} isWeek={zoom === 'week'} />
                </div>
              </div>
              <YouLane duties={duties} span={span} nowMs={minuteMs} width={width} onOpen={shell.show} />
            </div>
            <div className="lanes-all" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
              <Ground span={span} nowMs={minuteMs} marks={marks} />
              {items.map((item) => {
                const id = order[item.index] ?? '';
                const connection = byId.get(id);
                const plan = planOf(id);
                const story = storyFor(id);
                if (connection === undefined || plan === null || story === null) return null;
                return (
                  <div
                    key={item.key}
                    id={`lane-${id}`}
                    role="row"
                    aria-rowindex={item.index + 2}
                    aria-selected={id === chosenId}
                    className={`lane st-${markOf(connection, minuteMs)}`}
                    style={{ transform: `translateY(${String(item.start)}px)` }}
                    data-chosen={id === chosenId || undefined}
                    data-connection-id={id}
                    onPointerDown={(event) => {
                      if (event.button === 0) choose(item.index);
                    }}
                    onPointerEnter={() => setHovered(id)}
                    onDoubleClick={() => shell.show(id)}
                  >
                    <div role="gridcell">
                      <LaneWho connection={connection} provider={providerOf.get(connection.providerId)} />
                    </div>
                    <div
                      role="gridcell"
                      className="lane-place"
                      aria-label={[story.says, story.facts, story.forecast ?? ''].join(' ').trim()}
                    >
                      <LaneChart
                        plan={plan}
                        connection={connection}
                        span={span}
                        nowMs={minuteMs}
                        at={id === chosenId ? momentAt : null}
                      />
                    </div>
                  </div>
                );
              })}
              <span className="now-room" aria-hidden>
                <span className="now-line" style={{ insetInlineStart: `${(now * 100).toFixed(3)}%` }} />
              </span>
              {cardConnection !== undefined && cardItem !== undefined && cardStory !== null && (
                <LaneCard
                  connection={cardConnection}
                  provider={providerOf.get(cardConnection.providerId)}
                  story={cardStory}
                  top={cardItem.start}
                  above={cardItem.start + 280 > (virtual.scrollOffset ?? 0) + (virtual.scrollRect?.height ?? 600) - 84}
                  left={232 + Math.min(Math.max(now * width + 24, 0), Math.max(0, width - 344))}
                />
              )}
            </div>
          </>
        )}
      </div>
      {view === 'picture' && <Legend />}
    </main>
  );
}
