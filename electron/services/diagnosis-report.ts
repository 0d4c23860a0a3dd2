import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { Catalogue } from '../../shared/text/catalogue.ts';
import { providerText } from '../oauth/provider-text.ts';
import { Secret } from '../secret.ts';
import type { ConnectionRecord } from '../vault/records.ts';
import type { Found } from './realms.ts';

/** More than a reader of a ticket takes in; the newest come first. */
const exchangesTold = 20;
const address = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:.]+/gu;
/** A run this long is a token, a code or an id of somebody, unless it is written as words and error codes are. */
const longRun = /[A-Za-z0-9_~+/=%-]{16,}(?:\.[A-Za-z0-9_~+/=%-]+)*/gu;
const asWords = /^(?:[A-Z]?[a-z]+(?:[_-][a-z]+)*|[A-Z]+(?:_[A-Z]+)*)$/u;
const removed = '•••';
/** Shorter ones stand in every sentence. */
const shortestName = 4;

export interface ReportNeeds {
  found: Found;
  diagnosis: Diagnosis;
  provider: string;
  words: Catalogue;
  version: string;
  platform: string;
}

/**
 * A text that is safe to paste anywhere. It is put together from codes, times, hosts and our own sentences; the few
 * words of a provider's that are in it are cleared of every secret kept here and of whatever looks like one, and of
 * the names that people gave.
 */
export function reportText({ found, diagnosis, provider, words, version, platform }: ReportNeeds): string {
  const { connection, vault } = found;
  const text = words.diagnose;
  const { report } = text;
  const clear = clearer(found, provider);
  const lines: [string, string][] = [
    [report.made, iso(diagnosis.atMs)],
    [report.version, `${words.shell.productName} ${version}, ${platform}`],
    [report.state, stateWord(connection, words)],
    [report.token, report.token_(connection.fingerprint, connection.generation)],
    [report.ends, connection.expiresAtMs === null ? report.notStated : iso(connection.expiresAtMs)],
    [report.grant, words.connections.setup.grants[connection.grant]],
    [text.dates.signedIn, when(diagnosis.signedInMs, text.dates.none)],
    [text.dates.lastGood, when(diagnosis.lastGoodMs, text.dates.none)],
    [
      report.clock,
      diagnosis.aheadMs === null || diagnosis.host === null
        ? report.clockUnknown
        : report.clockOff(text.offset(diagnosis.aheadMs), diagnosis.host),
    ],
  ];
  const causes = diagnosis.causes.flatMap(({ kind, likelihood, facts }) => [
    `- ${text.likelihood[likelihood]}: ${text.cause[kind].title(provider)}`,
    ...facts.map(
      (one) => `    ${one.atMs === null ? '' : `${iso(one.atMs)} `}${clear(text.fact(one, provider, false))}`,
    ),
  ]);
  const exchanges = vault.history(connection.id).slice(0, exchangesTold);
  return [
    report.title(provider),
    ...lines.map(([term, value]) => `${term}: ${value}`),
    '',
    `${report.causes}:`,
    ...(causes.length === 0 ? [`- ${report.none}`] : causes),
    '',
    `${report.ruledOut}:`,
    ...(diagnosis.ruledOut.length === 0
      ? [`- ${report.none}`]
      : diagnosis.ruledOut.map(({ kind }) => `- ${text.ruled[kind]}`)),
    '',
    `${text.answer}:`,
    ...(diagnosis.answer === null ? [text.answerNone] : answerLines(diagnosis.answer, words, clear)),
    '',
    `${report.exchanges}:`,
    ...exchanges.map(({ atMs, what, outcome, status, durationMs, problem }) =>
      [
        iso(atMs),
        outcome === 'done' ? doneWord(what, words) : words.connections.exchanges.failed[what],
        status === null ? '' : `HTTP ${String(status)}`,
        `${String(Math.round(durationMs))} ms`,
        problem === null ? '' : clear([problem.code, problem.facts.providerCode].filter(Boolean).join(' ')),
      ]
        .filter((part) => part !== '')
        .join('  '),
    ),
    '',
    report.foot,
    '',
  ].join('\n');
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
const when = (ms: number | null, none: string): string => (ms === null ? none : iso(ms));

function doneWord(what: 'signed_in' | 'renewed' | 'asked_again' | 'tested' | 'revoked', words: Catalogue): string {
  const { exchanges } = words.connections;
  return what === 'renewed' ? exchanges.renewed.none : exchanges[what];
}

function stateWord({ condition, failure }: ConnectionRecord, words: Catalogue): string {
  const { words: states } = words.connections;
  if (condition === 'revoked') return states.revoked;
  if (condition === 'sign_in_again') return states.signin;
  return failure === null ? states.working : `${states.dutyFailure} (${failure.problem.code})`;
}

function answerLines(
  { atMs, durationMs, problem, refreshToken }: NonNullable<Diagnosis['answer']>,
  words: Catalogue,
  clear: (text: string) => string,
): string[] {
  const { words: named } = words.diagnose;
  const { facts } = problem;
  const free: [string, Problem['facts'][keyof Problem['facts']]][] = [
    [named.host, facts.host],
    [named.type, facts.contentType],
    [named.code, facts.providerCode],
    [named.text, facts.providerText],
    [named.system, facts.systemCode],
  ];
  return [
    `${iso(atMs)}  ${facts.status === undefined ? named.noStatus(durationMs) : named.status(facts.status, durationMs)}`,
    ...free.flatMap(([term, value]) => (typeof value === 'string' ? [`${term}: ${clear(value)}`] : [])),
    ...(refreshToken === null ? [] : [`${named.refreshToken}: [${refreshToken}]`]),
  ];
}

/** Takes out what is kept secret here in every spelling, what looks like a token, and names of people. */
function clearer({ vault, connection, app }: Found, provider: string): (text: string) => string {
  const tokens = vault.connectionSecrets(connection.id);
  const { clientSecret } = vault.appSecrets(app.id);
  const given = [
    connection.label,
    connection.account,
    connection.username,
    connection.accountId,
    app.name,
    app.clientId,
  ];
  const secrets = [
    ...[tokens?.accessToken, tokens?.idToken, tokens?.refreshToken, clientSecret].filter((one) => one != null),
    ...given.flatMap((name) =>
      name === null || name.length < shortestName || provider.includes(name) ? [] : [new Secret(name)],
    ),
  ];
  return (text) =>
    (providerText(text, secrets) ?? '')
      .replaceAll(address, removed)
      .replaceAll(longRun, (run) => (asWords.test(run) ? run : removed));
}
