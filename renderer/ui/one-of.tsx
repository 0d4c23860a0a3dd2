import { Check, ChevronDown } from 'lucide-react';
import { Button as Pressable, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

export interface OneOfProps<Id extends string> {
  /** Spoken; the words stand beside it. */
  label: string;
  options: readonly { id: Id; words: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
  disabled?: boolean;
}

/** One of several, where a row of segments would be too wide. */
export function OneOf<Id extends string>({ label, options, chosen, onChoose, disabled = false }: OneOfProps<Id>) {
  return (
    <Select
      className="one-of"
      aria-label={label}
      value={chosen}
      onChange={(id) => onChoose(id as Id)}
      isDisabled={disabled}
    >
      <Pressable className="one-of-it">
        {/* The words alone: the tick beside them belongs to the list. */}
        <SelectValue className="grow">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown className="icon" aria-hidden />
      </Pressable>
      <Popover className="menu-pop" placement="bottom end">
        <ListBox className="menu">
          {options.map(({ id, words }) => (
            <ListBoxItem key={id} id={id} className="menu-it" textValue={words}>
              {words}
              {id === chosen && <Check className="icon one-of-tick" aria-hidden />}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
