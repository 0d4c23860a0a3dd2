import { useRef, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { trueNowMs } from '../../ui/clock.ts';
import { useKeyNames } from '../../ui/keys.ts';
import { type MenuAct, MenuAt } from '../../ui/menu.tsx';
import { useText } from '../../ui/text.ts';
import { type ConnectionActs, formActs, rowMenu } from './acts.tsx';

/** Which menu is open, for which row, and where it hangs. */
export interface OpenMenu {
  id: string;
  what: 'acts' | 'forms';
  x: number;
  y: number;
}

interface RowMenuProps {
  menu: OpenMenu;
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  acts: ConnectionActs;
  onClose: () => void;
}

/** The acts of a row, or the forms a token is copied in, at the pointer or under the row. */
export function RowMenu({ menu, connection, provider, acts, onClose }: RowMenuProps) {
  const { connections: text, actions } = useText();
  const keyNames = useKeyNames();
  const anchor = useRef<HTMLSpanElement>(null);
  const [nowMs] = useState(() => trueNowMs());
  const entries: MenuAct[] =
    menu.what === 'forms'
      ? formActs({ connection, provider, acts, text, nowMs })
      : rowMenu({ connection, provider, acts, text, names: actions.names, keyNames, nowMs });
  return (
    <>
      <span ref={anchor} className="menu-point" style={{ left: menu.x, top: menu.y }} aria-hidden />
      <MenuAt
        anchor={anchor}
        label={menu.what === 'forms' ? text.acts.copyAs : text.acts.rowMenu(connection.label)}
        acts={entries}
        onClose={onClose}
      />
    </>
  );
}
