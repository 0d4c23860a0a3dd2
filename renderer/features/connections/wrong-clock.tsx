import { useKnown } from '../../program.tsx';
import { useText } from '../../ui/text.ts';

/** Less than this nobody sees: times are shown to the minute. */
const leastMs = 60_000;

/** Says why the times here differ from the clock in the corner of the screen. */
export function WrongClock() {
  const { connections: text } = useText();
  const offsetMs = useKnown((known) => known.timeOffsetMs);
  if (Math.abs(offsetMs) < leastMs) return null;
  return <p className="note wrong-clock">{text.wrongClock(offsetMs)}</p>;
}
