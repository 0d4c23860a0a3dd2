import { useEffect, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Forecast } from '../../../shared/model/forecast.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useFromNow } from '../../ui/clock.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { useMoments } from '../../ui/moments.ts';
import { Tag } from '../../ui/tag.tsx';
import { useText } from '../../ui/text.ts';
import { forecastWords } from '../timeline/story.ts';

export function Facts({ connection, provider }: { connection: ConnectionSummary; provider: ProviderView | undefined }) {
  const { facts, forms } = useText().connections;
  const moments = useMoments();
  const clipboard = useKnown((known) => known.clipboard);
  const dayMs = useFromNow((nowMs) => new Date(nowMs).setHours(12, 0, 0, 0));
  const { account, fingerprint, generation } = connection;
  const copied = clipboard.what === 'token' && clipboard.connectionId === connection.id ? clipboard : null;
  return (
    <FactList>
      <NextSignIn connection={connection} />
      <Fact term={facts.account}>{account ?? <span className="dim">{facts.accountUnknown}</span>}</Fact>
      {copied?.takenAtMs != null && copied.form !== null && (
        <Fact term={facts.copy}>
          {facts.copied(
            (copied.form === 'header' && provider?.presentation.place === 'query' ? forms.query : forms[copied.form])
              .words,
            moments.seconds(copied.takenAtMs, dayMs),
          )}
        </Fact>
      )}
      {fingerprint !== null && (
        <Fact term={facts.fingerprint}>
          <span className="mono">{`${fingerprint.slice(0, 4)} ${fingerprint.slice(4)}`}</span>
          <span className="note dim">{facts.line(generation)}</span>
        </Fact>
      )}
      <Scopes connection={connection} />
      <Lifetime connection={connection} provider={provider} />
      <Fact term={facts.connected}>
        <span title={moments.whole(connection.createdAtMs)}>{moments.clock(connection.createdAtMs, dayMs)}</span>
      </Fact>
    </FactList>
  );
}

/** When a person will be needed again, how sure that is, and why. Where nobody knows, that is what is said. */
function NextSignIn({ connection }: { connection: ConnectionSummary }) {
  const { timeline: text } = useText();
  const client = useClient();
  const moments = useMoments();
  const hourMs = useFromNow((nowMs) => Math.floor(nowMs / 3_600_000) * 3_600_000);
  const [forecast, setForecast] = useState<Forecast | null>(null);
  const { id } = connection;
  useEffect(() => {
    let wanted = true;
    void client.connections.lookBack({ connectionIds: [id], sinceMs: Date.now() }).then((answer) => {
      if (wanted && answer.ok) setForecast(answer.value.lanes[0]?.forecast ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [client, id, connection]);
  if (forecast === null || connection.condition === 'revoked') return null;
  const words = forecastWords(forecast, text, moments, hourMs);
  if (words === null)
    return (
      <Fact term={text.nextSignIn}>
        <span className="dim">{text.notKnown}</span>
      </Fact>
    );
  return (
    <Fact term={text.nextSignIn}>
      <span className="label">{words.when}</span>
      <Tag>{words.certainty}</Tag>
      <span className="note dim fact-line">{words.reason}</span>
    </Fact>
  );
}

function Scopes({ connection }: { connection: ConnectionSummary }) {
  const { facts } = useText().connections;
  const { scopesAsked: asked, scopesGranted: granted } = connection;
  if (asked.length === 0 && (granted === null || granted.length === 0)) {
    return <Fact term={facts.scopes}>{facts.scopesNone}</Fact>;
  }
  const missing = granted === null ? [] : asked.filter((scope) => !granted.includes(scope));
  const shown = granted ?? asked;
  return (
    <Fact term={facts.scopes}>
      <span className="mono">{shown.join(' ')}</span>
      {granted === null ? (
        <span className="note dim">{facts.scopesNotSaid}</span>
      ) : missing.length > 0 ? (
        <>
          <Tag state="duty">{facts.scopesFewer(asked.length - missing.length, asked.length)}</Tag>
          <span className="note fact-line">{facts.scopesMissing(missing.join(' '))}</span>
        </>
      ) : (
        asked.length > 0 && <span className="note dim">{facts.scopesAll}</span>
      )}
    </Fact>
  );
}

/** How the end was learnt. Said only where it is not simply stated. */
function Lifetime({ connection, provider }: { connection: ConnectionSummary; provider: ProviderView | undefined }) {
  const { connections: text } = useText();
  const { expirySource, expiresAtMs, issuedAtMs } = connection;
  const name = provider?.name ?? connection.providerId;
  switch (expirySource) {
    case 'assumed': {
      const lifeMs =
        expiresAtMs !== null && issuedAtMs !== null
          ? expiresAtMs - issuedAtMs
          : (provider?.lifetimeSeconds ?? 3600) * 1000;
      return <Fact term={text.facts.lifetime}>{text.facts.lifetimeAssumed(name, text.assumedSpan(lifeMs))}</Fact>;
    }
    case 'not_stated':
      return <Fact term={text.facts.lifetime}>{text.says.unknown(name)}</Fact>;
    case 'jwt_exp':
    case 'expires_in':
      return null;
  }
}
