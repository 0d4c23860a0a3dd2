import { useEffect, useRef } from 'react';
import type { ConnectionSummary } from '../shared/model/connection.ts';
import { useWords } from './features/connections/words.ts';
import { useKnown } from './program.tsx';
import { trueNowMs, useFromNow } from './ui/clock.ts';
import { useText } from './ui/text.ts';

const marks = [10, 5, 1] as const;
const minuteMs = 60_000;

/** Says state changes once, and 10, 5 and 1 minutes for the chosen connection; never each second. */
export function useSpokenChanges(chosenId: string | null, say: (sentence: string) => void): void {
  const { connections: text } = useText();
  const words = useWords();
  const connections = useKnown((known) => known.connections);
  const before = useRef<Map<string, ConnectionSummary['condition']> | null>(null);

  useEffect(() => {
    const last = before.current;
    // "Renewing" comes and goes in a moment; what it came to is what is worth saying. Of the chosen one always, which a
    // person may have told to; that another was renewed by itself and goes on working is no news.
    const standing = ({ id, condition }: ConnectionSummary): ConnectionSummary['condition'] =>
      condition === 'renewing' && id !== chosenId ? (last?.get(id) ?? condition) : condition;
    before.current = new Map(connections.map((connection) => [connection.id, standing(connection)]));
    if (last === null) return;
    const changed = connections.filter((connection) => {
      const was = last.get(connection.id);
      return was !== undefined && was !== connection.condition && connection.condition !== 'renewing';
    });
    const only = changed[0];
    if (only === undefined) return;
    say(
      changed.length > 3
        ? text.changedMany(changed.length)
        : changed.map((connection) => text.changed(connection.label, words.word(connection, trueNowMs()))).join(' '),
    );
  }, [connections, chosenId, say, text, words]);

  const chosen = connections.find((connection) => connection.id === chosenId);
  const expiresAtMs = chosen?.condition === 'revoked' ? null : (chosen?.expiresAtMs ?? null);
  const mark = useFromNow((nowMs) => {
    if (expiresAtMs === null || expiresAtMs <= nowMs) return null;
    return marks.findLast((minutes) => expiresAtMs - nowMs <= minutes * minuteMs) ?? null;
  });
  const label = chosen?.label ?? '';
  const marked = useRef<{ id: string | null; mark: number | null }>({ id: null, mark: null });
  useEffect(() => {
    const last = marked.current;
    marked.current = { id: chosenId, mark };
    // Choosing another row is no news; passing a mark while it is chosen is.
    if (last.id !== chosenId || mark === null || last.mark === mark) return;
    if (last.mark !== null && mark > last.mark) return;
    say(text.time.leftSpoken(label, mark));
  }, [chosenId, mark, label, say, text]);
}
