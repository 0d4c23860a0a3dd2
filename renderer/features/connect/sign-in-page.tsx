import { ChevronLeft } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { BlockedNote, lowered } from './blocked-note.tsx';
import { FailureNotice } from './failure-notice.tsx';
import type { SecretHandle } from './secret-input.tsx';
import type { DraftActs } from './use-draft.ts';
import { missingAddress } from './way.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

export interface SignInStepProps {
  draft: DraftActs;
  provider: ProviderView;
  app: AppSummary | undefined;
  onCancel: () => void;
}

interface SignInPageProps extends SignInStepProps {
  secret: RefObject<SecretHandle | null>;
  title: string;
  lead: string;
  /** The main button: what it does. */
  act: string;
  children: ReactNode;
}

/** The frame of every way to sign in: its title, the app it is made with, and the one button that names its act. */
export function SignInPage({ draft, provider, app, onCancel, secret, title, lead, act, children }: SignInPageProps) {
  const { connect } = useText();
  const { state } = draft;
  const { view } = state;
  const again = view.purpose.kind === 'sign_in_again';
  const missing = missingAddress(view, state.form, provider, app);
  const toAdvanced = () => void draft.leave('addresses', secret.current);
  return (
    <Page
      marked={state.marked}
      notice={<FailureNotice draft={draft} provider={provider} secret={() => secret.current} />}
      onSubmit={() => void draft.connect(secret.current)}
      foot={
        <>
          {!again && (
            <Button
              icon={<ChevronLeft className="icon" aria-hidden />}
              onPress={() => void draft.leave('keys', secret.current)}
            >
              {connect.foot.back}
            </Button>
          )}
          <Button look={again ? 'outlined' : 'plain'} onPress={onCancel}>
            {connect.foot.cancel}
          </Button>
          <Button look="plain" onPress={toAdvanced}>
            {connect.foot.advanced}
          </Button>
          <span className="grow" />
          <span className="note dim foot-note" aria-live="polite">
            {state.busy === 'connecting'
              ? connect.foot.working(provider.name)
              : state.marked.length > 0 && state.problem === null
                ? connect.foot.missing(state.marked)
                : connect.foot.nothingSent}
          </span>
          <Button
            look="main"
            type="submit"
            busy={state.busy !== null}
            unavailable={missing === null ? null : connect.blocked.button(lowered(connect.addresses.names[missing]))}
          >
            {act}
          </Button>
        </>
      }
    >
      <PageTitle title={title} lead={lead} />
      {missing !== null && (
        <BlockedNote missing={missing} provider={provider} onAdvanced={app === undefined ? toAdvanced : null} />
      )}
      {children}
    </Page>
  );
}

export function AppUsed({ app }: { app: AppSummary | undefined }) {
  const { connect } = useText();
  if (app === undefined || app.clientId === '') return null;
  return (
    <FactList>
      <Fact term={connect.signIn.with}>{app.name}</Fact>
      <Fact term={connect.fields.clientId}>
        <span className="mono">{app.clientId}</span>
      </Fact>
    </FactList>
  );
}

/** A connection that is signed in to again keeps its name. */
export function LabelField({ draft }: { draft: DraftActs }) {
  const { connect } = useText();
  const { form, view } = draft.state;
  if (view.purpose.kind === 'sign_in_again') return null;
  return (
    <div data-field="label">
      <TextField
        label={connect.signIn.label}
        value={form.label}
        onChange={(label) => draft.typed({ label }, 'label')}
        help={connect.signIn.labelNote}
        bad={draft.badOf('label')}
        maxLength={120}
      />
    </div>
  );
}

/** Which company it is for; fixed once the connection stands for one. */
export function CompanyField({ draft, provider }: { draft: DraftActs; provider: ProviderView }) {
  const { form, view } = draft.state;
  if (provider.company === null) return null;
  const fixed = view.purpose.kind === 'sign_in_again' && view.company !== '';
  return (
    <div data-field="company">
      <TextField
        label={provider.company.name}
        value={form.company}
        onChange={(company) => draft.typed({ company }, 'company')}
        help={provider.company.help}
        bad={draft.badOf('company')}
        readOnly={fixed}
        autoFocus={!fixed && form.company === ''}
        maxLength={120}
      />
    </div>
  );
}
