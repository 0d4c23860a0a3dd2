import { Check } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { useSaidBusy } from './busy.ts';
import { KeyCap } from './key-cap.tsx';
import { StateMark } from './state-mark.tsx';
import { WithTip } from './tip.tsx';

export interface ButtonProps {
  children: ReactNode;
  onPress?: () => void;
  /** `main` is filled verdigris, once a view; `end` is madder, in the revoke dialog only; `plain` has no edge. */
  look?: 'outlined' | 'main' | 'end' | 'plain';
  size?: 'small' | 'normal' | 'big';
  icon?: ReactNode;
  /** Key cap at its end, "Ctrl C". */
  keys?: string;
  /** At work: the mark turns, the width is kept, presses do nothing. */
  busy?: boolean;
  /** Just finished: a tick in place of the icon. */
  done?: boolean;
  /** Not available, and why. The button stays reachable so that the reason can be read. */
  unavailable?: string | null | undefined;
  /** A hint for a button whose words do not say all. */
  tip?: string;
  autoFocus?: boolean;
  type?: 'button' | 'submit';
  form?: string;
  /** Takes the whole width. */
  wide?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ ref, ...props }: ButtonProps) {
  const {
    children,
    look = 'outlined',
    size = 'normal',
    icon,
    keys,
    busy = false,
    done = false,
    unavailable,
    tip,
  } = props;
  const blocked = unavailable !== undefined && unavailable !== null;
  const pressed = useSaidBusy(busy, props['aria-label'] ?? children);
  const press = (): void => {
    pressed();
    props.onPress?.();
  };
  const classes = ['b', look, size, props.wide ? 'wide' : '', blocked ? 'blocked' : '', props.className ?? ''];
  return (
    <WithTip tip={unavailable ?? tip}>
      <Pressable
        ref={ref}
        className={classes.filter((name) => name !== '').join(' ')}
        // A submit button that is not available, or at work, must not submit either.
        type={blocked || busy ? 'button' : (props.type ?? 'button')}
        form={props.form}
        onPress={blocked || busy ? undefined : press}
        autoFocus={props.autoFocus ?? false}
        aria-label={props['aria-label']}
        aria-describedby={props['aria-describedby']}
        aria-busy={busy || undefined}
        aria-disabled={blocked || busy || undefined}
      >
        {busy && (
          <span className="b-busy">
            <StateMark kind="renewing" plain />
          </span>
        )}
        <span className="b-in">
          {done ? <Check className="icon" aria-hidden /> : icon}
          {children}
          {keys !== undefined && <KeyCap>{keys}</KeyCap>}
        </span>
      </Pressable>
    </WithTip>
  );
}
