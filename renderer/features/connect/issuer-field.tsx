import { Search } from 'lucide-react';
import type { DraftView } from '../../../shared/model/draft.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, FactList } from '../../ui/fact-list.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';

export interface Issuer {
  typed: string;
  /** They were found by it. */
  found: boolean;
  /** What is there so far: found, out of a file, or typed. */
  addresses: Pick<DraftView['endpoints'][number], 'kind' | 'url'>[];
  busy: boolean;
  bad: string | undefined;
  onType: (issuer: string) => void;
  onFind: () => void;
  onFile: () => void;
}

/** The issuer of any other provider. One press has main ask for the addresses; each is shown before it is used. */
export function IssuerField({ issuer, help }: { issuer: Issuer; help: string | null }) {
  const { connect } = useText();
  const words = connect.issuer;
  const { addresses } = issuer;
  const host = URL.canParse(issuer.typed.trim()) ? new URL(issuer.typed.trim()).host : '';
  return (
    <div className="own-server">
      <div data-field="issuer">
        <TextField
          label={words.label}
          mono
          type="url"
          value={issuer.typed}
          placeholder={words.placeholder}
          onChange={issuer.onType}
          {...(help === null ? {} : { help })}
          bad={issuer.bad}
        />
      </div>
      <div className="register" role="status">
        {addresses.length > 0 && (
          <p className="register-done st-working">
            <StateMark kind="working" />
            <span className="label word">
              {issuer.found ? words.found(host, addresses.length) : words.filledIn(addresses.length)}
            </span>
          </p>
        )}
        <Button
          icon={<Search className="icon" aria-hidden />}
          size={issuer.found ? 'small' : 'normal'}
          busy={issuer.busy}
          onPress={issuer.onFind}
        >
          {issuer.found ? words.findAgain : words.find}
        </Button>
        <Button look="plain" size={issuer.found ? 'small' : 'normal'} onPress={issuer.onFile}>
          {words.file}
        </Button>
        {addresses.length === 0 && <span className="note dim">{words.note}</span>}
      </div>
      {addresses.length > 0 && (
        <section className="found-list" aria-label={words.foundList}>
          <FactList>
            {addresses.map(({ kind, url }) => (
              <Fact key={kind} term={connect.addresses.names[kind]}>
                <span className="mono">{url}</span>
              </Fact>
            ))}
          </FactList>
        </section>
      )}
    </div>
  );
}
