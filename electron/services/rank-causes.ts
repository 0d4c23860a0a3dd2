import type { ErrorCode } from '../../shared/errors.ts';
import type { Exchange } from '../../shared/model/connection.ts';
import type { Cause, CauseKind, Fact, Likelihood, Remedy } from '../../shared/model/diagnosis.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { ConnectionRecord } from '../vault/records.ts';

/** Everything a diagnosis is drawn from. All of it was seen; nothing is asked for while it is judged. */
export interface Evidence {
  nowMs: number;
  connection: Pick<
    ConnectionRecord,
    'condition' | 'renewable' | 'grant' | 'expiresAtMs' | 'scopesAsked' | 'scopesGranted'
  >;
  /** What is wrong now, and since when; null: nothing is. */
  problem: Problem | null;
  problemAtMs: number;
  lastGoodMs: number | null;
  /** Did a renewal ever bring a new refresh token? When it last did. */
  rotatedAtMs: number | null;
  /** A renewal kept the refresh token that it was made with. */
  keptRefreshToken: boolean;
  /** Of the refresh token that was sent. */
  refreshToken: string | null;
  olderCopy: boolean;
  /** How far the host's clock is ahead of this one. */
  aheadMs: number | null;
  host: string | null;
  /** Another connection that renewed after this one failed, or lately. */
  otherWorks: { atMs: number; label: string; sameApp: boolean } | null;
  /** Other hosts, by how their last call went within the hour. */
  othersAnswer: number;
  othersFail: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Below it a clock is right enough for every token and certificate. */
export const clockToleranceMs = 60_000;
const order: readonly Likelihood[] = ['most_likely', 'likely', 'possible', 'unlikely'];

const remedies: Partial<Record<CauseKind, Remedy>> = {
  offline: 'renew',
  name_not_found: 'addresses',
  network_between: 'renew',
  clock_wrong: 'renew',
  provider_down: 'renew',
  provider_fault: 'renew',
  provider_busy: 'renew',
  address_wrong: 'addresses',
  secret_wrong: 'replace_secret',
  used_elsewhere: 'sign_in',
  access_removed: 'sign_in',
  idle_too_long: 'sign_in',
  consent_withdrawn: 'sign_in',
  plan_or_scope: 'sign_in',
  answer_lost: 'sign_in',
  ended_here: 'sign_in',
  addresses_changed: 'sign_in',
  made_by_hand: 'sign_in',
  nobody_renews: 'sign_in',
};

/** OAuth and OpenID Connect codes that name a person's consent, whatever else the answer says. */
const consentCodes: ReadonlySet<string> = new Set(['access_denied', 'consent_required', 'interaction_required']);
const certificateOfTime: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** The likely causes, the likeliest first. A cause without a fact of its own is not listed. */
export function rankCauses(evidence: Evidence): Cause[] {
  const found: Cause[] = [];
  const add = (kind: CauseKind, likelihood: Likelihood, ...facts: (Fact | null)[]): void => {
    const told = facts.filter((one) => one !== null);
    if (told.length === 0 || found.some((one) => one.kind === kind)) return;
    found.push({ kind, likelihood, facts: told, remedy: remedyFor(kind, evidence) });
  };
  if (evidence.problem === null) withoutFailure(evidence, add);
  else judge[evidence.problem.code]?.(evidence, evidence.problem, add);
  addClock(evidence, add);
  return found.toSorted((a, b) => order.indexOf(a.likelihood) - order.indexOf(b.likelihood));
}

type Add = (kind: CauseKind, likelihood: Likelihood, ...facts: (Fact | null)[]) => void;
type Judge = (evidence: Evidence, problem: Problem, add: Add) => void;

/** Where nobody can renew, trying again helps nothing; where the sign-in is over, only a new one does. */
function remedyFor(kind: CauseKind, { connection }: Evidence): Remedy | null {
  const usual = remedies[kind] ?? null;
  if (usual !== 'renew') return usual;
  if (connection.condition !== 'kept') return 'sign_in';
  return connection.renewable ? 'renew' : 'test';
}

const answered = ({ problemAtMs, refreshToken }: Evidence, { facts }: Problem): Fact | null =>
  facts.status === undefined
    ? null
    : {
        kind: 'answered',
        atMs: problemAtMs,
        status: facts.status,
        code: facts.providerCode ?? null,
        refreshToken,
      };
const wayBroke = ({ problemAtMs, host }: Evidence, { facts }: Problem): Fact => ({
  kind: 'way_broke',
  atMs: problemAtMs,
  host: facts.host ?? host ?? '',
  systemCode: facts.systemCode ?? null,
});
const lastGood = ({ lastGoodMs }: Evidence): Fact | null =>
  lastGoodMs === null ? null : { kind: 'last_good', atMs: lastGoodMs };
const othersFail = ({ othersFail: hosts, nowMs }: Evidence): Fact | null =>
  hosts === 0 ? null : { kind: 'others_fail', atMs: nowMs, hosts };
const othersAnswer = ({ othersAnswer: hosts, nowMs }: Evidence): Fact | null =>
  hosts === 0 ? null : { kind: 'others_answer', atMs: nowMs, hosts };
const otherWorks = ({ otherWorks: other }: Evidence): Fact | null =>
  other === null ? null : { kind: 'other_works', ...other };

/** Nothing was reached. Whether it is this computer's network shows in the other hosts. */
const wayThere: (first: CauseKind) => Judge = (first) => (evidence, problem, add) => {
  const broke = wayBroke(evidence, problem);
  const alone = evidence.othersAnswer > 0;
  const allFail = evidence.othersFail > 0 && !alone;
  add(
    'offline',
    allFail ? 'most_likely' : alone ? 'unlikely' : 'possible',
    broke,
    othersFail(evidence) ?? othersAnswer(evidence),
  );
  add(
    first,
    alone ? 'most_likely' : allFail ? 'possible' : 'likely',
    broke,
    othersAnswer(evidence),
    lastGood(evidence),
  );
  add('network_between', allFail ? 'likely' : 'possible', broke);
  if (first !== 'name_not_found' && evidence.lastGoodMs === null) add('address_wrong', 'possible', broke);
};

const certificate: Judge = (evidence, problem, add) => {
  const broke = wayBroke(evidence, problem);
  const ofTime = certificateOfTime.has(problem.facts.systemCode ?? '');
  const clock = ofTime && Math.abs(evidence.aheadMs ?? 0) >= clockToleranceMs;
  add('certificate_unknown', clock ? 'possible' : 'most_likely', broke, othersAnswer(evidence));
  add('network_between', ofTime ? 'possible' : 'likely', broke, lastGood(evidence));
};

const notTheProvider: Judge = (evidence, { facts }, add) => {
  const page: Fact = {
    kind: 'not_the_provider',
    atMs: evidence.problemAtMs,
    contentType: facts.contentType ?? null,
    status: facts.status ?? null,
  };
  const proxy = facts.status === 407 || facts.status === 511;
  const knownGood = evidence.lastGoodMs !== null;
  add('network_between', proxy || knownGood ? 'most_likely' : 'likely', page, lastGood(evidence));
  add('address_wrong', proxy ? 'unlikely' : knownGood ? 'possible' : 'most_likely', page);
  add('provider_fault', 'possible', page);
};

/** `invalid_grant`: the provider does not say which of them it is, so what was seen here has to. */
const signInOver: Judge = (evidence, problem, add) => {
  const refused = answered(evidence, problem);
  const { lastGoodMs, rotatedAtMs, problemAtMs } = evidence;
  const unusedMs = lastGoodMs === null ? 0 : problemAtMs - lastGoodMs;
  const idle = unusedMs >= 30 * dayMs ? 'most_likely' : unusedMs >= 7 * dayMs ? 'likely' : null;
  const code = problem.facts.providerCode ?? '';
  if (consentCodes.has(code)) add('consent_withdrawn', 'most_likely', refused);
  if (idle !== null && lastGoodMs !== null)
    add('idle_too_long', idle, refused, { kind: 'unused_for', atMs: lastGoodMs, ms: unusedMs });
  if (rotatedAtMs !== null || evidence.olderCopy) {
    add(
      'used_elsewhere',
      evidence.olderCopy || (idle === null && !consentCodes.has(code)) ? 'most_likely' : 'possible',
      refused,
      rotatedAtMs === null ? null : { kind: 'rotates', atMs: rotatedAtMs },
      evidence.olderCopy ? { kind: 'older_copy', atMs: null } : null,
    );
  }
  const keeps: Fact | null = evidence.keptRefreshToken ? { kind: 'does_not_rotate', atMs: null } : null;
  const removed = rotatedAtMs === null && idle === null && !consentCodes.has(code) ? 'most_likely' : 'possible';
  add('access_removed', removed, refused, keeps ?? { kind: 'same_answer', atMs: null }, otherWorks(evidence));
  if (code !== 'invalid_client')
    add('secret_wrong', 'unlikely', { kind: 'would_say', atMs: null, code: 'invalid_client' }, otherWorks(evidence));
};

const wrongClient: Judge = (evidence, problem, add) => {
  const refused = answered(evidence, problem);
  const sameAppWorks = evidence.otherWorks?.sameApp === true;
  add('secret_wrong', sameAppWorks ? 'possible' : 'most_likely', refused, lastGood(evidence));
  add('access_removed', sameAppWorks ? 'likely' : 'possible', refused, otherWorks(evidence));
};

const tokenRefused: Judge = (evidence, problem, add) => {
  const refused = answered(evidence, problem);
  add('access_removed', 'most_likely', refused, lastGood(evidence));
  add('plan_or_scope', 'possible', refused, scopes(evidence));
};

const planOrScope: Judge = (evidence, problem, add) => {
  const missing: Fact | null =
    problem.code === 'test_scope_missing' && problem.facts.name !== undefined
      ? { kind: 'scopes_missing', atMs: null, scopes: problem.facts.name.slice(0, 400) }
      : scopes(evidence);
  const forbidden = problem.facts.status === 403 || problem.code !== 'request_refused';
  add('plan_or_scope', forbidden ? 'most_likely' : 'possible', answered(evidence, problem), missing);
  if (!forbidden) add('address_wrong', 'likely', answered(evidence, problem));
  if (problem.code === 'grant_refused') add('secret_wrong', 'possible', answered(evidence, problem));
};

function scopes({ connection }: Evidence): Fact | null {
  const { scopesAsked, scopesGranted } = connection;
  const missing = scopesGranted === null ? [] : scopesAsked.filter((scope) => !scopesGranted.includes(scope));
  return missing.length === 0 ? null : { kind: 'scopes_missing', atMs: null, scopes: missing.join(' ').slice(0, 400) };
}

const one =
  (kind: CauseKind): Judge =>
  (evidence, problem, add) =>
    add(kind, 'most_likely', answered(evidence, problem) ?? happened(evidence, problem), lastGood(evidence));
const happened = ({ problemAtMs }: Evidence, { facts }: Problem): Fact => ({
  kind: 'happened_here',
  atMs: problemAtMs,
  name: facts.name ?? null,
});

/** What each ending speaks for. Endings of the disk, the vault and the wizard say nothing of a provider. */
const judge: Partial<Record<ErrorCode, Judge>> = {
  offline: wayThere('provider_down'),
  host_unknown: wayThere('name_not_found'),
  server_refused: wayThere('provider_down'),
  no_answer_in_time: wayThere('provider_down'),
  answer_lost: wayThere('network_between'),
  certificate_refused: certificate,
  not_an_oauth_answer: notTheProvider,
  redirect_refused: notTheProvider,
  bearer_missing: notTheProvider,
  answer_too_large: notTheProvider,
  test_wrong_answer: notTheProvider,
  sign_in_again: signInOver,
  wrong_client: wrongClient,
  token_refused: tokenRefused,
  scope_refused: planOrScope,
  grant_refused: planOrScope,
  request_refused: planOrScope,
  test_scope_missing: planOrScope,
  provider_busy: one('provider_busy'),
  provider_failing: one('provider_fault'),
  answer_never_came: one('answer_lost'),
  ended_with_another: one('ended_here'),
  addresses_changed: one('addresses_changed'),
  address_missing: one('address_wrong'),
  address_invalid: one('address_wrong'),
  address_insecure: one('address_wrong'),
};

/** A token that simply ended, and nobody here can ask for the next one. */
function withoutFailure({ connection, nowMs }: Evidence, add: Add): void {
  const { expiresAtMs } = connection;
  if (connection.condition !== 'kept' || connection.renewable || expiresAtMs === null || expiresAtMs > nowMs) return;
  const ended: Fact = { kind: 'ended', atMs: expiresAtMs };
  add(connection.grant === 'personal_access_token' ? 'made_by_hand' : 'nobody_renews', 'most_likely', ended);
}

/** A wrong clock makes good certificates and living tokens look ended. By itself it stops nothing. */
function addClock({ aheadMs, host, nowMs, problem }: Evidence, add: Add): void {
  if (aheadMs === null || host === null || problem === null || Math.abs(aheadMs) < clockToleranceMs) return;
  const ofTime = certificateOfTime.has(problem.facts.systemCode ?? '') || problem.code === 'token_refused';
  const far = Math.abs(aheadMs) >= 5 * minuteMs;
  const likelihood = ofTime ? 'most_likely' : far ? 'likely' : 'possible';
  add('clock_wrong', likelihood, { kind: 'clock_off', atMs: nowMs, aheadMs, host });
}

/** The exchange a diagnosis speaks of: the newest that failed, while nothing good came after it. */
export function lastFailed(history: readonly Exchange[]): Exchange | null {
  const failed = history.find(({ outcome }) => outcome === 'failed') ?? null;
  const good = history.find(({ outcome, what }) => outcome === 'done' && what !== 'revoked');
  if (failed === null) return null;
  return good !== undefined && history.indexOf(good) < history.indexOf(failed) ? null : failed;
}
