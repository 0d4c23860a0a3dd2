import { startPracticeListener } from '../../electron/platform/practice-listener.ts';
import { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import { profiles } from '../../electron/providers/registry.ts';
import type { EngineCall, EngineReply } from './engine-process.ts';
import { tokensGivenBy } from './tokens-given.ts';

/** The engine as a process of its own: one listener a provider, told over IPC what to do. Ends with its parent. */
const options = JSON.parse(process.argv[2] ?? '{}') as { lifetimeSeconds?: number };
const engines = new Map<string, PracticeEngine>();
const given = new Map<string, () => ReadonlyMap<string, string>>();
const origins: Record<string, string> = {};
for (const profile of profiles) {
  const engine = new PracticeEngine({ profile, nowMs: () => Date.now(), ...options });
  engines.set(profile.id, engine);
  given.set(profile.id, tokensGivenBy(engine));
  origins[profile.id] = (await startPracticeListener(engine)).origin;
}

function run(engine: PracticeEngine, call: EngineCall): unknown {
  if (call.what === 'record') return engine.record();
  if (call.what === 'tokensGiven') return [...(given.get(call.providerId)?.() ?? [])];
  if (call.what === 'failNext') engine.failNext(...call.with);
  else if (call.what === 'revokeElsewhere') engine.revokeElsewhere(...call.with);
  else if (call.what === 'replaceClientSecret') engine.replaceClientSecret(...call.with);
  else if (call.what === 'setLifetimeSeconds') engine.setLifetimeSeconds(...call.with);
  else engine[call.what]();
  return null;
}

process.on('message', (message) => {
  const call = message as EngineCall;
  const engine = engines.get(call.providerId);
  const reply: EngineReply = { number: call.number, result: engine === undefined ? null : (run(engine, call) ?? null) };
  process.send?.(reply);
});
process.once('disconnect', () => process.exit(0));
process.send?.({ origins });
