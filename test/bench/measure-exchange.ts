import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { renewWithRefreshToken } from '../../electron/oauth/refresh-grant.ts';
import { createTransport } from '../../electron/platform/transport.ts';
import { profile } from '../../electron/providers/registry.ts';
import { wayOf } from '../../electron/providers/way.ts';
import { Secret } from '../../electron/secret.ts';
import { openidClient, simpleOauth2 } from './other-stacks.mjs';

interface Words {
  /** Of a server on this computer that answers at once. */
  url: string;
  rounds: number;
  inRound: number;
}

const clientId = 'client';
const clientSecret = 'client secret';
const refreshToken = 'refresh'.padEnd(900, 'x');

/** The same exchange, a renewal by refresh token with the keys in the body, through three stacks in turn. */
async function main(): Promise<unknown> {
  const { url, rounds, inRound } = JSON.parse(process.argv[2] ?? '') as Words;
  const keys = { url, clientId, clientSecret, refreshToken };
  const stacks = { ours: ours(url), openid: openidClient(keys), simple: simpleOauth2(keys) };
  const times: Record<string, number[]> = { ours: [], openid: [], simple: [] };
  for (let n = -inRound; n < rounds * inRound; n += 1) {
    // In turn, call by call: whatever else the machine does meets all three.
    for (const [name, exchange] of Object.entries(stacks)) {
      const startMs = performance.now();
      const token = await exchange();
      const tookMs = performance.now() - startMs;
      if (!token.startsWith('access')) throw new Error(`${name} brought no token`);
      // The first round warms them up.
      if (n >= 0) times[name]?.push(tookMs);
    }
  }
  return times;
}

function ours(url: string): () => Promise<string> {
  const transport = createTransport({ nowMs: () => Date.now() });
  const endpoints = [{ kind: 'token', url, source: 'entered_by_you' } as const];
  const way = wayOf(profile('taskade'), { endpoints });
  const client = { clientId, clientSecret: new Secret(clientSecret) };
  return async () => {
    const { tokens } = await renewWithRefreshToken(transport, way, client, { refreshToken: new Secret(refreshToken) });
    return tokens.bearer.reveal();
  };
}

main().then(
  (found) => {
    process.stdout.write(JSON.stringify(found));
    process.exit(0);
  },
  (thrown: unknown) => {
    process.stderr.write(`${String(thrown)}\n`);
    process.exit(1);
  },
);
