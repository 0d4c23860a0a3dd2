import type { ReactNode } from 'react';
import { Button as Pressable } from 'react-aria-components';

export interface TextLinkProps {
  children: ReactNode;
  onPress: () => void;
  /** An act that leads out of the program carries its icon. */
  icon?: ReactNode;
  /** 12 px, for the second lines. */
  note?: boolean;
}

/** Looks like a link, is a button: nothing in this window has an address. */
export function TextLink({ children, onPress, icon, note = false }: TextLinkProps) {
  return (
    <Pressable className={note ? 'textlink small' : 'textlink'} onPress={onPress}>
      {children}
      {icon}
    </Pressable>
  );
}
