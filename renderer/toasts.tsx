import { useState } from 'react';
import type { Problem } from '../shared/model/problem.ts';
import type { ClipboardStatus } from '../shared/model/program.ts';
import { useClient, useKnown } from './program.tsx';
import { Button } from './ui/button.tsx';
import { useFromNow, useNow } from './ui/clock.ts';
import { useMedia } from './ui/media.ts';
import { useText } from './ui/text.ts';
import { Toast, ToastRegion } from './ui/toast.tsx';

/** What the person's last act came to, where no other place tells it. */
export type Told =
  | { kind: 'copied'; renewedFirst: boolean }
  | { kind: 'problem'; problem: Problem; connectionId?: string }
  | { kind: 'done'; sentence: string; atMs: number };

const shortMs = 8000;

interface ToastsProps {
  told: Told | null;
  /** The connection whose banner is in sight. */
  bannerOf: string | null;
  onDismiss: () => void;
}

/** At most two: the clipboard (as main tells it, so it survives a reload) and the last failure. */
export function Toasts({ told, bannerOf, onDismiss }: ToastsProps) {
  const { shell, errors } = useText();
  const clipboard = useKnown((known) => known.clipboard);
  const inQuery = useKnown(({ connections, providers, clipboard: { connectionId } }) => {
    const providerId = connections.find(({ id }) => id === connectionId)?.providerId;
    return providers.find(({ id }) => id === providerId)?.presentation.place === 'query';
  });
  const onClipboard = useFromNow((nowMs) => holds(clipboard, nowMs));
  const problem = told?.kind === 'problem' ? told.problem : null;
  const sentence = problem === null ? null : errors[problem.code](problem.facts);
  // One outage is told once: what the connection's own banner says, no toast says beside it.
  const covered = useMedia('(max-width: 900px)');
  const failing = told?.kind === 'problem' ? told.connectionId : undefined;
  const inBanner =
    useKnown((known) => known.connections.find((one) => one.id === failing)?.failure?.problem.code ?? null) ===
      problem?.code &&
    failing === bannerOf &&
    !covered;
  const done = told?.kind === 'done' ? told : null;
  const isNew = useFromNow((nowMs) => done !== null && nowMs < done.atMs + shortMs);
  const renewedFirst = told?.kind === 'copied' && told.renewedFirst;
  const copied = copiedWords(clipboard, shell.clipboard, renewedFirst, inQuery);
  const said =
    sentence !== null
      ? `${sentence.what} ${sentence.next}`
      : done !== null && isNew
        ? done.sentence
        : onClipboard
          ? copied
          : '';
  return (
    <ToastRegion label={shell.clipboard.region} said={said}>
      {done !== null && isNew && <Toast mark="working">{done.sentence}</Toast>}
      {sentence !== null && !inBanner && (
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
    copied: Record<
      NonNullable<ClipboardStatus['form']> | 'query' | Exclude<ClipboardStatus['what'], 'token' | 'nothing'>,
      string
    >;
    renewedFirst: (copied: string) => string;
  },
  renewedFirst: boolean,
  inQuery: boolean,
): string {
  const copied =
    clipboard.what === 'token' || clipboard.what === 'nothing'
      ? text.copied[clipboard.form === 'header' && inQuery ? 'query' : (clipboard.form ?? 'token')]
      : text.copied[clipboard.what];
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
