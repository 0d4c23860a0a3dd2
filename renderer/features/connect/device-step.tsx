import { Copy, ExternalLink } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SignInView } from '../../../shared/model/draft.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import type { SecretHandle } from './secret-input.tsx';
import { AppUsed, LabelField, SignInPage, type SignInStepProps } from './sign-in-page.tsx';
import { TimeLeft } from './time-left.tsx';
import { useSignIn } from './use-sign-in.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

/** Signing in with a code on another page (RFC 8628): what will happen, then the code and the wait. */
export function DeviceStep(props: SignInStepProps) {
  const { draft } = props;
  const { state } = draft;
  const signIn = useKnown((known) => known.signIns).find(({ draftId }) => draftId === state.view.id);
  // Once the long call is answered the wait is over, whatever the last push said.
  const device = state.busy === 'connecting' ? signIn?.device : undefined;
  if (signIn === undefined || device == null) return <DeviceStart {...props} />;
  return <CodeOut key={device.userCode} signIn={signIn} device={device} onCancel={draft.stopWaiting} />;
}

function DeviceStart(props: SignInStepProps) {
  const { draft, provider, app } = props;
  const { connect } = useText();
  const none = useRef<SecretHandle>(null);
  const { view } = draft.state;
  const again = view.purpose.kind === 'sign_in_again';
  return (
    <SignInPage
      {...props}
      secret={none}
      title={again ? connect.signIn.headingAgain(view.label) : connect.signIn.heading(provider.name)}
      lead={connect.device.lead(provider.name)}
      act={connect.device.act}
    >
      <div className="sign-in">
        <AppUsed app={app} />
        <LabelField draft={draft} />
      </div>
    </SignInPage>
  );
}

interface CodeOutProps {
  signIn: SignInView;
  device: NonNullable<SignInView['device']>;
  onCancel: () => void;
}

function CodeOut({ signIn, device, onCancel }: CodeOutProps) {
  const { connect, errors } = useText();
  const words = connect.device;
  const client = useClient();
  const shell = useShell();
  const { draftId } = signIn;
  const acts = useSignIn(draftId);
  const host = new URL(device.page).host;
  const said = acts.problem === null ? null : errors[acts.problem.code](acts.problem.facts);

  // Said once, letter by letter; the seconds never are.
  const say = useRef(shell.say);
  useEffect(() => {
    say.current = shell.say;
  });
  const sentence = words.spelled(device.userCode);
  useEffect(() => say.current(sentence), [sentence]);

  return (
    <Page
      onSubmit={() => void acts.openAgain()}
      foot={
        <>
          <Button onPress={onCancel}>{connect.browser.cancel}</Button>
          <span className="grow" />
          <span className="note dim foot-note">{words.says}</span>
          <Button look="main" type="submit" icon={<ExternalLink className="icon" aria-hidden />} busy={acts.busy}>
            {words.open}
          </Button>
        </>
      }
    >
      <PageTitle title={words.title} lead={device.codeIsInLink ? words.waitingFilled(host) : words.waiting(host)} />
      <div className="out">
        {signIn.browserFailed && (
          <Banner state="duty" alert what={connect.browser.didNotOpen} next={connect.browser.didNotOpenNext} />
        )}
        <section className="card out-card device-code" aria-label={words.code}>
          <p className="device-letters mono selectable">{device.userCode}</p>
          <Act
            label={words.copyCode}
            done={words.copied}
            act={async () => (await client.drafts.copyUserCode({ draftId })).ok}
          />
        </section>
        <FactList>
          <Fact term={words.page}>
            <span className="mono selectable">{device.page}</span>
          </Fact>
        </FactList>
        <div className="out-acts">
          <Act label={words.copyLink} done={words.copied} act={acts.copyLink} />
          <span className="note dim">{words.compare}</span>
        </div>
        {said !== null && !signIn.browserFailed && (
          <p className="help bad" role="alert">
            <StateMark kind="failed" size={14} />
            <span>{`${said.what} ${said.next}`}</span>
          </p>
        )}
        {signIn.endsAtMs !== null && (
          <TimeLeft startedAtMs={signIn.startedAtMs} endsAtMs={signIn.endsAtMs} says={words.says} ends={words.ends} />
        )}
      </div>
    </Page>
  );
}

/** A copy through main's clipboard, which says for a moment that it was done. */
function Act({ label, done, act }: { label: string; done: string; act: () => Promise<boolean> }) {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    const worked = await act();
    setCopied(worked);
    if (worked) setTimeout(() => setCopied(false), 2000);
  }
  return (
    <Button icon={<Copy className="icon" aria-hidden />} done={copied} onPress={() => void copy()}>
      {copied ? done : label}
    </Button>
  );
}
