import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useKnown } from '../../program.tsx';
import { useFromNow } from '../../ui/clock.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { useMoments } from '../../ui/moments.ts';
import { Tag } from '../../ui/tag.tsx';
import { useText } from '../../ui/text.ts';

export function Facts({ connection, provider }: { connection: ConnectionSummary; provider: ProviderView | undefined }) {
  const { facts, forms } = useText().connections;
  const moments = useMoments();
  const clipboard = useKnown((known) => known.clipboard);
  const dayMs = useFromNow((nowMs) => new Date(nowMs).setHours(12, 0, 0, 0));
  const { account, fingerprint, generation } = connection;
  const copied = clipboard.what === 'token' && clipboard.connectionId === connection.id ? clipboard : null;
  return (
    <FactList>
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
