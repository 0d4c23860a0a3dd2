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
for (const profile of profiles()) {
  const engine = new PracticeEngine({ profile, nowMs: () => Date.now(), ...options });
  engines.set(profile.id, engine);
  given.set(profile.id, tokensGivenBy(engine));
  origins[profile.id] = (await startPracticeListener(engine)).origin;
}

function run(engine: PracticeEngine, call: EngineCall): unknown {
  if (call.what === 'tokensGiven') return [...(given.get(call.providerId)?.() ?? [])];
  // Every other name is a method of the engine, and its arguments are that method's.
  const method = engine[call.what].bind(engine) as (...args: readonly unknown[]) => unknown;
  return method(...call.with);
}

function answered(call: EngineCall): EngineReply {
  const engine = engines.get(call.providerId);
  if (engine === undefined) return { number: call.number, result: null, error: `plays no ${call.providerId}` };
  try {
    return { number: call.number, result: run(engine, call) ?? null, error: null };
  } catch (thrown) {
    return { number: call.number, result: null, error: thrown instanceof Error ? thrown.message : 'unknown' };
  }
}

process.on('message', (message) => {
  process.send?.(answered(message as EngineCall));
});
process.once('disconnect', () => process.exit(0));
process.send?.({ origins });
