import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as Pressable, Disclosure as Frame, DisclosurePanel } from 'react-aria-components';

export interface DisclosureProps {
  title: string;
  children: ReactNode;
  /** Open from the start. */
  startsOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A line that opens to more: "Details", "Advanced". */
export function Disclosure({ title, children, startsOpen = false, onOpenChange }: DisclosureProps) {
  return (
    <Frame
      className="disclosure"
      defaultExpanded={startsOpen}
      {...(onOpenChange === undefined ? {} : { onExpandedChange: onOpenChange })}
    >
      <Pressable slot="trigger" className="disclosure-act">
        <ChevronRight className="icon" aria-hidden />
        {title}
      </Pressable>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </Frame>
  );
}
