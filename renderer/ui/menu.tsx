import { Fragment, type ReactElement, type ReactNode, type RefObject } from 'react';
import { Menu as Frame, MenuItem, MenuTrigger, Popover, Separator, Text } from 'react-aria-components';
import { KeyCap } from './key-cap.tsx';

export interface MenuAct {
  id: string;
  words: string;
  icon?: ReactNode;
  keys?: string;
  /** A second line in the small size. */
  note?: string;
  onAct: () => void;
  unavailable?: boolean;
  /** Starts a new group: a line above. */
  startsGroup?: boolean;
}

function Acts({ acts, label, autoFocus }: { acts: readonly MenuAct[]; label: string; autoFocus?: boolean }) {
  return (
    <Frame className="menu" aria-label={label} autoFocus={autoFocus ? 'first' : false}>
      {acts.map((act) => (
        <Fragment key={act.id}>
          {act.startsGroup && <Separator className="menu-line" />}
          <MenuItem
            id={act.id}
            className="menu-it"
            textValue={act.words}
            onAction={act.onAct}
            isDisabled={act.unavailable ?? false}
          >
            <span className="menu-icon">{act.icon}</span>
            <span className="grow">
              <Text slot="label">{act.words}</Text>
              {act.note !== undefined && (
                <Text slot="description" className="menu-note">
                  {act.note}
                </Text>
              )}
            </span>
            {act.keys !== undefined && <KeyCap>{act.keys}</KeyCap>}
          </MenuItem>
        </Fragment>
      ))}
    </Frame>
  );
}

export interface MenuProps {
  /** The button that opens it (Button or IconButton). */
  children: ReactElement;
  label: string;
  acts: readonly MenuAct[];
  placement?: 'bottom start' | 'bottom end' | 'top end';
}

/** A menu on a button. */
export function Menu({ children, label, acts, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="menu-pop" placement={placement} offset={4}>
        <Acts acts={acts} label={label} />
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuAtProps {
  /** The element it hangs on (an invisible point for a right click, the row for the menu key). */
  anchor: RefObject<Element | null>;
  label: string;
  acts: readonly MenuAct[];
  onClose: () => void;
}

/** A context menu: draw it while it is open. */
export function MenuAt({ anchor, label, acts, onClose }: MenuAtProps) {
  return (
    <Popover
      className="menu-pop"
      triggerRef={anchor}
      isOpen
      placement="bottom start"
      offset={2}
      aria-label={label}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Acts
        acts={acts.map((act) => ({
          ...act,
          onAct: () => {
            onClose();
            act.onAct();
          },
        }))}
        label={label}
        autoFocus
      />
    </Popover>
  );
}
