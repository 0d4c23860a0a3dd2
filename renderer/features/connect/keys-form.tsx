import { type CSSProperties, type ReactNode, type Ref, useCallback } from 'react';
import type { FieldName } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { GrantType, ProviderView } from '../../../shared/model/provider.ts';
import { Segments } from '../../ui/segments.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { spaceAt } from './checks.ts';
import { type Issuer, IssuerField } from './issuer-field.tsx';
import { RegisterVault, type Registration } from './register-vault.tsx';
import { ScopeTable } from './scope-table.tsx';
import { ScopeWords } from './scope-words.tsx';
import { type SecretHandle, SecretInput } from './secret-input.tsx';
import { ServerField } from './server-field.tsx';
import { SetupTask } from './setup-steps.tsx';
import { needsSecret, stepsOf, usesKeys } from './way.ts';

export interface KeyValues {
  appName: string;
  clientId: string;
  regionId: string;
  /** Null where the hosts are fixed. */
  baseUrl: string | null;
  unencryptedAgreed: boolean;
  scopes: string[];
}

export interface KeysFormProps {
  provider: ProviderView;
  /** The way to connect whose steps are shown. */
  grant: GrantType;
  values: KeyValues;
  secretEntered: boolean;
  secret: Ref<SecretHandle>;
  /** What is wrong with a field that is marked. */
  badOf: (field: FieldName) => string | undefined;
  onChange: (patch: Partial<KeyValues>, field: FieldName) => void;
  onSecretTyped: () => void;
  onCopyScopes: () => Promise<Problem | null>;
  practice: boolean;
  /** Null where this page cannot do it. */
  registration: Registration | null;
  /** The issuer of any other provider; null where this page cannot ask for its addresses. */
  issuer: Issuer | null;
  /** Where the browser comes back to; null where this page has no say in it. */
  redirect: ReactNode;
  /** The field for a token that was made by hand. */
  token: ReactNode;
  /** Title and whatever is chosen before the tasks. */
  children: ReactNode;
}

type Task = ProviderView['setup'][number];

/** Every way ends with what is pasted, even in a profile that forgot to say where. */
function tasksOf({ provider, grant, redirect }: KeysFormProps, fallback: string): Task[] {
  // A step that is about the redirect address alone says nothing where that is not shown.
  const steps = stepsOf(provider, grant).filter(({ fields }) => redirect !== null || fields.join() !== 'redirectUri');
  const pastes = steps.some(({ fields }) => fields.includes(usesKeys({ grant }) ? 'clientId' : 'pastedToken'));
  if (pastes) return steps;
  const last: Task = {
    text: fallback,
    note: null,
    path: [],
    page: null,
    fields: usesKeys({ grant }) ? ['clientId', 'clientSecret', 'region'] : ['pastedToken', 'region'],
    copiesScopes: false,
    ways: null,
  };
  return [...steps, last];
}

/** Getting an app's keys: the provider's numbered tasks with their fields. Shared by the wizard and the Apps screen. */
export function KeysForm(props: KeysFormProps) {
  const { provider, grant, values, badOf, onChange, children } = props;
  const { connect } = useText();
  const tasks = tasksOf(props, connect.keys.paste(provider.name));
  const { scopes } = provider;
  const scopesAfter = tasks.findIndex((task) => task.fields.includes('scopes'));
  const rows = tasks.length + 2;
  const chooseScopes = useCallback((chosen: string[]) => onChange({ scopes: chosen }, 'scopes'), [onChange]);
  return (
    <div
      className={scopes === null ? 'keys' : 'keys with-scopes'}
      // On a wide page the scopes stand beside all rows (connect.css).
      style={{ '--rows': rows } as CSSProperties}
    >
      <div className="keys-head">{children}</div>
      {tasks.map((task, index) => [
        <SetupTask
          key={task.text}
          provider={provider}
          step={task}
          number={index + 1}
          regionId={values.regionId}
          onCopyScopes={props.onCopyScopes}
          practice={props.practice}
        >
          {task.fields.some((field) => field !== 'scopes') ? <TaskFields {...props} task={task} /> : undefined}
        </SetupTask>,
        // In the page's order the table follows its task; on a wide page it stands beside all of them.
        scopes !== null && index === Math.max(0, scopesAfter) && (
          <div key="scopes" className="keys-scopes" data-field="scopes">
            <ScopeTable
              choice={scopes}
              chosen={values.scopes}
              onChange={chooseScopes}
              bad={badOf('scopes')}
              warned={tasks.some(({ note }) => note === scopes.warning)}
            />
          </div>
        ),
      ])}
      {usesKeys({ grant }) && (
        <div className="keys-name" data-field="appName">
          <TextField
            label={connect.keys.appName}
            value={values.appName}
            onChange={(appName) => onChange({ appName }, 'appName')}
            help={connect.keys.appNameNote}
            bad={badOf('appName')}
            maxLength={120}
          />
        </div>
      )}
    </div>
  );
}

