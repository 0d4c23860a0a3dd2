import { Copy, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import type { Catalogue } from '../../../shared/text/catalogue.ts';
import { useClient, useKnown } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { trueNowMs, useFromNow, useNow } from '../../ui/clock.ts';
import { useKeyNames } from '../../ui/keys.ts';
import { LifeBar } from '../../ui/life-bar.tsx';
import { lifeOf, markOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { ProblemDetails, ProblemNote } from '../../ui/problem-note.tsx';
import { Banner } from '../../ui/banner.tsx';
import { SplitButton } from '../../ui/split-button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { type ConnectionActs, formActs, rowActOf, unavailableOf } from './acts.tsx';
import { isByHand } from './by-hand.ts';
import { ExchangeLine } from './exchange-line.tsx';
import { Facts } from './facts.tsx';
import { NotifyControl } from './notify-control.tsx';
import { TimeLeft } from './row.tsx';
import type { History } from './use-history.ts';
import { useWords } from './words.ts';

export interface OverviewProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  acts: ConnectionActs;
  history: History;
  onAllHistory: () => void;
}

export function Overview({ connection, provider, acts, history, onAllHistory }: OverviewProps) {
  const { connections: text } = useText();
  return (
    <>
      <FailureBanner connection={connection} acts={acts} />
      <LifeHead connection={connection} provider={provider} />
      <MainActs connection={connection} provider={provider} acts={acts} />
      <hr className="hr" />
      <Facts connection={connection} provider={provider} />
      <hr className="hr" />
      {connection.realm === 'vault' && (
        <>
          <NotifyControl connectionId={connection.id} />
          <hr className="hr" />
        </>
      )}
      <div className="row between last-head">
        <h3 className="subhead">{text.exchanges.title}</h3>
        {history.phase === 'read' && history.exchanges.length > 3 && (
          <TextLink note onPress={onAllHistory}>
            {text.exchanges.all}
          </TextLink>
        )}
      </div>
      {history.phase === 'read' && history.exchanges.length === 0 && <p className="dim">{text.exchanges.none}</p>}
      {history.phase === 'read' && (
        <ol className="log">
          {history.exchanges.slice(0, 3).map((exchange, index) => (
            <ExchangeLine key={`${String(exchange.atMs)} ${String(index)}`} exchange={exchange} />
          ))}
        </ol>
      )}
    </>
  );
}

function bannerShown({ condition, failure }: ConnectionSummary): boolean {
  return failure !== null && condition !== 'revoked' && condition !== 'renewing';
}

/** Only when something is wrong: what happened, the next step, one act. */
function FailureBanner({ connection, acts }: Pick<OverviewProps, 'connection' | 'acts'>) {
  const { connections: text, errors } = useText();
  const { failure } = connection;
  const mark = useFromNow((nowMs) => markOf(connection, nowMs));
  const act = useFromNow((nowMs) => rowActOf(connection, nowMs));
  if (failure === null || !bannerShown(connection)) return null;
  const { what, next } = errors[failure.problem.code](failure.problem.facts);
  const tone = mark === 'offline' || mark === 'retry' || mark === 'signin' ? mark : 'duty';
  const button =
    act === 'sign_in' ? (
      <Button look="main" size="small" onPress={() => acts.signIn(connection)}>
        {text.acts.signIn}
      </Button>
    ) : act === 'replace_secret' ? (
      <Button look="main" size="small" onPress={() => acts.replaceSecret(connection)}>
        {text.acts.replaceSecret}
      </Button>
    ) : act === 'try_now' ? (
      <Button size="small" onPress={() => acts.renew(connection)}>
        {text.acts.tryNow}
      </Button>
    ) : undefined;
  return (
    <div className="detail-banner">
      <Banner
        state={tone}
        what={what}
        next={
          <>
            {next} <TextLink onPress={() => acts.diagnose(connection)}>{text.acts.why}</TextLink>
          </>
        }
        act={button}
      >
        <ProblemDetails problem={failure.problem} />
      </Banner>
    </div>
  );
}

/** The sentence, the one large countdown, and the wide bar with its times. */
function LifeHead({ connection, provider }: Pick<OverviewProps, 'connection' | 'provider'>) {
  const { connections: text } = useText();
  const nowMs = useNow();
  const moments = useMoments();
  const words = useWords();
  const { expiresAtMs, issuedAtMs, renewsAtMs, condition } = connection;
  const mark = markOf(connection, nowMs);
  const life = lifeOf(connection, nowMs);
  const alive = expiresAtMs !== null && expiresAtMs > nowMs && condition !== 'revoked';
  const share = 'now' in life ? Math.min(1, Math.max(0, life.now)) : null;
  const renews = life.kind === 'ring' && renewsAtMs !== null;
  return (
    <>
      {!(mark === 'signin' && connection.failure !== null) && (
        <div className="says">
          <StateMark kind={mark} />
          <span className="selectable">{words.says(connection, provider?.name ?? connection.providerId, nowMs)}</span>
        </div>
      )}
      <div className="life-head" hidden={condition === 'revoked'}>
        <span className={alive ? 'time hero' : 'time hero worded'}>
          <span aria-hidden>
            <TimeLeft connection={connection} nowMs={nowMs} />
          </span>
          <span className="unseen">{words.timeLabel(connection, nowMs)}</span>
        </span>
        {expiresAtMs !== null && condition !== 'revoked' && (
          <span className="note num" title={moments.whole(expiresAtMs)}>
            {alive
              ? text.bar.ends(moments.seconds(expiresAtMs, nowMs))
              : text.bar.ended(moments.seconds(expiresAtMs, nowMs))}
          </span>
        )}
      </div>
      <LifeBar life={life} size="wide" />
      {/* Also while it is empty: nothing below moves when a renewal comes and goes. */}
      <div className="life-times note num dim" aria-hidden>
        {share !== null && (
          <>
            <span>{share > 0.16 && issuedAtMs !== null && moments.clock(issuedAtMs, nowMs)}</span>
            {share < 0.66 && (
              <span className="life-now" style={{ insetInlineStart: `max(12px, ${(share * 100).toFixed(2)}%)` }}>
                {text.bar.now}
              </span>
            )}
            <span>
              {renews
                ? text.bar.renews(moments.clock(renewsAtMs, nowMs))
                : life.kind === 'post' && !connection.renewable && text.bar.signIn}
            </span>
          </>
        )}
      </div>
    </>
  );
}

/** Why there is nothing to test with: the provider has no test call, or nobody published its address (G7). */
function noTestOf(
  provider: ProviderView | undefined,
  app: AppSummary | undefined,
  text: Catalogue['connections']['unavailable'],
): string | null {
  if (provider === undefined) return null;
  if (!provider.endpoints.some((one) => one.kind === 'test')) return text.noTestAddress(provider.name);
  const address = app?.endpoints.find((one) => one.kind === 'test');
  return address !== undefined && address.url === null ? text.testAddressEmpty(provider.name) : null;
}

type Tested = { at: ConnectionSummary['id']; answer: Output<'connections.test'> } | null;

function MainActs({ connection, provider, acts }: Pick<OverviewProps, 'connection' | 'provider' | 'acts'>) {
  const { connections: text } = useText();
  const client = useClient();
  const moments = useMoments();
  const keyNames = useKeyNames();
  const [openedMs] = useState(() => trueNowMs());
  const [testing, setTesting] = useState(false);
  const [tested, setTested] = useState<Tested>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // The reasons change with the state, not with the second.
  const copyReason = useFromNow((nowMs) => unavailableOf(connection, text.unavailable, nowMs).copy);
  const renewReason = useFromNow((nowMs) => unavailableOf(connection, text.unavailable, nowMs).renew);
  const testReason = useFromNow((nowMs) => unavailableOf(connection, text.unavailable, nowMs).test);
  const signsIn = useFromNow((nowMs) => rowActOf(connection, nowMs) === 'sign_in');
  const app = useKnown((known) => known.apps).find((one) => one.id === connection.appId);
  const noTest = noTestOf(provider, app, text.unavailable);
  // What a test said of a token is not true of the state after it.
  const over = connection.condition === 'sign_in_again' || connection.condition === 'revoked';
  if (over && tested !== null) setTested(null);
  const inBanner = bannerShown(connection) && problem?.code === connection.failure?.problem.code;
  const bannerHasMain = connection.failure !== null && connection.condition !== 'revoked';

  async function test(): Promise<void> {
    setTesting(true);
    setProblem(null);
    setTested(null);
    const answer = await client.connections.test({ connectionId: connection.id });
    setTesting(false);
    if (answer.ok) setTested({ at: connection.id, answer: answer.value });
    else setProblem(answer.problem);
  }

  // Nothing is left to copy, renew or test: two ways on, and no row of dead buttons.
  if (connection.condition === 'revoked') {
    return (
      <div className="detail-acts">
        <Button look="main" onPress={() => acts.signIn(connection)}>
          {text.acts.signIn}
        </Button>
        <Button onPress={() => acts.remove(connection)}>{text.acts.remove}</Button>
      </div>
    );
  }

  return (
    <>
      <div className="detail-acts">
        {signsIn && !bannerHasMain && (
          <Button look="main" onPress={() => acts.signIn(connection)}>
            {text.acts.signIn}
          </Button>
        )}
        <SplitButton
          look={signsIn ? 'outlined' : 'main'}
          icon={<Copy className="icon" aria-hidden />}
          keys={keyNames('Ctrl C')}
          unavailable={copyReason}
          menuLabel={text.acts.copyAs}
          acts={formActs({ connection, provider, acts, text, nowMs: openedMs })}
          onPress={() => acts.copy(connection, 'token')}
        >
          {text.acts.copy}
        </SplitButton>
        {!isByHand(connection) && (
          <Button
            icon={<RefreshCw className="icon" aria-hidden />}
            busy={connection.condition === 'renewing'}
            unavailable={connection.condition === 'renewing' ? null : renewReason}
            onPress={() => acts.renew(connection)}
          >
            {text.acts.renew}
          </Button>
        )}
        <Button
          busy={testing}
          unavailable={testReason ?? noTest}
          onPress={() => {
            void test();
          }}
        >
          {text.acts.test}
        </Button>
      </div>
      <div className="test-result" role="status">
        {tested !== null && (
          <p className={tested.answer.outcome === 'works' ? 'help good' : 'help'}>
            <span className={tested.answer.outcome === 'works' ? 'st-working' : 'st-unknown'}>
              <StateMark kind={tested.answer.outcome === 'works' ? 'working' : 'unknown'} size={14} />
            </span>
            <span>{testSentence(tested.answer)}</span>
          </p>
        )}
      </div>
      {problem !== null && !inBanner && (
        <div className="test-problem">
          <ProblemNote problem={problem} />
        </div>
      )}
    </>
  );

  function testSentence(answer: Output<'connections.test'>): string {
    const at = moments.seconds(answer.atMs, answer.atMs);
    const long = text.exchanges.milliseconds(answer.durationMs);
    if (answer.outcome === 'works_scope_missing') return text.test.scopeMissing(answer.scopeMissing);
    return answer.account === null ? text.test.works(at, long) : text.test.worksAs(answer.account, at, long);
  }
}
