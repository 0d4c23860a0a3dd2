import { LIMITS } from './limits.mjs';
import { median, quantile, ratios, row } from './numbers.mjs';
import { tokenServer } from './token-server.mjs';

const SIZES = [100, 1000, 10_000];

/**
 * The protocol alone, against what others offer for the same. Twice: the others keep a connection for the next call where
 * the server allows it, ours has one for each call, so that none is lost on a connection that was just closed.
 */
export async function measureExchange(run, how) {
  const fresh = await exchangesWith(run, how, { closes: true });
  const kept = await exchangesWith(run, how, { closes: false });
  return [
    row('exchange', 'one exchange, commits apart', 'ms', fresh.ours, null),
    ...against('openid-client', fresh.ours, fresh.openid, kept.ours, kept.openid),
    ...against('simple-oauth2', fresh.ours, fresh.simple, kept.ours, kept.simple),
  ];
}

function against(name, ours, theirs, oursBesideKept, theirsKept) {
  const limit = LIMITS[`exchange-${name}`];
  return [
    row(`exchange-${name}`, `… against ${name}, a connection for each call`, '×', ratios(ours, theirs), limit),
    row(
      `exchange-${name}-kept`,
      `… against ${name} on a connection that it keeps`,
      '×',
      ratios(oursBesideKept, theirsKept),
      limit,
    ),
  ];
}

async function exchangesWith(run, { short }, server) {
  const { url, stop } = await tokenServer(server);
  try {
    const words = { url, rounds: short ? 3 : 20, inRound: 50 };
    const times = JSON.parse(await run('measure-exchange', [JSON.stringify(words)]));
    const byRound = (values) =>
      Array.from({ length: words.rounds }, (_, i) => median(values.slice(i * words.inRound, (i + 1) * words.inRound)));
    return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, byRound(values)]));
  } finally {
    await stop();
  }
}

/** What the vault costs, by how much is in it. */
export async function measureVault(run, { short }) {
  const rows = [];
  const middles = [];
  for (const count of short ? SIZES.slice(0, 2) : SIZES) {
    const words = { count, commits: short ? 60 : 500, openings: short ? 2 : 5 };
    const { one, both, opened } = JSON.parse(await run('measure-vault', [JSON.stringify(words)]));
    middles.push(median(one));
    rows.push(
      {
        ...row(`commit-${count}`, `one commit at ${spoken(count)}, p99`, 'ms', [quantile(one, 0.99)], LIMITS.commit),
        spread: spread(one),
      },
      row(
        `unlock-${count}`,
        `unlock and list ${spoken(count)}`,
        'ms',
        opened,
        count === 10_000 ? LIMITS['unlock-10000'] : null,
      ),
    );
    if (count === 1000)
      rows.push(row('commits-of-exchange', 'the two commits of an exchange at 1,000', 'ms', both, null));
  }
  const flat = [middles.at(-1) / middles[0]];
  return [
    ...rows,
    row('commit-flat', `the median commit at the most against at ${SIZES[0]}`, '×', flat, LIMITS['commit-flat']),
  ];
}

export const spoken = (count) => count.toLocaleString('en');
const spread = (values) => [Math.min(...values), Math.max(...values)].map((value) => Number(value.toPrecision(3)));
