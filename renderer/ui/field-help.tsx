import { Check } from 'lucide-react';
import { FieldError, Text } from 'react-aria-components';
import { StateMark } from './state-mark.tsx';

export interface FieldHelpProps {
  /** Standing hint. */
  help?: string | undefined;
  /** Checked and right: "Looks right." */
  good?: string | undefined;
  /** The likely cause of a failure, or what is wrong with what is typed. */
  bad?: string | undefined;
}

/** One line under a field: what is wrong, else what is right, else the hint. */
export function FieldHelp({ help, good, bad }: FieldHelpProps) {
  if (bad !== undefined) {
    return (
      <FieldError className="help bad">
        <StateMark kind="failed" size={14} />
        <span>{bad}</span>
      </FieldError>
    );
  }
  if (good !== undefined) {
    return (
      <Text slot="description" className="help good">
        <Check className="icon" aria-hidden />
        <span>{good}</span>
      </Text>
    );
  }
  if (help !== undefined) {
    return (
      <Text slot="description" className="help">
        {help}
      </Text>
    );
  }
  return null;
}
