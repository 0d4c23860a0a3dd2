import { Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { addressFault, comesBackHere } from './checks.ts';

export interface RedirectFieldProps {
  browser: NonNullable<ProviderView['browser']>;
  /** As main would use it. */
  address: string;
  /** What was typed over it; null = nothing. */
  typed: string | null;
  /** Null: it belongs to an app one has, and is shown as it is. */
  onType: ((typed: string | null) => void) | null;
  /** This program's own; null while it is not known. */
  own: string | null;
  /** Said instead of where it is known from. */
  note?: string | undefined;
  bad?: string | undefined;
  onCopy: () => Promise<Problem | null>;
  onTry: () => Promise<Problem | null>;
  onStop: () => void;
}

/** Where the browser comes back to: to be registered at the provider to the letter, and tried before that. */
export function RedirectField(props: RedirectFieldProps) {
  const { browser, address, typed, onType, own, note, bad } = props;
  const { connect, errors } = useText();
  const words = connect.redirect;
  const [copied, setCopied] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isTyping = typed !== null && typed !== '' && onType !== null;
  const [asked, setAsked] = useState(false);
  const used = isTyping ? typed.trim() : typed === '' ? (own ?? address) : address;
  const fault = isTyping ? addressFault(used) : null;
  const faults = {
    not_an_address: connect.addresses.notAnAddress,
    not_secure: connect.addresses.notSecure,
    user_info: connect.addresses.userInfo,
    fragment: connect.addresses.fragment,
  };

  async function copy(): Promise<void> {
    const failed = await props.onCopy();
    setProblem(failed);
    setCopied(failed === null);
    if (failed === null) setTimeout(() => setCopied(false), 2000);
  }

  const said = problem === null ? null : errors[problem.code](problem.facts);
  return (
    <div className="redirect" data-field="redirectUri">
      <div className="f" role="group" aria-label={connect.fields.redirectUri}>
        <span className="f-label">{connect.fields.redirectUri}</span>
        <span className="in still redirect-in">
          <span className="grow mono selectable redirect-address">{used}</span>
          <Button
            size="small"
            icon={<Copy className="icon" aria-hidden />}
            done={copied}
            unavailable={fault === null ? null : faults[fault]}
            onPress={() => void copy()}
          >
            {copied ? words.copied : words.copy}
          </Button>
        </span>
      </div>
      {said !== null && (
        <p className="help bad" role="alert">
          <StateMark kind="failed" size={14} />
          <span>
            {said.what} {said.next}
          </span>
        </p>
      )}
      <p className="note dim redirect-note">
        {note ?? (
          <>
            {browser.redirectNote} <Tag>{connect.addresses.sources[browser.redirectSource]}</Tag>
          </>
        )}
      </p>
      {onType !== null &&
        (asked || isTyping ? (
          <TextField
            label={words.typed}
            mono
            type="url"
            value={typed ?? ''}
            onChange={onType}
            help={words.typedHelp}
            bad={fault === null ? bad : faults[fault]}
            autoFocus={!isTyping}
          />
        ) : (
          <TextLink note onPress={() => setAsked(true)}>
            {words.other}
          </TextLink>
        ))}
      {onType !== null && own !== null && used !== own && (
        <TextLink
          note
          onPress={() => {
            setAsked(false);
            onType(own === address ? null : '');
          }}
        >
          {words.own}
        </TextLink>
      )}
      {comesBackHere(used) ? (
        <WayBack key={used} onTry={props.onTry} onStop={props.onStop} />
      ) : (
        fault === null && (
          <p className="note redirect-away">
            <StateMark kind="unknown" size={14} />
            <span>{words.notHere}</span>
          </p>
        )
      )}
    </div>
  );
}

type Trial = { kind: 'rest' } | { kind: 'trying' } | { kind: 'came' } | { kind: 'failed'; problem: Problem };

/** A rehearsal: the browser is sent to the redirect address itself, and should come straight back. */
function WayBack({ onTry, onStop }: Pick<RedirectFieldProps, 'onTry' | 'onStop'>) {
  const { connect, errors } = useText();
  const words = connect.redirect;
  const [trial, setTrial] = useState<Trial>({ kind: 'rest' });
  const stop = useRef<(() => void) | null>(null);

  // Nobody waits for a browser behind a page that was left.
  useEffect(() => () => stop.current?.(), []);

  async function tryIt(): Promise<void> {
    stop.current = onStop;
    setTrial({ kind: 'trying' });
    const problem = await onTry();
    stop.current = null;
    setTrial(
      problem === null
        ? { kind: 'came' }
        : problem.code === 'sign_in_cancelled'
          ? { kind: 'rest' }
          : { kind: 'failed', problem },
    );
  }

  const said = trial.kind === 'failed' ? errors[trial.problem.code](trial.problem.facts) : null;
  return (
    <div className="way-back">
      <div className="way-back-acts">
        <Button size="small" busy={trial.kind === 'trying'} onPress={() => void tryIt()}>
          {words.tryIt}
        </Button>
        {trial.kind === 'trying' ? (
          <Button size="small" look="plain" onPress={onStop}>
            {words.stop}
          </Button>
        ) : (
          trial.kind === 'rest' && <span className="note dim">{words.tryNote}</span>
        )}
      </div>
      <div role="status">
        {trial.kind === 'trying' && <p className="help">{words.trying}</p>}
        {trial.kind === 'came' && (
          <p className="help good">
            <StateMark kind="working" size={14} />
            <span>{words.cameBack}</span>
          </p>
        )}
        {said !== null && (
          <p className="help bad">
            <StateMark kind="failed" size={14} />
            <span>
              {said.what} {said.next}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
