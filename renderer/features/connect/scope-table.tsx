import { Check } from 'lucide-react';
import { type KeyboardEvent, memo, useId } from 'react';
import { CheckBox } from '../../ui/check-box.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';
import { type ScopeChoice, scopeActions, scopeOf, toggled } from './scopes.ts';

interface ScopeTableProps {
  choice: ScopeChoice;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  bad?: string | undefined;
  /** A task beside the table has said the profile's warning already. */
  warned?: boolean;
}

/** Features by read, write, delete. Only boxes that the provider documents are drawn; they do not follow each key stroke beside them. */
export const ScopeTable = memo(function ScopeTable({ choice, chosen, onChange, bad, warned = false }: ScopeTableProps) {
  const { connect } = useText();
  const words = connect.scopes;
  const { testScope, warning } = choice;
  const testIn = testScope !== null && chosen.includes(testScope);
  const id = useId();
  return (
    <div className="scopes">
      <div className={bad === undefined ? 'card scopes-card' : 'card scopes-card wrong'}>
        <table className="scope-table" aria-describedby={id} onKeyDown={moveInTable}>
          <thead>
            <tr>
              <th scope="col">
                {words.heading} <span className="num scopes-count">{words.chosen(chosen.length)}</span>
              </th>
              {scopeActions.map((action) => (
                <th key={action} scope="col">
                  {words[action]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {choice.features.map((feature) => (
              <tr key={feature.prefix}>
                <th scope="row" title={feature.prefix}>
                  <span className="label">{feature.name}</span> <span className="mono dim">{feature.prefix}</span>
                </th>
                {scopeActions.map((action) => {
                  const scope = scopeOf(feature.prefix, action);
                  return (
                    <td key={action}>
                      {feature.actions.includes(action) ? (
                        <CheckBox
                          chosen={chosen.includes(scope)}
                          onChange={(on) => onChange(toggled(choice, chosen, scope, on))}
                          aria-label={words.box(feature.name, words[action])}
                        />
                      ) : (
                        <span className="dim" title={words.notOffered} aria-label={words.notOffered} role="img">
                          –
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div id={id} className="scopes-notes" aria-live="polite">
        {bad !== undefined && (
          <p className="help bad">
            <StateMark kind="failed" size={14} />
            <span>{bad}</span>
          </p>
        )}
        {testScope !== null && (
          <p className={testIn ? 'help good' : 'help'}>
            {testIn ? <Check className="icon" aria-hidden /> : <StateMark kind="unknown" size={14} />}
            <span>
              {testIn ? words.testIn(testScope) : chosen.length === 0 ? words.none : words.testOut(testScope)}
            </span>
          </p>
        )}
        {warning !== null && !warned && <p className="help">{warning}</p>}
      </div>
    </div>
  );
});

/** Arrow keys walk the boxes as they stand; Tab goes through them too. */
function moveInTable(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  const cell = (event.target as HTMLElement).closest('td');
  const row = cell?.closest('tr');
  const body = row?.parentElement;
  if (step === undefined || cell == null || row == null || body == null) return;
  const [down = 0, right = 0] = step;
  const rows = [...body.children];
  const next = rows[rows.indexOf(row) + down]?.children[[...row.children].indexOf(cell) + right];
  const box = next?.querySelector('input');
  if (box == null) return;
  event.preventDefault();
  box.focus();
}
