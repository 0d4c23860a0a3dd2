import { StateMark } from '../../ui/state-mark.tsx';
import { useText } from '../../ui/text.ts';

/** What the signs mean; always there. */
export function Legend() {
  const { legend } = useText().timeline;
  return (
    <ul className="legend note st-working" aria-label={legend.label}>
      <li>
        <span className="key c-spent" /> {legend.spent}
      </li>
      <li>
        <span className="key c-left" /> {legend.left}
      </li>
      <li>
        <span className="key c-plan" /> {legend.planned}
      </li>
      <li>
        <span className="key c-ring" /> {legend.renewed}
      </li>
      <li>
        <span className="key c-post st-duty" /> {legend.post}
      </li>
      <li>
        <StateMark kind="failed" size={14} /> {legend.failed}
      </li>
    </ul>
  );
}
