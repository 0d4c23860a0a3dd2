import type { Ref } from 'react';
import { useText } from '../../ui/text.ts';
import { type SecretHandle, SecretInput } from './secret-input.tsx';
import type { DraftActs } from './use-draft.ts';

interface TokenInputProps {
  draft: Pick<DraftActs, 'state' | 'typedSecret' | 'badOf'>;
  handle: Ref<SecretHandle>;
  /** How such a token begins; null where nothing is known. */
  begins: string | null;
  autoFocus?: boolean;
}

/** A token that a person has already. It goes to main as typed and is never shown again. */
export function TokenInput({ draft, handle, begins, autoFocus = false }: TokenInputProps) {
  const { connect } = useText();
  const { form, view } = draft.state;
  const words = connect.token;
  return (
    <div data-field="pastedToken">
      <SecretInput
        // What was entered for one way is none for the other.
        key={form.grant}
        label={form.grant === 'refresh_token' ? words.refresh : words.label}
        entered={view.pastedTokenEntered && view.grant === form.grant}
        handle={handle}
        onTyped={() => draft.typedSecret('pastedToken')}
        help={words.help}
        bad={draft.badOf('pastedToken')}
        begins={begins}
        autoFocus={autoFocus}
      />
    </div>
  );
}
