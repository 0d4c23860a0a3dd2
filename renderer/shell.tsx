import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { DraftPurpose, DraftView } from '../shared/model/draft.ts';
import type { VaultStatus } from '../shared/model/program.ts';
import { catalogueFor } from '../shared/text/catalogue.ts';
import type { Client } from './client.ts';
import { useAttention } from './attention.ts';
import { ProgramProvider, useClient, useKnown } from './program.tsx';
import { Commands } from './features/commands/commands.tsx';
import { ConnectionActsProvider } from './features/connections/acts-provider.tsx';
import { Connections } from './features/connections/connections.tsx';
import { useFrameKeys } from './frame-keys.ts';
import { FirstRun } from './features/first-run/first-run.tsx';
import { LockScreen } from './features/lock/lock-screen.tsx';
import { PassphraseDialog } from './features/lock/passphrase-dialog.tsx';
import { PracticeBand } from './features/practice/practice-band.tsx';
import { Apps, Diagnose, Settings, Timeline, Wizard } from './rooms.tsx';
import { OlderCopyBanner } from './features/problem/older-copy-banner.tsx';
import { VaultProblem } from './features/problem/vault-problem.tsx';
import { KeychainWait } from './keychain-wait.tsx';
import { type Filter, type Place, type ShellActs, ShellContext } from './shell-acts.ts';
import { Sidebar } from './sidebar.tsx';
import type { Mirror } from './store.ts';
import { TitleBar } from './title-bar.tsx';
import { Toasts, type Told } from './toasts.tsx';
import { Surroundings } from './surroundings.tsx';
import { Banner } from './ui/banner.tsx';
import { SayContext } from './ui/busy.ts';
import { trueNowMs } from './ui/clock.ts';
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

/** At first nothing; then that it opens; and after some seconds of silence whom it waits for. */
function Waiting({ vault }: { vault?: VaultStatus }) {
  const { shell } = useText();
  const waitingFor = vault?.kind === 'opening' ? vault.waitingFor : undefined;
  return (
    <p className="frame-words late" role="status">
      {waitingFor === undefined ? shell.starting : `${shell.waitingFor(waitingFor)} ${shell.waitingForNext}`}
    </p>
  );
}

const all: Filter = { kind: 'all' };

function Frame() {
  const { lock } = useText();
  const client = useClient();
  const vault = useKnown((known) => known.vault);
  const practice = useKnown((known) => known.practice);
  const connections = useKnown((known) => known.connections);
  const lastCopied = useKnown((known) => known.lastCopiedConnectionId);
  const [place, setPlace] = useState<Place>({ room: 'connections', filter: all });
  const [wizard, setWizard] = useState<DraftPurpose | null>(null);
  /** The wizard's draft, where the vault was locked in the middle of it. */
  const [held, setHeld] = useState<DraftView | null>(null);
  const [passphraseOpen, setPassphraseOpen] = useState(false);
  const asked = useKnown((known) => known.asked);
  const [query, setQuery] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(lastCopied);
  const [focusCall, setFocusCall] = useState(0);
  const [findCall, setFindCall] = useState(0);
  const [paletteCall, setPaletteCall] = useState(0);
  const [told, setTold] = useState<Told | null>(null);
  const [said, setSaid] = useState('');

  const acts = useMemo<ShellActs>(
    () => ({
      openWizard: (purpose) => {
        setHeld(null);
        setWizard(purpose);
      },
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
      tellDone: (sentence) => setTold({ kind: 'done', sentence, atMs: trueNowMs() }),
      setPassphrase: () => setPassphraseOpen(true),
      lock: () => {
        void client.lock.lock({}).then((answer) => {
          if (answer.ok) return;
          // Nothing was locked: what is missing is offered instead.
          if (answer.problem.code === 'passphrase_missing') setPassphraseOpen(true);
          else setTold({ kind: 'problem', problem: answer.problem });
        });
      },
      say: setSaid,
    }),
    [client],
  );
  useSpokenChanges(chosenId, setSaid);

  const openSettings = useCallback(() => acts.go({ room: 'settings', section: 'security' }), [acts]);
  useFrameKeys(vault.kind !== 'locked', acts.lock, openSettings);
  useEffect(() => {
    if (asked?.what === 'settings') openSettings();
    if (asked?.what === 'passphrase') acts.setPassphrase();
  }, [asked, acts, openSettings]);

  const showAll = useCallback(() => {
    setQuery('');
    setPlace({ room: 'connections', filter: all });
    setFocusCall((calls) => calls + 1);
  }, []);
  useAttention(
    useCallback(
      (connectionId) => {
        if (connectionId === null) showAll();
        else acts.show(connectionId);
      },
      [acts, showAll],
    ),
  );
  const closeWizard = useCallback(() => {
    setWizard(null);
    setHeld(null);
    setFocusCall((calls) => calls + 1);
  }, []);

  const inSettings = place.room === 'settings';
  const starting = vault.kind === 'opening' && !practice.open;
  const blocked = vault.kind === 'problem' && !practice.open;
  const first = vault.kind === 'absent' && !practice.open && connections.length === 0;
  const atHome = wizard === null && !starting && !blocked && !first && !inSettings;

  // In place of everything: no sheet, no toast and no dialog of what is locked stays drawn.
  if (vault.kind === 'locked') {
    return (
      <div className="frame">
        <TitleBar query="" onQuery={setQuery} findable={false} onLeave={showAll} />
        <LockScreen
          vault={vault}
          onUnlocked={(goesOn) => {
            setHeld(goesOn);
            setWizard(goesOn?.purpose ?? null);
          }}
        />
      </div>
    );
  }

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
            onLock={vault.kind === 'open' ? acts.lock : undefined}
          />
          {!starting && <KeychainWait vault={vault} />}
          {practice.open && <PracticeBand />}
          {vault.kind === 'open' && vault.olderCopy && <OlderCopyBanner />}
          {wizard !== null && held !== null && (
            <div className="resumed">
              <Banner state="signin" what={lock.resumed} next={lock.resumedNext} />
            </div>
          )}
          {wizard !== null ? (
            <Wizard
              key={JSON.stringify(wizard)}
              purpose={wizard}
              held={held}
              onClose={closeWizard}
              onDone={(connectionId) => {
                setWizard(null);
                setHeld(null);
                acts.show(connectionId);
              }}
            />
          ) : starting ? (
            <Waiting vault={vault} />
          ) : inSettings ? (
            <Settings
              section={place.section}
              onSection={(section) => acts.go({ room: 'settings', section })}
              onBack={showAll}
            />
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
          {passphraseOpen && <PassphraseDialog onClose={() => setPassphraseOpen(false)} />}
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
