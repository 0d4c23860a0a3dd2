import { Copy, KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

export interface Registration {
  registered: boolean;
  busy: boolean;
  onRegister: () => void;
  onCopy: (which: 'client_id' | 'client_secret') => Promise<Problem | null>;
}

/** E11: one press has main make the keys and tell them to the server. They are copied through main, never drawn here. */
export function RegisterVault({ registration, host }: { registration: Registration; host: string }) {
  const { connect } = useText();
  const words = connect.keys;
  const { registered, busy, onRegister, onCopy } = registration;
  if (!registered) {
    return (
      <div className="register">
        <Button icon={<KeyRound className="icon" aria-hidden />} busy={busy} onPress={onRegister}>
          {words.register}
        </Button>
        <span className="note dim">{words.registerNote}</span>
      </div>
    );
  }
  return (
    <div className="register" role="status">
      <p className="register-done st-working">
        <StateMark kind="working" />
        <span className="label word">{words.registered(host)}</span>
      </p>
      <CopyKey which="client_id" label={words.copyId} onCopy={onCopy} />
      <CopyKey which="client_secret" label={words.copySecret} onCopy={onCopy} />
      <Button look="plain" size="small" busy={busy} onPress={onRegister}>
        {words.registerAgain}
      </Button>
    </div>
  );
}

function CopyKey({
  which,
  label,
  onCopy,
}: {
  which: 'client_id' | 'client_secret';
  label: string;
  onCopy: Registration['onCopy'];
}) {
  const { connect, errors } = useText();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    const failed = await onCopy(which);
    setProblem(failed);
    setCopied(failed === null);
    if (failed === null) setTimeout(() => setCopied(false), 2000);
  }
  return (
    <>
      <Button size="small" icon={<Copy className="icon" aria-hidden />} done={copied} onPress={() => void copy()}>
        {copied ? connect.keys.copiedKey : label}
      </Button>
      {problem !== null && (
        <span className="help bad" role="alert">
          {errors[problem.code](problem.facts).what}
        </span>
      )}
    </>
  );
}
