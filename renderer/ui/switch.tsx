import { SwitchButton, SwitchField } from 'react-aria-components';

export interface SwitchProps {
  /** Spoken; the words stand beside it. */
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}

/** On or off, kept at once. */
export function Switch({ label, on, onChange, disabled = false }: SwitchProps) {
  return (
    <SwitchField className="switch-place" aria-label={label} isSelected={on} onChange={onChange} isDisabled={disabled}>
      <SwitchButton className="switch" />
    </SwitchField>
  );
}
