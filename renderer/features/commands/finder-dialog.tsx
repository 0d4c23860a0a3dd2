import { type SubmitEvent, useState } from 'react';
import type { Problem } from '../../../shared/model/problem.ts';
import type { TokenMatch } from '../../../shared/model/token-match.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { tileOf } from '../../ui/looks.ts';
import { useMoments } from '../../ui/moments.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';
import { Tile } from '../../ui/tile.tsx';

/** Longer than a fingerprint with its space: a token, which is handed to main and not put on the page. */
const longestShown = 12;

/** Which connection a token out of a log is of. What is pasted goes to main at once; the page never holds it. */
export function FinderDialog({ onClose }: { onClose: () => void }) {
  const { actions } = useText();
  const text = actions.finder;
  const client = useClient();
  const shell = useShell();
  const [typed, setTyped] = useState('');
  const [finding, setFinding] = useState(false);
  const [matches, setMatches] = useState<readonly TokenMatch[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function find(pasted: string): Promise<void> {
    if (pasted.trim() === '') return;
    setFinding(true);
    setMatches(null);
    const answer = await client.connections.findToken({ pasted });
    setFinding(false);
    setMatches(answer.ok ? answer.value.matches : null);
    setProblem(answer.ok ? null : answer.problem);
  }

  function onType(value: string): void {
    // However a token got in (dropped, dictated, pasted by a program): it is sent off and not kept.
    if (value.length > longestShown) {
      setTyped('');
      void find(value);
    } else setTyped(value);
  }

  return (
    <Dialog
      title={text.title}
      lead={text.lead}
      onClose={onClose}
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose}>{text.close}</Button>
          <Button look="main" type="submit" form="find-token" busy={finding}>
            {text.find}
          </Button>
        </>
      }
    >
      <form
        id="find-token"
        className="finder"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          void find(typed);
        }}
        onPasteCapture={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (pasted.length <= longestShown) return;
          event.preventDefault();
          setTyped('');
          void find(pasted);
        }}
      >
        <TextField
          label={text.label}
          value={typed}
          onChange={onType}
          placeholder={text.placeholder}
          help={text.help}
          mono
          autoFocus
        />
      </form>
      {problem !== null && <ProblemNote problem={problem} />}
      <div role="status">
        {finding && <p className="note dim">{text.finding}</p>}
        {matches !== null && matches.length === 0 && (
          <p>
            {text.nothing} <span className="note dim">{text.nothingWhy}</span>
          </p>
        )}
        {matches !== null && matches.length > 0 && <p className="unseen">{text.found(matches.length)}</p>}
      </div>
      {matches !== null && matches.length > 0 && (
        <ul className="finder-found">
          {matches.map((match) => (
            <Match
              key={`${match.connectionId} ${match.token} ${String(match.fromGeneration)}`}
              match={match}
              onShow={() => {
                onClose();
                shell.show(match.connectionId);
              }}
            />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function Match({ match, onShow }: { match: TokenMatch; onShow: () => void }) {
  const { actions } = useText();
  const text = actions.finder;
  const moments = useMoments();
  const connection = useKnown((known) => known.connections.find(({ id }) => id === match.connectionId));
  const provider = useKnown((known) => known.providers.find(({ id }) => id === connection?.providerId));
  const [nowMs] = useState(() => Date.now());
  const at = (ms: number | null): string => (ms === null ? text.notKnown : moments.seconds(ms, nowMs));
  if (connection === undefined) return null;
  return (
    <li className="finder-match">
      <Tile {...tileOf(provider, connection)} />
      <div className="grow selectable">
        <div className="label clip">{connection.label}</div>
        <div className="note">
          {text.kinds[match.token]} · {text.generation(match.fromGeneration, match.toGeneration)}
        </div>
        <div className="note dim num">
          {text.issued} {at(match.issuedAtMs)} ·{' '}
          {match.state === 'in_use'
            ? text.inUse
            : match.state === 'gone'
              ? `${text.gone}${match.replacedAtMs === null ? '' : `, ${at(match.replacedAtMs)}`}`
              : `${text.replaced} ${at(match.replacedAtMs)}`}
        </div>
      </div>
      <Button size="small" onPress={onShow}>
        {text.show}
      </Button>
    </li>
  );
}
