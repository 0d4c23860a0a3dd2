import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import type { SecretHandle } from './secret-input.tsx';
import { roadTo } from './steps.ts';
import type { DraftActs } from './use-draft.ts';

/** The failure above the foot, with the way to the likely field when that is on another page. */
export function FailureNotice({
  draft,
  provider,
  secret,
}: {
  draft: DraftActs;
  /** Whose profile may know more about this ending. */
  provider?: ProviderView;
  secret?: () => SecretHandle | null;
}) {
  const { connect } = useText();
  const { problem } = draft.state;
  if (problem === null) return null;
  const road = roadTo(draft.state);
  return (
    <ProblemNote
      problem={problem}
      hint={provider?.errorHints[problem.code]}
      act={
        road !== null && (
          <Button size="small" onPress={() => void draft.leave(road, secret?.() ?? null)}>
            {connect.failure.goTo[road]}
          </Button>
        )
      }
    />
  );
}
