import { beforeEach, describe, expect, test } from 'vitest';
import { exchangeCode } from '../../electron/oauth/authorization-code-grant.ts';
import { answerTo } from '../../electron/oauth/authorization-answer.ts';
import { authorizationAttempt } from '../../electron/oauth/authorization-request.ts';
import { askWithClientCredentials } from '../../electron/oauth/client-credentials-grant.ts';
import { askForDeviceCode, askWhetherAllowed } from '../../electron/oauth/device-grant.ts';
import { introspect } from '../../electron/oauth/introspection.ts';
import { signInWithPassword } from '../../electron/oauth/password-grant.ts';
import { personalToken } from '../../electron/oauth/personal-token.ts';
import { renewWithRefreshToken } from '../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider, tokenNeededToRevoke } from '../../electron/oauth/revocation.ts';
import { testConnection } from '../../electron/oauth/test-call.ts';
import { bearerOf, type Granted } from '../../electron/oauth/tokens.ts';
import type { Transport } from '../../electron/oauth/transport.ts';
import type { ClientKeys, ProviderWay } from '../../electron/oauth/way.ts';
import { practiceEndpoints } from '../../electron/providers/practice/accounts.ts';
import { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import type { EngineRequest } from '../../electron/providers/practice/wire.ts';
import { profileSchema, type Profile } from '../../electron/providers/schema.ts';
import { wayOf } from '../../electron/providers/way.ts';
import { Secret } from '../../electron/secret.ts';
import { endpointKinds } from '../../shared/model/provider.ts';
import { answerForm, broughtBack, callOf } from './engine-call.ts';
import { ending } from './ending.ts';
import { engineTransport } from './engine-transport.ts';

const origin = 'http://127.0.0.1:1';
const redirectUri = 'http://127.0.0.1:23456/back';
type GrantName = Profile['grants'][number]['type'];

/** A provider of the contract: its engine, the protocol's way to it, and the keys of its first practice app. */
class Rig {
  readonly engine: PracticeEngine;
  readonly way: ProviderWay;
  readonly client: ClientKeys;
  readonly transport: Transport;
  readonly of: Profile;
  nowMs = 1_800_000_000_000;
  /** Laid over every request on its way, for the tests of what is refused. */
  spoil: (request: EngineRequest) => EngineRequest = (request) => request;

  constructor(of: Profile) {
    this.of = of;
    this.engine = new PracticeEngine({ profile: of, nowMs: () => this.nowMs });
    const urls = practiceEndpoints(of, origin);
    const endpoints = endpointKinds.map((kind) => ({ kind, url: urls[kind] }));
    this.way = wayOf(of, { endpoints, redirectUri });
    const [{ clientId, clientSecret }] = of.practice.apps as [Profile['practice']['apps'][number]];
    this.client = { clientId, clientSecret: clientSecret === '' ? null : new Secret(clientSecret) };
    this.engine.registerRedirect(clientId, redirectUri);
    this.transport = engineTransport(
      this.engine,
      origin,
      () => this.nowMs,
      (request) => this.spoil(request),
    );
  }

  async signIn(grant: GrantName): Promise<Granted> {
    const { transport, way, client } = this;
    const [person] = this.of.practice.people;
    switch (grant) {
      case 'password':
        return signInWithPassword(transport, way, client, {
          username: person!.username,
          password: new Secret(person!.password),
        });
      case 'client_credentials':
        return askWithClientCredentials(transport, way, client, { scopes: [] });
      case 'authorization_code':
        return this.#throughTheBrowser();
      case 'device_code':
        return this.#onAnotherPage();
    }
  }

  async #throughTheBrowser(): Promise<Granted> {
    const { transport, way, client, engine } = this;
    const attempt = await authorizationAttempt(way, client.clientId, { redirectUri, scopes: [] });
    const url = attempt.url === null ? null : new URL(attempt.url.reveal());
    const path = url?.pathname ?? this.of.practice.marketplace!;
    const page = callOf(engine, { path, query: url?.search.slice(1) ?? '' });
    const back = broughtBack(answerForm(engine, path, page))!;
    const answer = answerTo(attempt, way, new URLSearchParams(back).toString());
    if (answer?.kind !== 'code') throw new Error('brought back no code');
    const input = { code: answer.code, redirectUri: attempt.redirectUri, verifier: attempt.verifier };
    return exchangeCode(transport, way, client, input);
  }

  async #onAnotherPage(): Promise<Granted> {
    const { transport, way, client, engine } = this;
    const attempt = await askForDeviceCode(transport, way, client, { scopes: [] });
    const pending = askWhetherAllowed(transport, way, client, attempt);
    if ((await ending(pending)).code !== 'device_pending') throw new Error('nobody has allowed it yet');
    const { pathname, search } = new URL(attempt.completeUri!.reveal());
    answerForm(engine, pathname, callOf(engine, { path: pathname, query: search.slice(1) }));
    this.nowMs += attempt.intervalMs;
    return askWhetherAllowed(transport, way, client, attempt);
  }

  renew(refreshToken: Secret): Promise<Granted> {
    return renewWithRefreshToken(this.transport, this.way, this.client, { refreshToken });
  }

  test(bearer: Secret, callId = this.way.tests[0].id): ReturnType<typeof testConnection> {
    const call = this.way.tests.find(({ id }) => id === callId);
    if (call === undefined) throw new Error(`no test call ${callId}`);
    return testConnection(this.transport, { ...this.way, tests: [call] }, { bearer, scopesGranted: null });
  }
}

