import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';

export interface CheckBoxProps {
  chosen: boolean;
  onChange: (chosen: boolean) => void;
  /** Some of what it stands for is chosen. */
  mixed?: boolean;
  disabled?: boolean;
  children?: ReactNode;
  /** Where no word stands beside it (a cell of a table). */
  'aria-label'?: string;
}

export function CheckBox({ chosen, onChange, mixed = false, disabled = false, children, ...rest }: CheckBoxProps) {
  return (
    <CheckboxField
      className="check-place"
      isSelected={chosen}
      isIndeterminate={mixed}
      isDisabled={disabled}
      onChange={onChange}
      aria-label={rest['aria-label']}
    >
      <CheckboxButton className="check">
        <span className="cb">
          {mixed ? <Minus className="icon" aria-hidden /> : chosen && <Check className="icon" aria-hidden />}
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}
