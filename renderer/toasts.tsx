import { useState } from 'react';
import type { Problem } from '../shared/model/problem.ts';
import type { ClipboardStatus } from '../shared/model/program.ts';
import { useClient, useKnown } from './program.tsx';
import { Button } from './ui/button.tsx';
import { useFromNow, useNow } from './ui/clock.ts';
import { useText } from './ui/text.ts';
import { Toast, ToastRegion } from './ui/toast.tsx';

/** What the person's last act came to, where no other place tells it. */
export type Told = { kind: 'copied'; renewedFirst: boolean } | { kind: 'problem'; problem: Problem };

const shortMs = 8000;

/** At most two: the clipboard (as main tells it, so it survives a reload) and the last failure. */
export function Toasts({ told, onDismiss }: { told: Told | null; onDismiss: () => void }) {
  const { shell, errors } = useText();
  const clipboard = useKnown((known) => known.clipboard);
  const onClipboard = useFromNow((nowMs) => holds(clipboard, nowMs));
  const problem = told?.kind === 'problem' ? told.problem : null;
  const sentence = problem === null ? null : errors[problem.code](problem.facts);
  const renewedFirst = told?.kind === 'copied' && told.renewedFirst;
  const copied = copiedWords(clipboard, shell.clipboard, renewedFirst);
  const said = sentence !== null ? `${sentence.what} ${sentence.next}` : onClipboard ? copied : '';
  return (
    <ToastRegion label={shell.clipboard.region} said={said}>
      {sentence !== null && problem !== null && (
        <Toast
          mark="failed"
          act={
            <Button look="plain" size="small" onPress={onDismiss}>
              {shell.dismiss}
            </Button>
          }
        >
          {sentence.what} {sentence.next}
        </Toast>
      )}
      {onClipboard && <ClipboardToast key={clipboard.takenAtMs} clipboard={clipboard} words={copied} />}
    </ToastRegion>
  );
}

function holds(clipboard: ClipboardStatus, nowMs: number): boolean {
  if (clipboard.what === 'nothing' || clipboard.takenAtMs === null) return false;
  return nowMs < (clipboard.clearsAtMs ?? clipboard.takenAtMs + shortMs);
}

function copiedWords(
  clipboard: ClipboardStatus,
  text: {
    copied: Record<'token' | 'header' | 'curl' | 'env' | 'powershell' | 'httpie' | 'scopes', string>;
    renewedFirst: (copied: string) => string;
  },
  renewedFirst: boolean,
): string {
  const copied = clipboard.what === 'scopes' ? text.copied.scopes : text.copied[clipboard.form ?? 'token'];
  return renewedFirst && clipboard.what === 'token' ? text.renewedFirst(copied) : copied;
}

interface ClipboardToastProps {
  clipboard: ClipboardStatus;
  words: string;
}

function ClipboardToast({ clipboard, words }: ClipboardToastProps) {
  const { shell } = useText();
  const client = useClient();
  const nowMs = useNow();
  const [busy, setBusy] = useState(false);
  const { takenAtMs, clearsAtMs } = clipboard;
  if (takenAtMs === null) return null;
  const share =
    clearsAtMs === null ? undefined : Math.max(0, (clearsAtMs - nowMs) / Math.max(1, clearsAtMs - takenAtMs));
  return (
    <Toast
      mark="working"
      {...(share === undefined ? {} : { left: share })}
      act={
        clearsAtMs !== null && (
          <Button
            look="plain"
            size="small"
            busy={busy}
            onPress={() => {
              setBusy(true);
              void client.clipboard.clear({}).then(() => setBusy(false));
            }}
          >
            {shell.clipboard.clearNow}
          </Button>
        )
      }
    >
      {words}
      {clearsAtMs !== null && (
        <>
          {' '}
          {shell.clipboard.clearsIn}{' '}
          <span className="num strong">
            {shell.clipboard.seconds(Math.max(0, Math.ceil((clearsAtMs - nowMs) / 1000)))}
          </span>
        </>
      )}
    </Toast>
  );
}
