import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type LibsqlDatabase from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { VaultKeys } from '../../electron/vault/crypto.ts';
import type { AppRecord } from '../../electron/vault/records.ts';
import { openRow, sealRow } from '../../electron/vault/rows.ts';
import { headlessApp, temporaryFolder, type HeadlessApp } from '../support/headless-app.ts';
import { memoryKeychain } from '../support/memory-keychain.ts';
import { otherHost, type OtherHost } from '../support/other-host.ts';
import { connectReal, connectionNow, runProvider, type RunningProvider } from '../support/real-connections.ts';

// Somebody holds the disk: `records.db` of a program that has ended is edited, and the program is started on it (B31).

interface Row {
  id: string;
  schema: number;
  commit_number: number;
  iv: ArrayBuffer;
  sealed: ArrayBuffer;
}

let app: HeadlessApp;
let teamgantt: RunningProvider;
let evil: OtherHost;
let place: ReturnType<typeof temporaryFolder>;
let keychain: ReturnType<typeof memoryKeychain>;
/** The person's connection, and its app; both are at TeamGantt's engine. */
let connectionId: string;
let appId: string;

const [person] = practiceAccounts('teamgantt').people;
const begin = () => headlessApp({ folder: place.folder, keychain });

beforeEach(async () => {
  place = temporaryFolder();
  keychain = memoryKeychain();
  app = await begin();
  teamgantt = await runProvider(app, 'teamgantt');
  evil = await otherHost();
  connectionId = await connectReal(app, teamgantt, 'teamgantt');
  ({ appId } = connectionNow(app, connectionId));
});
afterEach(async () => {
  await app.end();
  await teamgantt.stop();
  await evil.stop();
  place.remove();
});

/** Works on the closed database. */
function harm<T>(work: (rows: Map<string, Row>, put: (row: Row) => void) => T): T {
  const Database = createRequire(import.meta.url)('libsql') as typeof LibsqlDatabase;
  const db = new Database(join(place.folder, 'vault', 'records.db'), { timeout: 200 });
  const put = ({ id, schema, commit_number, iv, sealed }: Row): void => {
    const bytes = [new Uint8Array(iv), new Uint8Array(sealed)];
    db.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)').run([id, schema, commit_number, ...bytes]);
  };
  try {
    const rows = db.prepare('SELECT * FROM records').all([]) as Row[];
    return work(new Map(rows.map((row) => [row.id, row])), put);
  } finally {
    db.close();
  }
}

