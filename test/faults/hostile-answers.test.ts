import fc from 'fast-check';
import { answerTo } from '../../electron/oauth/authorization-answer.ts';
import { exchangeCode } from '../../electron/oauth/authorization-code-grant.ts';
import { askWithClientCredentials } from '../../electron/oauth/client-credentials-grant.ts';
import { registerClient } from '../../electron/oauth/client-registration.ts';
import { askForDeviceCode, askWhetherAllowed } from '../../electron/oauth/device-grant.ts';
import { discover } from '../../electron/oauth/discovery.ts';
import { introspect } from '../../electron/oauth/introspection.ts';
import { signInWithPassword } from '../../electron/oauth/password-grant.ts';
import { readPasted } from '../../electron/oauth/pasted-answer.ts';
import { renewWithRefreshToken } from '../../electron/oauth/refresh-grant.ts';
import { revokeAtProvider } from '../../electron/oauth/revocation.ts';
import { testConnection } from '../../electron/oauth/test-call.ts';
import type { HttpAnswer, Transport } from '../../electron/oauth/transport.ts';
import type { ProviderWay } from '../../electron/oauth/way.ts';
import { profile } from '../../electron/providers/registry.ts';
import { Secret } from '../../electron/secret.ts';
import { AppError } from '../../shared/errors.ts';
import { problem } from '../../shared/model/problem.ts';
import { broughtMark, hostileAnswers } from '../support/hostile-answers.ts';
import { choosing, erStudioWay, wayTo } from '../support/ways.ts';
import { figure, sized, type Count } from './figure.ts';

const minute = 60_000;
const answers = sized(1000, 10_000);
const longestMs = 1000;

const sent = {
  refreshToken: 'rt-very-secret-1',
  password: 'pw very+secret 2',
  clientSecret: 'cs/very=secret 3',
  code: 'code-very-secret-4',
  verifier: 'verifier-very-secret-5',
  accessToken: 'at-very-secret-6',
};
const secret = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, new Secret(value)])) as Record<
  keyof typeof sent,
  Secret
>;
const client = { clientId: 'client-1', clientSecret: secret.clientSecret };
const redirectUri = 'http://127.0.0.1:8765/callback';
const tokens = { accessToken: secret.accessToken, idToken: null, refreshToken: secret.refreshToken };

/** Every provider, at addresses that somebody typed where none was published. */
const ways: ProviderWay[] = [
  ...['teamgantt', 'connecteam', 'taskade', 't-gate'].map((id) => wayTo(id)),
  erStudioWay(),
].map((way) => ({
  ...way,
  addresses: {
    ...way.addresses,
    token: 'https://as.test/token',
    revocation: 'https://as.test/revoke',
    test: 'https://as.test/me',
  },
}));

type Call = (transport: Transport, way: ProviderWay) => Promise<unknown>;

const tokenCalls: Call[] = [
  (transport, way) => renewWithRefreshToken(transport, way, client, { refreshToken: secret.refreshToken }),
  (transport, way) => signInWithPassword(transport, way, client, { username: 'u', password: secret.password }),
  (transport, way) => askWithClientCredentials(transport, way, client, { scopes: [] }),
  (transport, way) =>
    exchangeCode(transport, way, client, { code: secret.code, redirectUri, verifier: secret.verifier }),
];
const testCalls: Call[] = [
  (transport, way) => testConnection(transport, way, { bearer: secret.accessToken, scopesGranted: null }),
];
const revocations: Call[] = [(transport, way) => revokeAtProvider(transport, way, client, tokens)];
const registrations: Call[] = [
  (transport) =>
    registerClient(transport, erStudioWay(), {
      url: 'https://as.test/clients',
      shape: profile('er-studio').registration!,
      clientId: 'client-1',
      clientSecret: secret.clientSecret,
      name: 'Grantkeep',
      description: 'A vault.',
      redirectUri: null,
      platform: {},
    }),
];

const other = choosing('other', {});
const discoveries: Call[] = [(transport) => discover(transport, 'https://as.test')];
const deviceCalls: Call[] = [
  (transport) => askForDeviceCode(transport, other, client, { scopes: [] }),
  (transport) => askWhetherAllowed(transport, other, client, { deviceCode: secret.code }),
];
const introspections: Call[] = [(transport) => introspect(transport, other, client, secret.accessToken)];

