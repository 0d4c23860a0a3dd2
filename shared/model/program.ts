import { z } from 'zod';
import { actionIds } from './actions.ts';
import { appSummary } from './app.ts';
import { connectionSummary } from './connection.ts';
import { signInView } from './draft.ts';
import { practiceStatus } from './practice.ts';
import { problem } from './problem.ts';

/** The keychain of that name has not answered for some seconds: a question of its own may wait behind the window. */
const waitingFor = z.string().optional();

/** What is true of the vault right now. `absent`: first run, nothing was stored yet. */
export const vaultStatus = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opening'), waitingFor }),
  z.strictObject({ kind: z.literal('absent'), keychain: z.string(), waitingFor }),
  z.strictObject({
    kind: z.literal('open'),
    keychain: z.string(),
    olderCopy: z.boolean(),
    /** A passphrase opens it, and no keychain has its key. */
    passphrase: z.literal(true).optional(),
    waitingFor,
  }),
  /** Nothing of the vault is told while this stands: no app, no connection, not how many. */
  z.strictObject({
    kind: z.literal('locked'),
    /** Main keeps the key and goes on renewing behind it. */
    renewing: z.boolean(),
    /** After a wrong passphrase no other is tried before this. */
    nextTryAtMs: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal('problem'),
    problem,
    /** Setting the vault aside (a rename, never a deletion) and starting anew is offered only where it can help. */
    canSetAside: z.boolean(),
    /** No vault is here yet, and one can be made that needs no keychain. */
    canUsePassphrase: z.literal(true).optional(),
  }),
]);
export type VaultStatus = z.infer<typeof vaultStatus>;

export const copyForms = ['token', 'header', 'curl', 'env', 'powershell', 'httpie'] as const;
export const copyForm = z.enum(copyForms);
export type CopyForm = z.infer<typeof copyForm>;

/** What of ours is on the clipboard: never the value. */
export const clipboardStatus = z.strictObject({
  what: z.enum([
    'nothing',
    'token',
    'scopes',
    'client_id',
    'client_secret',
    'redirect_address',
    'sign_in_link',
    'user_code',
    'report',
  ]),
  connectionId: z.string().nullable(),
  form: copyForm.nullable(),
  takenAtMs: z.number().nullable(),
  clearsAtMs: z.number().nullable(),
});
export type ClipboardStatus = z.infer<typeof clipboardStatus>;

/** The window was asked for from outside of it: go to this connection, or to the whole list. `call` counts up. */
export const attention = z.strictObject({ call: z.number().int(), connectionId: z.string().nullable() });
export type Attention = z.infer<typeof attention>;

/** The whole of what the window knows, at one revision. */
export const snapshot = z.strictObject({
  revision: z.number().int(),
  vault: vaultStatus,
  practice: practiceStatus,
  apps: z.array(appSummary),
  connections: z.array(connectionSummary),
  signIns: z.array(signInView),
  clipboard: clipboardStatus,
  /** True time less this computer's clock: 0 where it goes right, or where nobody has heard another. */
  timeOffsetMs: z.number().int(),
});
export type Snapshot = z.infer<typeof snapshot>;

/** What was chosen in the application menu. Said once, and part of no snapshot. */
export const act = z.enum(actionIds);
/** What the application menu asks of the window: a place to show. Said once, and part of no snapshot. */
export const asked = z.enum(['settings', 'passphrase']);
export type Asked = z.infer<typeof asked>;

/** What changed between two revisions. A gap in `revision` makes the window ask for a new snapshot. */
export const delta = z.strictObject({
  revision: z.number().int(),
  act: act.optional(),
  asked: asked.optional(),
  vault: vaultStatus.optional(),
  practice: snapshot.shape.practice.optional(),
  clipboard: clipboardStatus.optional(),
  timeOffsetMs: z.number().int().optional(),
  /** All of them; there are never many. */
  signIns: z.array(signInView).optional(),
  apps: z.array(appSummary).optional(),
  appsRemoved: z.array(z.string()).optional(),
  connections: z.array(connectionSummary).optional(),
  connectionsRemoved: z.array(z.string()).optional(),
  attention: attention.optional(),
});
export type Delta = z.infer<typeof delta>;
