import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { ExchangeLine } from './exchange-line.tsx';
import type { History } from './use-history.ts';

/** Every exchange with the provider, in words. Secrets were never in it. */
export function HistoryTab({ history }: { history: History }) {
  const { connections: text } = useText();
  switch (history.phase) {
    case 'reading':
      return <p className="note dim tab-note">{text.exchanges.loading}</p>;
    case 'failed':
      return <ProblemNote problem={history.problem} />;
    case 'read':
      if (history.exchanges.length === 0) return <p className="note dim tab-note">{text.exchanges.none}</p>;
      return (
        <ol className="log full">
          {history.exchanges.map((exchange, index) => (
            <ExchangeLine key={`${String(exchange.atMs)} ${String(index)}`} exchange={exchange} full />
          ))}
        </ol>
      );
  }
}
