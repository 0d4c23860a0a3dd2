import type { CauseKind, Fact, Likelihood, Remedy, RuledOut } from '../../model/diagnosis.ts';

export interface CauseWords {
  title: (provider: string) => string;
  /** What mends it, where no button can. */
  next: (provider: string) => string;
}

const causes: Record<CauseKind, CauseWords> = {
  offline: {
    title: () => 'This computer is offline.',
    next: () => 'Check the network. The renewal is tried again by itself.',
  },
  name_not_found: {
    title: (provider) => `This computer does not find the host of ${provider}.`,
    next: () => 'A VPN may be off, or the address may be wrong. On a company network ask which name server to use.',
  },
  network_between: {
    title: () => 'Something in the network answers in between, or holds the calls back.',
    next: () =>
      'A proxy, a firewall or a Wi-Fi that asks to sign in first. Open any web page in the browser, then try again.',
  },
  certificate_unknown: {
    title: () => 'The certificate is signed by somebody this computer does not know.',
    next: () =>
      'A company network with its own certificates needs its root certificate installed. Ask its administrators.',
  },
  clock_wrong: {
    title: () => 'The clock of this computer is wrong.',
    next: () => 'Let the system set the time by itself, then try again.',
  },
  provider_down: {
    title: (provider) => `${provider} does not answer.`,
    next: () => 'It is tried again by itself. The saved sign-in is kept.',
  },
  provider_fault: {
    title: (provider) => `${provider} has a fault of its own.`,
    next: () => 'It is tried again by itself. The saved sign-in is kept.',
  },
  provider_busy: {
    title: (provider) => `${provider} asks to wait.`,
    next: () => 'It is tried again when that time is over.',
  },
  address_wrong: {
    title: () => 'An address of the app is wrong or empty.',
    next: () => 'Compare the addresses under Apps with the provider’s documents.',
  },
  secret_wrong: {
    title: () => 'The client ID or secret is wrong, or was replaced at the provider.',
    next: () => 'Copy both again from the provider and replace the secret here.',
  },
  used_elsewhere: {
    title: () => 'Another program used up the saved sign-in.',
    next: (provider) =>
      `${provider} gives a new key at each renewal and takes each one once. A copy of this vault, or another program with the same sign-in, was first.`,
  },
  access_removed: {
    title: (provider) => `Somebody took the access away at ${provider}.`,
    next: () => 'A changed password, a removed user or a removed app does it too.',
  },
  idle_too_long: {
    title: () => 'The sign-in was not used for too long.',
    next: () => 'Sign in again. While Grantkeep runs it uses the sign-in often enough.',
  },
  consent_withdrawn: {
    title: (provider) => `The consent was taken back at ${provider}.`,
    next: () => 'Sign in again and allow the app.',
  },
  plan_or_scope: {
    title: () => 'The plan or the scopes do not allow it.',
    next: () => 'Choose the scopes it needs, or ask an administrator there which plan includes it.',
  },
  answer_lost: {
    title: (provider) => `${provider} changed the key of this sign-in, and its answer was lost on the way.`,
    next: () => 'Sign in again. The token at hand works until it ends.',
  },
  ended_here: {
    title: () => 'It ended when another sign-in of the same person was revoked.',
    next: () => 'Sign in again.',
  },
  addresses_changed: {
    title: () => 'The addresses of its app were changed, so its tokens were dropped.',
    next: () => 'Sign in again at the new address.',
  },
  made_by_hand: {
    title: () => 'The token was made by hand and has ended.',
    next: (provider) => `Make a new one at ${provider}, then sign in again with it.`,
  },
  nobody_renews: {
    title: () => 'The token has ended, and nobody here can renew it.',
    next: (provider) => `${provider} gave no refresh token with it. Sign in again.`,
  },
};

const span = (ms: number): string => {
  const days = Math.round(ms / 86_400_000);
  if (days >= 2) return `${String(days)} days`;
  const hours = Math.round(ms / 3_600_000);
  return hours >= 2 ? `${String(hours)} hours` : `${String(Math.max(1, Math.round(ms / 60_000)))} minutes`;
};
/** "+0.2 s", "−7 min": this computer as seen from the provider. */
const offset = (aheadMs: number): string => {
  const mine = -aheadMs;
  const sign = mine < 0 ? '−' : '+';
  const seconds = Math.abs(mine) / 1000;
  if (seconds < 100) return `${sign}${seconds.toFixed(1)} s`;
  return seconds < 6000
    ? `${sign}${String(Math.round(seconds / 60))} min`
    : `${sign}${String(Math.round(seconds / 3600))} h`;
};
const hosts = (count: number): string => (count === 1 ? 'One other host' : `${String(count)} other hosts`);
const mark = (fingerprint: string): string => `${fingerprint.slice(0, 4)} ${fingerprint.slice(4)}`;

