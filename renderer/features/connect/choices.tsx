import type { ProviderChoice } from '../../../shared/model/provider.ts';
import { Segments } from '../../ui/segments.tsx';
import { useText } from '../../ui/text.ts';

interface ChoicesProps {
  choices: readonly ProviderChoice[];
  /** By the choice's id; what is not in it stands on its first value. */
  chosen: Readonly<Record<string, string>>;
  /** Null: they belong to an app one has. */
  onChoose: ((chosen: Record<string, string>) => void) | null;
}

/** Corners that the provider's documents leave open; the first value is the usual one. */
export function Choices({ choices, chosen, onChoose }: ChoicesProps) {
  const { connect } = useText();
  return (
    <section className="advanced-part">
      <h2 className="subhead">{connect.advanced.choices}</h2>
      {onChoose === null && <p className="note dim">{connect.advanced.choicesFixed}</p>}
      {choices.map(({ id, name, note, values }) => {
        const usual = values[0]?.id ?? '';
        return (
          <div key={id} className="open-corner">
            <Segments
              label={name}
              labelSeen
              options={values.map((value) => ({ id: value.id, words: value.name }))}
              chosen={chosen[id] ?? usual}
              disabled={onChoose === null}
              onChoose={(valueId) => {
                // The usual value is not noted, so that it stays the usual one.
                const rest = Object.entries(chosen).filter(([other]) => other !== id);
                onChoose?.(Object.fromEntries(valueId === usual ? rest : [...rest, [id, valueId]]));
              }}
            />
            {note !== null && <p className="note dim">{note}</p>}
          </div>
        );
      })}
    </section>
  );
}
