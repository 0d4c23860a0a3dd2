import { Copy, KeyRound, RefreshCw } from 'lucide-react';
import { memo } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useNow } from '../../ui/clock.ts';
import { Span } from '../../ui/countdown.tsx';
import { GateIcon } from '../../ui/gate-icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useKeyNames } from '../../ui/keys.ts';
import { LifeBar } from '../../ui/life-bar.tsx';
import { lifeOf, markOf, tileOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { type ConnectionActs, rowActOf, unavailableOf } from './acts.tsx';
import { useWords } from './words.ts';

export interface RowProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  acts: ConnectionActs;
}

/** The cells of a row. The row itself (place, choice, keys) belongs to the list. */
export const RowCells = memo(function RowCells({ connection, provider, acts }: RowProps) {
  const { connections: text } = useText();
  const nowMs = useNow();
  const words = useWords();
  const { account, label, realm } = connection;
  const who = account ?? provider?.name ?? '';
  const why = words.why(connection, nowMs);
  return (
    <>
      <div role="gridcell" aria-colindex={1} className="cx-who">
        <Tile {...tileOf(provider, connection)} />
        <div className="cx-names">
          <div className="cx-name clip" title={label}>
            {label}
          </div>
          <div className="cx-account clip" title={account ?? undefined}>
            {realm === 'practice' ? text.practiceOf(who) : who}
          </div>
        </div>
      </div>
      <div role="gridcell" aria-colindex={2} className="cx-state">
        <div className="cx-word">
          <StateMark kind={markOf(connection, nowMs)} />
          <span className="clip">{words.word(connection, nowMs)}</span>
        </div>
        <div className="cx-why num clip" title={why}>
          {why}
        </div>
      </div>
      <TimeCell connection={connection} nowMs={nowMs} label={words.timeLabel(connection, nowMs)} />
      <div role="gridcell" aria-colindex={4} className="cx-act">
        <RowAct connection={connection} acts={acts} nowMs={nowMs} />
      </div>
    </>
  );
});

function TimeCell({ connection, nowMs, label }: { connection: ConnectionSummary; nowMs: number; label: string }) {
  const moments = useMoments();
  const { expiresAtMs } = connection;
  return (
    <div
      role="gridcell"
      aria-colindex={3}
      className="cx-time"
      aria-label={label}
      title={expiresAtMs === null ? undefined : moments.whole(expiresAtMs)}
    >
      <span className="time" aria-hidden>
        <TimeLeft connection={connection} nowMs={nowMs} />
      </span>
      <LifeBar life={lifeOf(connection, nowMs)} />
    </div>
  );
}

/** The figures of a row or a detail: what is left, "Ended 44m ago", "Not stated", or nothing to say. */
export function TimeLeft({ connection, nowMs }: { connection: ConnectionSummary; nowMs: number }) {
  const { time } = useText().connections;
  const { expiresAtMs, condition, failure } = connection;
  if (condition === 'revoked' || failure?.problem.code === 'offline') return time.none;
  if (expiresAtMs === null) return time.notStated;
  if (expiresAtMs > nowMs) return <Span ms={expiresAtMs - nowMs} />;
  return (
    <>
      {time.ended} <Span ms={nowMs - expiresAtMs} coarse /> {time.ago}
    </>
  );
}

function RowAct({ connection, acts, nowMs }: { connection: ConnectionSummary; acts: ConnectionActs; nowMs: number }) {
  const { connections: text } = useText();
  const keyNames = useKeyNames();
  switch (rowActOf(connection, nowMs)) {
    case 'sign_in':
      return (
        <IconButton
          className="cx-do"
          inTabOrder={false}
          icon={<GateIcon />}
          label={text.acts.signInMenu}
          onPress={() => acts.signIn(connection)}
        />
      );
    case 'try_now':
      return (
        <IconButton
          className="cx-do"
          inTabOrder={false}
          icon={<RefreshCw className="icon" aria-hidden />}
          label={text.acts.tryNow}
          onPress={() => acts.renew(connection)}
        />
      );
    case 'replace_secret':
      return (
        <IconButton
          className="cx-do"
          inTabOrder={false}
          icon={<KeyRound className="icon" aria-hidden />}
          label={text.acts.replaceSecret}
          onPress={() => acts.replaceSecret(connection)}
        />
      );
    case 'copy':
      return (
        <IconButton
          className="cx-copy"
          inTabOrder={false}
          icon={<Copy className="icon" aria-hidden />}
          label={`${text.acts.copy} (${keyNames('Ctrl C')})`}
          unavailable={unavailableOf(connection, text.unavailable, nowMs).copy}
          onPress={() => acts.copy(connection, 'token')}
        />
      );
  }
}
