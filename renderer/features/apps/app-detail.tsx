import { useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { useFromNow } from '../../ui/clock.ts';
import { tileOf } from '../../ui/looks.ts';
import { markOf } from '../../ui/looks.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { ScopeList } from '../connect/app-facts.tsx';
import { ChangeAddresses } from './addresses-dialog.tsx';
import { AppChoices, AppKeys, AppRedirect } from './app-keys.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';

interface AppDetailProps {
  app: AppSummary;
  provider: ProviderView | undefined;
}

export function AppDetail({ app, provider }: AppDetailProps) {
  const { apps, connect } = useText();
  const words = apps.detail;
  const shell = useShell();
  const language = useKnown((known) => known.language);
  const hanging = useKnown((known) => known.connections).filter((one) => one.appId === app.id);
  const [dialog, setDialog] = useState<'replace' | 'remove' | null>(null);
  const region = provider?.regions.find((one) => one.id === app.regionId);
  const scoped = provider !== undefined && provider.scopes !== null;
  return (
    <section className="app-detail scrolls" aria-label={app.name}>
      <div className="app-detail-in">
        <AppHead app={app} provider={provider} />
        <div className="card app-card-rows">
          <AppKeys app={app} provider={provider} onReplace={() => setDialog('replace')} />
        </div>

        <h2 className="subhead">{words.connections}</h2>
        <div className="card app-card-rows">
          {hanging.length === 0 && (
            <div className="set">
              <span className="dim">{words.noConnections}</span>
            </div>
          )}
          {hanging.map((connection) => (
            <HangingRow key={connection.id} connection={connection} />
          ))}
          <div className="set app-connect">
            <Button size="small" onPress={() => shell.openWizard({ kind: 'connect', realm: app.realm, appId: app.id })}>
              {words.connect}
            </Button>
          </div>
        </div>

        {scoped && (
          <>
            <h2 className="subhead">{words.scopes}</h2>
            <div className="app-scopes">
              {app.scopes.length === 0 ? (
                <span className="dim">{words.noScopes}</span>
              ) : (
                <ScopeList scopes={app.scopes} />
              )}
            </div>
          </>
        )}

        <h2 className="subhead">{words.addresses}</h2>
        <div className="card app-card-rows">
          {app.endpoints.map((endpoint) => (
            <div key={endpoint.kind} className="set">
              <div className="grow">
                <div className="label">{connect.addresses.names[endpoint.kind]}</div>
                <div className={endpoint.url === null ? 'note dim' : 'mono selectable app-value'}>
                  {endpoint.url ?? words.noAddress}
                </div>
              </div>
              {endpoint.url !== null && <Tag>{connect.addresses.sources[endpoint.source]}</Tag>}
            </div>
          ))}
          {app.unencryptedConsent !== null && (
            <div className="set">
              <div className="grow st-duty">
                <div className="row label word">
                  <StateMark kind="duty" />
                  {words.clear}
                </div>
                <div className="note dim">
                  {words.clearNote(
                    app.unencryptedConsent.origin,
                    new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(
                      app.unencryptedConsent.agreedAtMs,
                    ),
                  )}
                </div>
              </div>
            </div>
          )}
          <AppRedirect app={app} />
          {provider !== undefined && provider.regions.length > 1 && region !== undefined && (
            <div className="set">
              <div className="grow label">{words.region}</div>
              <span>{region.label}</span>
            </div>
          )}
          {provider !== undefined && app.realm === 'vault' && <ChangeAddresses app={app} provider={provider} />}
        </div>

        {provider !== undefined && <AppChoices app={app} provider={provider} />}

        <div className="app-foot">
          <Button onPress={() => setDialog('remove')}>{words.remove}</Button>
          <span className="note dim">{words.removeNote}</span>
          <span className="grow" />
          <span className="note dim num">
            {words.added} {new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(app.createdAtMs)}
          </span>
        </div>
      </div>
      {dialog === 'replace' && <ReplaceDialog app={app} connections={hanging} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && (
        <RemoveDialog
          app={app}
          providerName={provider?.name ?? app.providerId}
          tile={<Tile {...tileOf(provider, { realm: app.realm, label: app.name })} size="large" />}
          connections={hanging}
          onClose={() => setDialog(null)}
        />
      )}
    </section>
  );
}

/** Tile, name, provider; the name is changed in place. */
function AppHead({ app, provider }: AppDetailProps) {
  const { apps } = useText();
  const words = apps.detail;
  const client = useClient();
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function rename(): Promise<void> {
    const name = (typed ?? '').trim();
    if (name === '' || name === app.name) {
      setTyped(null);
      return;
    }
    setBusy(true);
    const answer = await client.apps.rename({ appId: app.id, name });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setTyped(null);
  }

  return (
    <>
      <header className="app-head">
        <Tile {...tileOf(provider, { realm: app.realm, label: app.name })} size="huge" />
        {typed === null ? (
          <>
            <div className="grow">
              <h2 className="title app-name">{app.name}</h2>
              <p className="row dim">
                {provider?.name ?? app.providerId}
                {app.realm === 'practice' && <Tag state="practice">{apps.practice}</Tag>}
              </p>
            </div>
            <Button onPress={() => setTyped(app.name)}>{words.rename}</Button>
          </>
        ) : (
          <form
            className="app-rename grow"
            onSubmit={(event) => {
              event.preventDefault();
              void rename();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setTyped(null);
            }}
          >
            <div className="grow">
              <TextField label={words.name} labelUnseen value={typed} onChange={setTyped} maxLength={120} autoFocus />
            </div>
            <Button look="main" type="submit" busy={busy}>
              {words.save}
            </Button>
            <Button onPress={() => setTyped(null)}>{words.cancel}</Button>
          </form>
        )}
      </header>
      {problem !== null && <ProblemNote problem={problem} />}
    </>
  );
}

function HangingRow({ connection }: { connection: ConnectionSummary }) {
  const shell = useShell();
  const mark = useFromNow((nowMs) => markOf(connection, nowMs));
  return (
    <div className="set">
      <div className="row grow">
        <StateMark kind={mark} />
        <TextLink onPress={() => shell.show(connection.id)}>{connection.label}</TextLink>
        {connection.account !== null && connection.account !== connection.label && (
          <span className="note dim clip">{connection.account}</span>
        )}
      </div>
    </div>
  );
}
