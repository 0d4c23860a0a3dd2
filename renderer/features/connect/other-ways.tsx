import { RadioGroup } from 'react-aria-components';
import type { ConnectWay, GrantType } from '../../../shared/model/provider.ts';
import { useText } from '../../ui/text.ts';
import { Pick } from './pick.tsx';

interface OtherWaysProps {
  ways: readonly (ConnectWay & { advanced: string })[];
  chosen: GrantType;
  /** Null = none of them. */
  onChoose: (grant: GrantType | null) => void;
}

const off = 'off';

/** Ways that a provider probably refuses: each with its reason, and off unless a person turns one on. */
export function OtherWays({ ways, chosen, onChoose }: OtherWaysProps) {
  const { connect } = useText();
  const words = connect.advanced;
  return (
    <section className="advanced-part">
      <h2 className="subhead">{words.others}</h2>
      <p className="note dim">{words.othersLead}</p>
      <RadioGroup
        className="ways stacked"
        aria-label={words.others}
        value={ways.find(({ grant }) => grant === chosen)?.grant ?? off}
        onChange={(value) => onChoose(ways.find(({ grant }) => grant === value)?.grant ?? null)}
      >
        <Pick value={off} slim>
          <span className="dot" aria-hidden />
          <span className="label">{words.off}</span>
        </Pick>
        {ways.map(({ grant, name, advanced }) => (
          <Pick key={grant} value={grant} slim>
            <span className="dot" aria-hidden />
            <span className="grow">
              <span className="label">{name}</span>
              <span className="note dim">{advanced}</span>
            </span>
          </Pick>
        ))}
      </RadioGroup>
    </section>
  );
}
