import { Copy, ExternalLink } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { SignInView } from '../../../shared/model/draft.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import type { Masked } from './masked-address.ts';
import { PasteField } from './paste-field.tsx';
import type { SecretHandle } from './secret-input.tsx';
import { TimeLeft } from './time-left.tsx';
import type { SignInActs } from './use-sign-in.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface WaitingPageProps {
  signIn: SignInView;
  provider: ProviderView;
  company: string;
  /** There is a page of the provider's to open; else the company goes there itself. */
  opensPage: boolean;
  acts: SignInActs;
  field: RefObject<SecretHandle | null>;
  onMasked: (masked: Masked | null) => void;
  onCancel: () => void;
}

/** The browser is out. It comes back by itself, or a person brings the address it landed on. */
export function WaitingPage(props: WaitingPageProps) {
  const { signIn, provider, company, opensPage, acts, field, onMasked, onCancel } = props;
  const { connect, errors } = useText();
  const words = connect.browser;
  const byPaste = signIn.comesBackBy === 'paste';
  const atProvider = provider.browser?.startedBy === 'provider';
  const lead = atProvider
    ? byPaste
      ? words.waitingCompanyPaste(provider.name)
      : words.waitingCompany(provider.name)
    : byPaste
      ? words.waitingPaste(provider.name)
      : words.waiting(provider.name);
  const title = byPaste
    ? words.waitingTitlePaste
    : atProvider && company !== ''
      ? words.waitingTitleCompany(company)
      : words.waitingTitle;
  const said = acts.problem === null ? null : errors[acts.problem.code](acts.problem.facts);
  const ofPaste = acts.problem !== null && acts.problem.code.startsWith('pasted_');
  const wrong = said === null ? undefined : `${said.what} ${said.next}`;
  return (
    <Page
      onSubmit={() => void acts.paste(field.current)}
      foot={
        <>
          <Button onPress={onCancel}>{words.cancel}</Button>
          <span className="grow" />
          <span className="note dim foot-note">{words.waitingSays}</span>
        </>
      }
    >
      <PageTitle title={title} lead={lead} />
      <div className="out">
        {signIn.browserFailed && <Banner state="duty" alert what={words.didNotOpen} next={words.didNotOpenNext} />}
        {signIn.endsAtMs !== null && (
          <TimeLeft
            startedAtMs={signIn.startedAtMs}
            endsAtMs={signIn.endsAtMs}
            says={words.waitingSays}
            ends={words.waitingEnds}
          />
        )}
        {opensPage && <Links acts={acts} />}
        {signIn.strays > 0 && <p className="note dim">{words.strays(signIn.strays)}</p>}
        {wrong !== undefined && !ofPaste && (
          <p className="help bad" role="alert">
            <StateMark kind="failed" size={14} />
            <span>{wrong}</span>
          </p>
        )}
        <PasteField
          handle={field}
          onTyped={acts.settle}
          onMasked={onMasked}
          onUse={() => void acts.paste(field.current)}
          busy={acts.busy}
          bad={ofPaste ? wrong : undefined}
          autoFocus={byPaste}
        />
      </div>
    </Page>
  );
}

function Links({ acts }: { acts: SignInActs }) {
  const { connect } = useText();
  const words = connect.browser;
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    const done = await acts.copyLink();
    setCopied(done);
    if (done) setTimeout(() => setCopied(false), 2000);
  }
  return (
    <div className="out-acts">
      <Button icon={<ExternalLink className="icon" aria-hidden />} onPress={() => void acts.openAgain()}>
        {words.openAgain}
      </Button>
      <Button icon={<Copy className="icon" aria-hidden />} done={copied} onPress={() => void copy()}>
        {copied ? words.copiedLink : words.copyLink}
      </Button>
      <span className="note dim">{words.linkNote}</span>
    </div>
  );
}
