import { AppError } from '../../shared/errors.ts';
import { Secret } from '../secret.ts';
import { memberAt, readBody, type AnswerBody } from './answer-body.ts';
import { consentFor, endpointUrl } from './endpoint.ts';
import { standardHeaders, withQuery } from './fetch-adapter.ts';
import { factsOf, generalError, type CallContext } from './provider-errors.ts';
import { providerText } from './provider-text.ts';
import { usualLimitMs } from './token-call.ts';
import type { Transport } from './transport.ts';
import type { ProviderWay, TestCall } from './way.ts';

export interface Tested {
  status: number;
  durationMs: number;
  /** The provider's own id of the account, for the wrong-account guard. */
  accountId: string | null;
  accountName: string | null;
}

function callFor(way: ProviderWay, callId: string | undefined): TestCall {
  if (callId === undefined) return way.tests[0];
  const call = way.tests.find((candidate) => candidate.id === callId);
  if (call === undefined) throw new AppError('bad_input');
  return call;
}

function addressOf(way: ProviderWay, call: TestCall): URL {
  const url = endpointUrl(way, 'test');
  return call.path === null ? url : new URL(call.path, url.origin);
}

/** Asks the provider who the bearer belongs to. The call carries the token and never the client secret (C10). */
export async function testConnection(
  transport: Transport,
  way: ProviderWay,
  input: { bearer: Secret; scopesGranted: readonly string[] | null; callId?: string },
  timeLimitMs = usualLimitMs,
): Promise<Tested> {
  const call = callFor(way, input.callId);
  try {
    return await makeCall(transport, way, call, input, timeLimitMs);
  } catch (thrown) {
    const notThere = thrown instanceof AppError && thrown.code === 'test_wrong_answer' && thrown.facts.status === 404;
    if (!notThere || call.onNotFound === null) throw thrown;
    // K6: the provider's own programs know the first call, its documents the second.
    return makeCall(transport, way, { ...callFor(way, call.onNotFound), onNotFound: null }, input, timeLimitMs);
  }
}

async function makeCall(
  transport: Transport,
  way: ProviderWay,
  call: TestCall,
  input: { bearer: Secret; scopesGranted: readonly string[] | null },
  timeLimitMs: number,
): Promise<Tested> {
  const url = addressOf(way, call);
  const context: CallContext = { way, url, secrets: [input.bearer] };
  const token = input.bearer.reveal();
  const inHeader = way.presentation.place === 'header';
  const target =
    way.presentation.place === 'query' ? withQuery(url.href, [[way.presentation.parameter, token]]) : url.href;
  const answer = await transport.send({
    method: 'GET',
    url: new Secret(target),
    headers: inHeader ? { ...standardHeaders, authorization: `${schemeOf(way)} ${token}` } : standardHeaders,
    body: null,
    timeLimitMs,
    ...consentFor(url, way),
  });
  const body = readBody(answer);
  const general = generalError(answer, body, context);
  if (general !== null) {
    // Here nobody waited for an OAuth answer: what a portal sends is simply not this provider's.
    throw general.code === 'not_an_oauth_answer' ? new AppError('test_wrong_answer', general.facts) : general;
  }
  const facts = factsOf(answer, body, context);
  const told = body.form === 'json' || body.form === 'xml';
  if (answer.status === 401 && (told || body.form === 'empty')) throw new AppError('token_refused', facts);
  if (answer.status === 403 && told) throw new AppError(...forbidden(call, input.scopesGranted, facts));
  if (answer.status >= 400 && answer.status !== 404 && told) throw new AppError('request_refused', facts);
  // C6: a 200 proves nothing; unknown paths answer 200 with a page.
  if (answer.status >= 300 || !proves(body, call)) {
    throw new AppError('test_wrong_answer', { ...facts, field: 'testEndpoint' });
  }
  const read = (path: string): string | null => {
    const value = body.form === 'json' ? memberAt(body.members, path) : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    return typeof value === 'string' ? providerText(value, context.secrets) : null;
  };
  return {
    status: answer.status,
    durationMs: answer.durationMs,
    accountId: call.accountIdMember === null ? null : read(call.accountIdMember),
    accountName: call.accountNameMembers.map(read).find((name) => name !== null) ?? null,
  };
}

/** Where no answer is documented (T-Gate), JSON of whatever kind tells the provider's API from a page. */
function proves(body: AnswerBody, { expectedMember }: TestCall): boolean {
  if (expectedMember === null) return body.form === 'json' || (body.form === 'other' && isList(body.text));
  const proof = body.form === 'json' ? memberAt(body.members, expectedMember) : undefined;
  return proof !== undefined && proof !== null && proof !== '';
}

/** The text is cut, so only its beginning is judged. */
const isList = (text: string): boolean => /^\[\s*(?:[{["\d\]-]|true|false|null)/.test(text);

function schemeOf(way: ProviderWay): string {
  return way.presentation.place === 'header' ? way.presentation.scheme : 'Bearer';
}

/**
 * C5: the token is good and may not make this call. Where the provider granted the scope by its own account,
 * something else forbids it (Connecteam: the plan), and saying "scope" would send the person the wrong way.
 */
function forbidden(
  call: TestCall,
  granted: readonly string[] | null,
  facts: ReturnType<typeof factsOf>,
): ConstructorParameters<typeof AppError> {
  if (call.neededScope === null || granted?.includes(call.neededScope) === true) return ['request_refused', facts];
  return ['test_scope_missing', { ...facts, name: call.neededScope }];
}
