import { ChevronLeft } from 'lucide-react';
import { useRef } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { clearOf } from './checks.ts';
import { FailureNotice } from './failure-notice.tsx';
import { type SecretHandle, SecretInput } from './secret-input.tsx';
import { signsIn } from './steps.ts';
import type { DraftActs } from './use-draft.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface SignInStepProps {
  draft: DraftActs;
  provider: ProviderView;
  app: AppSummary | undefined;
  onCancel: () => void;
}

/** E-mail and password; or, for keys alone, one button that asks again. */
export function SignInStep({ draft, provider, app, onCancel }: SignInStepProps) {
  const { connect } = useText();
  const secret = useRef<SecretHandle>(null);
  const { state } = draft;
  const { form, view } = state;
  const words = connect.signIn;
  const again = view.purpose.kind === 'sign_in_again';
  const asks = !signsIn(view);
  const title = asks
    ? words.headingAsk(view.label)
    : again
      ? words.headingAgain(view.label)
      : words.heading(provider.name);
  const lead = asks
    ? words.leadAsk(provider.name)
    : again
      ? words.leadAgain
      : provider.signsInWith === 'email'
        ? words.lead(provider.name)
        : words.leadUserName(provider.name);
  const clear = clearOf(view.endpoints.find(({ kind }) => kind === 'token')?.url ?? '');
  return (
    <Page
      marked={state.marked}
      notice={<FailureNotice draft={draft} provider={provider} secret={() => secret.current} />}
      onSubmit={() => void draft.connect(secret.current)}
      foot={
        <>
          {again ? (
            <Button onPress={onCancel}>{connect.foot.cancel}</Button>
          ) : (
            <>
              <Button
                icon={<ChevronLeft className="icon" aria-hidden />}
                onPress={() => void draft.leave('keys', secret.current)}
              >
                {connect.foot.back}
              </Button>
              <Button look="plain" onPress={onCancel}>
                {connect.foot.cancel}
              </Button>
            </>
          )}
          <Button look="plain" onPress={() => void draft.leave('addresses', secret.current)}>
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
          <Button look="main" type="submit" busy={state.busy !== null}>
            {asks ? connect.foot.newToken : connect.foot.signInTo(provider.name)}
          </Button>
        </>
      }
    >
      <PageTitle title={title} lead={lead} />
      {view.realm === 'practice' && !asks && (
        <p className="note aside-practice st-practice">
          <StateMark kind="practice" />
          <span>{words.passwordPractice}</span>
        </p>
      )}
      {clear !== null && !asks && (
        <p className="note aside-clear st-duty">
          <StateMark kind="duty" />
          <span className="word">{connect.keys.clearAgreed(clear.host)}</span>
        </p>
      )}
      <div className="sign-in">
        {app !== undefined && (
          <FactList>
            <Fact term={words.with}>{app.name}</Fact>
            <Fact term={connect.fields.clientId}>
              <span className="mono">{app.clientId}</span>
            </Fact>
          </FactList>
        )}
        {!asks && (
          <>
            <div data-field="username">
              <TextField
                label={provider.signsInWith === 'email' ? words.username : words.userName}
                value={form.username}
                onChange={(username) => draft.typed({ username }, 'username')}
                help={
                  provider.signsInWith === 'email' && form.username.trim() !== '' && !form.username.includes('@')
                    ? words.usernameNoAt
                    : words.usernameNote
                }
                bad={draft.badOf('username')}
                autoFocus={form.username === ''}
              />
            </div>
            <div data-field="password">
              <SecretInput
                label={words.password}
                entered={view.passwordEntered}
                handle={secret}
                onTyped={() => draft.typedSecret('password')}
                help={provider.passwordNote ?? words.passwordKept}
                bad={draft.badOf('password')}
                autoFocus={form.username !== ''}
              />
            </div>
            {!again && (
              <div data-field="label">
                <TextField
                  label={words.label}
                  value={form.label}
                  onChange={(label) => draft.typed({ label }, 'label')}
                  help={words.labelNote}
                  bad={draft.badOf('label')}
                  maxLength={120}
                />
              </div>
            )}
          </>
        )}
      </div>
    </Page>
  );
}