/** What every provider has to keep, read off its profile alone: a new file is under it without another line. */
export function providerContract(name: string, file: unknown): void {
  describe(name, () => {
    const parsed = profileSchema.safeParse(file);
    test('fits the schema', () => expect(parsed.error).toBeUndefined());
    if (!parsed.success) return;
    const of = parsed.data;
    let rig: Rig;
    beforeEach(() => {
      rig = new Rig(of);
    });
    const grants = of.grants.map(({ type }) => type);

    test('every address is https, on the customer’s own server, or empty with a note that says why', () => {
      for (const [kind, endpoint] of Object.entries(of.endpoints)) {
        for (const url of Object.values(endpoint.urls)) {
          if (url === null) expect(endpoint.note?.en, kind).toBeTruthy();
          else expect(url, kind).toMatch(/^(https:\/\/[^/@]+\/|\{base\}\/)/);
        }
      }
    });

    test('what is not verified has a note that says so', () => {
      const values = [...Object.values(of.endpoints), of.answer.bearer, of.authorization?.redirect];
      for (const value of values) if (value?.verified === false) expect(value.note?.en).toBeTruthy();
    });

    test.each(grants)('%s: signs in, and the API takes what came', async (grant) => {
      const granted = await rig.signIn(grant);
      expect(granted.status).toBe(200);
      expect(granted.tokens.expiresAtMs).toBeGreaterThan(rig.nowMs);
      const bearer = bearerOf(rig.way, granted.tokens)!;
      await expect(rig.test(bearer)).resolves.toMatchObject({ status: 200 });
      // Not longer than the answer, or the profile, had it live.
      rig.nowMs = granted.tokens.expiresAtMs!;
      expect((await ending(rig.test(bearer))).code).toBe('token_refused');
    });

    test.each(grants)('%s: is renewed by the way of the profile', async (grant) => {
      const { tokens } = await rig.signIn(grant);
      rig.nowMs = tokens.expiresAtMs!;
      if (tokens.refreshToken === null) expect(grant).toBe('client_credentials');
      const renewed = tokens.refreshToken === null ? await rig.signIn(grant) : await rig.renew(tokens.refreshToken);
      await expect(rig.test(bearerOf(rig.way, renewed.tokens)!)).resolves.toMatchObject({ status: 200 });
      const brings = of.renewal.by === 'refresh_token' && of.renewal.newRefreshToken === 'always';
      expect(renewed.tokens.refreshTokenReturned).toBe(brings);
      // Whatever came, the next renewal works, too.
      if (renewed.tokens.refreshToken !== null) await rig.renew(renewed.tokens.refreshToken);
    });

    if (of.introspection !== null) {
      test('introspection tells a good token from a wrong one', async () => {
        const { tokens } = await rig.signIn(grants[0]!);
        const ask = (token: Secret) => introspect(rig.transport, rig.way, rig.client, token);
        await expect(ask(bearerOf(rig.way, tokens)!)).resolves.toMatchObject({ status: 200 });
        expect((await ending(ask(new Secret('made-up')))).code).toBe('token_refused');
      });
    }

    test.each(of.tests.map(({ id }) => id))(
      'the test call %s proves a good token and turns down a wrong one',
      async (id) => {
        const { tokens } = await rig.signIn(grants[0]!);
        await expect(rig.test(bearerOf(rig.way, tokens)!, id)).resolves.toMatchObject({ status: 200 });
        expect((await ending(rig.test(new Secret('made-up'), id))).code).toBe('token_refused');
      },
    );

    test('revoking ends what the profile says, or a sentence says what to do instead', async () => {
      const needed = tokenNeededToRevoke(rig.way);
      const { tokens } = await rig.signIn(grants[0]!);
      if (of.revocation.kind === 'none') {
        expect(needed).toBeNull();
        expect(of.revocation.instead.en.length).toBeGreaterThan(20);
        expect((await ending(revokeAtProvider(rig.transport, rig.way, rig.client, tokens))).code).toBe(
          'revoke_unsupported',
        );
        return;
      }
      await expect(revokeAtProvider(rig.transport, rig.way, rig.client, tokens)).resolves.toMatchObject({
        status: 200,
      });
      if (of.revocation.reach === 'this_access_token')
        expect((await ending(rig.test(tokens.bearer))).code).toBe('token_refused');
      else expect((await ending(rig.renew(tokens.refreshToken!))).code).toBe('sign_in_again');
    });

    test.each(grants)('%s: a parameter that nobody asked for, twice or missing is refused', async (grant) => {
      const spoilt: ((pairs: [string, string][]) => [string, string][])[] = [
        (pairs) => [...pairs, ['surprise', 'x']],
        (pairs) => [...pairs, pairs[0]!],
        (pairs) => pairs.slice(1),
      ];
      for (const change of spoilt) {
        rig.spoil = (request) => {
          const isToken = new URL(rig.way.addresses.token!).pathname === request.path;
          return isToken ? withParameters(request, change) : request;
        };
        await expect(rig.signIn(grant)).rejects.toThrow();
        const last = rig.engine.record().at(-1)!;
        expect([last.endpoint, last.answered]).toEqual(['token', expect.toSatisfy((status) => Number(status) >= 400)]);
      }
    });

    if (of.personalAccessToken !== null) {
      const { begins } = of.personalAccessToken;
      test('a token made by hand is taken as a bearer', async () => {
        const token = rig.engine.personalToken(of.practice.people[0]!.username)!;
        expect(token.startsWith(begins ?? '')).toBe(true);
        const { bearer } = personalToken(rig.way, new Secret(token), rig.nowMs);
        await expect(rig.test(bearer)).resolves.toMatchObject({ status: 200 });
      });
    }

    if (of.renewal.by === 'refresh_token') {
      test('a refresh token from another program renews', async () => {
        const token = rig.engine.existingRefreshToken(rig.client.clientId, of.practice.people[0]!.username)!;
        await expect(rig.renew(new Secret(token))).resolves.toMatchObject({ status: 200 });
      });
    }

    if (of.authorization?.startedBy === 'client') {
      test('through the browser: Decline is told as that', async () => {
        const attempt = await authorizationAttempt(rig.way, rig.client.clientId, { redirectUri, scopes: [] });
        const url = new URL(attempt.url!.reveal());
        const page = callOf(rig.engine, { path: url.pathname, query: url.search.slice(1) });
        const back = broughtBack(answerForm(rig.engine, url.pathname, page, 'decline'))!;
        const answer = answerTo(attempt, rig.way, new URLSearchParams(back).toString());
        expect(answer).toMatchObject({ kind: 'error', error: { code: 'sign_in_declined' } });
      });

      test('through the browser: a code is exchanged with the verifier of its own try alone', async () => {
        await rig.signIn('authorization_code');
        const ask = rig.spoil;
        rig.spoil = (request) =>
          withParameters(ask(request), (pairs) =>
            pairs.map(([name, value]) => [name, name === 'code_verifier' ? 'a'.repeat(43) : value]),
          );
        expect((await ending(rig.signIn('authorization_code'))).code).toBe('code_refused');
      });
    }
  });
}

/** The parameters of a request changed where they are: query, form or JSON. */
function withParameters(
  request: EngineRequest,
  change: (pairs: [string, string][]) => [string, string][],
): EngineRequest {
  if (request.body === '')
    return { ...request, query: new URLSearchParams(change([...new URLSearchParams(request.query)])).toString() };
  if (request.headers['content-type']?.includes('json') === true) {
    const pairs = change(Object.entries(JSON.parse(request.body) as Record<string, string>));
    return { ...request, body: JSON.stringify(Object.fromEntries(pairs)) };
  }
  return { ...request, body: new URLSearchParams(change([...new URLSearchParams(request.body)])).toString() };
}
