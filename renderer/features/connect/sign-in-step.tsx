import { useRef } from 'react';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { BrowserStep } from './browser-step.tsx';
import { clearOf } from './checks.ts';
import { DeviceStep } from './device-step.tsx';
import { PastedStep } from './pasted-step.tsx';
import { type SecretHandle, SecretInput } from './secret-input.tsx';
import { AppUsed, LabelField, SignInPage, type SignInStepProps } from './sign-in-page.tsx';
import { pastesToken, usesBrowser, usesDevice } from './way.ts';

/** Signing in, in the way that was chosen. */
export function SignInStep(props: SignInStepProps) {
  const { form } = props.draft.state;
  if (usesDevice(form)) return <DeviceStep {...props} />;
  if (usesBrowser(form)) return <BrowserStep {...props} />;
  if (pastesToken(form)) return <PastedStep {...props} />;
  return <PasswordStep {...props} />;
}

/** E-mail and password; or, for keys alone, one button that asks again. */
function PasswordStep(props: SignInStepProps) {
  const { draft, provider, app } = props;
  const { connect } = useText();
  const secret = useRef<SecretHandle>(null);
  const { form, view } = draft.state;
  const words = connect.signIn;
  const again = view.purpose.kind === 'sign_in_again';
  const asks = form.grant === 'client_credentials';
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
    <SignInPage
      {...props}
      secret={secret}
      title={title}
      lead={lead}
      act={asks ? connect.foot.newToken : connect.foot.signInTo(provider.name)}
    >
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
        <AppUsed app={app} />
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
            <LabelField draft={draft} />
          </>
        )}
      </div>
    </SignInPage>
  );
}
