import { Button } from '../../ui/button.tsx';
import { useText } from '../../ui/text.ts';

/** Nothing passes the filter: which one it is, and the way back. */
export function FilteredOut({
  sentence,
  hidden,
  onShowAll,
}: {
  sentence: string;
  hidden: number;
  onShowAll: () => void;
}) {
  const { connections: text } = useText();
  return (
    <div className="filtered-out">
      <p className="lead">{sentence}</p>
      <p className="note dim">{text.filteredOut.hidden(hidden)}</p>
      <Button onPress={onShowAll}>{text.acts.showAll}</Button>
    </div>
  );
}
