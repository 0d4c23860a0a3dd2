import type { ReactNode } from 'react';
import { RadioButton, RadioField } from 'react-aria-components';

/** One choice of a radio group as a card. `slim` is one line with a second under it. */
export function Pick({ value, slim = false, children }: { value: string; slim?: boolean; children: ReactNode }) {
  return (
    <RadioField value={value} className="pick-field">
      <RadioButton className={slim ? 'pick slim' : 'pick'}>{children}</RadioButton>
    </RadioField>
  );
}