const hostOf = (address: string | null): string =>
  address !== null && URL.canParse(address) ? new URL(address).host : '';

function TaskFields({ provider, grant, values, badOf, onChange, task, ...rest }: KeysFormProps & { task: Task }) {
  const { connect } = useText();
  const words = connect.keys;
  const space = spaceAt(values.clientId);
  const spaced = space === 'start' ? words.spaceAtStart : space === 'end' ? words.spaceAtEnd : undefined;
  const keys = task.fields.includes('clientId') || task.fields.includes('clientSecret');
  return (
    <>
      {task.fields.includes('baseUrl') && (
        <ServerField
          values={values}
          onChange={onChange}
          badOf={badOf}
          help={provider.ownServer ?? undefined}
          fixed={rest.practice}
        />
      )}
      {task.fields.includes('issuer') &&
        (rest.issuer === null ? (
          <p className="note dim register">{connect.issuer.later}</p>
        ) : (
          <IssuerField issuer={rest.issuer} help={provider.discovery} />
        ))}
      {task.fields.includes('scopeWords') && (
        <ScopeWords
          scopes={values.scopes}
          onChange={(scopes) => onChange({ scopes }, 'scopes')}
          bad={badOf('scopes')}
        />
      )}
      {task.fields.includes('registration') &&
        (rest.registration === null ? (
          <p className="note dim register">{words.registerElsewhere}</p>
        ) : (
          <RegisterVault registration={rest.registration} host={hostOf(values.baseUrl)} />
        ))}
      {task.fields.includes('redirectUri') && rest.redirect}
      {task.fields.includes('pastedToken') && rest.token}
      {keys && (
        <div className="key-pair">
          {task.fields.includes('clientId') && (
            <div data-field="clientId">
              <TextField
                label={words.clientId}
                mono
                value={values.clientId}
                onChange={(clientId) => onChange({ clientId }, 'clientId')}
                good={values.clientId.trim() !== '' && space === null ? words.clientIdGood : undefined}
                bad={badOf('clientId') ?? spaced}
              />
            </div>
          )}
          {task.fields.includes('clientSecret') && (
            <div data-field="clientSecret">
              <SecretInput
                label={words.clientSecret}
                entered={rest.secretEntered}
                handle={rest.secret}
                onTyped={rest.onSecretTyped}
                help={
                  !needsSecret({ grant }, provider)
                    ? words.secretPublic
                    : task.note === words.secretRest
                      ? undefined
                      : words.secretRest
                }
                bad={badOf('clientSecret')}
                checksEnds
              />
            </div>
          )}
        </div>
      )}
      {task.fields.includes('region') && provider.regions.length > 1 && (
        <div className="region" data-field="region">
          <span className="note">{words.region}</span>
          <Segments
            label={words.region}
            options={provider.regions.map(({ id, label }) => ({ id, words: label }))}
            chosen={values.regionId}
            onChoose={(regionId) => onChange({ regionId }, 'region')}
          />
          {badOf('region') !== undefined && <p className="help bad">{badOf('region')}</p>}
        </div>
      )}
    </>
  );
}
