import type { Problem } from '../model/problem.ts';
import type { Delta } from '../model/program.ts';
import type { Channel } from './channels.ts';
import type { Input, Output } from './contract.ts';

/** Expected endings are values, not exceptions: an error thrown through Electron keeps only its message. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; problem: Problem };

type Area<C extends Channel> = C extends `${infer A}.${string}` ? A : never;
type Verb<C extends Channel, A extends string> = C extends `${A}.${infer V}` ? V : never;

/** `window.grantkeep`, as the preload builds it from the channel names: every reply and every delta is JSON text. */
export type TextBridge = {
  readonly [A in Area<Channel>]: {
    readonly [V in Verb<Channel, A>]: (input: unknown) => Promise<string>;
  };
} & {
  readonly onState: (listener: (delta: string) => void) => () => void;
};

/** The same, read. */
export type Bridge = {
  readonly [A in Area<Channel>]: {
    readonly [V in Verb<Channel, A>]: `${A}.${V}` extends infer C extends Channel
      ? (input: Input<C>) => Promise<Envelope<Output<C>>>
      : never;
  };
} & {
  /** Calls back with each delta; returns the way to stop. */
  readonly onState: (listener: (delta: Delta) => void) => () => void;
};
