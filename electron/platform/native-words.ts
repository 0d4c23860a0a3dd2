import type { Catalogue } from '../../shared/text/catalogue.ts';
import type { Notice } from '../services/ports.ts';

/** What the system draws for us: the words of notifications and of the question at quitting. */

export type MomentWords = (ms: number) => string;

/** "14:20" today, "Fri 15 May, 14:20" on another day. */
export function momentWords(language: string, nowMs: number): MomentWords {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
  const today = new Date(nowMs).toDateString();
  return (ms) => (new Date(ms).toDateString() === today ? time.format(ms) : `${day.format(ms)}, ${time.format(ms)}`);
}

/** A notification, as a lock screen would show it. */
export function noticeWords(
  { notices: words }: Catalogue,
  notice: Notice,
  moment: (ms: number) => string,
): { title: string; body: string } {
  const { kind, remedy, label, account, endsAtMs } = notice;
  const count = notice.connectionIds.length;
  switch (kind) {
    case 'needed':
      return remedy === 'sign_in'
        ? { title: words.needed.title, body: words.needed.signIn(label, account, count) }
        : { title: words.needed.titleSetUp, body: words.needed.setUp(label, account, count) };
    case 'soon':
      return { title: words.soon.title, body: words.soon.body(label, account, count, moment(endsAtMs ?? 0)) };
    case 'recovered':
      return { title: words.recovered.title, body: words.recovered.body(label, account, count) };
  }
}

/** What ends while the program is closed, the soonest first. */
export interface Ending {
  label: string;
  endsAtMs: number;
  renewable: boolean;
}

const mostNamed = 3;

/** The soonest by name, the rest as a number. */
export function endingWords(
  { notices: { quit } }: Catalogue,
  endings: readonly Ending[],
  moment: (ms: number) => string,
): string {
  const named = endings.slice(0, mostNamed).map(({ label, endsAtMs, renewable }) => {
    return renewable ? quit.renewable(label, moment(endsAtMs)) : quit.unrenewable(label, moment(endsAtMs));
  });
  const rest = endings.length - named.length;
  return [quit.lead, ...named, ...(rest > 0 ? [quit.more(rest)] : [])].join('\n');
}
