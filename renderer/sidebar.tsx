import { AppWindow, ChartGantt, List, Plus, SlidersHorizontal, Timer } from 'lucide-react';
import { memo, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { Button as Pressable } from 'react-aria-components';
import { isPressOf } from '../shared/model/actions.ts';
import { countsOf } from './features/connections/order.ts';
import { useEpoch } from './features/connections/use-epoch.ts';
import { useKnown } from './program.tsx';
import { type Place, useShell } from './shell-acts.ts';
import { Button } from './ui/button.tsx';
import { GateIcon } from './ui/gate-icon.tsx';
import { PlatformContext, useKeyNames } from './ui/keys.ts';
import { useMedia } from './ui/media.ts';
import { useText } from './ui/text.ts';
import { Tile } from './ui/tile.tsx';
import { WithTip } from './ui/tip.tsx';

export interface SidebarProps {
  place: Place;
  onGo: (place: Place) => void;
}

/** Where one can go. At 1100 px and under it is a rail of 56 px; the words stay for screen readers and as tooltips. */
export const Sidebar = memo(function Sidebar({ place, onGo }: SidebarProps) {
  const { shell } = useText();
  const { openWizard } = useShell();
  const keyNames = useKeyNames();
  const platform = useContext(PlatformContext);
  const rail = useMedia('(max-width: 1100px)');
  const connections = useKnown((known) => known.connections);
  const providers = useKnown((known) => known.providers);
  const practice = useKnown((known) => known.practice);
  // With a vault that did not open there is only practice to connect to.
  const realm = useKnown((known) => known.vault.kind) === 'problem' ? 'practice' : 'vault';
  const epochMs = useEpoch(connections);
  const counts = useMemo(() => countsOf(connections, epochMs), [connections, epochMs]);
  const filter = place.room === 'connections' ? place.filter : null;
  const systems = providers.filter((provider) => counts.byProvider.has(provider.id));
  const showsPractice = practice.open || counts.practice > 0;

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!isPressOf('connect', event, platform)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      event.preventDefault();
      openWizard({ kind: 'connect', realm });
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [platform, openWizard, realm]);

  return (
    <nav className="side scrolls" aria-label={shell.side.views}>
      <Button
        className="side-new"
        wide
        icon={<Plus className="icon" aria-hidden />}
        tip={keyNames(shell.side.connectTip)}
        onPress={() => openWizard({ kind: 'connect', realm })}
      >
        <span className="tx">{shell.side.connect}</span>
      </Button>
      <Entry
        rail={rail}
        icon={<List className="icon" aria-hidden />}
        name={shell.side.all}
        count={counts.all}
        chosen={filter?.kind === 'all'}
        onPress={() => onGo({ room: 'connections', filter: { kind: 'all' } })}
      />
      <Entry
        rail={rail}
        icon={<GateIcon />}
        name={shell.side.needsYou}
        count={counts.needYou}
        duty
        chosen={filter?.kind === 'needs_you'}
        onPress={() => onGo({ room: 'connections', filter: { kind: 'needs_you' } })}
      />
      <Entry
        rail={rail}
        icon={<Timer className="icon" aria-hidden />}
        name={shell.side.expiringSoon}
        count={counts.expiringSoon}
        chosen={filter?.kind === 'expiring_soon'}
        onPress={() => onGo({ room: 'connections', filter: { kind: 'expiring_soon' } })}
      />
      <Entry
        rail={rail}
        icon={<ChartGantt className="icon" aria-hidden />}
        name={shell.side.timeline}
        count={0}
        chosen={place.room === 'timeline'}
        onPress={() => onGo({ room: 'timeline' })}
      />
      {(systems.length > 0 || showsPractice) && <h3 className="side-head">{shell.side.systems}</h3>}
      {systems.map((provider) => (
        <Entry
          key={provider.id}
          rail={rail}
          icon={<Tile letters={provider.tile} hue={provider.hue} size="small" />}
          name={provider.name}
          count={counts.byProvider.get(provider.id) ?? 0}
          chosen={filter?.kind === 'provider' && filter.providerId === provider.id}
          onPress={() => onGo({ room: 'connections', filter: { kind: 'provider', providerId: provider.id } })}
        />
      ))}
      {showsPractice && (
        <Entry
          rail={rail}
          icon={<Tile letters="Pr" hue="practice" size="small" />}
          name={shell.side.practice}
          count={counts.practice}
          chosen={filter?.kind === 'practice'}
          onPress={() => onGo({ room: 'connections', filter: { kind: 'practice' } })}
        />
      )}
      <hr className="side-line" />
      <Entry
        rail={rail}
        icon={<AppWindow className="icon" aria-hidden />}
        name={shell.side.apps}
        count={0}
        chosen={place.room === 'apps'}
        onPress={() => onGo({ room: 'apps', appId: null })}
      />
      <Entry
        rail={rail}
        icon={<SlidersHorizontal className="icon" aria-hidden />}
        name={shell.side.settings}
        tip={keyNames(shell.side.settingsTip)}
        count={0}
        chosen={place.room === 'settings'}
        onPress={() => onGo({ room: 'settings', section: 'security' })}
      />
    </nav>
  );
});

interface EntryProps {
  rail: boolean;
  icon: ReactNode;
  name: string;
  /** A hint beside the name, also where the name is drawn. */
  tip?: string;
  count: number;
  duty?: boolean;
  chosen: boolean;
  onPress: () => void;
}

function Entry({ rail, icon, name, tip, count, duty = false, chosen, onPress }: EntryProps) {
  const { shell } = useText();
  return (
    <WithTip tip={tip ?? (rail ? name : undefined)}>
      <Pressable
        className="nav"
        aria-label={count > 0 ? shell.side.counted(name, count) : name}
        aria-current={chosen ? 'page' : undefined}
        onPress={onPress}
      >
        {icon}
        <span className="tx clip">{name}</span>
        {count > 0 && <span className={duty ? 'nav-count num duty' : 'nav-count num'}>{shell.side.count(count)}</span>}
        {duty && count > 0 && <span className="nav-dot" />}
      </Pressable>
    </WithTip>
  );
}
