import { ArrowLeft, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Remedy } from '../../../shared/model/diagnosis.ts';
import { useClient, useKnown, useProvider } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { markOf, tileOf } from '../../ui/looks.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { useConnectionActs } from '../connections/acts-context.ts';
import { useHistory } from '../connections/use-history.ts';
import { useWords } from '../connections/words.ts';
import { BreakLane } from './break-lane.tsx';
import { CauseCard } from './cause-card.tsx';
import './diagnose.css';
import { KnownFacts } from './known-facts.tsx';
import { useDiagnosis } from './use-diagnosis.ts';

/** "Why did it stop?": ranked causes with their evidence, one act each, and a report that is safe to paste. */
export function Diagnose({ connectionId, onBack }: { connectionId: string; onBack: (connectionId: string) => void }) {
  const { errors } = useText();
  const connection = useKnown((known) => known.connections.find(({ id }) => id === connectionId));
  if (connection === undefined) {
    const { what, next } = errors.not_found({});
    return (
      <main className="diagnose">
        <p className="diagnose-gone">
          {what} {next}
        </p>
      </main>
    );
  }
  return <Diagnosed connection={connection} onBack={() => onBack(connectionId)} />;
}

function Diagnosed({ connection, onBack }: { connection: ConnectionSummary; onBack: () => void }) {
  const { diagnose: text, errors } = useText();
  const words = useWords();
  const client = useClient();
  const shell = useShell();
  const acts = useConnectionActs();
  const provider = useProvider(connection.providerId);
  const { diagnosis, problem, checking, checkedAtMs, check } = useDiagnosis(connection);
  const history = useHistory(connection);
  const nowMs = useNow();
  const [copying, setCopying] = useState(false);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);

  const name = provider?.name ?? connection.providerId;
  const mark = markOf(connection, nowMs);
  const { failure } = connection;
  const wrong = failure !== null || (diagnosis?.causes.length ?? 0) > 0;
  const says =
    failure !== null && connection.condition !== 'revoked'
      ? errors[failure.problem.code](failure.problem.facts).what
      : words.says(connection, name, nowMs);

  const remedyAct: Record<Remedy, () => void> = {
    renew: () => acts.renew(connection),
    sign_in: () => acts.signIn(connection),
    replace_secret: () => acts.replaceSecret(connection),
    addresses: () => acts.replaceSecret(connection),
    test: () => acts.test(connection),
  };
  const checkAct = (
    <>
      <Button busy={checking} onPress={check}>
        {text.check}
      </Button>
      <span className="note dim" role="status">
        {checkedAtMs === null ? text.checkNote : text.checked}
      </span>
    </>
  );
  function remedies(remedy: Remedy | null, first: boolean): ReactNode {
    if (!first && remedy === null) return null;
    return (
      <div className="row cause-acts">
        {remedy !== null && (
          <Button
            look={first ? 'main' : 'outlined'}
            size={first ? 'normal' : 'small'}
            busy={remedy === 'renew' && connection.condition === 'renewing'}
            onPress={remedyAct[remedy]}
          >
            {text.remedy[remedy]}
          </Button>
        )}
        {first && checkAct}
      </div>
    );
  }

  return (
    <main className={`diagnose st-${mark}`} onKeyDown={(event) => event.key === 'Escape' && onBack()}>
      <header className="diagnose-top">
        <IconButton icon={<ArrowLeft className="icon" aria-hidden />} label={text.back} onPress={onBack} />
        <Tile {...tileOf(provider, connection)} size="large" />
        <div className="grow">
          <h1 ref={top} className="head clip" tabIndex={-1}>
            {wrong ? text.title(connection.label) : text.titleWorks(connection.label)}
          </h1>
          <div className="row diagnose-says">
            <StateMark kind={mark} size={14} />
            <span className="label word clip" title={says}>
              {says}
            </span>
          </div>
        </div>
        <Button
          icon={<Copy className="icon" aria-hidden />}
          tip={text.copyReportTip}
          busy={copying}
          onPress={() => {
            setCopying(true);
            void client.connections.copyReport({ connectionId: connection.id }).then((answer) => {
              setCopying(false);
              if (!answer.ok) shell.tell(answer.problem);
            });
          }}
        >
          {text.copyReport}
        </Button>
      </header>
      <div className="diagnose-body">
        <div className="diagnose-causes scrolls">
          {history.phase === 'read' && <BreakLane exchanges={history.exchanges} nowMs={nowMs} />}
          {problem !== null && <ProblemNote problem={problem} />}
          {diagnosis === null && problem === null && <p className="note dim">{text.reading}</p>}
          {diagnosis !== null && diagnosis.causes.length === 0 && (
            <div className="card cause first">
              <h3 className="cause-title">{wrong ? text.cannotTell : text.nothing}</h3>
              <p className="note cause-next">{wrong ? text.cannotTellNext : text.nothingNext}</p>
              <div className="row cause-acts">{checkAct}</div>
            </div>
          )}
          {diagnosis !== null && diagnosis.causes.length > 0 && (
            <ol className="col cause-list" aria-label={text.causes}>
              {diagnosis.causes.map((cause, index) => (
                <CauseCard
                  key={cause.kind}
                  cause={cause}
                  provider={name}
                  nowMs={diagnosis.atMs}
                  first={index === 0}
                  acts={remedies(repeats(diagnosis.causes, index) ? null : cause.remedy, index === 0)}
                />
              ))}
            </ol>
          )}
        </div>
        {diagnosis !== null && <KnownFacts diagnosis={diagnosis} />}
      </div>
    </main>
  );
}

/** A button that stands higher up already is not drawn a second time. */
function repeats(causes: readonly { remedy: Remedy | null }[], index: number): boolean {
  return causes.slice(0, index).some(({ remedy }) => remedy === causes[index]?.remedy);
}
