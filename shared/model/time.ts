/** A countdown as figures and units, so that the window can set them in different weights. */
export interface CountdownPart {
  figure: string;
  unit: 's' | 'm' | 'h' | 'd';
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** "4m 10s" under an hour, "2h 05m" under a day, "3d 04h" beyond. Negative spans count as zero. */
export function countdownParts(leftMs: number): CountdownPart[] {
  const left = Math.max(0, Math.floor(leftMs / secondMs) * secondMs);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (left < minuteMs) return [{ figure: String(left / secondMs), unit: 's' }];
  if (left < hourMs) {
    return [
      { figure: String(Math.floor(left / minuteMs)), unit: 'm' },
      { figure: two(Math.floor((left % minuteMs) / secondMs)), unit: 's' },
    ];
  }
  if (left < dayMs) {
    return [
      { figure: String(Math.floor(left / hourMs)), unit: 'h' },
      { figure: two(Math.floor((left % hourMs) / minuteMs)), unit: 'm' },
    ];
  }
  return [
    { figure: String(Math.floor(left / dayMs)), unit: 'd' },
    { figure: two(Math.floor((left % dayMs) / hourMs)), unit: 'h' },
  ];
}

/** The countdown as one string: "4m 10s". */
export function countdown(leftMs: number): string {
  return countdownParts(leftMs)
    .map((part) => part.figure + part.unit)
    .join(' ');
}

/** When does the rule renew: ahead of the end by the smaller of the lead setting and a tenth of the life (R1). */
export function renewsAtMs(issuedAtMs: number, expiresAtMs: number, leadMs: number): number {
  const life = Math.max(0, expiresAtMs - issuedAtMs);
  return expiresAtMs - Math.min(leadMs, life / 10);
}
