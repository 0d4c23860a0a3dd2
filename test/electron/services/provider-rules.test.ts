import { describe, expect, test } from 'vitest';
import type { HttpAnswer, HttpRequest, Transport } from '../../../electron/oauth/transport.ts';
import { profile, profiles, providerViews } from '../../../electron/providers/registry.ts';
import { Secret } from '../../../electron/secret.ts';
import { removeConnection } from '../../../electron/services/manage-connections.ts';
import { OneAtATime } from '../../../electron/services/one-at-a-time.ts';
import { ProviderCalls } from '../../../electron/services/provider-calls.ts';
import { Realms } from '../../../electron/services/realms.ts';
import { Renewals } from '../../../electron/services/renew.ts';
import { revoke, revokeReach, type RevokeTools } from '../../../electron/services/revoke.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import type { Change } from '../../../electron/vault/records.ts';
import { AppError } from '../../../shared/errors.ts';
import { endpointKinds } from '../../../shared/model/provider.ts';
import { ending } from '../../support/ending.ts';
import { answerOf, receivedAtMs } from '../../support/fake-transport.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { appRecord, connectionRecord } from '../../support/vault-rig.ts';
import { choosing, tGateWay } from '../../support/ways.ts';

/** A provider that answers when it is told to. */
function slowTransport() {
  const waiting: ((answer: HttpAnswer | AppError) => void)[] = [];
  const asked: string[] = [];
  const transport: Transport = {
    send: (request: HttpRequest) => {
      asked.push(`${request.method} ${new URL(request.url.reveal()).pathname}`);
      return new Promise((resolve, reject) => {
        waiting.push((answer) => (answer instanceof AppError ? reject(answer) : resolve(answer)));
      });
    },
  };
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    transport,
    asked,
    /** Answers the oldest request that waits, and lets everybody have their say. */
    async answer(answer: HttpAnswer | AppError): Promise<void> {
      await settled();
      waiting.shift()!(answer);
      await settled();
    },
  };
}

/** One connection of a provider, with the real services over it. */
function world(providerId: string) {
  const of = profile(providerId);
  const provider = slowTransport();
  const clock = new ManualClock(receivedAtMs);
  const announce = { app: () => undefined, connection: () => undefined, part: () => undefined };
  const realms = new Realms(announce);
  const shelf = new PracticeShelf();
  const { addresses } = providerId === 't-gate' ? tGateWay() : choosing(providerId, {});
  const endpoints = endpointKinds.map((kind) => ({ kind, url: addresses[kind], source: 'entered_by_you' as const }));
  const grant = of.grants[0]!.type;
  const refreshToken = of.renewal.by === 'refresh_token' ? new Secret('rt-1') : null;
  const changes: Change[] = [
    { put: 'app', record: appRecord('one', { realm: 'practice', providerId, endpoints }) },
    { put: 'app_secrets', appId: 'one', secrets: { clientSecret: new Secret('s') } },
    {
      put: 'connection',
      record: connectionRecord('c', 'one', {
        ...{ realm: 'practice', providerId, grant, scopesAsked: [] },
        ...{ issuedAtMs: receivedAtMs - 1000, expiresAtMs: receivedAtMs + 3_600_000 },
      }),
    },
    {
      put: 'connection_secrets',
      connectionId: 'c',
      secrets: { accessToken: new Secret('at-1'), idToken: new Secret('id-1'), refreshToken },
    },
  ];
  shelf.commit(changes);
  realms.setPractice(shelf);
  const calls = new ProviderCalls(provider.transport, 'linux');
  const shared = { realms, calls, clock, announce, log: { write: () => undefined } };
  const renewals = new Renewals({
    ...shared,
    newId: () => 'try',
    random: () => 0,
    paused: () => false,
    ended: () => undefined,
  });
  const revokeTools: RevokeTools = { ...shared, renewals, revoking: new OneAtATime(), confirmed: new Map() };
  const held = (): (string | undefined)[] => {
    const secrets = shelf.connectionSecrets('c');
    return [secrets?.accessToken?.reveal(), secrets?.idToken?.reveal(), secrets?.refreshToken?.reveal()];
  };
  return { shelf, realms, provider, renewals, revokeTools, held };
}

const good = answerOf(200, {
  ...{ access_token: 'at-2', id_token: 'id-2', token_type: 'bearer', expires_in: 3600 },
  refresh_token: 'rt-2',
});
const ids = profiles().map(({ id }) => id);

