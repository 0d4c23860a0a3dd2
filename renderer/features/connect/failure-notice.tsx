import type { ErrorCode } from '../../../shared/errors.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import type { SecretHandle } from './secret-input.tsx';
import { roadTo } from './steps.ts';
import { usesBrowser } from './way.ts';
import type { DraftActs } from './use-draft.ts';

/** Endings after which a person can still bring the address that the browser lands on. */
const withoutListening: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'redirect_port_taken',
  'redirect_not_here',
  'sign_in_timed_out',
]);

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
  const pastes = usesBrowser(draft.state.form) && withoutListening.has(problem.code);
  return (
    <ProblemNote
      problem={problem}
      // Stopping was the person's own wish.
      state={problem.code === 'sign_in_cancelled' ? 'offline' : 'failed'}
      hint={provider?.errorHints[problem.code]}
      act={
        pastes ? (
          <Button size="small" onPress={() => void draft.connect(secret?.() ?? null, true)}>
            {connect.foot.byPaste}
          </Button>
        ) : (
          road !== null && (
            <Button size="small" onPress={() => void draft.leave(road, secret?.() ?? null)}>
              {connect.failure.goTo[road]}
            </Button>
          )
        )
      }
    />
  );
}
