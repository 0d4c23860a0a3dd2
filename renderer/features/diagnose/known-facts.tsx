import { Check } from 'lucide-react';
import type { Diagnosis, RuledOut } from '../../../shared/model/diagnosis.ts';
import { useMoments } from '../../ui/moments.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { useText } from '../../ui/text.ts';

/** What it is not, the answer word for word, and the dates. */
export function KnownFacts({ diagnosis }: { diagnosis: Diagnosis }) {
  const { diagnose: text } = useText();
  const moments = useMoments();
  const { ruledOut, answer, atMs, lastGoodMs, signedInMs, aheadMs } = diagnosis;
  const at = (ms: number | null): string => (ms === null ? text.dates.none : moments.seconds(ms, atMs));
  return (
    <aside className="known scrolls" aria-label={text.ruledOut}>
      <h3 className="subhead">{text.ruledOut}</h3>
      {ruledOut.length === 0 && <p className="note dim known-none">{text.ruledOutNone}</p>}
      <ul>
        {ruledOut.map((one) => (
          <li key={one.kind} className="row known-out">
            <Check className="icon known-tick" aria-hidden />
            <span className="grow">{text.ruled[one.kind]}</span>
            <span className="note num dim">{valueOf(one)}</span>
          </li>
        ))}
      </ul>
      <hr className="hr" />
      <h3 className="subhead">{text.answer}</h3>
      {answer === null ? <p className="note dim known-none">{text.answerNone}</p> : <Answer answer={answer} />}
      <p className="note dim known-none">{text.noSecrets}</p>
      <hr className="hr" />
      <FactList>
        <Fact term={text.dates.lastGood}>{at(lastGoodMs)}</Fact>
        <Fact term={text.dates.signedIn}>{at(signedInMs)}</Fact>
        {signedInMs !== null && lastGoodMs !== null && lastGoodMs > signedInMs && (
          <Fact term={text.dates.heldFor}>{text.heldFor(lastGoodMs - signedInMs)}</Fact>
        )}
        <Fact term={text.dates.clock}>{aheadMs === null ? text.dates.none : text.offset(aheadMs)}</Fact>
      </FactList>
    </aside>
  );

  function valueOf(one: RuledOut): string {
    switch (one.kind) {
      case 'clock':
        return text.offset(one.aheadMs);
      case 'answers':
        return text.milliseconds(one.durationMs);
      case 'online':
      case 'name_and_certificate':
      case 'client_accepted':
        return moments.clock(one.atMs, atMs);
    }
  }
}

function Answer({ answer }: { answer: NonNullable<Diagnosis['answer']> }) {
  const { words } = useText().diagnose;
  const moments = useMoments();
  const { atMs, durationMs, problem, refreshToken } = answer;
  const { facts } = problem;
  const told: [string, string | undefined][] = [
    [words.host, facts.host],
    [words.type, facts.contentType],
    [words.code, facts.providerCode],
    [words.text, facts.providerText],
    [words.system, facts.systemCode],
    [words.refreshToken, refreshToken === null ? undefined : `[${refreshToken}]`],
  ];
  return (
    <div className="well mono answer selectable">
      <div>{moments.whole(atMs)}</div>
      <div>{facts.status === undefined ? words.noStatus(durationMs) : words.status(facts.status, durationMs)}</div>
      {told.map(
        ([term, value]) =>
          value !== undefined && (
            <div key={term}>
              <span className="dim">{term}</span> {value}
            </div>
          ),
      )}
    </div>
  );
}
