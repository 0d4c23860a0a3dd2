import { ChevronRight, Copy, ExternalLink } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

type SetupStep = ProviderView['setup'][number];

interface SetupTaskProps {
  provider: ProviderView;
  step: SetupStep;
  number: number;
  regionId: string;
  /** Hands the chosen scopes to main and has them put on the clipboard; answers with what went wrong. */
  onCopyScopes: () => Promise<Problem | null>;
  /** Practice has no page of its own to open. */
  practice: boolean;
  children?: ReactNode;
}

/** One numbered task: the sentence, the provider's own words in boxes, the page, and the fields that belong to it. */
export function SetupTask({ provider, step, number, regionId, onCopyScopes, practice, children }: SetupTaskProps) {
  const { connect, errors } = useText();
  const client = useClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [copied, setCopied] = useState(false);
  const { page } = step;

  async function openPage(pageId: string): Promise<void> {
    const answer = await client.program.openProviderPage({ providerId: provider.id, pageId, regionId });
    setProblem(answer.ok ? null : answer.problem);
  }

  async function copy(): Promise<void> {
    const failed = await onCopyScopes();
    setProblem(failed);
    setCopied(failed === null);
    if (failed === null) setTimeout(() => setCopied(false), 2000);
  }

  const said = problem === null ? null : errors[problem.code](problem.facts);
  return (
    <div className="task">
      <span className="task-no num" aria-hidden>
        {number}
      </span>
      <div className="task-body">
        <p className="label">{step.text}</p>
        {step.note !== null && <p className="note dim">{step.note}</p>}
        {step.path.length > 0 && (
          <p className="path">
            {step.path.map((word, index) => (
              <Fragment key={word}>
                {index > 0 && <ChevronRight className="icon" aria-hidden />}
                <b>{word}</b>
              </Fragment>
            ))}
          </p>
        )}
        {(page !== null || step.copiesScopes) && (
          <div className="task-acts">
            {page !== null && (
              <>
                <Button
                  size="small"
                  icon={<ExternalLink className="icon" aria-hidden />}
                  unavailable={practice ? connect.keys.practicePage : null}
                  onPress={() => void openPage(page.id)}
                >
                  {page.label}
                </Button>
                <span className="note dim selectable">{page.hosts[regionId]}</span>
              </>
            )}
            {step.copiesScopes && (
              <Button
                size="small"
                icon={<Copy className="icon" aria-hidden />}
                done={copied}
                onPress={() => void copy()}
              >
                {copied ? connect.keys.copiedScopes : connect.keys.copyScopes}
              </Button>
            )}
          </div>
        )}
        {said !== null && (
          <p className="help bad" role="alert">
            <StateMark kind="failed" size={14} />
            <span>
              {said.what} {said.next}
            </span>
          </p>
        )}
        {children !== undefined && <div className="task-fields">{children}</div>}
      </div>
    </div>
  );
}
