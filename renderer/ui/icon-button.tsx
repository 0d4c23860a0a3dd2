import type { ReactNode, Ref } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { useSaidBusy } from './busy.ts';
import { StateMark } from './state-mark.tsx';
import { WithTip } from './tip.tsx';

export interface IconButtonProps {
  /** A lucide icon with className="icon". */
  icon: ReactNode;
  /** Its name: spoken, and shown as the tooltip. */
  label: string;
  onPress?: () => void;
  busy?: boolean;
  /** Not available, and why (shown in place of the name). */
  unavailable?: string | null | undefined;
  /** False where a row's own keys reach the act (grid rows). */
  inTabOrder?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ ref, ...props }: IconButtonProps) {
  const { icon, label, busy = false, unavailable, inTabOrder = true, className = '' } = props;
  const blocked = unavailable !== undefined && unavailable !== null;
  const pressed = useSaidBusy(busy, label);
  const press = (): void => {
    pressed();
    props.onPress?.();
  };
  return (
    <WithTip tip={unavailable ?? label}>
      <Pressable
        ref={ref}
        className={`ib ${blocked ? 'blocked' : ''} ${className}`.trim()}
        onPress={blocked || busy ? undefined : press}
        aria-label={label}
        aria-busy={busy || undefined}
        aria-disabled={blocked || busy || undefined}
        excludeFromTabOrder={!inTabOrder}
      >
        {busy ? <StateMark kind="renewing" plain /> : icon}
      </Pressable>
    </WithTip>
  );
}
