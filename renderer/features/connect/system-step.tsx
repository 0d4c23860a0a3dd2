import { RadioGroup } from 'react-aria-components';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { Button } from '../../ui/button.tsx';
import { LifeBar } from '../../ui/life-bar.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import { lifetimeWords } from './lifetime.ts';
import type { DraftActs } from './use-draft.ts';
import { FailureNotice } from './failure-notice.tsx';
import { Page, PageTitle } from './wizard-frame.tsx';
import { Pick } from './pick.tsx';

interface SystemStepProps {
  draft: DraftActs;
  providers: readonly ProviderView[];
  onNext: () => void;
  onCancel: () => void;
  /** Null while practising. */
  onPractice: (() => void) | null;
}

export function SystemStep({ draft, providers, onNext, onCancel, onPractice }: SystemStepProps) {
  const { connect } = useText();
  const { state } = draft;
  const practice = state.view.realm === 'practice';
  const chosen = providers.find((provider) => provider.id === state.form.providerId);
  return (
    <Page
      notice={<FailureNotice draft={draft} />}
      onSubmit={onNext}
      foot={
        <>
          <Button onPress={onCancel}>{connect.foot.cancel}</Button>
          <span className="grow" />
          <span className="note dim" aria-live="polite">
            {chosen === undefined ? connect.foot.chooseFirst : connect.foot.chosen(chosen.name)}
          </span>
          <Button
            look="main"
            type="submit"
            busy={state.busy !== null}
            unavailable={chosen === undefined ? connect.foot.chooseFirst : null}
          >
            {connect.foot.nextKeys}
          </Button>
        </>
      }
    >
      <PageTitle title={connect.system.heading} lead={connect.system.lead} />
      <RadioGroup
        className="systems"
        aria-label={connect.system.heading}
        value={chosen?.id ?? null}
        onChange={(providerId) => draft.typed({ providerId })}
      >
        {providers.map((provider) => (
          <Pick key={provider.id} value={provider.id}>
            <Tile letters={provider.tile} hue={practice ? 'practice' : provider.hue} size="large" />
            <span className="grow">
              <span className="pick-name">{provider.name}</span>
              <span className="pick-lead">{provider.chooseLead}</span>
              <span className="note dim pick-needs">{provider.chooseNeeds}</span>
              <span className="pick-life st-working">
                {provider.lifetimeSeconds === null && !practice ? (
                  <span className="note dim">{connect.system.livesUnknown}</span>
                ) : (
                  <>
                    <span className="pick-bar">
                      <LifeBar life={{ kind: 'ring', now: 0, ring: 0.86 }} />
                    </span>
                    <span className="note dim num">
                      {practice || provider.lifetimeSeconds === null
                        ? connect.system.livesPractice
                        : connect.system.lives(lifetimeWords(provider.lifetimeSeconds, connect.system))}
                    </span>
                  </>
                )}
              </span>
            </span>
          </Pick>
        ))}
      </RadioGroup>
      <p className="note aside-practice st-practice">
        <StateMark kind="practice" />
        {onPractice === null ? (
          <span>{connect.system.practiceHere}</span>
        ) : (
          <span>
            {connect.system.notSure}{' '}
            <TextLink note onPress={onPractice}>
              {connect.system.practice}
            </TextLink>{' '}
            {connect.system.practiceRest}
          </span>
        )}
      </p>
    </Page>
  );
}