/** One fact in a sentence; its time stands beside it. `named` false: without the names that people gave. */
function fact(of: Fact, provider: string, named = true): string {
  switch (of.kind) {
    case 'answered':
      return `${provider} answered ${[of.status, of.code].filter((part) => part !== null).join(' ')}${
        of.refreshToken === null ? '.' : ` to refresh token ${mark(of.refreshToken)}.`
      }`;
    case 'way_broke':
      return `The call to ${of.host} broke off${of.systemCode === null ? '' : ` (${of.systemCode})`}.`;
    case 'not_the_provider':
      return `What came was no token answer${
        of.contentType === null && of.status === null
          ? ''
          : `: ${[of.status, of.contentType].filter((part) => part !== null).join(' ')}`
      }.`;
    case 'last_good':
      return 'The last renewal that went well.';
    case 'rotates':
      return `${provider} gave a new refresh token; the one before it was worth nothing from then on.`;
    case 'does_not_rotate':
      return `${provider} lets this app keep its refresh token, so using it elsewhere would not end it.`;
    case 'older_copy':
      return 'This vault is an older copy: its refresh token may have been used since.';
    case 'unused_for':
      return `It was not used from here for ${span(of.ms)}.`;
    case 'clock_off':
      return `This computer’s clock is off by ${offset(of.aheadMs)} against ${of.host}.`;
    case 'other_works':
      return `${named ? `“${of.label}”` : 'Another connection'} ${of.sameApp ? 'uses the same app' : `is at ${provider} too`} and works.`;
    case 'others_fail':
      return `${hosts(of.hosts)} could not be reached either.`;
    case 'others_answer':
      return `${hosts(of.hosts)} answered within the hour.`;
    case 'would_say':
      return `${provider} would have answered ${of.code}.`;
    case 'same_answer':
      return `The same answer would come. ${provider} does not say which it is.`;
    case 'scopes_missing':
      return `Not granted: ${of.scopes}`;
    case 'happened_here':
      return of.name === null || !named ? 'It happened here.' : `It happened here: ${of.name}.`;
    case 'ended':
      return 'The token ended.';
  }
}

const ruledOut: Record<RuledOut['kind'], string> = {
  online: 'This computer is online',
  name_and_certificate: 'Name and certificate are good',
  clock: 'The clock is right',
  answers: 'The provider answers',
  client_accepted: 'The client ID and secret work',
};

const likelihoods: Record<Likelihood, string> = {
  most_likely: 'Most likely',
  likely: 'Likely',
  possible: 'Possible',
  unlikely: 'Unlikely',
};

const remedies: Record<Remedy, string> = {
  renew: 'Try now',
  sign_in: 'Sign in again',
  replace_secret: 'Replace the secret',
  addresses: 'Look at the addresses',
  test: 'Test',
};

/** Sentences of "Why did it stop?", and of the report that is copied from it. */
export const diagnose = {
  title: (label: string): string => `Why did “${label}” stop?`,
  titleWorks: (label: string): string => `Is anything wrong with “${label}”?`,
  back: 'Back to the list',
  reading: 'Looking at what is known…',
  nothing: 'Nothing is known to be wrong.',
  nothingNext: 'The check looks whether the provider can be reached.',
  cannotTell: 'What went wrong has no cause that can be told from here.',
  cannotTellNext: 'The history shows what happened, and when.',
  causes: 'Likely causes',
  cause: causes,
  likelihood: likelihoods,
  fact,
  now: 'now',
  remedy: remedies,
  check: 'Check safely',
  checkNote: 'The check reads, it changes nothing.',
  checked: 'Checked just now.',
  ruledOut: 'Ruled out',
  ruledOutNone: 'Nothing yet. The check may show more.',
  ruled: ruledOut,
  offset,
  answer: 'The answer, word for word',
  answerNone: 'There is no failed answer.',
  words: {
    status: (status: number, ms: number): string => `HTTP ${String(status)}, ${String(Math.round(ms))} ms`,
    noStatus: (ms: number): string => `No answer, ${String(Math.round(ms))} ms`,
    host: 'host',
    code: 'error',
    text: 'words',
    type: 'type',
    system: 'system',
    refreshToken: 'refresh_token',
  },
  noSecrets: 'Secrets were never written down. Only fingerprints stand here and in the report.',
  dates: { lastGood: 'Last good', signedIn: 'Signed in', heldFor: 'Held for', clock: 'Clock', none: 'not known' },
  heldFor: span,
  copyReport: 'Copy report',
  copyReportTip: 'A text without secrets, names or addresses of people, safe to paste in a ticket',
  laneSpoken: (count: number, since: string): string =>
    `The last ${count === 1 ? 'exchange' : `${String(count)} exchanges`}, since ${since}`,
  milliseconds: (ms: number): string => `${String(Math.round(ms))} ms`,
  report: {
    title: (provider: string): string => `Grantkeep report: ${provider}`,
    made: 'Made',
    version: 'Version',
    state: 'State',
    token: 'Token',
    token_: (fingerprint: string | null, generation: number): string =>
      `${fingerprint === null ? 'none' : `fingerprint ${mark(fingerprint)}`}, generation ${String(generation)}`,
    ends: 'Ends',
    notStated: 'not stated',
    grant: 'Grant',
    clock: 'Clock',
    clockOff: (off: string, host: string): string => `${off} against ${host}`,
    clockUnknown: 'not measured since the program started',
    causes: 'Likely causes',
    none: 'none known',
    ruledOut: 'Ruled out',
    exchanges: 'Last exchanges (UTC)',
    foot: 'No secret, no account and no name that people gave is in this text.',
  },
};
