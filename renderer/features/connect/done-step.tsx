import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { LifeBar } from '../../ui/life-bar.tsx';
import { lifeOf, markOf, tileOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { useWords } from '../connections/words.ts';
import { StartOffer } from '../settings/start-offer.tsx';
import type { Wizard } from './steps.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface DoneStepProps {
  result: NonNullable<Wizard['result']>;
  provider: ProviderView;
  again: boolean;
  onAnother: () => void;
  onShow: () => void;
}

export function DoneStep({ result, provider, again, onAnother, onShow }: DoneStepProps) {
  const { connect } = useText();
  const client = useClient();
  const connection = useKnown((known) => known.connections).find((one) => one.id === result.connectionId);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [copy, setCopy] = useState<'rest' | 'busy' | 'done'>('rest');
  const words = connect.done;

  async function copyToken(): Promise<void> {
    setCopy('busy');
    const answer = await client.connections.copy({ connectionId: result.connectionId, form: 'token' });
    setProblem(answer.ok ? null : answer.problem);
    setCopy(answer.ok ? 'done' : 'rest');
    if (answer.ok) setTimeout(() => setCopy('rest'), 2000);
  }

  return (
    <Page
      centred
      notice={problem === null ? null : <ProblemNote problem={problem} />}
      onSubmit={onShow}
      foot={
        <>
          <Button onPress={onAnother}>{words.another}</Button>
          <span className="grow" />
          <Button
            icon={<Copy className="icon" aria-hidden />}
            busy={copy === 'busy'}
            done={copy === 'done'}
            onPress={() => void copyToken()}
          >
            {copy === 'done' ? words.copied : words.copy}
          </Button>
          <Button look="main" type="submit">
            {words.show}
          </Button>
        </>
      }
    >
      {connection === undefined ? (
        <PageTitle title={provider.name} lead={words.waiting} />
      ) : (
        <Kept
          connection={connection}
          provider={provider}
          checked={result.accountChecked}
          again={again}
          onProblem={setProblem}
        />
      )}
    </Page>
  );
}

interface KeptProps {
  connection: ConnectionSummary;
  provider: ProviderView;
  checked: boolean;
  again: boolean;
  onProblem: (problem: Problem | null) => void;
}

function Kept({ connection, provider, checked, again, onProblem }: KeptProps) {
  const { connect } = useText();
  const words = connect.done;
  const { account, label } = connection;
  return (
    <div className="done">
      <div className="done-head">
        <Tile {...tileOf(provider, connection)} size="huge" />
        <PageTitle
          title={again ? words.headingAgain(label) : words.heading(label)}
          lead={words.under(provider.name, account === label ? null : account)}
        />
      </div>
      <FirstLife connection={connection} provider={provider} />
      <FactList>
        <Fact term={words.who}>
          {account ?? words.whoUnknown}
          {account !== null && (
            <span className={checked ? 'note done-checked' : 'note dim'}>
              {checked && <Check className="icon" aria-hidden />}
              {checked
                ? words.checked
                : provider.company !== null && connection.grant !== 'password'
                  ? words.notCheckedCompany(provider.name)
                  : words.notChecked}
            </span>
          )}
        </Fact>
        {(provider.scopes !== null || connection.scopesGranted !== null) && (
          <Fact term={words.scopes}>
            <Scopes connection={connection} />
          </Fact>
        )}
        <Fact term={words.next}>{nextOf(connection, provider, words)}</Fact>
      </FactList>
      <NameField connection={connection} onProblem={onProblem} />
      {connection.realm === 'vault' && <StartOffer />}
    </div>
  );
}

/** What a person will have to do next, as far as that can be told. */
function nextOf(connection: ConnectionSummary, provider: ProviderView, words: Catalogue['connect']['done']): string {
  const { name } = provider;
  if (connection.grant === 'personal_access_token') return words.nextPersonal(name);
  if (!connection.renewable) return words.nextUnrenewable;
  if (connection.grant === 'client_credentials') return words.nextNone(name);
  if (provider.signInEnds === 'not_stated') return words.nextNotStated(name);
  return connection.grant === 'password' ? words.nextPassword(name) : words.nextRevoked(name);
}

function Scopes({ connection }: { connection: ConnectionSummary }) {
  const { connect } = useText();
  const words = connect.done;
  const { scopesAsked: asked, scopesGranted: granted } = connection;
  if (granted === null) return asked.length === 0 ? words.scopesNone : words.scopesAsked(asked.length);
  const missing = asked.filter((scope) => !granted.includes(scope));
  return (
    <>
      {asked.length === 0 ? words.scopesGranted(granted.length) : words.scopesBoth(asked.length, granted.length)}
      {missing.length > 0 && <span className="note word st-duty">{words.scopesMissing(missing)}</span>}
    </>
  );
}

/** The sentence, the countdown and the first bar, running. */
function FirstLife({ connection, provider }: { connection: ConnectionSummary; provider: ProviderView }) {
  const { connect } = useText();
  const words = connect.done;
  const told = useWords();
  const moments = useMoments();
  const nowMs = useNow();
  const mark = markOf(connection, nowMs);
  const { expiresAtMs, renewsAtMs, renewable } = connection;
  return (
    <section className={`card first-life st-${mark}`}>
      <p className="first-says">
        <StateMark kind={mark} />
        <span className="word" role="status">
          {told.says(connection, provider.name, nowMs)}
        </span>
      </p>
      {expiresAtMs !== null && (
        <div className="first-time">
          <Countdown untilMs={expiresAtMs} size="hero" label={told.timeLabel(connection, nowMs)} />
          <span className="note num dim">{words.ends(moments.seconds(expiresAtMs, nowMs))}</span>
        </div>
      )}
      <LifeBar life={lifeOf(connection, nowMs)} size="wide" />
      <div className="first-feet note num dim" aria-hidden>
        <span>{words.now}</span>
        {renewable && renewsAtMs !== null && <span>{words.renews(moments.clock(renewsAtMs, nowMs))}</span>}
      </div>
    </section>
  );
}

/** The name can be set right at once: leaving the field or Enter keeps it. */
function NameField({
  connection,
  onProblem,
}: {
  connection: ConnectionSummary;
  onProblem: (problem: Problem | null) => void;
}) {
  const { connect } = useText();
  const client = useClient();
  const [typed, setTyped] = useState<string | null>(null);
  const [kept, setKept] = useState(false);

  async function keep(): Promise<void> {
    const label = (typed ?? '').trim();
    if (typed === null || label === '' || label === connection.label) {
      setTyped(null);
      return;
    }
    const answer = await client.connections.rename({ connectionId: connection.id, label });
    onProblem(answer.ok ? null : answer.problem);
    setKept(answer.ok);
    if (answer.ok) setTyped(null);
  }

  return (
    <div className="done-name" data-field="label">
      <TextField
        label={connect.done.label}
        value={typed ?? connection.label}
        onChange={(value) => {
          setTyped(value);
          setKept(false);
        }}
        onBlur={() => void keep()}
        good={kept && typed === null ? connect.done.renamed : undefined}
        maxLength={120}
      />
    </div>
  );
}
