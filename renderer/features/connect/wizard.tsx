import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftPurpose, DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown, useProvider } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { AddressesPage } from './addresses-page.tsx';
import './connect.css';
import { DoneStep } from './done-step.tsx';
import { appOf } from './hand-over.ts';
import { KeysStep } from './keys-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { SystemStep } from './system-step.tsx';
import { opened } from './steps.ts';
import { useDraft } from './use-draft.ts';
import { useEscape } from './use-escape.ts';
import { WhoCameBack } from './who-came-back.tsx';
import { Page, PageTitle, Rail } from './wizard-frame.tsx';

export interface WizardProps {
  purpose: DraftPurpose;
  /** A draft that is open in main already: the vault was locked in the middle of it. */
  held?: DraftView | null;
  onClose: () => void;
  onDone: (connectionId: string) => void;
}

/** Connecting an account, or signing in again. What is typed lives in a draft in main; this is its window. */
export function Wizard({ purpose, held = null, onClose, onDone }: WizardProps) {
  const client = useClient();
  const { connect } = useText();
  const [view, setView] = useState<DraftView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  useEscape(view === null ? onClose : null);
  // An object made anew by the parent at each drawing must not open a second draft.
  const asked = JSON.stringify(purpose);

  useEffect(() => {
    let here = true;
    let draftId: string | null = null;
    const open = async () =>
      held !== null && round === 0
        ? ({ ok: true, value: held } as const)
        : client.drafts.open(JSON.parse(asked) as DraftPurpose);
    void open().then((answer) => {
      if (!answer.ok) {
        if (here) setProblem(answer.problem);
        return;
      }
      draftId = answer.value.id;
      if (here) setView(answer.value);
      else void client.drafts.discard({ draftId });
    });
    return () => {
      here = false;
      if (draftId !== null) void client.drafts.discard({ draftId });
      setView(null);
      setProblem(null);
    };
  }, [client, asked, held, round]);

  if (view !== null) {
    return (
      <OpenWizard key={view.id} view={view} onClose={onClose} onDone={onDone} onAnother={() => setRound(round + 1)} />
    );
  }
  return (
    <div className="wizard">
      <Rail purpose={purpose} step={purpose.kind === 'connect' ? 'system' : 'sign_in'} view={null} providerName="" />
      <Page
        onSubmit={() => setRound(round + 1)}
        notice={problem === null ? null : <ProblemNote problem={problem} />}
        foot={
          <>
            <Button onPress={onClose}>{connect.foot.cancel}</Button>
            <span className="grow" />
            {problem !== null && (
              <Button look="main" type="submit">
                {connect.failure.tryAgain}
              </Button>
            )}
          </>
        }
      >
        {problem === null ? (
          <p className="lead">{connect.opening}</p>
        ) : (
          <PageTitle title={connect.failure.couldNotOpen} />
        )}
      </Page>
    </div>
  );
}

interface OpenWizardProps {
  view: DraftView;
  onClose: () => void;
  onDone: (connectionId: string) => void;
  onAnother: () => void;
}

