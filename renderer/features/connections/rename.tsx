import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient } from '../../program.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useText } from '../../ui/text.ts';

/** The name, being typed where it stands. Enter saves, Esc leaves it as it was. */
export function Rename({ connection, onDone }: { connection: ConnectionSummary; onDone: () => void }) {
  const { connections: text, errors } = useText();
  const client = useClient();
  const field = useRef<HTMLInputElement>(null);
  const [label, setLabel] = useState(connection.label);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  // The old name is chosen, so that typing replaces it; two frames later, since a menu that led here takes the focus back
  // as it closes.
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.select();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  async function save(): Promise<void> {
    const wanted = label.trim();
    if (wanted === '' || wanted === connection.label) {
      onDone();
      return;
    }
    setBusy(true);
    const answer = await client.connections.rename({ connectionId: connection.id, label: wanted });
    setBusy(false);
    if (answer.ok) onDone();
    else setProblem(answer.problem);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone();
    }
  }

  return (
    <form
      className="rename"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={text.rename.label}
        labelUnseen
        ref={field}
        autoFocus
        value={label}
        onChange={setLabel}
        maxLength={120}
        bad={problem === null ? undefined : errors[problem.code](problem.facts).what}
      />
      <Button type="submit" size="small" busy={busy}>
        {text.rename.save}
      </Button>
      <Button size="small" look="plain" onPress={onDone}>
        {text.rename.cancel}
      </Button>
    </form>
  );
}
