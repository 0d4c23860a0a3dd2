import { createContext, useContext, useMemo } from 'react';

/** BCP 47 tag of the language in use. */
export const LanguageContext = createContext('en');

export interface Moments {
  /** "14:20" today, "Fri 04:30" within a week, "14 Dec" beyond. */
  clock: (ms: number, nowMs: number) => string;
  /** "13:25:00", with the day in front when it is not today. */
  seconds: (ms: number, nowMs: number) => string;
  /** "Fri 13": the name of a day, for an axis. */
  day: (ms: number) => string;
  /** The whole of it, with the zone: for tooltips. */
  whole: (ms: number) => string;
}

const hourMs = 3_600_000;
const weekMs = 6 * 24 * hourMs;

export function momentsIn(language: string): Moments {
  // The day's figures are always 24 hours long: "02:20" must not be read as the afternoon.
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { hourCycle: 'h23', ...options });
  const short = format({ hour: '2-digit', minute: '2-digit' });
  const exact = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const date = format({ day: 'numeric', month: 'short' });
  const dayName = format({ weekday: 'short', day: 'numeric' });
  const whole = format({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'long',
  });
  // Round midnight the day is not in doubt: "last 23:30" was last night, "renews 00:20" is in a moment.
  const sameDay = (ms: number, nowMs: number): boolean =>
    new Date(ms).toDateString() === new Date(nowMs).toDateString() ||
    (ms > nowMs - 18 * hourMs && ms < nowMs + 8 * hourMs);
  const dayOf = (ms: number, nowMs: number): string =>
    Math.abs(ms - nowMs) < weekMs ? weekday.format(ms) : date.format(ms);
  return {
    clock: (ms, nowMs) => {
      if (sameDay(ms, nowMs)) return short.format(ms);
      return Math.abs(ms - nowMs) < weekMs ? `${weekday.format(ms)} ${short.format(ms)}` : date.format(ms);
    },
    seconds: (ms, nowMs) => (sameDay(ms, nowMs) ? exact.format(ms) : `${dayOf(ms, nowMs)} ${exact.format(ms)}`),
    day: (ms) => dayName.format(ms).replace(',', ''),
    whole: (ms) => whole.format(ms),
  };
}

/** One for all: to make one takes longer than to draw the row that asks for it. Another zone makes another. */
const made = new Map<string, Moments>();

export function useMoments(): Moments {
  const language = useContext(LanguageContext);
  const key = `${language} ${String(new Date().getTimezoneOffset())}`;
  const moments = made.get(key) ?? momentsIn(language);
  made.set(key, moments);
  return moments;
}

/** "24 November, 09:12": a moment that is chosen among others, where "Tue 09:12" would leave a doubt. */
export function datedIn(language: string): (ms: number) => string {
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' });
  const time = new Intl.DateTimeFormat(language, { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
  return (ms) => `${day.format(ms)}, ${time.format(ms)}`;
}

export function useDated(): (ms: number) => string {
  const language = useContext(LanguageContext);
  return useMemo(() => datedIn(language), [language]);
}
