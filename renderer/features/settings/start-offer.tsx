import { useCallback, useState } from 'react';
import type { PresenceView } from '../../../shared/model/notices.ts';
import { useClient } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import './notifications.css';
import { useKept } from './use-kept.ts';

/** Asked after the first real connection, and never again once it is answered. Draws nothing where it is not due. */
export function StartOffer() {
  const { offer: words } = useText().notices;
  const client = useClient();
  const { view, problem, keep } = useKept<PresenceView>(useCallback(() => client.presence.settings({}), [client]));
  const [answered, setAnswered] = useState<'yes' | 'no' | null>(null);
  // What cannot be read is not asked about; what could not be kept is said, and can be pressed again.
  if (view === null || answered === 'no') return null;
  if (answered === 'yes' && !view.offerDue) {
    return (
      <p className="note dim start-offer" role="status">
        {words.done}
      </p>
    );
  }
  if (!view.offerDue) return null;

  function answer(yes: boolean): void {
    setAnswered(yes ? 'yes' : 'no');
    keep(() => client.presence.answerOffer({ yes }));
  }

  return (
    <>
      <section className="card start-offer" aria-label={words.title}>
        <p className="grow">
          <span className="label">{words.title}</span> {view.trayHosted ? words.askTray : words.ask}
        </p>
        <Button size="small" onPress={() => answer(true)}>
          {words.yes}
        </Button>
        <Button size="small" look="plain" onPress={() => answer(false)}>
          {words.no}
        </Button>
      </section>
      {problem !== null && <ProblemNote problem={problem} />}
    </>
  );
}
