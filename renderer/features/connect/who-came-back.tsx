import { useText } from '../../ui/text.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { Wizard } from './steps.ts';
import type { DraftActs } from './use-draft.ts';
import { Page, PageTitle } from './wizard-frame.tsx';

interface WhoCameBackProps {
  draft: DraftActs;
  who: NonNullable<Wizard['cameBack']>;
  onCancel: () => void;
}

/** Somebody else came back. Nothing is stored and nothing was changed; a person says what becomes of it. */
export function WhoCameBack({ draft, who, onCancel }: WhoCameBackProps) {
  const { connect } = useText();
  const words = connect.cameBack;
  const { state } = draft;
  const { problem } = state;
  return (
    <Page
      notice={problem === null || problem.code === 'wrong_account' ? null : <ProblemNote problem={problem} />}
      // Enter alone decides nothing here: each of the two has its own button.
      onSubmit={() => undefined}
      foot={
        <>
          <Button onPress={onCancel}>{connect.foot.cancel}</Button>
          <span className="grow" />
          <Button busy={state.busy !== null} onPress={() => void draft.keepAsNew()}>
            {words.keep}
          </Button>
          <Button look="main" onPress={() => void draft.signInAsOther()}>
            {words.other}
          </Button>
        </>
      }
    >
      <div role="alert">
        <PageTitle title={words.heading} lead={words.lead(state.view.label)} />
      </div>
      <dl className="who">
        <div className="card who-one">
          <dt className="note dim">{words.expected}</dt>
          <dd className="label selectable">{who.expected ?? words.expectedUnknown}</dd>
        </div>
        <div className="card who-one came st-duty">
          <dt className="note word">
            <StateMark kind="duty" size={14} />
            {words.came}
          </dt>
          <dd className="label selectable">{who.name === '' ? words.cameUnknown : who.name}</dd>
        </div>
      </dl>
      <p className="note dim who-note">{words.nothing}</p>
    </Page>
  );
}
