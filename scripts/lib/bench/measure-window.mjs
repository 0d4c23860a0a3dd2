import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot, root } from '../places.mjs';
import { LIMITS } from './limits.mjs';
import { spoken } from './measure-programs.mjs';
import { quantile, ratios, row } from './numbers.mjs';
import { busyMsOf, memoryOf } from './process-tree.mjs';
import { started } from './started.mjs';
import { tokenServer } from './token-server.mjs';

const FLOOR = { folder: inRoot('test', 'bench', 'floor'), selector: 'p' };
/** Usable: rows that can be chosen; with nothing kept yet, the first choice of the first screen. */
const LIST = { folder: root, selector: '.rows [role="row"].cx' };
const FIRST = { folder: root, selector: '.first-run .choice' };
const NOBODY = 'http://127.0.0.1:9/token';
/** As the schedule of renewals has it, for one provider. */
const AT_ONCE = 4;
const ANSWERS_AFTER_MS = 50;

/** Everything that a window takes part in. `at`: runtime and environment of the desktop; `run`: programs of test/bench. */
export async function measureWindow(at, run, how) {
  const place = await mkdtemp(join(tmpdir(), 'grantkeep-bench-'));
  const vaultOf = async (count, rest = {}) => {
    const profile = await mkdtemp(join(place, 'profile-'));
    const words = { count, tokenUrl: NOBODY, due: false, ...rest };
    if (count > 0) await run('fill-vault', [profile, JSON.stringify(words)], at.env);
    return profile;
  };
  try {
    return [
      ...(await measureStarts(at, vaultOf, how)),
      ...(await measureStanding(at, vaultOf, how)),
      ...(await measureCopying(at, vaultOf, how)),
      ...(await measureRenewals(at, vaultOf, how)),
    ];
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** In turn, so that all meet the same machine: floor, empty, 100, …, floor, empty, 100, … */
async function measureStarts(at, vaultOf, { short }) {
  const counts = short ? [0, 1000] : [0, 100, 1000, 10_000];
  const programs = [{ ...FLOOR, profile: await vaultOf(0) }];
  for (const count of counts) programs.push({ ...(count === 0 ? FIRST : LIST), profile: await vaultOf(count) });
  const times = programs.map(() => []);
  const runs = short ? 2 : 5;
  for (let round = 0; round <= runs; round += 1) {
    for (const [i, program] of programs.entries()) {
      const app = await started({ ...at, ...program });
      await app.quit();
      // The first round warms the disk's cache, and the profile of each.
      if (round > 0) times[i].push(app.shownMs);
    }
  }
  const [floor, ...ours] = times;
  return [
    row('floor', 'process start to first paint, the floor', 'ms', floor, null),
    ...counts.flatMap((count, i) => {
      const what = count === 0 ? 'process start to usable list, empty vault' : `… with ${spoken(count)} connections`;
      const limit = LIMITS[`start-${count}`] ?? null;
      return [
        row(`start-ms-${count}`, what, 'ms', ours[i], null),
        row(`start-${count}`, '… against the floor', '×', ratios(ours[i], floor), limit),
      ];
    }),
  ];
}

/** Memory some time after the start, and what it does when nobody does anything. */
async function measureStanding(at, vaultOf, { short, long }) {
  const settleMs = short ? 3000 : 60_000;
  const idleMs = short ? 3000 : long ? 600_000 : 30_000;
  const memoryAfter = async (program) => {
    const app = await started({ ...at, ...program });
    await pause(settleMs);
    return { app, memory: await memoryOf(app.pid) };
  };
  const floor = await memoryAfter({ ...FLOOR, profile: await vaultOf(0) });
  await floor.app.quit();
  const ours = await memoryAfter({ ...LIST, profile: await vaultOf(1000) });
  const shown = await shareOfCore(ours.app.pid, idleMs);
  await ours.app.do('hide');
  await pause(short ? 500 : 5000);
  const hidden = await shareOfCore(ours.app.pid, idleMs);
  await ours.app.quit();
  const said = `${Math.round(settleMs / 1000)} s after the start`;
  const idle = `idle for ${Math.round(idleMs / 1000)} s with 1,000 listed, of one core`;
  return [
    row('memory-floor', `memory of all processes (PSS), ${said}, the floor`, 'MB', [floor.memory], null),
    row('memory-ms-1000', '… with 1,000 connections', 'MB', [ours.memory], null),
    row('memory-1000', '… against the floor', '×', [ours.memory / floor.memory], LIMITS['memory-1000']),
    row('idle-shown', idle, '%', [shown], LIMITS['idle-shown']),
    row('idle-hidden', '… its window hidden', '%', [hidden], LIMITS['idle-hidden']),
  ];
}

async function shareOfCore(pid, forMs) {
  const beforeMs = await busyMsOf(pid);
  await pause(forMs);
  return (100 * ((await busyMsOf(pid)) - beforeMs)) / forMs;
}

async function measureCopying(at, vaultOf, { short }) {
  const app = await started({ ...at, ...LIST, profile: await vaultOf(1000) });
  await app.do('focus');
  const times = [];
  for (let n = 0; n < (short ? 10 : 100); n += 1) {
    const tookMs = await app.do('copy');
    // The first copies compile what the others only run; a person's first is one of them, so it counts as well.
    times.push(tookMs);
    await pause(50);
  }
  await app.quit();
  const p95 = row('copy', 'copy: key press to clipboard, token fresh, p95', 'ms', [quantile(times, 0.95)], LIMITS.copy);
  return [{ ...p95, spread: [Math.min(...times), Math.max(...times)].map((value) => Number(value.toPrecision(3))) }];
}

/** All are due when the program starts; the best possible is so many at once, one after the other, and nothing else. */
async function measureRenewals(at, vaultOf, { short }) {
  const count = short ? 100 : 1000;
  const server = await tokenServer({ afterMs: ANSWERS_AFTER_MS });
  try {
    const profile = await vaultOf(count, { tokenUrl: server.url, due: true });
    const app = await started({ ...at, ...LIST, profile });
    await app.do('watch');
    await server.answered(count);
    const blocked = await app.do('watched');
    await app.quit();
    const { firstMs, lastMs, mostAtOnce } = server.calls;
    const best = (Math.ceil(count / AT_ONCE) * ANSWERS_AFTER_MS) / 1000;
    const took = (lastMs - firstMs) / 1000;
    const what = `${spoken(count)} renewals due at once, ${mostAtOnce} at a time, a server that takes ${ANSWERS_AFTER_MS} ms`;
    return [
      row('renewals-s', what, 's', [took], null),
      row('renewals-1000', '… against the best possible', '×', [took / best], LIMITS['renewals-1000']),
      row('renewals-window', '… longest that the window was held', 'ms', [blocked.window], LIMITS['renewals-window']),
      row('renewals-main', '… longest that the main process was held', 'ms', [blocked.main], LIMITS['renewals-window']),
    ];
  } finally {
    await server.stop();
  }
}
