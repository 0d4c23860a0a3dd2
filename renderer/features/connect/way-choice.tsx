import { RadioGroup } from 'react-aria-components';
import type { ConnectWay, GrantType } from '../../../shared/model/provider.ts';
import { useText } from '../../ui/text.ts';
import { Pick } from './pick.tsx';

interface WayChoiceProps {
  ways: readonly ConnectWay[];
  chosen: GrantType;
  onChoose: (grant: GrantType) => void;
}

/** How to connect, where a provider has more than one way. What a way is stands beside its name. */
export function WayChoice({ ways, chosen, onChoose }: WayChoiceProps) {
  const { connect } = useText();
  return (
    <RadioGroup
      className="ways"
      aria-label={connect.ways.label}
      value={chosen}
      onChange={(value) => {
        const way = ways.find(({ grant }) => grant === value);
        if (way !== undefined) onChoose(way.grant);
      }}
    >
      {ways.map(({ grant, name, lead, advanced }) => (
        <Pick key={grant} value={grant} slim>
          <span className="dot" aria-hidden />
          <span className="grow">
            <span className="label">{name}</span>
            {lead !== null && <span className="note dim">{lead}</span>}
            {advanced !== null && <span className="note dim">{connect.ways.turnedOn}</span>}
          </span>
        </Pick>
      ))}
    </RadioGroup>
  );
}
