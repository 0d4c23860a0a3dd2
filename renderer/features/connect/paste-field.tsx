import { type Ref, useCallback, useId, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { type Masked, maskedAddress } from './masked-address.ts';
import type { SecretHandle } from './secret-input.tsx';

interface PasteFieldProps {
  handle: Ref<SecretHandle>;
  onTyped: () => void;
  /** What of it may be shown, for the page after this one. */
  onMasked: (masked: Masked | null) => void;
  onUse: () => void;
  busy: boolean;
  bad?: string | undefined;
  autoFocus: boolean;
}

/**
 * The address that the browser landed on. It holds a code, so the browser keeps what is typed, not React (see
 * secret-input.tsx), and the eye gets a masked copy below it.
 */
export function PasteField({ handle, onTyped, onMasked, onUse, busy, bad, autoFocus }: PasteFieldProps) {
  const { connect } = useText();
  const words = connect.browser;
  const id = useId();
  const node = useRef<HTMLInputElement | null>(null);
  const [masked, setMasked] = useState<Masked | null>(null);

  const attach = useCallback((input: HTMLInputElement) => {
    node.current = input;
    return () => {
      input.value = '';
      node.current = null;
    };
  }, []);

  const clear = useCallback(() => {
    if (node.current !== null) node.current.value = '';
    setMasked(null);
  }, []);

  useImperativeHandle(handle, () => ({ read: () => node.current?.value ?? '', clear }), [clear]);

  return (
    <div className="f paste" data-field="pastedAddress">
      <label className="f-label" htmlFor={id}>
        {words.pasted}
        <small>{words.pastedHint}</small>
      </label>
      <span className="in">
        <input
          id={id}
          ref={attach}
          className="in-it mono"
          type="password"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={autoFocus}
          aria-describedby={`${id}-help`}
          aria-invalid={bad !== undefined || undefined}
          data-invalid={bad === undefined ? undefined : true}
          onInput={(event) => {
            const next = maskedAddress(event.currentTarget.value);
            setMasked(next);
            onMasked(next);
            onTyped();
          }}
        />
        {masked !== null && (
          <>
            <Button
              look="plain"
              size="small"
              onPress={() => {
                clear();
                onMasked(null);
                onTyped();
                node.current?.focus();
              }}
            >
              {words.clear}
            </Button>
            <Button size="small" busy={busy} onPress={onUse}>
              {words.use}
            </Button>
          </>
        )}
      </span>
      <div id={`${id}-help`} role="status">
        {bad !== undefined ? (
          <p className="help bad">
            <StateMark kind="failed" size={14} />
            <span>{bad}</span>
          </p>
        ) : masked === null ? (
          <p className="help">{words.pastedHelp}</p>
        ) : (
          <p className={masked.hasCode ? 'help good' : 'help'}>
            <span>
              {masked.hasCode ? words.found : words.noCode} <span className="mono pasted-shown">{masked.shown}</span>
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
