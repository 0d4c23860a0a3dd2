import { useCallback } from 'react';
import type { ConnectionNotices } from '../../../shared/model/notices.ts';
import { useClient } from '../../program.tsx';
import { trueNowMs, useFromNow } from '../../ui/clock.ts';
import { useMoments } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Segments } from '../../ui/segments.tsx';
import { useText } from '../../ui/text.ts';
import '../settings/notifications.css';
import { useKept } from '../settings/use-kept.ts';

type NotifyId = 'on' | 'tomorrow' | 'off';

const morning = 9;

/** Nine in the morning of the next day, as this computer's clock has it. */
export function tomorrowMs(nowMs: number): number {
  const next = new Date(nowMs);
  next.setDate(next.getDate() + 1);
  return next.setHours(morning, 0, 0, 0);
}

/** Whether the system's notifications tell of this connection. Practice tells nothing and has none of this. */
export function NotifyControl({ connectionId }: { connectionId: string }) {
  const { connection: words } = useText().notices;
  const client = useClient();
  const moments = useMoments();
  const { view, problem, keep } = useKept<ConnectionNotices>(
    useCallback(() => client.notices.ofConnection({ connectionId }), [client, connectionId]),
  );
  const dayMs = useFromNow((nowMs) => new Date(nowMs).setHours(12, 0, 0, 0));
  const snoozedUntilMs = view?.snoozedUntilMs ?? null;
  const isSnoozed = useFromNow((nowMs) => snoozedUntilMs !== null && nowMs < snoozedUntilMs);
  if (view === null) return null;
  const chosen: NotifyId = view.notify === 'off' ? 'off' : isSnoozed ? 'tomorrow' : 'on';

  function choose(id: NotifyId): void {
    keep(() =>
      client.notices.keepOfConnection({
        connectionId,
        notify: id === 'off' ? 'off' : 'on',
        snoozedUntilMs: id === 'tomorrow' ? tomorrowMs(trueNowMs()) : null,
      }),
    );
  }

  return (
    <div className="notify">
      <span className="label" aria-hidden>
        {words.label}
      </span>
      <Segments<NotifyId>
        label={words.label}
        options={(['on', 'tomorrow', 'off'] as const).map((id) => ({ id, words: words[id] }))}
        chosen={chosen}
        onChoose={choose}
      />
      {chosen === 'tomorrow' && snoozedUntilMs !== null && (
        <span className="note dim">{words.until(moments.clock(snoozedUntilMs, dayMs))}</span>
      )}
      {problem !== null && <ProblemNote problem={problem} />}
    </div>
  );
}
