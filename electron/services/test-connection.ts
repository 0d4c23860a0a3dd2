import { AppError, asAppError } from '../../shared/errors.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { ConnectionRecord } from '../vault/records.ts';
import { exchangeDone, exchangeFailed, withExchange } from './history.ts';
import type { Clock } from './ports.ts';
import type { ProviderCalls, Tested } from './provider-calls.ts';
import type { Realms } from './realms.ts';
import type { Renewals } from './renew.ts';

export interface TestTools {
  realms: Realms;
  calls: ProviderCalls;
  renewals: Renewals;
  clock: Clock;
}

/**
 * The provider's read-only test call with the saved token. An ended token is renewed first; a refused one is renewed
 * once and tried once more, since its hour may just be over (providers.md). The outcome goes to the history.
 */
export async function testConnection(tools: TestTools, connectionId: string): Promise<Output<'connections.test'>> {
  const { realms, clock } = tools;
  const first = realms.connection(connectionId).connection;
  const ended = first.expiresAtMs !== null && first.expiresAtMs <= clock.nowMs();
  const mayRenew = first.renewable && first.condition === 'kept';
  if (ended && mayRenew) await tools.renewals.renew(connectionId);
  const startedAtMs = clock.nowMs();
  let tested: Tested;
  try {
    tested = await call(tools, connectionId);
  } catch (thrown) {
    let error = asAppError(thrown);
    try {
      if (error.code !== 'token_refused' || ended || !mayRenew) throw error;
      await tools.renewals.renew(connectionId);
      tested = await call(tools, connectionId);
    } catch (again) {
      error = asAppError(again);
      const { vault } = realms.connection(connectionId);
      const failed = withExchange(vault, connectionId, exchangeFailed('tested', error, startedAtMs, clock.nowMs()));
      try {
        realms.commit(vault, [failed]);
      } catch {
        // A disk that takes no history line must not hide why the test failed.
      }
      throw error;
    }
  }
  const { vault, connection } = realms.connection(connectionId);
  const atMs = clock.nowMs();
  const record: ConnectionRecord = {
    ...connection,
    account: tested.accountName ?? connection.account,
    accountId: tested.accountId ?? connection.accountId,
  };
  try {
    realms.commit(vault, [
      { put: 'connection', record },
      withExchange(vault, connectionId, exchangeDone('tested', atMs, tested)),
    ]);
  } catch {
    // What the test showed is true all the same, also where a full disk takes no history line.
  }
  return {
    outcome: tested.scopeMissing === null ? 'works' : 'works_scope_missing',
    scopeMissing: tested.scopeMissing,
    account: record.account,
    status: tested.status,
    durationMs: tested.durationMs,
    atMs,
  };
}

function call({ realms, calls }: TestTools, connectionId: string): Promise<Tested> {
  const { vault, connection, app } = realms.connection(connectionId);
  const tokens = vault.connectionSecrets(connectionId);
  if (tokens === null) throw new AppError('sign_in_again', { name: calls.name(app.providerId) });
  return calls.test(app, tokens, connection.scopesGranted, vault.appSecrets(app.id));
}
