const WIDTH = 760;
const HEIGHT = 400;
const FRAME = { left: 64, right: 190, top: 24, bottom: 48 };
const LINES = [
  { id: (count) => `start-ms-${count}`, name: 'start to usable list', tone: 'accent' },
  { id: (count) => `unlock-${count}`, name: 'unlock and list', tone: 'wait' },
  { id: (count) => `commit-${count}`, name: 'one commit, p99', tone: 'ember' },
];
const COUNTS = [100, 1000, 10_000];
const DECADES = [1, 10, 100, 1000, 10_000];

/**
 * How cost grows from 100 to 10,000 connections, both axes by powers of ten: a line that stays level costs the same, one
 * that climbs with the grid costs ten times as much for ten times as many. Its colours are the window's, and change with
 * the system's theme.
 */
export function growthPicture(rows) {
  const valueOf = (id) => rows.find((row) => row.id === id)?.value;
  const lines = LINES.map((line) => ({ ...line, values: COUNTS.map((count) => valueOf(line.id(count))) }));
  const floor = valueOf('floor');
  if (lines.some(({ values }) => values.some((value) => value === undefined)) || floor === undefined) return null;
  const parts = [
    ...DECADES.map(
      (ms) =>
        `<path class="grid" d="M${FRAME.left} ${y(ms)}H${WIDTH - FRAME.right}"/><text class="quiet" x="${FRAME.left - 10}" y="${y(ms) + 4}" text-anchor="end">${spokenMs(ms)}</text>`,
    ),
    ...COUNTS.map(
      (count) =>
        `<text class="quiet" x="${x(count)}" y="${HEIGHT - FRAME.bottom + 22}" text-anchor="middle">${count.toLocaleString('en')}</text>`,
    ),
    `<text class="quiet" x="${(FRAME.left + WIDTH - FRAME.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">connections</text>`,
    `<path class="floor" d="M${FRAME.left} ${y(floor)}H${WIDTH - FRAME.right}"/>`,
    ...labels([
      ...lines.map(({ name, tone, values }) => ({ name, tone, value: values.at(-1) })),
      { name: 'an empty Electron window', tone: 'quiet', value: floor },
    ]),
    ...lines.flatMap(({ tone, values }) => [
      `<path class="line ${tone}" d="M${values.map((value, i) => `${x(COUNTS[i])} ${y(value)}`).join('L')}"/>`,
      ...values.map((value, i) => `<circle class="dot ${tone}" cx="${x(COUNTS[i])}" cy="${y(value)}" r="3.5"/>`),
    ]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="How cost grows from 100 to 10,000 connections">
<style>
  text { font: 13px system-ui, sans-serif; fill: #17201d }
  .quiet { fill: #5d6764 }
  .grid { stroke: #dce1df }
  .floor { stroke: #7e8784; stroke-dasharray: 4 4 }
  .line { fill: none; stroke-width: 2.5 }
  .line.accent { stroke: #026558 } .line.wait { stroke: #437aa6 } .line.ember { stroke: #c76b09 }
  .dot.accent { fill: #026558 } .dot.wait { fill: #437aa6 } .dot.ember { fill: #c76b09 }
  @media (prefers-color-scheme: dark) {
    text { fill: #eaeeec }
    .quiet { fill: #949e9a }
    .grid { stroke: #283131 }
    .line.accent { stroke: #74d2be } .line.wait { stroke: #72acd5 } .line.ember { stroke: #eea244 }
    .dot.accent { fill: #74d2be } .dot.wait { fill: #72acd5 } .dot.ember { fill: #eea244 }
  }
</style>
${parts.join('\n')}
</svg>
`;
}

const share = (value, from, to) => (Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from));
const x = (count) =>
  Math.round(FRAME.left + 24 + share(count, COUNTS[0], COUNTS.at(-1)) * (WIDTH - FRAME.left - FRAME.right - 48));
const y = (ms) => {
  const room = HEIGHT - FRAME.top - FRAME.bottom;
  return (
    Math.round((HEIGHT - FRAME.bottom - share(Math.max(ms, DECADES[0]), DECADES[0], DECADES.at(-1)) * room) * 10) / 10
  );
};
const spokenMs = (ms) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`);

/** Beside the ends of their lines, and never over each other. */
function labels(ends) {
  let lowest = -Infinity;
  return ends
    .sort((a, b) => y(a.value) - y(b.value))
    .map(({ name, tone, value }) => {
      lowest = Math.max(lowest + 17, y(value) + 4);
      return `<text class="${tone === 'quiet' ? 'quiet' : ''}" x="${WIDTH - FRAME.right + 12}" y="${lowest}">${name}</text>`;
    });
}
