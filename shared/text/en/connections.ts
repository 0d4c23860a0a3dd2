import type { Group } from '../../model/state.ts';
import { inFigures } from './counted.ts';
import { remove, revoke } from './revoking.ts';
import { setup } from './set-up.ts';
import { token } from './token.ts';

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Up to twelve in words, figures beyond. */
const number = (count: number): string => small[count] ?? inFigures(count);
const capital = (count: number): string => {
  const word = number(count);
  return word.charAt(0).toUpperCase() + word.slice(1);
};
const are = (count: number): string => (count === 1 ? 'is' : 'are');
const ordinal = (n: number): string => {
  const ends: Record<Intl.LDMLPluralRule, string> = {
    one: 'st',
    two: 'nd',
    few: 'rd',
    other: 'th',
    zero: 'th',
    many: 'th',
  };
  return String(n) + ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)];
};
/** "42 minutes", for spans that are spoken. */
const span = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  const of = (count: number, word: string): string => `${String(count)} ${word}${count === 1 ? '' : 's'}`;
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return of(minutes, 'minute');
  if (minutes < 60 * 24) return of(Math.floor(minutes / 60), 'hour');
  return of(Math.floor(minutes / 60 / 24), 'day');
};

const groupNames: Record<Group, string> = {
  needs_you: 'Needs you',
  ends_soon: 'Ends soon, renews by itself',
  kept: 'Kept',
  cannot_tell: 'Cannot tell',
  ended: 'Ended',
  practice: 'Practice',
};

