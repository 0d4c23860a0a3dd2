import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Menu, type MenuAct } from './menu.tsx';

export interface SplitButtonProps {
  children: ReactNode;
  onPress: () => void;
  icon?: ReactNode;
  keys?: string;
  busy?: boolean;
  done?: boolean;
  unavailable?: string | null | undefined;
  /** Name of the arrow and of its menu: "Copy as…". */
  menuLabel: string;
  acts: readonly MenuAct[];
  look?: 'main' | 'outlined';
}

/** One act, and an arrow for its other forms. */
export function SplitButton(props: SplitButtonProps) {
  const { look = 'main', menuLabel, acts } = props;
  return (
    <span className="split">
      <Button
        look={look}
        onPress={props.onPress}
        icon={props.icon}
        busy={props.busy ?? false}
        done={props.done ?? false}
        unavailable={props.unavailable}
        {...(props.keys === undefined ? {} : { keys: props.keys })}
      >
        {props.children}
      </Button>
      <Menu label={menuLabel} acts={acts}>
        <Button look={look} aria-label={menuLabel} unavailable={props.unavailable}>
          <ChevronDown className="icon" aria-hidden />
        </Button>
      </Menu>
    </span>
  );
}
