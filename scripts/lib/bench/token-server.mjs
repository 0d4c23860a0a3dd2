import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';

/**
 * A token endpoint on this computer that answers every renewal after `afterMs`, and notes when it was asked. `closes`: it
 * takes no second call on a connection.
 */
export async function tokenServer({ afterMs = 0, closes = false } = {}) {
  const calls = { count: 0, firstMs: null, lastMs: null, atOnce: 0, mostAtOnce: 0 };
  let whenReached = null;
  const server = createServer((request, response) => {
    calls.firstMs ??= performance.now();
    calls.atOnce += 1;
    calls.mostAtOnce = Math.max(calls.mostAtOnce, calls.atOnce);
    request.resume().once('end', () => {
      const answer = () => {
        calls.count += 1;
        calls.atOnce -= 1;
        const n = calls.count;
        const body = {
          access_token: `access-${n}-`.padEnd(900, 'x'),
          refresh_token: `refresh-${n}-`.padEnd(900, 'x'),
          token_type: 'Bearer',
          expires_in: 43_200,
        };
        if (closes) response.setHeader('connection', 'close');
        response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
        calls.lastMs = performance.now();
        if (whenReached?.count === n) whenReached.done();
      };
      if (afterMs === 0) answer();
      else setTimeout(answer, afterMs);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/token`,
    calls,
    answered: (count) => new Promise((done) => (calls.count >= count ? done() : (whenReached = { count, done }))),
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
