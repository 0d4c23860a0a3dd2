import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useFromNow } from '../../ui/clock.ts';
import { markOf } from '../../ui/looks.ts';
import { StateMark } from '../../ui/state-mark.tsx';

/** The connections a dialog speaks of, by name; a long list scrolls inside its well. */
export function NamedConnections({ connections }: { connections: readonly ConnectionSummary[] }) {
  if (connections.length === 0) return null;
  return (
    <ul className="well named scrolls">
      {connections.map((connection) => (
        <Named key={connection.id} connection={connection} />
      ))}
    </ul>
  );
}

function Named({ connection }: { connection: ConnectionSummary }) {
  const mark = useFromNow((nowMs) => markOf(connection, nowMs));
  return (
    <li className="row">
      <StateMark kind={mark} />
      <span className="label clip">{connection.label}</span>
      {connection.account !== null && connection.account !== connection.label && (
        <span className="note dim clip">{connection.account}</span>
      )}
    </li>
  );
}