/** What is wrong with how a call ended; null where nothing is. */
function wrongWith(thrown: unknown, said: readonly string[]): string | null {
  if (!(thrown instanceof AppError)) return `crashed: ${String(thrown)}`;
  if (thrown.code === 'internal') return 'an ending that nobody thought of';
  const { code, facts } = thrown;
  if (!problem.safeParse({ code, facts }).success) return `facts that do not fit: ${JSON.stringify(facts)}`;
  const told = JSON.stringify(facts) + thrown.message + String(thrown.cause);
  const leaked = [...said, broughtMark].find((value) => told.includes(value));
  return leaked === undefined ? null : `tells ${leaked}`;
}

/** Only the secrets of one call can be masked in its answer: another call's are just text to it. */
const saidIn = (requests: readonly string[]): string[] =>
  Object.values(sent).filter((value) => requests.some((request) => request.includes(value)));

async function ask(calls: readonly Call[], count: Count): Promise<void> {
  const which = fc.tuple(fc.constantFrom(...ways), fc.constantFrom(...calls));
  await fc.assert(
    fc.asyncProperty(which, hostileAnswers(Object.values(sent)), async ([way, call], answer: HttpAnswer) => {
      const requests: string[] = [];
      const transport: Transport = {
        send: ({ url, body, headers }) => {
          const basic = Buffer.from((headers['authorization'] ?? '').replace(/^\w+ /, ''), 'base64').toString();
          const parts = [url.reveal(), body?.reveal() ?? '', headers['authorization'] ?? '', basic];
          requests.push(...parts.flatMap((part) => [part, decodedForm(part)]));
          return Promise.resolve(answer);
        },
      };
      const startedAt = performance.now();
      const thrown: unknown = await call(transport, way).then(
        () => null,
        (error: unknown) => error,
      );
      const tookMs = performance.now() - startedAt;
      const wrong = thrown === null ? null : wrongWith(thrown, saidIn(requests));
      count.add(
        tookMs > longestMs ? `took ${Math.round(tookMs)} ms` : wrong === null ? null : `${way.providerId} ${wrong}`,
      );
    }),
    { numRuns: answers },
  );
}

function decodedForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const what = (of: string): string =>
  `F31 B17: hostile answers of ${of}: no crash, no second of waiting, no secret told`;

figure('D6-token', what('the token address'), (count) => ask(tokenCalls, count), 10 * minute);
figure('D6-test', what('the test call'), (count) => ask(testCalls, count), 10 * minute);
figure('D6-revocation', what('the revocation'), (count) => ask(revocations, count), 10 * minute);
figure('D6-registration', what('the registration'), (count) => ask(registrations, count), 10 * minute);
figure('D6-metadata', what('the issuer’s metadata'), (count) => ask(discoveries, count), 10 * minute);
figure('D6-device', what('the device address'), (count) => ask(deviceCalls, count), 10 * minute);
figure('D6-introspection', what('the introspection'), (count) => ask(introspections, count), 10 * minute);

const state = 'st4te-very-secret-7';
const attempt = { state: new Secret(state) };

/** Queries that a browser may bring: some with the right state, most without, some with everything twice. */
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('state', 'state', 'code', 'error', 'error_description', 'iss', 'access_token', 'response'),
      fc.oneof(fc.constantFrom(state, `${state}x`, state.toUpperCase(), sent.code, 'access_denied'), fc.string()),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => new URLSearchParams(pairs).toString());

figure(
  'D6-authorization',
  'F40: forged and broken answers of the browser: none is taken without the state of its try, no crash, no secret told',
  (count) => {
    const pasted = fc.oneof(
      query,
      query.map((some) => `${redirectUri}?${some}`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ways), query, pasted, (way, some, brought) => {
        const given = answerTo(attempt, way, some);
        const states = new URLSearchParams(some).getAll('state');
        const isOurs = states.length === 1 && states[0] === state;
        if (given !== null && !isOurs) count.add(`taken with the state ${states.join(' and ')}`);
        else if (given?.kind === 'error') count.add(wrongWith(given.error, [state]));
        else count.add(null);
        try {
          readPasted(brought, redirectUri);
        } catch (thrown) {
          const wrong = wrongWith(thrown, []);
          if (wrong !== null) count.lost.push(`pasted: ${wrong}`);
        }
      }),
      { numRuns: answers },
    );
    return Promise.resolve();
  },
  10 * minute,
);
