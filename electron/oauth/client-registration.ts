import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { member, readBody, textMember } from './answer-body.ts';
import { consentFor, usableUrl } from './endpoint.ts';
import { standardHeaders } from './fetch-adapter.ts';
import { factsOf, generalError, type CallContext } from './provider-errors.ts';
import { usualLimitMs } from './token-call.ts';
import type { HttpAnswer, Transport } from './transport.ts';
import type { ProviderWay } from './way.ts';

/** What a provider calls the members of a registration, and what it wants besides. */
export interface RegistrationShape {
  members: Readonly<Record<'clientId' | 'clientSecret' | 'name' | 'description' | 'redirectUri', string>>;
  fixed: Readonly<Record<string, string>>;
}

/**
 * Tells a provider an ID and a secret that we made ourselves (E11, ER/Studio). Not RFC 7591, where the server makes
 * them. Returns when the server said yes in its documented words; throws `registration_refused`,
 * `registration_wrong_answer` and what every call throws.
 */
export async function registerClient(
  transport: Transport,
  way: ProviderWay,
  call: {
    url: string | null;
    shape: RegistrationShape;
    clientId: string;
    clientSecret: Secret;
    name: string;
    description: string;
    /** Null: this app needs no browser. */
    redirectUri: string | null;
    /** Member and value by which this provider counts platforms. */
    platform: Readonly<Record<string, string>>;
  },
  timeLimitMs = usualLimitMs,
): Promise<void> {
  const url = usableUrl(way, call.url, 'baseUrl');
  const { members, fixed } = call.shape;
  const body = {
    [members.clientId]: call.clientId,
    [members.clientSecret]: call.clientSecret.reveal(),
    [members.name]: call.name,
    [members.description]: call.description,
    ...(call.redirectUri === null ? {} : { [members.redirectUri]: call.redirectUri }),
    ...fixed,
    ...call.platform,
  };
  const answer = await transport.send({
    method: 'POST',
    url: new Secret(url.href),
    headers: { ...standardHeaders, 'content-type': 'application/json' },
    body: new Secret(JSON.stringify(body)),
    timeLimitMs,
    ...consentFor(url, way),
  });
  judge(answer, { way, url, secrets: [call.clientSecret] }, { name: members.clientId, value: call.clientId });
}

/** A page, an empty yes or another app's ID is not this provider's yes: then nothing would be registered there. */
function judge(answer: HttpAnswer, context: CallContext, echoed: { name: string; value: string }): void {
  const body = readBody(answer);
  const general = generalError(answer, body, context);
  const wrong = (facts: AppError['facts']): AppError =>
    new AppError('registration_wrong_answer', { ...facts, field: 'baseUrl' });
  if (general !== null) throw general.code === 'not_an_oauth_answer' ? wrong(general.facts) : general;
  const facts = factsOf(answer, body, context);
  const good = answer.status >= 200 && answer.status < 300;
  const told = body.form === 'json' || body.form === 'xml';
  if (good && body.form === 'json' && textMember(body.members, 'error') === null) {
    const id = member(body.members, echoed.name);
    if (id === undefined || id === echoed.value) return;
    throw wrong(facts);
  }
  if (good ? told : answer.status !== 404 && (told || body.form === 'empty')) {
    throw new AppError('registration_refused', facts);
  }
  throw wrong(facts);
}
