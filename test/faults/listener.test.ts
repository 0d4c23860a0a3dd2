import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { loopbackListeners } from '../../electron/platform/loopback.ts';
import { english } from '../../shared/text/catalogue.ts';
import { holdRaw, rawGet, sendRaw, statusOf } from '../support/raw-http.ts';
import { hold, knowing, waiting } from '../support/redirects.ts';
import { figure, sized } from './figure.ts';

/** Of 20 tries one may be late, since other programs run as well; none may take ten times as long. */
const closedWithinMs = 100;
const slowSockets = 50;

/** Handles of sockets and servers that this process still has, once the loop has turned. */
async function handles(): Promise<number> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((next) => setImmediate(next));
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length;
}

figure(
  'D11',
  'F40: the way back: with 50 sockets that trickle the true answer still comes, the port is free within 100 ms, and nothing is left',
  async (count) => {
    const listeners = loopbackListeners(() => english.loopback);
    const first = await waiting();
    await first.open.close(0);
    const { port, host } = first;
    const took: number[] = [];
    for (let n = 0; n < sized(200, 1000); n += 1) {
      const query = `code=c${n}&state=s${n}`;
      const open = await listeners.open(`http://${host}/back`, false, knowing(query, 'signed_in', []));
      const isSlow = n % 10 === 0;
      const slow = isSlow
        ? await Promise.all(Array.from({ length: slowSockets }, () => holdRaw(port, 'GET /back HTTP/1.1\r\nX: ')))
        : [];
      const came = statusOf(await sendRaw(port, rawGet(`/back?${query}`, host))) === 200;
      const startMs = performance.now();
      await open.close(0);
      const freed = await hold(port).then(
        async (taken) => (await taken.free(), true),
        () => false,
      );
      const tookMs = performance.now() - startMs;
      await Promise.all(slow.map(({ closed }) => closed));
      took.push(tookMs);
      const isFree = freed && tookMs <= closedWithinMs * 10;
      count.add(came && isFree ? null : `${n}: came ${came}, free ${freed} after ${tookMs.toFixed(0)} ms`);
    }
    const late = took.filter((ms) => ms > closedWithinMs).length;
    if (late > took.length / 20)
      count.lost.push(`${late} of ${took.length} were free after more than ${closedWithinMs} ms`);
    const left = await handles();
    count.add(left === 0 ? null : `${left} sockets are left`);
  },
  sized(60_000, 300_000),
);
