import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TokenClaims } from '../../../shared/model/claims.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { useFromNow } from '../../ui/clock.ts';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { useMoments } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useText } from '../../ui/text.ts';
import { type ConnectionActs, formActs } from './acts.tsx';

interface TokenTabProps {
  connection: ConnectionSummary;
  provider: ProviderView | undefined;
  acts: ConnectionActs;
}

type Claims =
  { phase: 'reading' } | { phase: 'read'; tokens: readonly TokenClaims[] } | { phase: 'failed'; problem: Problem };

/** The token, masked; the forms it is copied in; and what it says of itself, which nobody checked. */
export function TokenTab({ connection, provider, acts }: TokenTabProps) {
  const { connections: text } = useText();
  const client = useClient();
  const [claims, setClaims] = useState<Claims>({ phase: 'reading' });
  const { id, generation, fingerprint } = connection;
  useEffect(() => {
    let wanted = true;
    void client.connections.claims({ connectionId: id }).then((answer) => {
      if (!wanted) return;
      setClaims(
        answer.ok ? { phase: 'read', tokens: answer.value.tokens } : { phase: 'failed', problem: answer.problem },
      );
    });
    return () => {
      wanted = false;
    };
  }, [client, id, generation, fingerprint]);

  return (
    <>
      <Forms connection={connection} provider={provider} acts={acts} />
      <hr className="hr" />
      {claims.phase === 'reading' && <p className="note dim">{text.token.reading}</p>}
      {claims.phase === 'failed' && <ProblemNote problem={claims.problem} />}
      {claims.phase === 'read' && claims.tokens.length === 0 && <p className="note dim">{text.token.none}</p>}
      {claims.phase === 'read' &&
        claims.tokens.map((token) => (
          <section key={token.token} className="claims" aria-label={text.token.names[token.token]}>
            <div className="row claims-head">
              <h3 className="subhead">{text.token.names[token.token]}</h3>
              {token.isBearer && <Tag>{text.token.bearer}</Tag>}
              {token.form === 'jwt' && <Tag state="duty">{text.token.unverified}</Tag>}
            </div>
            {token.form === 'opaque' ? (
              <p className="note dim">{text.token.opaque}</p>
            ) : (
              <>
                <p className="note dim">{text.token.unverifiedWhy}</p>
                <ClaimList token={token} />
              </>
            )}
          </section>
        ))}
    </>
  );
}

function Forms({ connection, provider, acts }: TokenTabProps) {
  const { connections: text } = useText();
  const minuteMs = useFromNow((nowMs) => Math.floor(nowMs / 60_000) * 60_000);
  const forms = formActs({ connection, provider, acts, text, nowMs: minuteMs });
  return (
    <>
      <div className="row between">
        <span className="mono token-mask" role="img" aria-label={text.token.masked}>
          ••••••••••••••••••••••••
        </span>
        {connection.fingerprint !== null && (
          <span className="note dim mono">{`${connection.fingerprint.slice(0, 4)} ${connection.fingerprint.slice(4)}`}</span>
        )}
      </div>
      <p className="note dim token-why">{text.token.maskedWhy}</p>
      <ul className="token-forms" aria-label={text.acts.copyAs}>
        {forms.map((form) => (
          <li key={form.id}>
            <Button
              size="small"
              wide
              icon={<Copy className="icon" aria-hidden />}
              tip={form.note ?? ''}
              unavailable={form.unavailable === true ? text.unavailable.copyEnded : null}
              onPress={form.onAct}
              aria-label={text.token.copy(form.words)}
            >
              {form.words}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function ClaimList({ token }: { token: TokenClaims }) {
  const { connections: text } = useText();
  const moments = useMoments();
  const dayMs = useFromNow((nowMs) => new Date(nowMs).setHours(12, 0, 0, 0));
  return (
    <>
      <FactList>
        {token.claims.map(({ name, text: value, atMs }) => (
          <Fact key={name} term={name}>
            {atMs === null ? (
              <span className="mono claim">{value}</span>
            ) : (
              <span className="num" title={moments.whole(atMs)}>
                {moments.seconds(atMs, dayMs)}
              </span>
            )}
          </Fact>
        ))}
      </FactList>
      {token.claims.length === 0 && <p className="note dim">{text.token.noClaims}</p>}
      {token.notShown.length > 0 && (
        <p className="note dim claims-more">
          {text.token.notShown} <span className="mono">{token.notShown.join(', ')}</span>
        </p>
      )}
    </>
  );
}
