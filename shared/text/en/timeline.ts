const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];
const capital = (count: number): string => small[count] ?? String(count);
const days = (count: number): string => (count === 1 ? 'a day' : `${String(count)} days`);
const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${String(count)} times`);

/** Sentences of the timeline, and of the forecast of the next sign-in. */
export const timeline = {
  name: 'Timeline',
  day: 'The next day',
  week: 'The next seven days',
  spanLabel: 'How far ahead',
  spans: { day: '24 hours', week: '7 days' },
  viewLabel: 'Shown as',
  views: { picture: 'Picture', table: 'Table' },
  lead: (signIns: number, renewals: number): string =>
    `${signIns === 0 ? 'No sign-in' : capital(signIns)}${signIns === 0 ? '' : signIns === 1 ? ' sign-in' : ' sign-ins'} for you. ${
      renewals === 0
        ? 'No renewal is planned.'
        : renewals === 1
          ? 'One renewal happens by itself.'
          : `The ${String(renewals)} renewals in between happen by themselves.`
    }`,
  lanes: 'Lanes of the connections',
  lanesHelp: 'Up and down: lanes. Left and right: moments. Home: now. Plus and minus: zoom. Enter: open.',
  you: 'You',
  youWhat: 'only you can do these',
  youNothing: 'nothing needs you',
  dutyBefore: (label: string, at: string): string => `${label}, ${at}`,
  dutyLikely: (label: string, at: string): string => `${label}, likely ${at}`,
  signInAgain: 'Sign in again',
  signInBefore: (at: string): string => `Sign in before ${at}`,
  signInLikely: (at: string): string => `Sign-in likely ${at}`,
  nextTry: (at: string): string => `Next try ${at}`,
  renewals: (count: number): string => `${String(count)} ${count === 1 ? 'renewal' : 'renewals'}`,
  legend: {
    label: 'What the signs mean',
    spent: 'spent',
    left: 'left',
    planned: 'planned by itself',
    renewed: 'renewed',
    post: 'stops without you',
    failed: 'failed',
  },
  keys: { open: 'open', copy: 'copy', moments: 'moments' },
  issued: (at: string): string => `Issued ${at}.`,
  ends: (at: string): string => `Ends ${at}.`,
  ended: (at: string): string => `Ended ${at}.`,
  endNotStated: 'Its end is not stated.',
  renewedTimes: (count: number, since: string): string =>
    count === 0 ? `Signed in ${since}.` : `Renewed ${times(count)}; signed in ${since}.`,
  failedTimes: (count: number, last: string): string => `Failed ${times(count)} in this time, last ${last}.`,
  moment: (what: string, at: string): string => `${what}, ${at}`,
  moments: {
    signed_in: 'Signed in',
    renewed: 'Renewed',
    failed: 'Failed',
    revoked: 'Revoked',
    now: 'Now',
    renews: 'Renews by itself',
    ends: 'Ends',
    sign_in: 'You sign in',
    next_try: 'Next try',
  },
  columns: {
    connection: 'Connection',
    state: 'State',
    issued: 'Issued',
    ends: 'Ends',
    renews: 'Renews',
    signIn: 'Next sign-in',
    failed: 'Last failure',
  },
  none: '—',
  notStated: 'Not stated',
  reading: 'Looking back…',
  nextSignIn: 'Next sign-in',
  notKnown: 'Nobody says, and nothing was seen yet.',
  certainty: { stated: 'Stated', likely: 'Likely', guess: 'Guess' },
  forecast: {
    none: 'None foreseen',
    now: 'Now',
    before: (at: string): string => `Before ${at}`,
    around: (at: string): string => `Around ${at}`,
    sentence: (when: string, reason: string): string =>
      `Sign-in needed ${when.charAt(0).toLowerCase()}${when.slice(1)}. ${reason}`,
    notNeeded: {
      asks_again: 'The token is asked for again with the client ID and secret; nobody signs in.',
      until_revoked: 'The provider says that a sign-in holds until it is revoked.',
    },
    reason: {
      needed_now: () => 'The saved sign-in is over.',
      token_ends: () => 'Nobody can renew this token.',
      stated_life: () => 'The provider states how long a sign-in holds.',
      stated_idle: () => 'The provider ends a sign-in that is not used for so long.',
      seen: (held: number, seen: number) =>
        `No limit is stated. Seen: ${seen === 1 ? 'one sign-in, which held' : `${capital(seen).toLowerCase()} sign-ins, which held`} about ${days(held)}.`,
    } satisfies Record<string, (held: number, seen: number) => string>,
  },
};
