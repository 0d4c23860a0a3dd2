import { useRef } from 'react';
import { useText } from '../../ui/text.ts';
import type { SecretHandle } from './secret-input.tsx';
import { SetupTask } from './setup-steps.tsx';
import { AppUsed, CompanyField, LabelField, SignInPage, type SignInStepProps } from './sign-in-page.tsx';
import { TokenInput } from './token-input.tsx';
import { asksCompany, stepsOf, usesKeys } from './way.ts';

/** One secret field: a refresh token of the same app, or another token that was made by hand. */
export function PastedStep(props: SignInStepProps) {
  const { draft, provider, app } = props;
  const { connect } = useText();
  const secret = useRef<SecretHandle>(null);
  const { form, view } = draft.state;
  const words = connect.token;
  const again = view.purpose.kind === 'sign_in_again';
  const byHand = !usesKeys(form);
  const company = asksCompany(form, provider);
  // Where the token is made; it is pasted below, so the step that says so is left out.
  const tasks = byHand ? stepsOf(provider, form.grant).filter(({ fields }) => fields.length === 0) : [];
  return (
    <SignInPage
      {...props}
      secret={secret}
      title={again ? connect.signIn.headingAgain(view.label) : words.heading(provider.name)}
      lead={byHand ? words.leadAgain(provider.name) : words.lead(provider.name)}
      act={byHand ? connect.foot.tryToken : connect.foot.useToken}
    >
      {tasks.length > 0 && (
        <div className="keys pasted-tasks">
          {tasks.map((task, index) => (
            <SetupTask
              key={task.text}
              provider={provider}
              step={task}
              number={index + 1}
              regionId={form.regionId}
              onCopyScopes={draft.copyScopes}
              practice={view.realm === 'practice'}
            />
          ))}
        </div>
      )}
      <div className="sign-in">
        <AppUsed app={app} />
        {company && <CompanyField draft={draft} provider={provider} />}
        <TokenInput
          draft={draft}
          handle={secret}
          begins={byHand ? provider.personalTokenBegins : null}
          autoFocus={!company || form.company !== ''}
        />
        <LabelField draft={draft} />
      </div>
    </SignInPage>
  );
}
