import { beforeEach, describe, expect, test } from 'vitest';
import { PracticeEngine } from '../../../electron/providers/practice/engine.ts';
import type { WholeAnswer } from '../../../electron/providers/practice/wire.ts';
import { profile } from '../../../electron/providers/registry.ts';
import { answerForm, basic, body, broughtBack, callOf, formType, members, pkce } from '../../support/engine-call.ts';
import { formOfPage, textOfPage } from '../../support/page-form.ts';

let nowMs = 0;
let engine: PracticeEngine;
const keys = profile('t-gate').practice.apps[0]!;
const redirectUri = 'http://127.0.0.1:23456/t-gate/0f';
const authorization = basic(keys.clientId, keys.clientSecret);
const market = (): WholeAnswer => callOf(engine, { path: '/marketplace' });
const install = (company?: string): WholeAnswer => answerForm(engine, '/marketplace', market(), 'allow', company);
const code = (): string => broughtBack(install())!['code']!;

function token(sent: Record<string, string>, how: 'form' | 'json' = 'form'): WholeAnswer {
  return callOf(engine, {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': how === 'form' ? formType : 'application/json', authorization },
    body: how === 'form' ? body(sent) : JSON.stringify(sent),
  });
}
const exchange = (change: Record<string, string> = {}, how: 'form' | 'json' = 'form'): WholeAnswer =>
  token({ grant_type: 'authorization_code', code: code(), redirect_uri: redirectUri, ...change }, how);
const refresh = (refreshToken: string, more: Record<string, string> = {}): WholeAnswer =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...more });

beforeEach(() => {
  nowMs = 1_800_000_000_000;
  engine = new PracticeEngine({ profile: profile('t-gate'), nowMs: () => nowMs });
});

describe('T-Gate’s marketplace', () => {
  test('has nothing to install before an app has a redirect address', () => {
    expect(market().status).toBe(200);
    expect(formOfPage(market().body)).toBeNull();
    expect(textOfPage(market().body)).toContain('Nothing to install yet');
  });

  test('lets a company install the app and sends its browser back with a code alone, to the latest address', () => {
    engine.registerRedirect(keys.clientId, 'http://127.0.0.1:23456/t-gate/earlier');
    engine.registerRedirect(keys.clientId, redirectUri);
    expect(textOfPage(market().body)).toContain('T-Gate marketplace (practice)');
    expect(formOfPage(market().body)!.people).toEqual(['Harbour Bistro', 'Mill Street Kitchen']);
    const back = install('Mill Street Kitchen');
    expect([back.status, back.headers['location']!.split('?')[0]]).toEqual([302, redirectUri]);
    expect(Object.keys(broughtBack(back)!)).toEqual(['code']);
    const given = members(
      token({ grant_type: 'authorization_code', code: broughtBack(back)!['code']!, redirect_uri: redirectUri }),
    );
    // Only these two names are documented.
    expect(Object.keys(given).sort()).toEqual(['access_token', 'refresh_token']);
    const list = callOf(engine, {
      path: '/v1/brands',
      query: 'items=1',
      headers: { authorization: `Bearer ${given['access_token']!}` },
    });
    expect(list.body).toContain('Mill Street Kitchen');
  });

  test('a ticket of the marketplace is none on another page, and is good once', () => {
    engine.registerRedirect(keys.clientId, redirectUri);
    const page = market();
    answerForm(engine, '/marketplace', page);
    expect(answerForm(engine, '/marketplace', page).status).toBe(400);
  });
});

describe('T-Gate’s token address', () => {
  beforeEach(() => engine.registerRedirect(keys.clientId, redirectUri));

  test('G9 takes a form, or JSON once it is set so, and refuses the other way', () => {
    expect(exchange().status).toBe(200);
    expect(exchange({}, 'json').status).toBe(400);
    engine.setTokenParameters('json');
    expect(exchange({}, 'json').status).toBe(200);
    expect(exchange().status).toBe(400);
    engine.setTokenParameters('form');
    expect(exchange().status).toBe(200);
  });

  test('a code that came in the wrong encoding is not used up by it', () => {
    const once = code();
    expect(exchange({ code: once }, 'json').status).toBe(400);
    expect(exchange({ code: once }).status).toBe(200);
  });

  test('G1 wants Basic, and no secret in the body', () => {
    const sent = { grant_type: 'authorization_code', code: code(), redirect_uri: redirectUri };
    const without = callOf(engine, {
      method: 'POST',
      path: '/oauth/token',
      headers: { 'content-type': formType },
      body: body({ ...sent, client_id: keys.clientId, client_secret: keys.clientSecret }),
    });
    expect(without.status).toBe(401);
    expect(exchange({ client_secret: keys.clientSecret }).status).toBe(400);
  });

  test('G2 wants the redirect address with the code, byte for byte, and a verifier is not expected', () => {
    expect(exchange({ redirect_uri: `${redirectUri}/` }).body).toContain('invalid_grant');
    expect(token({ grant_type: 'authorization_code', code: code() }).status).toBe(400);
    expect(exchange({ code_verifier: pkce().verifier }).status).toBe(400);
  });

  test('takes a renewal with the redirect address, without it, and not with another', () => {
    const given = members(exchange())['refresh_token']!;
    expect(refresh(given, { redirect_uri: redirectUri }).status).toBe(200);
    expect(refresh(given).status).toBe(200);
    expect(refresh(given, { redirect_uri: `${redirectUri}x` }).body).toContain('invalid_grant');
  });

  test('G6 keeps the refresh token unless it is set to rotate; then the one before ends', () => {
    const kept = members(exchange())['refresh_token']!;
    expect(Object.keys(members(refresh(kept)))).toEqual(['access_token']);
    engine.setRotation(true);
    const next = members(refresh(kept))['refresh_token']!;
    expect(next).not.toBe(kept);
    expect(refresh(kept).status).toBe(400);
    engine.setRotation(false);
    expect(members(refresh(next))).not.toHaveProperty('refresh_token');
  });

  test('G5 lives as long as everybody takes it to live, since the answer does not say', () => {
    const bearer = { authorization: `Bearer ${members(exchange())['access_token']!}` };
    nowMs += 7_199_000;
    expect(callOf(engine, { path: '/v1/brands', headers: bearer }).status).toBe(200);
    nowMs += 1000;
    expect(callOf(engine, { path: '/v1/brands', headers: bearer }).status).toBe(401);
  });
});
