import { readdirSync } from 'node:fs';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Fault } from '../../electron/providers/practice/switchboard.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { connectErStudio, quiet } from '../support/er-studio-sign-in.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { figure, sized } from './figure.ts';

const minute = 60_000;
/** Of each hundred calls of the token address. */
const faultPercent = 5;
const faults: readonly Fault[] = [
  { kind: 'drop_before' },
  { kind: 'html' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, headers: { 'retry-after': '5' } },
  { kind: 'redirect', location: 'http://127.0.0.1:1/' },
];

function measured(): { heapBytes: number; handles: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) collect();
  const handles = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  return { heapBytes: process.memoryUsage().heapUsed, handles };
}

const renewals = (app: HeadlessApp): number =>
  app.program.snapshot().connections.reduce((sum, { generation }) => sum + generation - 1, 0);

figure(
  'D16',
  'renewals in virtual time with 5 % faults: every sign-in lives, the heap grows by less than 10 %, no handle stays open',
  async (count) => {
    const place = temporaryFolder();
    // Its tokens pile up in a process of its own, where they weigh on nobody's heap.
    const engine = await startEngineProcess({ lifetimeSeconds: 3600 });
    const app = await headlessApp({ folder: place.folder });
    try {
      const provider = engine.provider('er-studio');
      const first = await connectErStudio(app, provider.origin, 0);
      const { appId } = app.program.snapshot().connections.find(({ id }) => id === first)!;
      for (let more = 0; more < 3; more += 1) await connectErStudio(app, provider.origin, 0, appId);

      const wanted = sized(1000, 10_000);
      let warm: ReturnType<typeof measured> | null = null;
      let faulty = 0;
      while (renewals(app) < wanted) {
        if (Math.random() * 100 < faultPercent * 4) {
          faulty += 1;
          await provider.failNext('token', 1, faults[faulty % faults.length]!);
        }
        app.clock.advance(56 * minute);
        await quiet(app);
        // What failed is tried again when it said, not an hour later.
        app.clock.advance(10_000);
        await quiet(app);
        await provider.clearFaults();
        await provider.clearRecord();
        // What the tests themselves write down is no part of the program.
        app.crossed.length = 0;
        app.log.length = 0;
        if (warm === null && renewals(app) > wanted / 5) warm = measured();
      }
      const end = measured();
      count.tried = renewals(app);
      for (const { id, condition, failure } of app.program.snapshot().connections) {
        if (condition !== 'kept') count.lost.push(`${id} is ${condition}: ${failure?.problem.code ?? ''}`);
      }
      const grown = (end.heapBytes / warm!.heapBytes - 1) * 100;
      if (grown >= 10) count.lost.push(`the heap grew by ${grown.toFixed(1)} %`);
      // A socket that is just closing may be one fewer by then, never one more.
      if (end.handles > warm!.handles) count.lost.push(`${end.handles - warm!.handles} handles stayed open`);
      if (faulty === 0) count.lost.push('no fault happened');
    } finally {
      await app.end();
      await engine.stop();
      place.remove();
    }
  },
  sized(3, 20) * minute,
);
