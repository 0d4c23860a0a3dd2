import { useState } from 'react';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';

interface ScopeWordsProps {
  scopes: readonly string[];
  onChange: (scopes: string[]) => void;
  bad: string | undefined;
}

const namesIn = (text: string): string[] => [...new Set(text.split(/\s+/).filter((name) => name !== ''))];

/** Scopes of a provider that documents none here: typed, with spaces between (RFC 6749 section 3.3). */
export function ScopeWords({ scopes, onChange, bad }: ScopeWordsProps) {
  const { connect } = useText();
  // The text as typed: a space at its end is where the next name begins.
  const [typed, setTyped] = useState(scopes.join(' '));
  // Filled in from elsewhere meanwhile.
  const shown = namesIn(typed).join(' ') === scopes.join(' ') ? typed : scopes.join(' ');
  return (
    <div data-field="scopes">
      <TextField
        label={connect.issuer.scopes}
        mono
        value={shown}
        placeholder={connect.issuer.scopesPlaceholder}
        onChange={(text) => {
          setTyped(text);
          onChange(namesIn(text));
        }}
        help={connect.issuer.scopesHelp}
        bad={bad}
      />
    </div>
  );
}
