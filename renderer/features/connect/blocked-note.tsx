import type { EndpointKind, ProviderView } from '../../../shared/model/provider.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useText } from '../../ui/text.ts';

interface BlockedNoteProps {
  missing: EndpointKind;
  provider: ProviderView;
  /** Null: the address belongs to an app one has, which this page cannot change. */
  onAdvanced: (() => void) | null;
}

/** G7: an address that nobody published. Nothing is guessed, and nothing is sent before it is there. */
export function BlockedNote({ missing, provider, onAdvanced }: BlockedNoteProps) {
  const { connect } = useText();
  const words = connect.blocked;
  const name = connect.addresses.names[missing];
  const note = provider.endpoints.find(({ kind }) => kind === missing)?.note ?? words.nobody;
  return (
    <div className="blocked-note">
      <Banner
        state="duty"
        what={words.what(lowered(name))}
        next={onAdvanced === null ? `${note} ${words.underApps}` : note}
        act={
          onAdvanced !== null && (
            <Button size="small" onPress={onAdvanced}>
              {words.act}
            </Button>
          )
        }
      />
    </div>
  );
}

export const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
