import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';

/** How it is set up, and where each value came from. Nothing here is secret, and no secret is here. */
export function SetUp({ connection, provider }: { connection: ConnectionSummary; provider: ProviderView | undefined }) {
  const { setup } = useText().connections;
  const shell = useShell();
  const app = useKnown((known) => known.apps).find((one) => one.id === connection.appId);
  const region = provider?.regions.find((one) => one.id === app?.regionId);
  return (
    <div className="set-up">
      <FactList>
        <Fact term={setup.provider}>{provider?.name ?? connection.providerId}</Fact>
        <Fact term={setup.grant}>{setup.grants[connection.grant]}</Fact>
        {app !== undefined && (
          <>
            <Fact term={setup.app}>
              <span>{app.name}</span>
              <TextLink note onPress={() => shell.go({ room: 'apps', appId: app.id })}>
                {setup.openApp}
              </TextLink>
            </Fact>
            {app.clientId !== '' && (
              <>
                <Fact term={setup.clientId}>
                  <span className="mono">{app.clientId}</span>
                </Fact>
                <Fact term={setup.clientSecret}>{app.clientSecretSet ? setup.secretSet : setup.secretPublic}</Fact>
              </>
            )}
            {region !== undefined && (provider?.regions.length ?? 0) > 1 && (
              <Fact term={setup.region}>{region.label}</Fact>
            )}
            {app.redirectUri !== null && (
              <Fact term={setup.redirect}>
                <span className="mono">{app.redirectUri}</span>
              </Fact>
            )}
          </>
        )}
      </FactList>
      {app !== undefined && app.endpoints.length > 0 && (
        <>
          <hr className="hr" />
          <h3 className="subhead">{setup.addresses}</h3>
          <ul className="addresses">
            {app.endpoints.map((endpoint) => (
              <li key={endpoint.kind}>
                <div className="dim">{setup.endpoints[endpoint.kind]}</div>
                {endpoint.url === null ? (
                  <div>{setup.endpointMissing}</div>
                ) : (
                  <div className="mono selectable address">{endpoint.url}</div>
                )}
                {endpoint.url !== null && <div className="note dim">{setup.sources[endpoint.source]}</div>}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