describe.each(ids)('R2 B18 renewing at %s', (providerId) => {
  test('is one request for all who ask at once, and they share its good end', async () => {
    const { provider, renewals, held } = world(providerId);
    const callers = Promise.all(Array.from({ length: 20 }, () => renewals.renew('c')));
    await provider.answer(good);
    await expect(callers).resolves.toHaveLength(20);
    expect(provider.asked).toHaveLength(1);
    expect(held()).toEqual(['at-2', 'id-2', 'rt-2']);
  });

  test('ends for all of them with what it ended with, and the next one asks anew', async () => {
    const { provider, renewals, held } = world(providerId);
    const before = held();
    const callers = Array.from({ length: 5 }, () => ending(renewals.renew('c')));
    await provider.answer(new AppError('host_unknown'));
    expect((await Promise.all(callers)).map(({ code }) => code)).toEqual(Array(5).fill('host_unknown'));
    expect(held()).toEqual(before);
    const again = renewals.renew('c');
    await provider.answer(good);
    await again;
    expect(provider.asked).toHaveLength(2);
  });

  test('writes tokens and record in one step, and a step that fails loses nothing: the next try only saves', async () => {
    const { shelf, provider, renewals, held } = world(providerId);
    const before = held();
    const commit = shelf.commit.bind(shelf);
    const steps: string[][] = [];
    let isFull = true;
    shelf.commit = (changes) => {
      const puts = changes.map((change) => ('put' in change ? change.put : change.remove));
      if (puts.includes('connection_secrets')) {
        steps.push(puts);
        if (isFull) throw new AppError('disk_full');
      }
      commit(changes);
    };
    const first = ending(renewals.renew('c'));
    await provider.answer(good);
    expect((await first).code).toBe('disk_full');
    expect(held()).toEqual(before);
    isFull = false;
    await renewals.renew('c');
    expect(held()).toEqual(['at-2', 'id-2', 'rt-2']);
    expect(provider.asked).toHaveLength(1);
    expect(steps).toEqual(Array(2).fill(['connection', 'connection_secrets', 'history', 'token_trail']));
  });
});

describe('R7 B14 revoking at the provider and forgetting here are two acts', () => {
  test.each([
    ['teamgantt', 'every_sign_in_of_the_person', 'POST /revoke', answerOf(200, '')],
    ['er-studio', 'this_access_token', 'DELETE /api/revoketoken/at-1', answerOf(200, 'revoke')],
  ] as const)('%s: the reach is said first; revoking asks the provider once', async (id, reach, request, yes) => {
    const { provider, revokeTools, held, shelf } = world(id);
    expect(revokeReach(revokeTools, 'c').reach).toBe(reach);
    expect(provider.asked).toEqual([]);
    const revoking = revoke(revokeTools, 'c');
    await provider.answer(yes);
    await revoking;
    expect(provider.asked).toEqual([request]);
    expect(held()).toEqual([undefined, undefined, undefined]);
    expect(shelf.connection('c')?.condition).toBe('revoked');
  });

  test.each(['teamgantt', 'er-studio'])('%s: what the provider did not confirm drops nothing here', async (id) => {
    const { provider, revokeTools, held, shelf } = world(id);
    const before = held();
    const revoking = ending(revoke(revokeTools, 'c'));
    await provider.answer(answerOf(503, ''));
    expect((await revoking).code).toBe('provider_failing');
    expect(held()).toEqual(before);
    expect(shelf.connection('c')?.condition).toBe('kept');
  });

  test.each(['taskade', 'connecteam', 't-gate'])('%s: there is no call, and what to do instead is told', async (id) => {
    const { provider, revokeTools } = world(id);
    expect(revokeReach(revokeTools, 'c').reach).toBe('none');
    expect((await ending(revoke(revokeTools, 'c'))).code).toBe('revoke_unsupported');
    expect(provider.asked).toEqual([]);
    expect(providerViews('en').find((view) => view.id === id)!.revocation.instead).toMatch(/\w{3}/);
  });

  test.each(ids)('%s: forgetting here asks nobody', (id) => {
    const { provider, realms, shelf } = world(id);
    removeConnection(realms, 'c');
    expect(shelf.connection('c')).toBeNull();
    expect(provider.asked).toEqual([]);
  });
});
