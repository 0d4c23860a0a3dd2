import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useNow } from '../../ui/clock.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeyNames } from '../../ui/keys.ts';
import { LifeBar } from '../../ui/life-bar.tsx';
import { lifeOf, markOf, tileOf } from '../../ui/looks.ts';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { TimeLeft } from '../connections/row.tsx';
import type { Story } from './story.ts';

interface LaneCardProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  story: Story;
  /** Where its lane is, from the top of the lanes; it hangs below it, or above where there is no room. */
  top: number;
  above: boolean;
  /** Where along the chart, in pixels. */
  left: number;
}

/** The story of the lane that the pointer or the keyboard is on. */
export function LaneCard({ connection, provider, story, top, above, left }: LaneCardProps) {
  const { timeline: text } = useText();
  const keyNames = useKeyNames();
  const nowMs = useNow();
  return (
    <div
      className={`lane-card st-${markOf(connection, nowMs)}${above ? ' above' : ''}`}
      style={{ top, insetInlineStart: left }}
      aria-hidden
    >
      <div className="row">
        <Tile {...tileOf(provider, connection)} size="small" />
        <span className="grow clip label">{connection.label}</span>
        <span className="time">
          <TimeLeft connection={connection} nowMs={nowMs} />
        </span>
      </div>
      <LifeBar life={lifeOf(connection, nowMs)} />
      <p className="label word">{story.says}</p>
      <p className="note">{story.facts}</p>
      {story.forecast !== null && <p className="note">{story.forecast}</p>}
      <div className="row note dim lane-keys">
        <KeyCap>Enter</KeyCap> {text.keys.open}
        <KeyCap>{keyNames('Ctrl C')}</KeyCap> {text.keys.copy}
        <KeyCap>← →</KeyCap> {text.keys.moments}
      </div>
    </div>
  );
}
