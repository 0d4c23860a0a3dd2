import { ChevronLeft } from 'lucide-react';
import { useRef } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { AppChoice } from './app-choice.tsx';
import { AppFacts } from './app-facts.tsx';
import { BlockedNote, lowered } from './blocked-note.tsx';
import { FailureNotice } from './failure-notice.tsx';
import type { Issuer } from './issuer-field.tsx';
import { KeysForm } from './keys-form.tsx';
import { RedirectField } from './redirect-field.tsx';
import type { SecretHandle } from './secret-input.tsx';
import { isLast } from './steps.ts';
import { TokenInput } from './token-input.tsx';
import type { DraftActs } from './use-draft.ts';
import { missingAddress, usesBrowser, usesKeys, waysAtKeys } from './way.ts';
import { WayChoice } from './way-choice.tsx';
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
  const keyed = usesKeys(form);
  const having = keyed ? apps : [];
  const app = having.find((one) => one.id === form.appId);
  const last = isLast(form, 'keys');
  const ways = waysAtKeys(provider, view, form.grant);
  const way = ways.find(({ grant }) => grant === form.grant);
  const missing = last ? missingAddress(view, form, provider, app) : null;
  const toAdvanced = () => void draft.leave('addresses', secret.current);
  const words = connect.keys;
  const lead = !keyed
    ? (way?.lead ?? connect.token.help)
    : having.length > 0
      ? words.leadHave
      : provider.discovery !== null
        ? words.leadIssuer
        : provider.ownServer !== null
          ? words.leadServer
          : provider.scopes === null
            ? words.lead
            : words.leadScopes;
  const title = !keyed
    ? words.headingToken(provider.name)
    : having.length > 0
      ? words.headingHave(provider.name)
      : words.heading(provider.name);
  const head = (
    <>
      <PageTitle title={title} lead={lead} />
      {view.realm === 'practice' && keyed && (
        <p className="note aside-practice st-practice">
          <StateMark kind="practice" />
          <span>{words.practiceFilled}</span>
        </p>
      )}
      {ways.length > 1 && (
        <WayChoice ways={ways} chosen={form.grant} onChoose={(grant) => void draft.choose({ grant }, secret.current)} />
      )}
      {missing !== null && (
        <BlockedNote missing={missing} provider={provider} onAdvanced={app === undefined ? toAdvanced : null} />
      )}
      {having.length > 0 && (
        <div data-field="appId">
          <AppChoice
            provider={provider}
            apps={having}
            chosen={app?.id ?? null}
            onChoose={(appId) => void draft.choose({ appId }, secret.current)}
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
            {!last
              ? form.grant === 'refresh_token'
                ? connect.foot.nextToken
                : connect.foot.nextSignIn
              : keyed
                ? connect.foot.firstToken
                : connect.foot.tryToken}
          </Button>
        </>
      }
    >
      {app === undefined ? (
        <KeysForm
          provider={provider}
          grant={form.grant}
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
          issuer={
            view.discovery === null
              ? null
              : {
                  ...issuerOf(draft, view.discovery),
                  onFind: () => void draft.find(secret.current),
                  onFile: () => void draft.openProvider(secret.current),
                }
          }
          redirect={<Redirect draft={draft} provider={provider} app={undefined} />}
          token={<TokenInput draft={draft} handle={secret} begins={provider.personalTokenBegins} />}
        >
          {head}
        </KeysForm>
      ) : (
        <div className="keys">
          <div className="keys-head">{head}</div>
          <div className="card app-card">
            <p className="note dim">{connect.keys.appFacts}</p>
            <AppFacts app={app} provider={provider} />
            {usesBrowser(form) && <Redirect draft={draft} provider={provider} app={app} />}
          </div>
        </div>
      )}
    </Page>
  );
}

/** What was found belongs to the issuer that was asked; another one typed since has nothing yet. */
function issuerOf(draft: DraftActs, discovery: NonNullable<DraftView['discovery']>): Omit<Issuer, 'onFind' | 'onFile'> {
  const { form, view, busy } = draft.state;
  const isSame = discovery.issuer === (form.issuer ?? '').trim();
  return {
    typed: form.issuer ?? '',
    found: discovery.found && isSame,
    addresses: discovery.found && !isSame ? [] : view.endpoints.filter(({ url }) => url !== ''),
    busy: busy === 'finding',
    bad: draft.badOf('issuer'),
    onType: (issuer) => draft.typed({ issuer }, 'issuer'),
  };
}

/** Of an app one has, the address is shown as it is registered; a new one may be given another. */
function Redirect({ draft, provider, app }: { draft: DraftActs; provider: ProviderView; app: AppSummary | undefined }) {
  const { connect } = useText();
  const { form, view, ownRedirectUri } = draft.state;
  const address = app?.redirectUri ?? view.redirectUri;
  if (provider.browser === null || address === null) return null;
  const words = connect.redirect;
  return (
    <RedirectField
      browser={provider.browser}
      address={address}
      typed={app === undefined ? form.redirectUri : null}
      onType={app === undefined ? (redirectUri) => draft.typed({ redirectUri }, 'redirectUri') : null}
      own={ownRedirectUri}
      note={app === undefined ? undefined : app.redirectUri === null ? words.giveApp : words.ofApp}
      bad={draft.badOf('redirectUri')}
      onCopy={draft.copyRedirect}
      onTry={draft.rehearse}
      onStop={draft.stopWaiting}
    />
  );
}
