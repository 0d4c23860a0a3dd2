import { RadioGroup } from 'react-aria-components';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useKnown } from '../../program.tsx';
import { useText } from '../../ui/text.ts';
import { Pick } from './pick.tsx';

interface AppChoiceProps {
  provider: ProviderView;
  apps: readonly AppSummary[];
  /** Null = a new one. */
  chosen: string | null;
  onChoose: (appId: string | null) => void;
}

const fresh = 'a-new-app';

/** "Use an app you have" comes first: one registration serves many connections. */
export function AppChoice({ provider, apps, chosen, onChoose }: AppChoiceProps) {
  const { connect } = useText();
  const connections = useKnown((known) => known.connections);
  return (
    <RadioGroup
      className="app-choice"
      aria-label={connect.keys.have}
      value={chosen ?? fresh}
      onChange={(value) => onChoose(value === fresh ? null : value)}
    >
      {apps.map((app) => (
        <Pick key={app.id} value={app.id} slim>
          <span className="dot" aria-hidden />
          <span className="grow">
            <span className="label">{app.name}</span>
            <span className="note dim clip">
              {connect.keys.appNote(app.clientId, connections.filter((one) => one.appId === app.id).length)}
            </span>
          </span>
        </Pick>
      ))}
      <Pick value={fresh} slim>
        <span className="dot" aria-hidden />
        <span className="grow">
          <span className="label">{connect.keys.fresh}</span>
          <span className="note dim">{connect.keys.freshNote(provider.name)}</span>
        </span>
      </Pick>
    </RadioGroup>
  );
}
