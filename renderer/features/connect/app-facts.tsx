import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { useText } from '../../ui/text.ts';

/** An app's fixed facts: what a connection made with it uses as it is. */
export function AppFacts({ app, provider }: { app: AppSummary; provider: ProviderView }) {
  const { connect } = useText();
  const region = provider.regions.find((one) => one.id === app.regionId);
  return (
    <FactList>
      <Fact term={connect.fields.clientId}>
        <span className="mono">{app.clientId}</span>
      </Fact>
      {provider.regions.length > 1 && region !== undefined && <Fact term={connect.fields.region}>{region.label}</Fact>}
      {provider.scopes !== null && (
        <Fact term={connect.fields.scopes}>
          {app.scopes.length === 0 ? connect.scopes.all : <ScopeList scopes={app.scopes} />}
        </Fact>
      )}
    </FactList>
  );
}

export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  return scopes.map((scope) => (
    <span key={scope} className="tag mono">
      {scope}
    </span>
  ));
}
