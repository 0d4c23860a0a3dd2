import { createHash, randomBytes } from 'node:crypto';
import type { PracticeEngine } from '../../electron/providers/practice/engine.ts';
import type { EngineRequest, WholeAnswer } from '../../electron/providers/practice/wire.ts';
import { formOfPage, pressed } from './page-form.ts';

export const formType = 'application/x-www-form-urlencoded';
export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
export const body = (members: Record<string, string>): string => new URLSearchParams(members).toString();
export const members = (given: WholeAnswer): Record<string, string> => JSON.parse(given.body) as Record<string, string>;

/** One call of an engine without a socket; whatever else than an answer comes fails the test. */
export function callOf(engine: PracticeEngine, request: Partial<EngineRequest>): WholeAnswer {
  const given = engine.handle({ method: 'GET', path: '/', query: '', headers: {}, body: '', ...request });
  if (given.kind !== 'answer') throw new Error(given.kind);
  return given;
}

/** A verifier of its own and its challenge (RFC 7636). */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The form of the page that stands there, posted; a page without one fails the test. */
export function answerForm(
  engine: PracticeEngine,
  path: string,
  page: WholeAnswer,
  answer: 'allow' | 'decline' = 'allow',
  person?: string,
): WholeAnswer {
  const form = formOfPage(page.body);
  if (form === null) throw new Error(`no form on this page: ${String(page.status)}`);
  return callOf(engine, {
    method: 'POST',
    path: form.action ?? path,
    headers: { 'content-type': formType },
    body: pressed(form, answer, person),
  });
}

/** What a redirect carries back; null where the browser is not sent anywhere. */
export function broughtBack(given: WholeAnswer): Record<string, string> | null {
  const location = given.headers['location'];
  return location === undefined ? null : Object.fromEntries(new URL(location).searchParams);
}
