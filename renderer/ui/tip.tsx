import type { ReactElement, ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';

/** A tooltip round a control. Without words it is the bare control. */
export function WithTip({ tip, children }: { tip: ReactNode | undefined; children: ReactElement }) {
  if (tip === undefined || tip === null || tip === '') return children;
  return (
    <TooltipTrigger delay={600} closeDelay={80}>
      {children}
      <Tooltip className="tip" offset={6}>
        {tip}
      </Tooltip>
    </TooltipTrigger>
  );
}