function OpenWizard({ view, onClose, onDone, onAnother }: OpenWizardProps) {
  const client = useClient();
  const shell = useShell();
  const { connect } = useText();
  const allApps = useKnown((known) => known.apps);
  // An app without keys holds the tokens that were made by hand: connecting with it is to bring another one.
  const keyless = allApps.some((one) => one.id === view.appId && one.clientId === '');
  const draft = useDraft(view, (first) => opened(first, keyless));
  const { state } = draft;
  const { form } = state;
  const [asking, setAsking] = useState(false);
  const [practiceProblem, setPracticeProblem] = useState<Problem | null>(null);
  const providers = useKnown((known) => known.providers);
  const signIns = useKnown((known) => known.signIns);
  const provider = useProvider(form.providerId ?? '');
  const apps = allApps.filter(
    (one) => one.providerId === form.providerId && one.realm === view.realm && one.clientId !== '',
  );
  const app = apps.find((one) => one.id === form.appId);
  const again = view.purpose.kind === 'sign_in_again';
  const practiceOpen = useKnown((known) => known.practice.open);
  const gone = view.realm === 'practice' && !practiceOpen;

  // Practice was closed round this wizard: what it was setting up went with it.
  useEffect(() => {
    if (gone) onClose();
  }, [gone, onClose]);

  const { stopWaiting } = draft;
  const out = state.busy === 'connecting' ? signIns.find(({ draftId }) => draftId === view.id) : undefined;
  // A code that is being exchanged is used up; only what is waited for can be called off.
  const waits = out !== undefined && out.stage !== 'exchanging';
  const cancel = useCallback(() => {
    if (waits) stopWaiting();
    else if (state.touched && state.result === null) setAsking(true);
    else onClose();
  }, [waits, stopWaiting, state.touched, state.result, onClose]);

  useEscape(asking || practiceProblem !== null || state.result !== null ? null : cancel);

  // Chosen anew, a system comes with the app one has; main has emptied what belonged to the system before.
  const arrived = useRef<string | null>(view.providerId);
  async function toKeys(): Promise<void> {
    if (form.providerId === null || !(await draft.leave('keys'))) return;
    if (arrived.current === form.providerId) return;
    arrived.current = form.providerId;
    const [first] = apps;
    if (first !== undefined) await draft.choose({ appId: first.id });
  }

  async function practise(): Promise<void> {
    const answer = await client.practice.open({});
    if (answer.ok) shell.openWizard({ kind: 'connect', realm: 'practice' });
    else setPracticeProblem(answer.problem);
  }

  function page() {
    if (state.result !== null && provider !== undefined) {
      const { connectionId } = state.result;
      return (
        <DoneStep
          result={state.result}
          provider={provider}
          again={again}
          onAnother={again ? onClose : onAnother}
          onShow={() => onDone(connectionId)}
        />
      );
    }
    if (provider === undefined || state.step === 'system') {
      return (
        <SystemStep
          draft={draft}
          providers={providers}
          onNext={() => void toKeys()}
          onCancel={cancel}
          onPractice={view.realm === 'practice' ? null : () => void practise()}
        />
      );
    }
    if (state.cameBack !== null) return <WhoCameBack draft={draft} who={state.cameBack} onCancel={cancel} />;
    if (state.addressesOpen) return <AddressesPage draft={draft} provider={provider} app={app} />;
    if (state.step === 'keys') return <KeysStep draft={draft} provider={provider} apps={apps} onCancel={cancel} />;
    return <SignInStep draft={draft} provider={provider} app={app} onCancel={cancel} />;
  }

  return (
    <div className={view.realm === 'practice' ? 'wizard practising' : 'wizard'}>
      <Rail
        purpose={view.purpose}
        step={state.step}
        view={{ ...state.view, grant: form.grant, appId: appOf(form) === null ? null : state.view.appId }}
        providerName={provider?.name ?? ''}
        startedBy={provider?.browser?.startedBy}
      />
      {page()}
      {practiceProblem !== null && (
        <Dialog
          title={connect.failure.couldNotOpen}
          onClose={() => setPracticeProblem(null)}
          foot={
            <>
              <DialogSpace />
              <Button autoFocus onPress={() => setPracticeProblem(null)}>
                {connect.failure.close}
              </Button>
            </>
          }
        >
          <ProblemNote problem={practiceProblem} />
        </Dialog>
      )}
      {asking && (
        <Dialog
          grave
          title={again ? connect.cancel.titleAgain : connect.cancel.title}
          lead={again ? connect.cancel.whatAgain : connect.cancel.what}
          onClose={() => setAsking(false)}
          foot={
            <>
              <DialogSpace />
              <Button autoFocus onPress={() => setAsking(false)}>
                {again ? connect.cancel.keepAgain : connect.cancel.keep}
              </Button>
              <Button look="main" onPress={onClose}>
                {connect.cancel.act}
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}
