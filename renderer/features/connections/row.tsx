import { Copy, KeyRound, RefreshCw } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useFromNow } from '../../ui/clock.ts';
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

/**
 * The cells of a row. The row itself (place, choice, keys) belongs to the list. Mark, words and act change seldom and are
 * drawn then; only the time is drawn each second.
 */
export const RowCells = memo(function RowCells({ connection, provider, acts }: RowProps) {
  const { connections: text } = useText();
  const words = useWords();
  const mark = useFromNow((nowMs) => markOf(connection, nowMs));
  const word = useFromNow((nowMs) => words.word(connection, nowMs));
  const why = useFromNow((nowMs) => words.why(connection, nowMs));
  const { account, label, realm } = connection;
  const who = account ?? provider?.name ?? '';
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
          <StateMark kind={mark} />
          <span className="clip">{word}</span>
        </div>
        <div className="cx-why num clip" title={why}>
          {why}
        </div>
      </div>
      <TimeCell connection={connection} />
      <div role="gridcell" aria-colindex={4} className="cx-act">
        <RowAct connection={connection} acts={acts} />
      </div>
    </>
  );
});

function TimeCell({ connection }: { connection: ConnectionSummary }) {
  const moments = useMoments();
  const words = useWords();
  const nowMs = useFromNow((now) => asFarAsShown(connection, now));
  const { expiresAtMs } = connection;
  const title = useMemo(() => (expiresAtMs === null ? undefined : moments.whole(expiresAtMs)), [moments, expiresAtMs]);
  return (
    <div
      role="gridcell"
      aria-colindex={3}
      className="cx-time"
      aria-label={words.timeLabel(connection, nowMs)}
      title={title}
    >
      <span className="time" aria-hidden>
        <TimeLeft connection={connection} nowMs={nowMs} />
      </span>
      <LifeBar life={lifeOf(connection, nowMs)} />
    </div>
  );
}

const minuteMs = 60_000;

/**
 * The time, as far as a row shows it: only in its last hour does a token's figure change each second. Above, and after
 * its end, a minute's first moment stands for all of it, so that a list of day-long tokens is drawn once a minute.
 */
export function asFarAsShown({ expiresAtMs }: ConnectionSummary, nowMs: number): number {
  if (expiresAtMs === null) return Math.floor(nowMs / minuteMs) * minuteMs;
  const leftMs = expiresAtMs - nowMs;
  const isCountedInSeconds = leftMs < 60 * minuteMs && leftMs > -minuteMs;
  return isCountedInSeconds ? nowMs : expiresAtMs - Math.trunc(leftMs / minuteMs) * minuteMs;
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

function RowAct({ connection, acts }: { connection: ConnectionSummary; acts: ConnectionActs }) {
  const { connections: text } = useText();
  const keyNames = useKeyNames();
  const act = useFromNow((nowMs) => rowActOf(connection, nowMs));
  const uncopied = useFromNow((nowMs) => unavailableOf(connection, text.unavailable, nowMs).copy);
  switch (act) {
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
          unavailable={uncopied}
          onPress={() => acts.copy(connection, 'token')}
        />
      );
  }
}