/** Sentences of the list of connections, of one connection, and of revoking and removing. */
export const connections = {
  /** "Two need you. Six are kept." */
  head: (count: { needYou: number; kept: number; practice: number; total: number }): string => {
    if (count.total > 0 && count.practice === count.total) {
      return count.total === 1 ? 'One practice connection.' : `${capital(count.total)} practice connections.`;
    }
    const kept = count.kept === 0 ? '' : `${capital(count.kept)} ${are(count.kept)} kept.`;
    if (count.needYou > 0) {
      return `${capital(count.needYou)} ${count.needYou === 1 ? 'needs' : 'need'} you. ${kept}`.trim();
    }
    if (count.kept > 1 && count.kept === count.total - count.practice) return `All ${number(count.kept)} are kept.`;
    return kept === '' ? 'Nothing needs you.' : `Nothing needs you. ${kept}`;
  },
  leftWord: 'left',
  headOf: (filter: string, sentence: string): string => `${filter}. ${sentence}`,
  list: 'Connections',
  /** The offset is true time less this computer's. */
  wrongClock: (offsetMs: number): string =>
    `This computer’s clock is ${span(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead'}. Grantkeep goes by the providers’ clocks.`,
  groups: groupNames,
  groupCount: inFigures,
  practiceOf: (account: string): string => `Practice, ${account}`,
  words: {
    working: 'Working',
    soon: 'Expires soon',
    duty: 'Ends soon',
    dutyFailure: 'Needs you',
    renewing: 'Renewing…',
    retry: 'Retrying',
    signin: 'Sign in again',
    ended: 'Ended',
    offline: 'Offline',
    revoked: 'Revoked',
    unknown: 'Expiry unknown',
    practice: 'Practice, working',
    practiceSoon: 'Practice, ends soon',
  },
  /** The second line of a row: the time beside the word. */
  why: {
    renewsLast: (renews: string, last: string): string => `Renews ${renews}, last ${last}`,
    renews: (renews: string): string => `Renews ${renews}`,
    endsLast: (ends: string, last: string): string => `Ends ${ends}, last ${last}`,
    signInBefore: (ends: string): string => `Sign in before ${ends}`,
    worksUntil: (ends: string): string => `Works until ${ends}`,
    stoppedLast: (stopped: string, last: string): string => `Stopped ${stopped}, last ${last}`,
    stopped: (stopped: string): string => `Stopped ${stopped}`,
    last: (last: string): string => `Last ${last}`,
    nextTryLast: (next: string, last: string): string => `Next try ${next}, last ${last}`,
    waitsLast: (last: string): string => `Waiting, last ${last}`,
    lastChecked: (last: string): string => `Last checked ${last}`,
    since: (since: string): string => `Since ${since}`,
    revokedAt: (at: string): string => `Revoked ${at}`,
  },
  time: {
    notStated: 'Not stated',
    none: '—',
    ended: 'Ended',
    ago: 'ago',
    leftLabel: (leftMs: number, renewsAt: string | null): string =>
      `${span(leftMs)} left${renewsAt === null ? '' : `, renews by itself at ${renewsAt}`}`,
    endedLabel: (agoMs: number): string => `ended ${span(agoMs)} ago`,
    leftSpoken: (label: string, minutes: number): string =>
      `${label}: ${minutes === 1 ? 'one minute' : `${number(minutes)} minutes`} left.`,
  },
  /** The sentence of a connection's state. */
  says: {
    working: (renewsAt: string): string => `Working. Renews by itself at ${renewsAt}.`,
    workingOnly: 'Working.',
    personal: (provider: string): string =>
      `Made by hand; nobody can renew it. It works until it ends or is deleted at ${provider}.`,
    personalUntil: (ends: string): string =>
      `Made by hand; nobody can renew it. Make a new one and sign in again before ${ends}.`,
    workingNoRenewal: (ends: string): string => `Working. Nobody can renew this one: sign in again before ${ends}.`,
    soon: (left: string, renewsAt: string | null): string =>
      `${left} left. Renews automatically${renewsAt === null ? '' : ` at ${renewsAt}`}.`,
    duty: (left: string, ends: string): string =>
      `${left} left. Nobody can renew this one: sign in again before ${ends}.`,
    dutyFailure: (ends: string | null): string =>
      ends === null
        ? 'It needs you: nothing is tried by itself.'
        : `Works until ${ends}. To go on after that, it needs you.`,
    renewing: 'Renewing…',
    retrying: (next: string | null): string => (next === null ? 'Retrying.' : `Retrying. Next try at ${next}.`),
    signin: 'Sign in again.',
    endedPerson: (at: string): string => `Ended at ${at}. Sign in again to go on.`,
    endedNeedsYou: (at: string): string => `Ended at ${at}. To go on, it needs you.`,
    endedRenews: (at: string): string => `Ended at ${at}. It is renewed as soon as that is possible.`,
    offline: (last: string | null): string =>
      last === null ? 'You are offline.' : `You are offline. Last checked ${last}.`,
    revoked: (provider: string, at: string): string => `Revoked at ${provider} at ${at}.`,
    revokedStillWorks: (until: string): string => `A token handed out before may work until ${until}.`,
    unknown: (provider: string): string => `${provider} does not say when this token ends.`,
  },
  changed: (label: string, word: string): string => `${label}: ${word}.`,
  changedMany: (count: number): string => `${capital(count)} connections changed.`,
  bar: {
    now: 'now',
    renews: (at: string): string => `renews ${at}`,
    ends: (at: string): string => `ends ${at}`,
    ended: (at: string): string => `ended ${at}`,
    signIn: 'sign in before this',
  },
  acts: {
    copy: 'Copy token',
    copyAs: 'Copy as…',
    renew: 'Renew now',
    tryNow: 'Try now',
    test: 'Test',
    signIn: 'Sign in again',
    signInMenu: 'Sign in again…',
    rename: 'Rename…',
    revoke: (provider: string): string => `Revoke at ${provider}…`,
    remove: 'Remove…',
    more: 'More',
    rowMenu: (label: string): string => `Acts for ${label}`,
    why: 'Why?',
    whyMenu: 'Why did it stop?',
    replaceSecret: 'Replace the secret',
    showAll: 'Show all',
    back: 'Back to the list',
  },
  forms: {
    token: { words: 'Token', note: 'the bearer alone' },
    header: { words: 'Header', note: 'Authorization: Bearer …' },
    /** Where the token goes into the query, `header` copies that parameter. */
    query: { words: 'Query parameter', note: (name: string): string => `${name}=…` },
    curl: { words: 'curl', note: 'the test call, ready to run' },
    env: { words: '.env line', note: 'NAME=…' },
    powershell: { words: 'PowerShell', note: 'Invoke-RestMethod, the test call' },
    httpie: { words: 'HTTPie', note: 'the test call' },
  },
  unavailable: {
    copyRevoked: 'Revoked: there is no token left here.',
    copyEnded: 'It has ended. Sign in again first.',
    renewRevoked: 'Revoked: there is nothing to renew.',
    renewNeedsPerson: 'Nobody can renew this one. Sign in again instead.',
    renewByHand: 'Made by hand; nobody can renew it. Sign in again with a new one.',
    testNothing: 'There is no token to test.',
    noTestAddress: (provider: string): string => `${provider} has no test call here.`,
    testAddressEmpty: (provider: string): string =>
      `The address of ${provider}’s test call is empty: nobody published it. Ask the vendor.`,
    alreadyRenewing: 'It is being renewed now.',
  },
  test: {
    works: (at: string, duration: string): string => `Works. Tested ${at}, ${duration}.`,
    worksAs: (account: string, at: string, duration: string): string =>
      `Works as ${account}. Tested ${at}, ${duration}.`,
    scopeMissing: (scope: string | null): string =>
      scope === null
        ? 'Connected. The test needs a scope this app does not have.'
        : `Connected. The test needs ${scope}.`,
    testing: 'Testing…',
    /** In a toast, away from the connection itself. */
    told: (label: string, account: string | null, scopeMissing: string | null): string =>
      scopeMissing !== null
        ? `“${label}” is connected. The test needs ${scopeMissing === '' ? 'a scope this app does not have' : scopeMissing}.`
        : `“${label}” works${account === null ? '' : ` as ${account}`}.`,
  },
  tabs: { label: 'Connection', overview: 'Overview', token: 'Token', history: 'History', setup: 'Set-up' },
  facts: {
    account: 'Account',
    accountUnknown: 'Not named by the provider',
    fingerprint: 'Fingerprint',
    line: (generation: number): string => `${ordinal(generation)} of its line`,
    scopes: 'Scopes',
    scopesNone: 'None asked',
    scopesNotSaid: 'the provider did not say which it granted',
    scopesAll: 'all granted',
    scopesFewer: (granted: number, asked: number): string => `${String(granted)} of ${String(asked)} granted`,
    scopesMissing: (scopes: string): string => `Not granted: ${scopes}`,
    lifetime: 'Lifetime',
    lifetimeAssumed: (provider: string, span_: string): string =>
      `${provider} does not say when it ends; ${span_} is assumed.`,
    copy: 'Your copy',
    copied: (form: string, at: string): string => `${form}, taken ${at}`,
    connected: 'Connected',
  },
  assumedSpan: (ms: number): string => {
    const minutes = Math.round(ms / 60_000);
    if (minutes === 60) return 'one hour';
    if (minutes === 60 * 24) return 'one day';
    return minutes % 60 === 0 ? `${number(minutes / 60)} hours` : `${number(minutes)} minutes`;
  },
  exchanges: {
    title: 'Last exchanges',
    all: 'All history',
    none: 'No exchange yet.',
    loading: 'Reading the history…',
    signed_in: 'Signed in',
    asked_again: 'Asked for a new token',
    tested: 'Tested',
    revoked: 'Revoked',
    renewed: {
      new: 'Renewed, new refresh token saved',
      kept: 'Renewed, kept the saved refresh token',
      none: 'Renewed',
    },
    failed: {
      signed_in: 'Sign-in failed',
      renewed: 'Renewal failed',
      asked_again: 'Asking for a new token failed',
      tested: 'Test failed',
      revoked: 'Revoking failed',
    },
    milliseconds: (ms: number): string => (ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`),
    answered: (status: number): string => `answered ${String(status)}`,
  },
  setup,
  token,
  empty: {
    title: 'Nothing to keep yet',
    text: (systems: string): string =>
      `A connection is one account at one system: ${systems}. Grantkeep signs in for it once, renews its token before it ends, and tells you when only you can help.`,
    connect: 'Connect an account',
    practice: 'Practice first',
    picture: 'You sign in once; the token lives for a while; it is renewed before it ends, again and again',
    pictureSign: 'You sign in, once',
    pictureLife: 'A token lives for a while',
    pictureRenewed: 'It is renewed before it ends',
    andOthers: 'and others',
  },
  filteredOut: {
    /** Null: what was typed looks like a token and is not said back. */
    query: (query: string | null): string => `Nothing matches ${query === null ? 'what you typed' : `“${query}”`}.`,
    queryIn: (query: string | null, filter: string): string =>
      `Nothing in ${filter} matches ${query === null ? 'what you typed' : `“${query}”`}.`,
    filter: {
      needs_you: 'Nothing needs you.',
      expiring_soon: 'Nothing expires soon.',
      practice: 'No practice connection is open.',
    },
    provider: (name: string): string => `No connection to ${name}.`,
    hidden: (count: number): string =>
      `${capital(count)} ${count === 1 ? 'connection is' : 'connections are'} not shown.`,
  },
  found: (count: number): string => (count === 0 ? 'Nothing found.' : `${capital(count)} found.`),
  nothingChosen: 'Choose a connection to see it here.',
  rename: { label: 'Name', save: 'Save', cancel: 'Cancel' },
  revoke,
  remove,
  horizon: (renewals: number, signIns: readonly string[]): string =>
    `The next 24 hours: ${number(renewals)} ${renewals === 1 ? 'renewal' : 'renewals'} by themselves${
      signIns.length === 0 ? '' : `; sign-ins due at ${signIns.join(', ')}`
    }`,
};
