import { AppError, asAppError } from '../../shared/errors.ts';
import type { Envelope } from '../../shared/ipc/bridge.ts';
import { channels, type Channel } from '../../shared/ipc/channels.ts';
import { contract, type Input, type Output } from '../../shared/ipc/contract.ts';
import { problem, type Problem } from '../../shared/model/problem.ts';
import type { Log } from '../services/ports.ts';

export type Handlers = {
  readonly [C in Channel]: (input: Input<C>) => Promise<Output<C>> | Output<C>;
};

/** Who sent a message: only the main frame of our window, showing our page, is listened to (B27). */
export interface Sender {
  isOurMainFrame: boolean;
  origin: string;
}

const largestInputBytes = 64 * 1024;

/** An error as it may cross: the code and the listed facts, each checked; anything else becomes `internal`. */
export function asProblem(thrown: unknown): Problem {
  const error = asAppError(thrown);
  const checked = problem.safeParse({ code: error.code, facts: error.facts });
  return checked.success ? checked.data : { code: error.code, facts: {} };
}

/**
 * Trust, parse, run, parse, envelope. One function for every channel, so that no handler can forget a step.
 * Nothing thrown inside reaches the window: an error of Electron's own `handle` keeps its message.
 */
export async function answer(
  handlers: Handlers,
  log: Log,
  trustedOrigin: string,
  channel: Channel,
  sender: Sender,
  input: unknown,
): Promise<Envelope<unknown>> {
  try {
    if (!sender.isOurMainFrame || sender.origin !== trustedOrigin) {
      log.write('call from a stranger refused', { area: channel });
      throw new AppError('bad_input');
    }
    if (((JSON.stringify(input) as string | undefined) ?? '').length > largestInputBytes)
      throw new AppError('bad_input');
    const row = contract[channel];
    const parsed = row.input.safeParse(input);
    if (!parsed.success) throw new AppError('bad_input');
    const run = handlers[channel] as (input: unknown) => unknown;
    const value = row.output.safeParse(await run(parsed.data));
    if (!value.success) {
      // A reply with a member too many is how a token would leave: it stays here.
      log.write('reply did not fit its contract', { area: channel });
      throw new AppError('internal');
    }
    return { ok: true, value: value.data };
  } catch (thrown) {
    const told = asProblem(thrown);
    if (!(thrown instanceof AppError)) log.write('call failed', { area: channel, code: told.code });
    return { ok: false, problem: told };
  }
}

export interface InvokeEvent {
  senderFrame: { origin: string; parent: unknown } | null;
  sender: { id: number };
}

/** Electron's `ipcMain`, as far as it is used here. */
export interface Invokable {
  handle(channel: string, listener: (event: InvokeEvent, input: unknown) => Promise<string>): void;
}

/**
 * Registers every channel of the contract, and only those. Replies cross as JSON text: a list of thousands goes through
 * two processes and two worlds of the window, and one string is copied where a tree of objects would be rebuilt, twice.
 */
export function registerRouter(
  ipc: Invokable,
  handlers: Handlers,
  log: Log,
  trustedOrigin: string,
  ourContentsId: () => number | null,
): void {
  for (const channel of channels) {
    ipc.handle(channel, async (event, input) => {
      const frame = event.senderFrame;
      const sender: Sender = {
        isOurMainFrame: frame !== null && frame.parent === null && event.sender.id === ourContentsId(),
        origin: frame?.origin ?? '',
      };
      return JSON.stringify(await answer(handlers, log, trustedOrigin, channel, sender, input));
    });
  }
}
