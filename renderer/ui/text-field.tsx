import { Check } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Input, Label, TextField as Frame } from 'react-aria-components';
import { FieldHelp } from './field-help.tsx';

export interface TextFieldProps {
  label: string;
  /** A word after the label, in the small size: "optional", "ask the vendor". */
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  help?: string;
  /** Checked and right: a tick inside, and the line below. */
  good?: string | undefined;
  /** Wrong, or the likely cause of a failure: edge and line in madder. */
  bad?: string | undefined;
  required?: boolean;
  readOnly?: boolean;
  disabled?: boolean;
  /** Addresses, client IDs. */
  mono?: boolean;
  autoFocus?: boolean;
  type?: 'text' | 'email' | 'url' | 'search';
  name?: string;
  /** At the end of the field: a Copy for a read-only value. */
  end?: ReactNode;
  maxLength?: number;
  /** Not drawn, only spoken. */
  labelUnseen?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({ ref, ...props }: TextFieldProps) {
  const { label, hint, good, bad, help, mono = false, end } = props;
  return (
    <Frame
      className="f"
      value={props.value}
      onChange={props.onChange}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      isInvalid={bad !== undefined}
      isRequired={props.required ?? false}
      isReadOnly={props.readOnly ?? false}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      type={props.type ?? 'text'}
      autoComplete="off"
      spellCheck="false"
      {...(props.name === undefined ? {} : { name: props.name })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
    >
      <Label className={props.labelUnseen ? 'unseen' : 'f-label'}>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </Label>
      <span className="in">
        <Input ref={ref} className={mono ? 'in-it mono' : 'in-it'} placeholder={props.placeholder} />
        {good !== undefined && bad === undefined && <Check className="icon in-good" aria-hidden />}
        {end}
      </span>
      <FieldHelp help={help} good={good} bad={bad} />
    </Frame>
  );
}
