import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { DraftPurpose } from '../shared/model/draft.ts';
import { catalogueFor } from '../shared/text/catalogue.ts';
import type { Client } from './client.ts';
import { ProgramProvider, useClient, useKnown } from './program.tsx';
import { Apps } from './features/apps/apps.tsx';
import { Wizard } from './features/connect/wizard.tsx';
import { Commands } from './features/commands/commands.tsx';
import { ConnectionActsProvider } from './features/connections/acts-provider.tsx';
import { Connections } from './features/connections/connections.tsx';
import { Diagnose } from './features/diagnose/diagnose.tsx';
import { FirstRun } from './features/first-run/first-run.tsx';
import { PracticeBand } from './features/practice/practice-band.tsx';
import { OlderCopyBanner } from './features/problem/older-copy-banner.tsx';
import { VaultProblem } from './features/problem/vault-problem.tsx';
import { Timeline } from './features/timeline/timeline.tsx';
import { type Filter, type Place, type ShellActs, ShellContext } from './shell-acts.ts';
import { Sidebar } from './sidebar.tsx';
import type { Mirror } from './store.ts';
import { TitleBar } from './title-bar.tsx';
import { Toasts, type Told } from './toasts.tsx';
import { Surroundings } from './surroundings.tsx';
import { SayContext } from './ui/busy.ts';
import { ProblemNote } from './ui/problem-note.tsx';
import { TextContext, useText } from './ui/text.ts';
import { useSpokenChanges } from './spoken.ts';

/** The window: nothing is drawn of the program before main has said what it knows. */
export function Shell({ client, mirror }: { client: Client; mirror: Mirror }) {
  const phase = useStore(mirror.store, (truth) => truth.phase);
  const problem = useStore(mirror.store, (truth) => truth.problem);
  const language = useStore(mirror.store, (truth) => truth.known?.language ?? 'en');
  const platform = useStore(mirror.store, (truth) => truth.known?.platform ?? 'linux');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <TextContext value={catalogueFor(language)}>
      <Surroundings language={language} platform={platform}>
        <ProgramProvider client={client} mirror={mirror}>
          {phase === 'known' && <Frame />}
          {phase === 'asking' && <Waiting />}
          {problem !== null && (
            <div className="frame-words">
              <ProblemNote problem={problem} />
            </div>
          )}
        </ProgramProvider>
      </Surroundings>
    </TextContext>
  );
}

function Waiting() {
  const { shell } = useText();
  return (
    <p className="frame-words late" role="status">
      {shell.starting}
    </p>
  );
}

const all: Filter = { kind: 'all' };

function Frame() {
  const client = useClient();
  const vault = useKnown((known) => known.vault);
  const practice = useKnown((known) => known.practice);
  const connections = useKnown((known) => known.connections);
  const lastCopied = useKnown((known) => known.lastCopiedConnectionId);
  const [place, setPlace] = useState<Place>({ room: 'connections', filter: all });
  const [wizard, setWizard] = useState<DraftPurpose | null>(null);
  const [query, setQuery] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(lastCopied);
  const [focusCall, setFocusCall] = useState(0);
  const [findCall, setFindCall] = useState(0);
  const [paletteCall, setPaletteCall] = useState(0);
  const [told, setTold] = useState<Told | null>(null);
  const [said, setSaid] = useState('');

  const acts = useMemo<ShellActs>(
    () => ({
      openWizard: setWizard,
      go: (next) => {
        setQuery('');
        setPlace(next);
      },
      show: (connectionId) => {
        setQuery('');
        setPlace({ room: 'connections', filter: all });
        setChosenId(connectionId);
        setFocusCall((calls) => calls + 1);
      },
      copyToken: (connectionId, form) => {
        setTold(null);
        void client.connections.copy({ connectionId, form }).then((answer) => {
          setTold(
            answer.ok
              ? { kind: 'copied', renewedFirst: answer.value.renewedFirst }
              : { kind: 'problem', problem: answer.problem, connectionId },
          );
        });
      },
      tell: (problem) => setTold({ kind: 'problem', problem }),
      tellDone: (sentence) => setTold({ kind: 'done', sentence, atMs: Date.now() }),
      say: setSaid,
    }),
    [client],
  );
  useSpokenChanges(chosenId, setSaid);

  const showAll = useCallback(() => {
    setQuery('');
    setPlace({ room: 'connections', filter: all });
    setFocusCall((calls) => calls + 1);
  }, []);
  const closeWizard = useCallback(() => {
    setWizard(null);
    setFocusCall((calls) => calls + 1);
  }, []);

  const starting = vault.kind === 'opening' && !practice.open;
  const blocked = vault.kind === 'problem' && !practice.open;
  const first = vault.kind === 'absent' && !practice.open && connections.length === 0;
  const atHome = wizard === null && !starting && !blocked && !first;

  return (
    <ShellContext value={acts}>
      <SayContext value={setSaid}>
        <div className="frame">
          <TitleBar
            query={query}
            onQuery={(next) => {
              setQuery(next);
              if (place.room !== 'connections') setPlace({ room: 'connections', filter: all });
            }}
            findable={atHome && connections.length > 0}
            onLeave={() => setFocusCall((calls) => calls + 1)}
            findCall={findCall}
            onPalette={atHome ? () => setPaletteCall((calls) => calls + 1) : undefined}
          />
          {practice.open && <PracticeBand />}
          {vault.kind === 'open' && vault.olderCopy && <OlderCopyBanner />}
          {wizard !== null ? (
            <Wizard
              key={JSON.stringify(wizard)}
              purpose={wizard}
              onClose={closeWizard}
              onDone={(connectionId) => {
                setWizard(null);
                acts.show(connectionId);
              }}
            />
          ) : starting ? (
            <Waiting />
          ) : blocked ? (
            <VaultProblem vault={vault} />
          ) : first ? (
            <FirstRun />
          ) : (
            <ConnectionActsProvider>
              <Commands
                chosenId={place.room === 'diagnose' ? place.connectionId : chosenId}
                paletteCall={paletteCall}
                onFind={() => setFindCall((calls) => calls + 1)}
              />
              <div className="frame-body">
                <Sidebar place={place} onGo={acts.go} />
                <div className="sheet">
                  {place.room === 'apps' ? (
                    <Apps appId={place.appId} />
                  ) : place.room === 'timeline' ? (
                    <Timeline chosenId={chosenId} onChoose={setChosenId} />
                  ) : place.room === 'diagnose' ? (
                    <Diagnose key={place.connectionId} connectionId={place.connectionId} onBack={acts.show} />
                  ) : (
                    <Connections
                      filter={place.filter}
                      query={query}
                      chosenId={chosenId}
                      onChoose={setChosenId}
                      onShowAll={showAll}
                      focusCall={focusCall}
                    />
                  )}
                </div>
              </div>
            </ConnectionActsProvider>
          )}
          <Toasts
            told={told}
            bannerOf={atHome && place.room === 'connections' ? chosenId : null}
            onDismiss={() => setTold(null)}
          />
          {/* Not hidden by an open dialog: what is said there is said here. */}
          <div className="unseen" role="status" data-live-announcer>
            {said}
          </div>
        </div>
      </SayContext>
    </ShellContext>
  );
}
