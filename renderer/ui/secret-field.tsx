import { useState, type Ref } from 'react';
import { Input, Label, TextField as Frame } from 'react-aria-components';
import { Button } from './button.tsx';
import { FieldHelp } from './field-help.tsx';
import { StateMark } from './state-mark.tsx';
import { useText } from './text.ts';

export interface SecretFieldProps {
  label: string;
  hint?: string;
  /** What is being typed now. Empty it once it was handed to main. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  /** Main holds it: the field reads "Entered" and offers Replace. It can never be read back. */
  entered: boolean;
  /** Replace was pressed: the parent sets `entered` to false (or keeps its own "replacing" state). */
  onReplace: () => void;
  help?: string;
  good?: string | undefined;
  bad?: string | undefined;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  name?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A password or client secret: typed once, masked, then only ever "Entered". */
export function SecretField({ ref, ...props }: SecretFieldProps) {
  const { shell } = useText();
  const { label, hint, entered, good, bad, help } = props;
  const [shown, setShown] = useState(false);
  if (entered) {
    return (
      <div className="f" role="group" aria-label={label}>
        <span className="f-label">{label}</span>
        <span className={bad === undefined ? 'in still' : 'in still wrong'}>
          <StateMark kind="locked" size={14} />
          <span className="grow">{shell.secret.entered}</span>
          <Button look="plain" size="small" onPress={props.onReplace} aria-label={shell.secret.replaceNamed(label)}>
            {shell.secret.replace}
          </Button>
        </span>
        {bad !== undefined ? (
          <p className="help bad" role="alert">
            <StateMark kind="failed" size={14} />
            <span>{bad}</span>
          </p>
        ) : (
          help !== undefined && <p className="help">{help}</p>
        )}
      </div>
    );
  }
  return (
    <Frame
      className="f"
      value={props.value}
      onChange={props.onChange}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      isInvalid={bad !== undefined}
      isRequired={props.required ?? false}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      type={shown ? 'text' : 'password'}
      autoComplete="off"
      spellCheck="false"
      {...(props.name === undefined ? {} : { name: props.name })}
    >
      <Label className="f-label">
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </Label>
      <span className="in">
        <Input ref={ref} className="in-it mono" />
        {props.value !== '' && (
          <Button look="plain" size="small" onPress={() => setShown(!shown)}>
            {shown ? shell.secret.hide : shell.secret.show}
          </Button>
        )}
      </span>
      <FieldHelp help={help} good={good} bad={bad} />
    </Frame>
  );
}
