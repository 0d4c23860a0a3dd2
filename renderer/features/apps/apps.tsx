import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyView } from '../../ui/empty-view.tsx';
import { tileOf } from '../../ui/looks.ts';
import { Tag } from '../../ui/tag.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { AddApp } from './add-app.tsx';
import { AppDetail } from './app-detail.tsx';
import { SetUpActs } from './set-up-acts.tsx';
import './apps.css';

/** The registrations at the providers. Each serves the connections that hang on it. */
export function Apps({ appId }: { appId: string | null }) {
  const { apps: words } = useText();
  const shell = useShell();
  const apps = useKnown((known) => known.apps);
  const providers = useKnown((known) => known.providers);
  const vault = useKnown((known) => known.vault);
  const [adding, setAdding] = useState(false);
  const noVault = vault.kind === 'problem' || vault.kind === 'opening' ? words.addApp.noVault : null;
  const chosen = apps.find((app) => app.id === appId) ?? apps[0];

  const room = useRef<HTMLElement>(null);

  // The removed app took the focus with it: it goes on in the list, or to the heading where none is left.
  const shownId = chosen?.id ?? null;
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return;
        const row = room.current?.querySelector<HTMLElement>('[role="option"][aria-selected="true"]');
        (row ?? room.current?.querySelector<HTMLElement>('h1'))?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [shownId]);

  if (adding) {
    return (
      <AddApp
        onClose={(added) => {
          setAdding(false);
          if (added !== null) shell.go({ room: 'apps', appId: added });
        }}
      />
    );
  }
  if (chosen === undefined) {
    return (
      <main ref={room} className="apps apps-none">
        <EmptyView
          title={words.empty.title}
          acts={
            <>
              <Button
                look="main"
                unavailable={noVault}
                onPress={() => shell.openWizard({ kind: 'connect', realm: 'vault' })}
              >
                {words.empty.connect}
              </Button>
              <Button unavailable={noVault} onPress={() => setAdding(true)}>
                {words.empty.add}
              </Button>
            </>
          }
        >
          {words.empty.what}
        </EmptyView>
        <SetUpActs apps={apps} appId={null} unavailable={noVault} />
      </main>
    );
  }
  return (
    <main ref={room} className="apps">
      <section className="apps-side">
        <header className="apps-head">
          <h1 className="head grow">{words.title}</h1>
          <Button
            size="small"
            icon={<Plus className="icon" aria-hidden />}
            unavailable={noVault}
            onPress={() => setAdding(true)}
          >
            {words.add}
          </Button>
        </header>
        <ListBox
          className="apps-list scrolls"
          aria-label={words.list}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen.id]}
          onSelectionChange={(keys) => {
            const [first] = keys === 'all' ? [] : keys;
            if (typeof first === 'string') shell.go({ room: 'apps', appId: first });
          }}
        >
          {apps.map((app) => (
            <AppRow key={app.id} app={app} provider={providers.find((one) => one.id === app.providerId)} />
          ))}
        </ListBox>
        <SetUpActs apps={apps} appId={chosen.id} unavailable={noVault} />
      </section>
      <AppDetail key={chosen.id} app={chosen} provider={providers.find((one) => one.id === chosen.providerId)} />
    </main>
  );
}

function AppRow({ app, provider }: { app: AppSummary; provider: ProviderView | undefined }) {
  const { apps: words } = useText();
  const hangs = useKnown((known) => known.connections).filter((one) => one.appId === app.id).length;
  const name = provider?.name ?? app.providerId;
  return (
    <ListBoxItem id={app.id} className="app-row" textValue={words.rowLabel(app.name, name, hangs)}>
      <Tile {...tileOf(provider, { realm: app.realm, label: app.name })} />
      <span className="grow">
        <span className="app-row-name">
          <span className="label clip">{app.name}</span>
          {app.realm === 'practice' && <Tag state="practice">{words.practice}</Tag>}
        </span>
        <span className="app-row-note note dim">
          {app.name !== name && <span>{name}</span>}
          {app.clientId === '' ? (
            <span className="clip">{words.detail.personalTokens}</span>
          ) : (
            <span className="mono clip">{app.clientId}</span>
          )}
        </span>
      </span>
      <span className="note dim num app-row-count">{words.hangs(hangs)}</span>
    </ListBoxItem>
  );
}
