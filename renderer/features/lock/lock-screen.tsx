import { useRef, useState } from 'react';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { useClient } from '../../program.tsx';
import { BrandMark } from '../../ui/brand-mark.tsx';
import { Button } from '../../ui/button.tsx';
import { useFromNow } from '../../ui/clock.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import './lock.css';
import { PassphraseInput, type PassphraseHandle } from './passphrase-input.tsx';

interface LockScreenProps {
  vault: Extract<VaultStatus, { kind: 'locked' }>;
  /** The wizard that was open when it was locked, without its secrets. */
  onUnlocked: (goesOn: DraftView | null) => void;
}

/** The shut gate. Nothing of the vault is behind it: this window does not know it. */
export function LockScreen({ vault, onUnlocked }: LockScreenProps) {
  const { lock } = useText();
  const client = useClient();
  const field = useRef<PassphraseHandle>(null);
  const [busy, setBusy] = useState(false);
  const [bad, setBad] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { nextTryAtMs } = vault;
  const waitSeconds = useFromNow((nowMs) =>
    nextTryAtMs === null ? 0 : Math.max(0, Math.ceil((nextTryAtMs - nowMs) / 1000)),
  );

  async function unlock(): Promise<void> {
    if (busy || waitSeconds > 0) return;
    const passphrase = field.current?.read() ?? '';
    if (passphrase === '') {
      setBad(lock.empty);
      field.current?.focus();
      return;
    }
    setBusy(true);
    field.current?.clear();
    const answer = await client.lock.unlock({ passphrase });
    setBusy(false);
    const wrong = !answer.ok && answer.problem.code === 'wrong_passphrase';
    setBad(wrong ? lock.wrong : undefined);
    setProblem(answer.ok || wrong ? null : answer.problem);
    if (answer.ok) onUnlocked(answer.value.goesOn);
    else field.current?.focus();
  }

  async function openFolder(): Promise<void> {
    const answer = await client.program.openDataFolder({});
    if (!answer.ok) setProblem(answer.problem);
  }

  return (
    <main className="lock scrolls">
      <form
        className="lock-in"
        onSubmit={(event) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <BrandMark size={88} shut />
        <h1 className="title">{lock.title}</h1>
        <p className="lock-lead">{lock.lead}</p>
        <div className="lock-field" aria-live="polite">
          <PassphraseInput
            label={lock.passphrase}
            labelUnseen
            autoFocus
            handle={field}
            bad={bad}
            onTyped={() => setBad(undefined)}
          />
        </div>
        <Button
          look="main"
          size="big"
          wide
          type="submit"
          busy={busy}
          unavailable={waitSeconds > 0 ? lock.again(waitSeconds) : null}
        >
          {waitSeconds > 0 ? lock.again(waitSeconds) : lock.unlock}
        </Button>
        {problem !== null && <ProblemNote problem={problem} />}
        <Disclosure title={lock.forgotten}>
          <div className="lock-forgotten note">
            <p>{lock.forgottenWhat}</p>
            <p>{lock.forgottenNext}</p>
            <TextLink note onPress={() => void openFolder()}>
              {lock.openDataFolder}
            </TextLink>
          </div>
        </Disclosure>
      </form>
      <p className="lock-foot note">
        <StateMark kind={vault.renewing ? 'renewing' : 'locked'} size={14} />
        <span>{vault.renewing ? lock.goesOn : lock.waits}</span>
      </p>
    </main>
  );
}
