import { useEffect, useRef, useState } from 'react';
import type { SignInView } from '../../../shared/model/draft.ts';
import { useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { CodePage } from './code-page.tsx';
import { clearOf } from './checks.ts';
import type { Masked } from './masked-address.ts';
import type { SecretHandle } from './secret-input.tsx';
import { AppUsed, CompanyField, LabelField, SignInPage, type SignInStepProps } from './sign-in-page.tsx';
import { useSignIn } from './use-sign-in.ts';
import { WaitingPage } from './waiting-page.tsx';
import { Page, PageTitle } from './wizard-frame.tsx';

/** Signing in through the browser: what will happen, then the wait, then whose code it is. */
export function BrowserStep(props: SignInStepProps) {
  const { draft } = props;
  const { state } = draft;
  const signIn = useKnown((known) => known.signIns).find(({ draftId }) => draftId === state.view.id);
  // Once the long call is answered the wait is over, whatever the last push said.
  if (signIn === undefined || state.busy !== 'connecting') return <BrowserStart {...props} />;
  return <Out {...props} signIn={signIn} />;
}

function BrowserStart(props: SignInStepProps) {
  const { draft, provider, app } = props;
  const { connect } = useText();
  const none = useRef<SecretHandle>(null);
  const { view, signOutFirst } = draft.state;
  const words = connect.browser;
  const again = view.purpose.kind === 'sign_in_again';
  const atProvider = provider.browser?.startedBy === 'provider';
  const here = view.redirectIsHere;
  const title = again
    ? connect.signIn.headingAgain(view.label)
    : atProvider
      ? words.headingCompany(provider.name)
      : words.heading(provider.name);
  const lead = atProvider
    ? words.leadCompany(provider.name)
    : here
      ? words.lead(provider.name)
      : words.leadPaste(provider.name);
  const clear = clearOf(view.endpoints.find(({ kind }) => kind === 'token')?.url ?? '');
  return (
    <SignInPage
      {...props}
      secret={none}
      title={title}
      lead={lead}
      act={atProvider ? (here ? connect.foot.waitCompany : connect.foot.pasteAddress) : connect.foot.signInBrowser}
    >
      {atProvider && <p className="out-lead">{here ? words.companyHere : words.companyPaste}</p>}
      {signOutFirst && !atProvider && (
        <p className="note aside-clear st-duty">
          <StateMark kind="duty" />
          <span className="word">{words.signOutFirst(provider.name)}</span>
        </p>
      )}
      {clear !== null && (
        <p className="note aside-clear st-duty">
          <StateMark kind="duty" />
          <span className="word">{connect.keys.clearAgreed(clear.host)}</span>
        </p>
      )}
      <div className="sign-in">
        <AppUsed app={app} />
        <CompanyField draft={draft} provider={provider} />
        <LabelField draft={draft} />
        {view.redirectUri !== null && (
          <FactList>
            <Fact term={words.comesBackTo}>
              <span className="mono">{view.redirectUri}</span>
            </Fact>
          </FactList>
        )}
      </div>
    </SignInPage>
  );
}

function Out({ draft, provider, signIn }: SignInStepProps & { signIn: SignInView }) {
  const { connect } = useText();
  const words = connect.browser;
  const shell = useShell();
  const { view } = draft.state;
  const { stage } = signIn;
  const acts = useSignIn(view.id);
  const field = useRef<SecretHandle>(null);
  const [masked, setMasked] = useState<Masked | null>(null);

  // Said once for each stage; never the seconds.
  const say = useRef(shell.say);
  useEffect(() => {
    say.current = shell.say;
  });
  const sentence = words.said[stage];
  useEffect(() => say.current(sentence), [sentence]);

  switch (stage) {
    case 'waiting':
      return (
        <WaitingPage
          key={stage}
          signIn={signIn}
          provider={provider}
          company={view.company}
          opensPage={provider.browser?.startedBy === 'client' || view.realm === 'practice'}
          acts={acts}
          field={field}
          onMasked={setMasked}
          onCancel={draft.stopWaiting}
        />
      );
    case 'confirming':
      return (
        <CodePage
          // Begun again, it is another code: nobody has said whose it is.
          key={signIn.codeReceivedAtMs}
          signIn={signIn}
          provider={provider}
          company={view.company}
          redirectUri={view.redirectUri ?? ''}
          pasted={masked?.shown ?? null}
          acts={acts}
          onCancel={draft.stopWaiting}
          onStartAgain={draft.startAgain}
        />
      );
    case 'queued':
    case 'exchanging':
      return (
        <Page
          key={stage}
          onSubmit={() => undefined}
          foot={
            <>
              {stage === 'queued' && <Button onPress={draft.stopWaiting}>{words.cancel}</Button>}
              <span className="grow" />
              <span className="note dim foot-note">
                {stage === 'queued' ? words.said.queued : connect.foot.working(provider.name)}
              </span>
            </>
          }
        >
          <PageTitle
            title={stage === 'queued' ? words.queuedTitle : words.exchangingTitle}
            lead={stage === 'queued' ? words.queued : words.exchanging(provider.name)}
          />
        </Page>
      );
  }
}
