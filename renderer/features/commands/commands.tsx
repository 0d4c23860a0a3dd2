import { useContext, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type ActionId, isPressOf } from '../../../shared/model/actions.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { PlatformContext } from '../../ui/keys.ts';
import { useConnectionActs } from '../connections/acts-context.ts';
import { doWith } from '../connections/acts.tsx';
import { FinderDialog } from './finder-dialog.tsx';
import type { Entry } from './palette-plan.ts';
import { Palette } from './palette.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

type Open = { what: 'palette'; formsOf: ConnectionSummary | null } | { what: 'shortcuts' } | { what: 'finder' };

interface CommandsProps {
  chosenId: string | null;
  /** Counts up when the title bar's button is pressed. */
  paletteCall: number;
  /** The keyboard goes to the find field. */
  onFind: () => void;
}

/** Does what the table of actions names, whether a key, the palette or the application menu asks for it. */
export function Commands({ chosenId, paletteCall, onFind }: CommandsProps) {
  const shell = useShell();
  const acts = useConnectionActs();
  const platform = useContext(PlatformContext);
  const chosen = useKnown((known) => known.connections.find(({ id }) => id === chosenId));
  const asked = useKnown((known) => known.act);
  // With a vault that did not open there is only practice to connect to.
  const realm = useKnown((known) => known.vault.kind) === 'problem' ? 'practice' : 'vault';
  const [open, setOpen] = useState<Open | null>(null);

  function perform(id: ActionId, connection: ConnectionSummary | undefined): void {
    setOpen(null);
    switch (id) {
      case 'connect':
        shell.openWizard({ kind: 'connect', realm });
        return;
      case 'palette':
        setOpen({ what: 'palette', formsOf: null });
        return;
      case 'shortcuts':
        setOpen({ what: 'shortcuts' });
        return;
      case 'findToken':
        setOpen({ what: 'finder' });
        return;
      case 'find':
        onFind();
        return;
      case 'all':
        shell.go({ room: 'connections', filter: { kind: 'all' } });
        return;
      case 'needsYou':
        shell.go({ room: 'connections', filter: { kind: 'needs_you' } });
        return;
      case 'expiringSoon':
        shell.go({ room: 'connections', filter: { kind: 'expiring_soon' } });
        return;
      case 'timeline':
        shell.go({ room: 'timeline' });
        return;
      case 'apps':
        shell.go({ room: 'apps', appId: null });
        return;
      case 'settings':
        shell.go({ room: 'settings', section: 'security' });
        return;
      case 'lock':
        shell.lock();
        return;
      case 'open':
        if (connection !== undefined) shell.show(connection.id);
        return;
      case 'copyAs':
        if (connection !== undefined) setOpen({ what: 'palette', formsOf: connection });
        return;
      default:
        if (connection !== undefined) doWith(id, connection, acts);
    }
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const id = (['palette', 'shortcuts'] as const).find((one) => isPressOf(one, event, platform));
      if (id === undefined) return;
      // A dialog keeps the keyboard to itself.
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      event.preventDefault();
      setOpen(id === 'palette' ? { what: 'palette', formsOf: null } : { what: 'shortcuts' });
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [platform]);

  // The menu asks once: that something else changed since is no new question, nor that this was drawn anew.
  const done = useRef(asked);
  const performAsked = useEffectEvent((id: ActionId) => perform(id, chosen));
  useEffect(() => {
    if (asked === null || asked === done.current) return;
    done.current = asked;
    performAsked(asked.id);
  }, [asked]);
  const [seenCall, setSeenCall] = useState(paletteCall);
  if (seenCall !== paletteCall) {
    setSeenCall(paletteCall);
    setOpen({ what: 'palette', formsOf: null });
  }

  function onDo(entry: Entry): void {
    setOpen(null);
    switch (entry.kind) {
      case 'copy':
        acts.copy(entry.connection, entry.form);
        return;
      case 'show':
        shell.show(entry.connection.id);
        return;
      case 'action':
        perform(entry.id, entry.connection ?? chosen);
    }
  }

  if (open === null) return null;
  const close = (): void => setOpen(null);
  switch (open.what) {
    case 'palette':
      return <Palette chosen={chosen} formsOf={open.formsOf} onDo={onDo} onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case 'finder':
      return <FinderDialog onClose={close} />;
  }
}
