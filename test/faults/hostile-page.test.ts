import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { answer } from '../../electron/ipc/router.ts';
import type { Handlers } from '../../electron/ipc/router.ts';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { channels, type Channel } from '../../shared/ipc/channels.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { problem } from '../../shared/model/problem.ts';
import { inputsFor, spoilt } from '../support/contract-inputs.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { connectReal, realDraft, runProvider, type RunningProvider } from '../support/real-connections.ts';
import { tokensGivenBy } from '../support/tokens-given.ts';
import { figure, sized } from './figure.ts';

const minute = 60_000;
const callsOfChannel = sized(100, 2000);

/** A program in which something is there to be broken: two connections, their app, and a wizard in progress. */
interface Scene {
  app: HeadlessApp;
  words: string[];
  secrets: () => string[];
  end: () => Promise<void>;
}

async function scene(): Promise<Scene> {
  const place = temporaryFolder();
  const app = await headlessApp({ folder: place.folder, keychain: memoryKeychain() });
  const running: RunningProvider[] = [await runProvider(app, 'teamgantt'), await runProvider(app, 'connecteam')];
  const given = running.map(({ engine }) => tokensGivenBy(engine));
  const [teamgantt, connecteam] = running as [RunningProvider, RunningProvider];
  await connectReal(app, teamgantt, 'teamgantt');
  await connectReal(app, connecteam, 'connecteam');
  const draftId = await realDraft(app, teamgantt, 'teamgantt');
  const { apps, connections } = app.program.snapshot();
  const accounts = ['teamgantt', 'connecteam'].map((id) => practiceAccounts(id));
  return {
    app,
    // Only this computer is named: whatever a call sets off reaches nobody else.
    words: [
      draftId,
      ...apps.map(({ id }) => id),
      ...connections.map(({ id }) => id),
      ...['teamgantt', 'connecteam', 'er-studio', 'default', 'global', 'other'],
      ...teamgantt.endpoints.map(({ url }) => url),
      'http://127.0.0.1:1/token',
      'https://[::1]:1/',
    ],
    secrets: () => [
      ...accounts.flatMap(({ people, apps: keys }) => [
        ...people.map(({ password }) => password.reveal()),
        ...keys.map(({ clientSecret }) => clientSecret.reveal()),
      ]),
      ...given.flatMap((tokens) => [...tokens().values()]),
    ],
    end: async () => {
      await app.end();
      for (const provider of running) await provider.stop();
      place.remove();
    },
  };
}

/** The handlers, with a witness before each: what reached it, and was it what the contract lets through? */
function witnessed(handlers: Handlers, channel: Channel): { handlers: Handlers; reached: unknown[] } {
  const reached: unknown[] = [];
  const run = handlers[channel] as (input: unknown) => unknown;
  return { reached, handlers: { ...handlers, [channel]: (input: unknown) => (reached.push(input), run(input)) } };
}

async function lossOf(channel: Channel, { app, secrets }: Scene, input: unknown): Promise<string | null> {
  const { handlers, reached } = witnessed(app.program.handlers, channel);
  const log = { write: () => undefined };
  const sender = { isOurMainFrame: true, origin: 'app://bundle' };
  const parsed = contract[channel].input.safeParse(input);
  const asked = answer(handlers, log, 'app://bundle', channel, sender, input);
  // A sign-in through the browser waits for a person, who gives up.
  const { draftId } = (parsed.data ?? {}) as { draftId?: string };
  if (draftId !== undefined && ['drafts.connect', 'drafts.rehearse'].includes(channel)) {
    for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((next) => setImmediate(next));
    await app.ask('drafts.cancelSignIn', { draftId });
  }
  const reply = await asked;
  const text = JSON.stringify(reply);
  const leaked = secrets().find((secret) => text.includes(secret));
  if (leaked !== undefined) return 'a secret came back';
  if (!parsed.success && reached.length > 0) return 'it was run unchecked';
  if (reached.length > 0 && !isDeepStrictEqual(reached, [parsed.data])) return 'it was run with something else';
  if (reply.ok) return contract[channel].output.safeParse(reply.value).success ? null : 'a reply that does not fit';
  if (!parsed.success && reply.problem.code !== 'bad_input') return `${reply.problem.code} for what does not fit`;
  if (reply.problem.code === 'internal') return 'an ending that nobody thought of';
  return problem.safeParse(reply.problem).success ? null : 'a problem that does not fit';
}

figure(
  'D7',
  'B27: hostile calls of the page on every channel: none crashes, none is run unchecked, no secret comes back',
  async (count) => {
    for (const channel of channels) {
      const now = await scene();
      try {
        const fitting = inputsFor(contract[channel].input, now.words);
        const input = fc.oneof(
          { weight: 3, arbitrary: fitting },
          { weight: 2, arbitrary: spoilt(fitting) },
          fc.jsonValue(),
        );
        await fc.assert(
          fc.asyncProperty(input, async (some) => {
            const loss = await lossOf(channel, now, some);
            count.add(loss === null ? null : `${channel} ${JSON.stringify(some).slice(0, 300)}: ${loss}`);
          }),
          { numRuns: callsOfChannel },
        );
      } finally {
        await now.end();
      }
    }
  },
  sized(4, 40) * minute,
);
