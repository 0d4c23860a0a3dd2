import { type Ref, useCallback, useId, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { spaceAt } from './checks.ts';

/** The only way to a typed secret, for the page that hands it to main. */
export interface SecretHandle {
  read: () => string;
  /** Empties the field once main has it. */
  clear: () => void;
}

interface SecretInputProps {
  label: string;
  /** Main holds one: the field reads "Entered" and offers Replace. It can never be read back. */
  entered: boolean;
  onTyped: () => void;
  handle: Ref<SecretHandle>;
  help?: string | undefined;
  bad?: string | undefined;
  /** A space at either end is said (client secrets); a password may have one on purpose. */
  checksEnds?: boolean;
  /** How it has to begin, as far as that is known. */
  begins?: string | null;
  autoFocus?: boolean;
}

/** All that React learns of what is typed. */
interface Shape {
  length: number;
  space: 'start' | 'end' | null;
  /** Null: there is no saying yet. */
  begins: boolean | null;
}
const nothing: Shape = { length: 0, space: null, begins: null };

/** As main takes it: without white space and without the word "Bearer" in front. */
function beginsWith(value: string, begins: string | null): boolean | null {
  const token = value.trim().replace(/^bearer\s+/i, '');
  if (begins === null || token === '') return null;
  if (token.length < begins.length) return begins.startsWith(token) ? null : false;
  return token.startsWith(begins);
}

/**
 * The browser holds what is typed, not React: a controlled input would have the secret mirrored into the `value`
 * attribute of the page, where a copy of the page would take it along. React only learns its length and its ends.
 */
export function SecretInput({
  label,
  entered,
  onTyped,
  handle,
  help,
  bad,
  checksEnds = false,
  begins = null,
  autoFocus = false,
}: SecretInputProps) {
  const { connect, shell } = useText();
  const id = useId();
  const node = useRef<HTMLInputElement | null>(null);
  const [replacing, setReplacing] = useState(false);
  const [trusted, setTrusted] = useState(false);
  const [shown, setShown] = useState(false);
  const [shape, setShape] = useState<Shape>(nothing);

  const attach = useCallback((input: HTMLInputElement) => {
    node.current = input;
    return () => {
      input.value = '';
      node.current = null;
    };
  }, []);

  const clear = useCallback(() => {
    if (node.current !== null) node.current.value = '';
    setShape(nothing);
    setShown(false);
    setReplacing(false);
    setTrusted(false);
  }, []);

  useImperativeHandle(handle, () => ({ read: () => node.current?.value ?? '', clear }), [clear]);

  // The likely cause of a failure is open for typing at once, unless the person says that it is right.
  if (entered && !replacing && (bad === undefined || trusted)) {
    return (
      <div className="f" role="group" aria-label={label}>
        <span className="f-label">{label}</span>
        <span className={bad === undefined ? 'in still' : 'in still wrong'}>
          <StateMark kind="locked" size={14} />
          <span className="grow">{connect.secret.entered}</span>
          <Button
            look="plain"
            size="small"
            aria-label={shell.secret.replaceNamed(label)}
            onPress={() => {
              setReplacing(true);
              queueMicrotask(() => requestAnimationFrame(() => node.current?.focus()));
            }}
          >
            {connect.secret.replace}
          </Button>
        </span>
        <HelpLine bad={bad} help={bad === undefined ? help : undefined} />
      </div>
    );
  }

  const typed = shape.length > 0;
  const space = typed && checksEnds ? shape.space : null;
  const beginsWrong = begins !== null && shape.begins === false ? connect.token.beginsNot(begins) : undefined;
  const wrong =
    beginsWrong ??
    (space === 'start'
      ? connect.keys.spaceAtStart
      : space === 'end'
        ? connect.keys.spaceAtEnd
        : typed
          ? undefined
          : bad);
  const hint =
    typed && checksEnds && space === null
      ? connect.keys.secretGood(shape.length)
      : begins !== null && shape.begins === true
        ? connect.token.begins(begins)
        : help;
  return (
    <div className="f">
      <label className="f-label" htmlFor={id}>
        {label}
      </label>
      <span className="in">
        <input
          id={id}
          ref={attach}
          className="in-it mono"
          type={shown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={autoFocus}
          aria-describedby={`${id}-help`}
          aria-invalid={wrong !== undefined || undefined}
          data-invalid={wrong === undefined ? undefined : true}
          onInput={(event) => {
            const { value } = event.currentTarget;
            setReplacing(true);
            setShape({
              length: Array.from(value).length,
              space: spaceAt(value),
              begins: beginsWith(value, begins),
            });
            onTyped();
          }}
        />
        {typed && (
          <Button look="plain" size="small" onPress={() => setShown(!shown)}>
            {shown ? shell.secret.hide : shell.secret.show}
          </Button>
        )}
        {entered && !typed && (
          <Button
            look="plain"
            size="small"
            aria-label={connect.secret.keepEntered}
            onPress={() => {
              setReplacing(false);
              setTrusted(true);
            }}
          >
            {connect.secret.keep}
          </Button>
        )}
      </span>
      <HelpLine id={`${id}-help`} bad={wrong} help={wrong === undefined ? hint : undefined} />
    </div>
  );
}

function HelpLine({ id, bad, help }: { id?: string; bad?: string | undefined; help?: string | undefined }) {
  if (bad !== undefined) {
    return (
      <p className="help bad" id={id}>
        <StateMark kind="failed" size={14} />
        <span>{bad}</span>
      </p>
    );
  }
  return help === undefined ? null : (
    <p className="help" id={id}>
      {help}
    </p>
  );
}
