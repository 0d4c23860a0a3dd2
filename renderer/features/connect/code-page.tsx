import { Check } from 'lucide-react';
import { useState } from 'react';
import type { SignInView } from '../../../shared/model/draft.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { countdown } from '../../../shared/model/time.ts';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { useFromNow, useNow } from '../../ui/clock.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { LifeBar } from '../../ui/life-bar.tsx';
import { useMoments } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import type { SignInActs } from './use-sign-in.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface CodePageProps {
  signIn: SignInView;
  provider: ProviderView;
  company: string;
  redirectUri: string;
  /** What may be shown of the address that was pasted; null where the browser came back by itself. */
  pasted: string | null;
  acts: SignInActs;
  onCancel: () => void;
  onStartAgain: () => void;
}

/** A code that no request of ours can vouch for: a person says whose it is before it is used (B6, G4). */
export function CodePage(props: CodePageProps) {
  const { signIn, provider, company, redirectUri, pasted, acts, onCancel, onStartAgain } = props;
  const { connect } = useText();
  const words = connect.browser;
  const [theirs, setTheirs] = useState(false);
  const { codeEndsAtMs } = signIn;
  // Main's clock decides; this one only tells it before the press.
  const over = useFromNow((nowMs) => codeEndsAtMs !== null && codeEndsAtMs <= nowMs);
  const late = over || acts.problem?.code === 'code_late';
  const first = theirs ? null : words.whoseFirst;
  return (
    <Page
      notice={acts.problem === null || late ? null : <ProblemNote problem={acts.problem} />}
      onSubmit={() => {
        if (late) onStartAgain();
        else if (theirs) void acts.confirm(false);
      }}
      foot={
        <>
          <Button onPress={onCancel}>{words.cancel}</Button>
          <span className="grow" />
          {late ? (
            <>
              <Button busy={acts.busy} unavailable={first} onPress={() => void acts.confirm(true)}>
                {connect.foot.evenLate}
              </Button>
              <Button look="main" type="submit">
                {connect.foot.startAgain}
              </Button>
            </>
          ) : (
            <>
              {codeEndsAtMs !== null && <FootLeft endsAtMs={codeEndsAtMs} />}
              <Button look="main" type="submit" busy={acts.busy} unavailable={first}>
                {connect.foot.exchange}
              </Button>
            </>
          )}
        </>
      }
    >
      <PageTitle title={words.codeTitle} lead={words.codeLead(provider.name)} />
      <div className="out">
        <CodeCard signIn={signIn} provider={provider} late={late} />
        <FactList>
          {pasted !== null && (
            <Fact term={words.pasted}>
              <span className="mono">{pasted}</span>
            </Fact>
          )}
          <Fact term={connect.fields.redirectUri}>
            <span className="mono">{redirectUri}</span>
            <span className="note as-registered">
              <Check className="icon" aria-hidden />
              {words.asRegistered}
            </span>
          </Fact>
          <Fact term={words.tied}>{words.tiedNo(provider.name)}</Fact>
          <Fact term={words.whose}>
            <CheckBox chosen={theirs} onChange={setTheirs}>
              <span>
                {words.whoseBefore}
                <span className="label">{company}</span>
                {words.whoseAfter}
              </span>
            </CheckBox>
          </Fact>
        </FactList>
      </div>
    </Page>
  );
}

function FootLeft({ endsAtMs }: { endsAtMs: number }) {
  const { connect } = useText();
  const nowMs = useNow();
  return (
    <span className="note dim num" aria-hidden>
      {connect.browser.codeLeft(countdown(endsAtMs - nowMs))}
    </span>
  );
}

function CodeCard({ signIn, provider, late }: { signIn: SignInView; provider: ProviderView; late: boolean }) {
  const { connect } = useText();
  const words = connect.browser;
  const moments = useMoments();
  const nowMs = useNow();
  const { codeReceivedAtMs: received, codeEndsAtMs: ends } = signIn;
  const seconds = provider.browser?.codeSeconds ?? null;
  const life = seconds === null ? null : seconds % 60 === 0 ? words.minutes(seconds / 60) : words.secondsLong(seconds);
  const mark = late ? 'signin' : 'working';
  return (
    <section className={`card out-card st-${mark}`}>
      <div className="out-head">
        <p className="first-says">
          <StateMark kind={mark} />
          <span className="word">{late && life !== null ? words.codeOver(life) : words.codeFound(life)}</span>
        </p>
        <span className="note num dim code-times">
          {received !== null && <span>{words.received(moments.seconds(received, nowMs))}</span>}
          {ends !== null && <span>{words.codeEndsAt(moments.seconds(ends, nowMs))}</span>}
        </span>
      </div>
      {ends !== null && received !== null && (
        <>
          {!late && <Countdown untilMs={ends} size="hero" label={words.codeEnds(moments.seconds(ends, nowMs))} />}
          <LifeBar
            life={late ? { kind: 'ended' } : { kind: 'post', now: (nowMs - received) / Math.max(1, ends - received) }}
            size="wide"
          />
        </>
      )}
      <p className="note dim" role={late ? 'alert' : undefined}>
        {late ? words.codeOverNext(provider.name) : words.codeNote(provider.name)}
      </p>
    </section>
  );
}