function row(rows: Map<string, Row>, id: string): Row {
  const found = rows.get(id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}

/** Ends the program, harms its file, starts it again and lets it do all it would do by itself and when told. */
async function startedOn(work: (rows: Map<string, Row>, put: (row: Row) => void) => void): Promise<string | null> {
  await app.end();
  harm(work);
  app = await begin();
  const { vault } = app.program.snapshot();
  for (const id of [connectionId, ...app.program.snapshot().connections.map((one) => one.id)]) {
    await app.call('connections.renew', { connectionId: id }).catch(() => undefined);
    await app.call('connections.test', { connectionId: id }).catch(() => undefined);
    await app.call('connections.revoke', { connectionId: id }).catch(() => undefined);
  }
  app.clock.advance(86_400_000);
  app.program.lookAgain();
  return vault.kind === 'problem' ? vault.problem.code : null;
}

/** A second app, which the person made for another host and gave a connection there. */
async function secondApp(): Promise<{ appId: string; connectionId: string; provider: RunningProvider }> {
  const provider = await runProvider(app, 'teamgantt');
  const id = await connectReal(app, provider, 'teamgantt', { label: 'Second', person: 1 });
  return { appId: connectionNow(app, id).appId, connectionId: id, provider };
}

describe('B31: an edited file', () => {
  it('untouched starts and renews (the harness itself works)', async () => {
    teamgantt.engine.clearRecord();
    expect(await startedOn(() => undefined)).toBeNull();
    expect(teamgantt.engine.record().length).toBeGreaterThan(0);
  });

  it('with an older app row, of a host that the app has left: the vault is damaged, and that host hears nothing', async () => {
    app.dialogs.answer = () => true;
    // The app was once pointed at the evil host; it has left it since, and the tokens are of the good one.
    const good = teamgantt.endpoints;
    await app.call('apps.changeAddresses', {
      appId,
      endpoints: good.map(({ kind }) => ({ kind, url: `${evil.origin}/${kind}` })),
    });
    await app.end();
    const old = harm((rows) => row(rows, `app:${appId}`));
    app = await begin();
    app.dialogs.answer = () => true;
    await app.call('apps.changeAddresses', { appId, endpoints: good });
    const { id: draftId } = await app.call('drafts.open', { kind: 'sign_in_again', connectionId });
    await app.call('drafts.keep', { draftId, password: person!.password.reveal() });
    await app.call('drafts.connect', { draftId });
    let now = 0;
    const replayed = await startedOn((rows, put) => {
      now = row(rows, `app:${appId}`).commit_number;
      put(old);
    });
    expect(now).toBeGreaterThan(old.commit_number);
    expect(replayed).toBe('vault_damaged');
    expect(await startedOn((_rows, put) => put({ ...old, commit_number: now }))).toBe('vault_damaged');
    expect(evil.connections()).toBe(0);
  });

  it.each(['app', 'app_secrets', 'connection', 'connection_secrets'])(
    'with the sealed %s rows of two apps swapped: neither opens, and no host hears of the other’s',
    async (kind) => {
      const second = await secondApp();
      const [one, other] = kind.startsWith('app') ? [appId, second.appId] : [connectionId, second.connectionId];
      teamgantt.engine.clearRecord();
      second.provider.engine.clearRecord();
      const code = await startedOn((rows, put) => {
        const [a, b] = [row(rows, `${kind}:${one}`), row(rows, `${kind}:${other}`)];
        put({ ...a, schema: b.schema, iv: b.iv, sealed: b.sealed });
        put({ ...b, schema: a.schema, iv: a.iv, sealed: a.sealed });
      });
      await second.provider.stop();
      // Secrets are opened when they are needed: the vault opens, and they do not.
      expect(code).toBe(kind.endsWith('_secrets') ? null : 'vault_damaged');
      if (kind.endsWith('_secrets')) {
        for (const id of [connectionId, second.connectionId])
          await expect(app.call('connections.renew', { connectionId: id })).rejects.toThrow('vault_damaged');
      }
      if (kind === 'connection_secrets') {
        expect(teamgantt.engine.record()).toEqual([]);
        expect(second.provider.engine.record()).toEqual([]);
      }
    },
  );

  it('with an app row sealed rightly for another host, by whoever has the key: its secrets do not open', async () => {
    const vaultId = (JSON.parse(readFileSync(join(place.folder, 'vault', 'vault.json'), 'utf8')) as { vaultId: string })
      .vaultId;
    const keys = new VaultKeys(Buffer.from(keychain.items.get(`vault-key:${vaultId}`)!, 'base64'), vaultId);
    teamgantt.engine.clearRecord();
    const code = await startedOn((rows, put) => {
      const { schema, commit_number, ...was } = row(rows, `app:${appId}`);
      const sealed = {
        ...was,
        schema,
        commitNumber: commit_number,
        iv: new Uint8Array(was.iv),
        sealed: new Uint8Array(was.sealed),
      };
      const scope = { vaultId, keys };
      const record = openRow(scope, sealed, null, (body) => body as AppRecord);
      const endpoints = record.endpoints.map((one) => ({ ...one, url: `${evil.origin}/${one.kind}` }));
      const made = sealRow(scope, was.id, commit_number, null, { ...record, endpoints }, schema);
      put({
        id: was.id,
        schema,
        commit_number,
        iv: Uint8Array.from(made.iv).buffer,
        sealed: Uint8Array.from(made.sealed).buffer,
      });
    });
    // The vault opens and shows the edited address: what binds the secrets is the address itself.
    expect(code).toBeNull();
    expect(app.program.snapshot().apps[0]?.endpoints[0]?.url).toContain(evil.origin);
    await expect(app.call('connections.renew', { connectionId })).rejects.toThrow('vault_damaged');
    await expect(app.call('connections.test', { connectionId })).rejects.toThrow('vault_damaged');
    expect(evil.connections()).toBe(0);
    expect(teamgantt.engine.record()).toEqual([]);
  });
});
