import type { VirtualItem } from '@tanstack/react-virtual';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { LanePast } from '../../../shared/model/forecast.ts';
import { markOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { useWords } from '../connections/words.ts';
import { forecastWords } from './story.ts';

interface LaneTableProps {
  order: readonly string[];
  items: readonly VirtualItem[];
  height: number;
  byId: ReadonlyMap<string, ConnectionSummary>;
  past: ReadonlyMap<string, LanePast>;
  chosenId: string | null;
  onChoose: (id: string) => void;
  nowMs: number;
}

const columns = ['connection', 'state', 'issued', 'ends', 'renews', 'signIn', 'failed'] as const;

/** The same facts as the picture, as a table: for a screen reader, and for whoever would rather read. */
export function LaneTable({ order, items, height, byId, past, chosenId, onChoose, nowMs }: LaneTableProps) {
  const { timeline: text } = useText();
  const moments = useMoments();
  const words = useWords();
  const at = (ms: number | null, none: string): string => (ms === null ? none : moments.clock(ms, nowMs));
  return (
    <>
      <div role="row" aria-rowindex={1} className="lane-row lane-heads note dim">
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {text.columns[column]}
          </span>
        ))}
      </div>
      <div className="lanes-all" role="rowgroup" style={{ height }}>
        {items.map((item) => {
          const id = order[item.index] ?? '';
          const connection = byId.get(id);
          if (connection === undefined) return null;
          const lane = past.get(id);
          const failed = lane?.moments.find(({ what }) => what === 'failed')?.atMs ?? connection.failure?.atMs ?? null;
          const forecast = lane === undefined ? null : forecastWords(lane.forecast, text, moments, nowMs);
          const cells: Record<(typeof columns)[number], string> = {
            connection: connection.label,
            state: words.word(connection, nowMs),
            issued: at(connection.issuedAtMs, text.notStated),
            ends: at(connection.expiresAtMs, text.notStated),
            renews: at(connection.renewsAtMs, text.none),
            signIn: forecast?.when ?? text.none,
            failed: at(failed, text.none),
          };
          return (
            <div
              key={item.key}
              id={`lane-${id}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={id === chosenId}
              className="lane-row lane"
              style={{ transform: `translateY(${String(item.start)}px)` }}
              data-chosen={id === chosenId || undefined}
              data-connection-id={id}
              onPointerDown={() => onChoose(id)}
            >
              {columns.map((column) => (
                <span key={column} role="gridcell" className="num clip" title={cells[column]}>
                  {column === 'state' && <StateMark kind={markOf(connection, nowMs)} size={14} />}
                  {cells[column]}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </>
  );
}
