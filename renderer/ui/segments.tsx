import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';

export interface SegmentsProps<Id extends string> {
  label: string;
  options: readonly { id: Id; words: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
  disabled?: boolean;
  /** Drawn above; else only spoken. */
  labelSeen?: boolean;
}

/** Two to four choices in one line: a region, a span. */
export function Segments<Id extends string>(props: SegmentsProps<Id>) {
  const { label, options, chosen, onChoose, disabled = false, labelSeen = false } = props;
  return (
    <div className={labelSeen ? 'f' : undefined}>
      {labelSeen && (
        <span className="f-label" aria-hidden>
          {label}
        </span>
      )}
      <RadioGroup
        className="seg"
        aria-label={label}
        orientation="horizontal"
        value={chosen}
        onChange={(value) => onChoose(value as Id)}
        isDisabled={disabled}
      >
        {options.map((option) => (
          <RadioField key={option.id} value={option.id} className="seg-place">
            <RadioButton className="seg-it">{option.words}</RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
    </div>
  );
}
