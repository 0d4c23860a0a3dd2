import { useState } from 'react';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { PracticeAct } from '../../../shared/model/practice.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';
import './happenings.css';

/** The fire drill: what comes to everybody once is tried here, with nothing at stake. */
export function HappeningsDialog({ onClose }: { onClose: () => void }) {
  const { practice } = useText();
  const words = practice.panel;
  const client = useClient();
  const shell = useShell();
  const systems = useKnown((known) => known.practice.systems);
  const providers = useKnown((known) => known.providers);
  const connections = useKnown((known) => known.connections);
  const [chosenId, setChosenId] = useState(() => {
    // Where something is connected there is something to see.
    const used = systems.find(({ providerId }) =>
      connections.some((connection) => connection.realm === 'practice' && connection.providerId === providerId),
    );
    return (used ?? systems[0])?.providerId ?? '';
  });
  const [busy, setBusy] = useState<PracticeAct | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const chosen = systems.find(({ providerId }) => providerId === chosenId);
  const providerOf = (providerId: string) => providers.find(({ id }) => id === providerId);
  const system = providerOf(chosenId)?.name ?? '';

  async function happen(what: PracticeAct): Promise<void> {
    setBusy(what);
    const answer = await client.practice.happen({ providerId: chosenId, what });
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    shell.say(what === 'normal' ? words.normalDone(system) : words.done(words.happenings[what].name, system));
  }

  return (
    <Dialog
      title={words.title}
      lead={words.lead}
      onClose={onClose}
      closesOutside
      foot={
        <>
          <Button
            busy={busy === 'normal'}
            unavailable={chosen === undefined || chosen.armed.length === 0 ? words.isNormal : null}
            onPress={() => void happen('normal')}
          >
            {words.normal}
          </Button>
          <DialogSpace />
          <Button look="main" autoFocus onPress={onClose}>
            {words.close}
          </Button>
        </>
      }
    >
      {problem !== null && <ProblemNote problem={problem} />}
      <RadioGroup className="happen-systems" aria-label={words.system} value={chosenId} onChange={setChosenId}>
        {systems.map(({ providerId, armed }) => (
          <RadioField key={providerId} value={providerId} className="happen-place">
            <RadioButton className="happen-system">
              <Tile letters={providerOf(providerId)?.tile ?? ''} hue="practice" size="small" />
              {providerOf(providerId)?.name ?? providerId}
              {armed.length > 0 && (
                <>
                  <span className="happen-dot" aria-hidden /> <span className="unseen">{words.waits}</span>
                </>
              )}
            </RadioButton>
          </RadioField>
        ))}
      </RadioGroup>
      <ul className="plain-list happen-list" aria-label={words.list}>
        {chosen?.can.map((what) => {
          const { name, see } = words.happenings[what];
          const armed = chosen.armed.find((one) => one.what === what);
          return (
            <li key={what} className="happen-line">
              <div className="grow">
                <span className="label">{name}</span>{' '}
                {armed !== undefined && <Tag state="practice">{words.armed(armed.callsLeft)}</Tag>}
                <p className="note dim">{see}</p>
              </div>
              <Button
                size="small"
                busy={busy === what}
                aria-label={words.actFor(name)}
                onPress={() => void happen(what)}
              >
                {words.act}
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
