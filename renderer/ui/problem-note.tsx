import type { ReactNode } from 'react';
import type { Problem } from '../../shared/model/problem.ts';
import { Banner, type BannerProps } from './banner.tsx';
import { Disclosure } from './disclosure.tsx';
import { Fact, FactList } from './fact-list.tsx';
import { useText } from './text.ts';

/** The protocol facts of a failure, or nothing where there are none. Drawn as text, never as markup. */
export function ProblemDetails({ problem }: { problem: Problem }) {
  const { shell } = useText();
  const { facts } = problem;
  const lines: [string, string | undefined][] = [
    [shell.details.host, facts.host],
    [shell.details.status, facts.status === undefined ? undefined : String(facts.status)],
    [shell.details.contentType, facts.contentType],
    [shell.details.providerCode, facts.providerCode],
    [shell.details.providerText, facts.providerText],
    [shell.details.membersSeen, facts.membersSeen?.join(', ')],
    [shell.details.systemCode, facts.systemCode],
  ];
  const told = lines.filter((line): line is [string, string] => line[1] !== undefined && line[1] !== '');
  if (told.length === 0) return null;
  return (
    <Disclosure title={shell.details.title}>
      <FactList>
        {told.map(([term, value]) => (
          <Fact key={term} term={term}>
            <span className="mono">{value}</span>
          </Fact>
        ))}
      </FactList>
    </Disclosure>
  );
}

export interface ProblemNoteProps {
  problem: Problem;
  state?: BannerProps['state'];
  /** What the provider's profile adds. */
  hint?: string | undefined;
  act?: ReactNode;
  alert?: boolean;
}

/** A failure in words: sentence, next step, one act, and the details one step away. */
export function ProblemNote({ problem, state = 'failed', hint, act, alert = true }: ProblemNoteProps) {
  const { errors } = useText();
  const { what, next } = errors[problem.code](problem.facts);
  return (
    <Banner state={state} what={what} next={hint === undefined ? next : `${next} ${hint}`} act={act} alert={alert}>
      <ProblemDetails problem={problem} />
    </Banner>
  );
}
