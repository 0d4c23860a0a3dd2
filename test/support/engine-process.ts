import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { EndpointKind } from '../../shared/model/provider.ts';
import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import type { RequestRecord } from '../../electron/providers/practice/request-record.ts';
import { practiceEndpoints } from '../../electron/providers/practice/accounts.ts';
import { profile } from '../../electron/providers/registry.ts';

type Told =
  | 'failNext'
  | 'clearFaults'
  | 'revokeElsewhere'
  | 'replaceClientSecret'
  | 'setLifetimeSeconds'
  | 'registerRedirect'
  | 'setRotation'
  | 'setTokenParameters'
  | 'endAccessTokens'
  | 'personalToken'
  | 'existingRefreshToken'
  | 'happen'
  | 'happenings'
  | 'record'
  | 'clearRecord';
export type EngineCall =
  | { [What in Told]: { number: number; providerId: string; what: What; with: Parameters<PracticeEngine[What]> } }[Told]
  | { number: number; providerId: string; what: 'tokensGiven'; with: [] };
export interface EngineReply {
  number: number;
  result: unknown;
  /** The engine threw: its message. */
  error: string | null;
}

/** One provider of the engine, from outside: the methods of PracticeEngine, each an answered message. */
export interface RemoteEngine {
  readonly origin: string;
  readonly endpoints: Record<EndpointKind, string | null>;
  failNext(...args: Parameters<PracticeEngine['failNext']>): Promise<void>;
  clearFaults(): Promise<void>;
  revokeElsewhere(...args: Parameters<PracticeEngine['revokeElsewhere']>): Promise<void>;
  replaceClientSecret(...args: Parameters<PracticeEngine['replaceClientSecret']>): Promise<void>;
  setLifetimeSeconds(...args: Parameters<PracticeEngine['setLifetimeSeconds']>): Promise<void>;
  registerRedirect(...args: Parameters<PracticeEngine['registerRedirect']>): Promise<void>;
  setRotation(...args: Parameters<PracticeEngine['setRotation']>): Promise<void>;
  setTokenParameters(...args: Parameters<PracticeEngine['setTokenParameters']>): Promise<void>;
  endAccessTokens(): Promise<void>;
  personalToken(...args: Parameters<PracticeEngine['personalToken']>): Promise<string | null>;
  existingRefreshToken(...args: Parameters<PracticeEngine['existingRefreshToken']>): Promise<string | null>;
  happen(...args: Parameters<PracticeEngine['happen']>): Promise<void>;
  happenings(): Promise<ReturnType<PracticeEngine['happenings']>>;
  /** The page where a company installs an app; null where a sign-in begins with a request of ours. */
  readonly marketplaceUrl: string | null;
  record(): Promise<RequestRecord[]>;
  /** Every token it gave out, by a name: what a search for leaks must know. */
  tokensGiven(): Promise<ReadonlyMap<string, string>>;
  clearRecord(): Promise<void>;
}

export interface EngineProcess {
  readonly pid: number;
  provider(providerId: string): RemoteEngine;
  stop(): Promise<void>;
}

/**
 * Node 20 runs no TypeScript, so the child is bundled first, by the bundler that builds the program (a fifth of
 * a second). Its folder is its own: test files run side by side.
 */
async function bundled(): Promise<{ file: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'grantkeep-engine-'));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('engine-child.ts', import.meta.url)),
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'engine.mjs', codeSplitting: false } },
    },
  });
  return { file: join(folder, 'engine.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function originsOf(child: ChildProcess): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { origins: Record<string, string> }).origins));
    child.once('exit', (code) => reject(new Error(`the engine ended with ${String(code)} before it listened`)));
  });
}

export async function startEngineProcess(options: { lifetimeSeconds?: number } = {}): Promise<EngineProcess> {
  const { file, remove } = await bundled();
  // No loader or inspector of the test runner goes along.
  const child = fork(file, [JSON.stringify(options)], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Loaded whole by now: nothing is left behind, however this process ends.
  const origins = await originsOf(child).finally(remove);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let numbers = 0;
  child.on('message', (message) => {
    const { number, result, error } = message as EngineReply;
    if (error === null) waiting.get(number)?.resolve(result);
    else waiting.get(number)?.reject(new Error(error));
    waiting.delete(number);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the engine has ended'));
  });

  const tell = (providerId: string, what: EngineCall['what'], args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      numbers += 1;
      waiting.set(numbers, { resolve, reject });
      child.send({ number: numbers, providerId, what, with: [...args] });
    });

  return {
    pid: child.pid ?? 0,
    provider: (providerId) => {
      const origin = origins[providerId];
      if (origin === undefined) throw new Error(`the engine does not play ${providerId}`);
      const { marketplace } = profile(providerId).practice;
      const done = async (what: Told, args: readonly unknown[]): Promise<void> => {
        await tell(providerId, what, args);
      };
      return {
        origin,
        endpoints: practiceEndpoints(profile(providerId), origin),
        failNext: (...args) => done('failNext', args),
        clearFaults: () => done('clearFaults', []),
        revokeElsewhere: (...args) => done('revokeElsewhere', args),
        replaceClientSecret: (...args) => done('replaceClientSecret', args),
        setLifetimeSeconds: (...args) => done('setLifetimeSeconds', args),
        registerRedirect: (...args) => done('registerRedirect', args),
        setRotation: (...args) => done('setRotation', args),
        setTokenParameters: (...args) => done('setTokenParameters', args),
        endAccessTokens: () => done('endAccessTokens', []),
        personalToken: async (...args) => (await tell(providerId, 'personalToken', args)) as string | null,
        existingRefreshToken: async (...args) =>
          (await tell(providerId, 'existingRefreshToken', args)) as string | null,
        happen: (...args) => done('happen', args),
        happenings: async () => (await tell(providerId, 'happenings', [])) as ReturnType<PracticeEngine['happenings']>,
        marketplaceUrl: marketplace === null ? null : `${origin}${marketplace}`,
        record: async () => (await tell(providerId, 'record', [])) as RequestRecord[],
        tokensGiven: async () => new Map((await tell(providerId, 'tokensGiven', [])) as [string, string][]),
        clearRecord: () => done('clearRecord', []),
      };
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}
