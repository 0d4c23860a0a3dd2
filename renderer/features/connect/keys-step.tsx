import { ChevronLeft } from 'lucide-react';
import { useRef } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { AppChoice } from './app-choice.tsx';
import { AppFacts } from './app-facts.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { KeysForm } from './keys-form.tsx';
import type { SecretHandle } from './secret-input.tsx';
import { isLast } from './steps.ts';
import type { DraftActs } from './use-draft.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface KeysStepProps {
  draft: DraftActs;
  provider: ProviderView;
  /** Those of this provider in this realm. */
  apps: readonly AppSummary[];
  onCancel: () => void;
}

export function KeysStep({ draft, provider, apps, onCancel }: KeysStepProps) {
  const { connect } = useText();
  const secret = useRef<SecretHandle>(null);
  const { state } = draft;
  const { form, view } = state;
  const app = apps.find((one) => one.id === form.appId);
  const last = isLast(view, 'keys');
  const lead =
    apps.length > 0
      ? connect.keys.leadHave
      : provider.ownServer !== null
        ? connect.keys.leadServer
        : provider.scopes === null
          ? connect.keys.lead
          : connect.keys.leadScopes;
  const head = (
    <>
      <PageTitle
        title={apps.length > 0 ? connect.keys.headingHave(provider.name) : connect.keys.heading(provider.name)}
        lead={lead}
      />
      {view.realm === 'practice' && (
        <p className="note aside-practice st-practice">
          <StateMark kind="practice" />
          <span>{connect.keys.practiceFilled}</span>
        </p>
      )}
      {apps.length > 0 && (
        <div data-field="appId">
          <AppChoice
            provider={provider}
            apps={apps}
            chosen={app?.id ?? null}
            onChoose={(appId) => draft.typed({ appId })}
          />
        </div>
      )}
    </>
  );
  return (
    <Page
      marked={state.marked}
      notice={<FailureNotice draft={draft} provider={provider} secret={() => secret.current} />}
      onSubmit={() => void (last ? draft.connect(secret.current) : draft.next('sign_in', secret.current))}
      foot={
        <>
          <Button
            icon={<ChevronLeft className="icon" aria-hidden />}
            onPress={() => void draft.leave('system', secret.current)}
          >
            {connect.foot.back}
          </Button>
          <Button look="plain" onPress={onCancel}>
            {connect.foot.cancel}
          </Button>
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
            {last ? connect.foot.firstToken : connect.foot.nextSignIn}
          </Button>
        </>
      }
    >
      {app === undefined ? (
        <KeysForm
          provider={provider}
          values={form}
          secretEntered={view.clientSecretEntered}
          secret={secret}
          badOf={draft.badOf}
          onChange={draft.typed}
          onSecretTyped={() => draft.typedSecret('clientSecret')}
          onCopyScopes={draft.copyScopes}
          practice={view.realm === 'practice'}
          registration={
            provider.registers
              ? {
                  registered: view.registered,
                  busy: state.busy === 'registering',
                  onRegister: () => void draft.register(secret.current),
                  onCopy: draft.copyKey,
                }
              : null
          }
        >
          {head}
        </KeysForm>
      ) : (
        <div className="keys">
          <div className="keys-head">{head}</div>
          <div className="card app-card">
            <p className="note dim">{connect.keys.appFacts}</p>
            <AppFacts app={app} provider={provider} />
          </div>
        </div>
      )}
    </Page>
  );
}
