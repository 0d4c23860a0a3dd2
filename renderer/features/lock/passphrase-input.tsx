import { Eye, EyeOff } from 'lucide-react';
import { type Ref, useCallback, useId, useImperativeHandle, useRef, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

/** The only way to what is typed, for the page that hands it to main. */
export interface PassphraseHandle {
  read: () => string;
  clear: () => void;
  focus: () => void;
}

interface PassphraseInputProps {
  label: string;
  /** Not drawn, only spoken. */
  labelUnseen?: boolean;
  handle: Ref<PassphraseHandle>;
  help?: string | undefined;
  bad?: string | undefined;
  /** What it is, not what it says: a passphrase never becomes part of the page's state. */
  onTyped?: (typed: string) => void;
  autoFocus?: boolean;
}

/** The browser holds what is typed, not React: nothing of it stands in the markup, and it is gone with the field. */
export function PassphraseInput(props: PassphraseInputProps) {
  const { label, labelUnseen = false, handle, help, bad, onTyped, autoFocus = false } = props;
  const { lock } = useText();
  const id = useId();
  const node = useRef<HTMLInputElement | null>(null);
  const [shown, setShown] = useState(false);

  const attach = useCallback((input: HTMLInputElement) => {
    node.current = input;
    return () => {
      input.value = '';
      node.current = null;
    };
  }, []);

  useImperativeHandle(
    handle,
    () => ({
      read: () => node.current?.value ?? '',
      clear: () => {
        if (node.current !== null) node.current.value = '';
        setShown(false);
      },
      focus: () => node.current?.focus(),
    }),
    [],
  );

  return (
    <div className="f">
      <label className={labelUnseen ? 'unseen' : 'f-label'} htmlFor={id}>
        {label}
      </label>
      <span className="in">
        <input
          id={id}
          ref={attach}
          className="in-it"
          type={shown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={autoFocus}
          maxLength={1024}
          aria-describedby={`${id}-help`}
          aria-invalid={bad !== undefined || undefined}
          data-invalid={bad === undefined ? undefined : true}
          onInput={(event) => onTyped?.(event.currentTarget.value)}
        />
        <IconButton
          icon={shown ? <EyeOff className="icon" aria-hidden /> : <Eye className="icon" aria-hidden />}
          label={shown ? lock.hide : lock.show}
          onPress={() => setShown(!shown)}
        />
      </span>
      {(bad ?? help) !== undefined && (
        <p className={bad === undefined ? 'help' : 'help bad'} id={`${id}-help`}>
          {bad !== undefined && <StateMark kind="failed" size={14} />}
          <span>{bad ?? help}</span>
        </p>
      )}
    </div>
  );
}
