import { lower, plural } from './counted.ts';
import { fieldLabels } from './fields.ts';

/** Where the browser comes back to, and whether it does. */
export const redirect = {
  copy: 'Copy',
  copied: 'Copied',
  other: 'Registered already? Type that app’s own address',
  typed: 'Redirect address of that app',
  typedHelp: 'As it is registered, to the letter.',
  own: 'Use Grantkeep’s own address',
  ofApp: 'As this app has it at the provider.',
  giveApp: 'This app has none yet. Give it this one at the provider, to the letter.',
  tryIt: 'Try the way back',
  tryNote: 'Before you go to the provider: does your browser find the way back to this program?',
  trying: 'The browser opens and should come straight back…',
  stop: 'Cancel',
  cameBack: 'The browser came back.',
  notHere: 'The browser cannot come back to this program by itself from there: you paste the address it lands on.',
};

/** The sign-in that is out in the browser, and the code that comes of it. */
export const browser = {
  heading: (provider: string) => `Sign in to ${provider}`,
  headingCompany: (provider: string) => `Connect a company at ${provider}`,
  lead: (provider: string) =>
    `Your browser opens at ${provider}. Sign in there and allow it; then it comes back to this program by itself.`,
  leadPaste: (provider: string) =>
    `Your browser opens at ${provider}. Sign in there and allow it, then paste here the address it lands on.`,
  leadCompany: (provider: string) =>
    `The company installs or opens your app at ${provider}. ${provider} then sends its browser to your redirect address, with a code in it.`,
  companyHere:
    'Press first, then have it done: a browser on this computer comes back by itself. From any other, paste the address it lands on.',
  companyPaste: 'Press first, then have it done, and paste here the address that the browser lands on.',
  comesBackTo: fieldLabels.redirectUri,
  signOutFirst: (provider: string) =>
    `Sign out at ${provider} in your browser first, or the same account comes back again.`,

  cancel: 'Cancel',
  queuedTitle: 'One sign-in at a time',
  queued: 'Another sign-in uses this address; this one begins when it has ended.',
  waitingTitle: 'Go on in your browser',
  waitingTitleCompany: (company: string) => `Waiting for ${company}`,
  waitingTitlePaste: 'Paste the address you landed on',
  waiting: (provider: string) => `Sign in at ${provider} and allow it. This page goes on by itself.`,
  waitingPaste: (provider: string) =>
    `Sign in at ${provider} and allow it. Your browser then lands on your redirect address; paste that here.`,
  waitingCompany: (provider: string) =>
    `The company installs or opens your app at ${provider} now. This page goes on by itself when the browser comes back.`,
  waitingCompanyPaste: (provider: string) =>
    `The company installs or opens your app at ${provider} now. Paste the address that the browser lands on.`,
  waitingSays: 'Waiting for the browser.',
  /** Read out with the wait; the figures alone change each second. */
  waitingEnds: (at: string) => `Waits until ${at}.`,
  ends: (at: string) => `waits until ${at}`,
  openAgain: 'Open the browser again',
  copyLink: 'Copy the link',
  copiedLink: 'Copied',
  linkNote: 'for another browser on this computer',
  didNotOpen: 'Your browser could not be opened.',
  didNotOpenNext: 'Copy the link, open it in a browser yourself, and go on there. This page waits all the while.',
  strays: (count: number) =>
    count === 1
      ? 'Something else called at the redirect address once. It was left aside.'
      : `Something else called at the redirect address ${String(count)} times. It was left aside.`,

  pasted: 'Address you landed on',
  pastedHint: 'the whole one, or only the code',
  pastedHelp: 'If the browser shows an error page instead of coming back, its address is what is needed.',
  noCode: 'No code is in it so far.',
  found: 'A code is in it:',
  use: 'Use it',
  clear: 'Clear',

  codeTitle: 'The code is here',
  codeLead: (provider: string) => `It becomes a token as soon as you say whose it is. ${provider} takes it once.`,
  codeFound: (life: string | null) =>
    life === null ? 'Code found. Use it soon.' : `Code found. Use it within ${life}.`,
  codeOver: (life: string) => `The ${life} of this code are over.`,
  codeOverNext: (provider: string) =>
    `${provider} will probably not take it any more. Start again for a new one, or send it all the same.`,
  codeNote: (provider: string) =>
    `A code works once and cannot be renewed. If time runs out, the company opens your app at ${provider} again; nothing you typed here is lost.`,
  codeLeft: (left: string) => `${left} left`,
  codeEnds: (at: string) => `The code ends at ${at}.`,
  received: (at: string) => `received ${at}`,
  codeEndsAt: (at: string) => `ends ${at}`,
  asRegistered: 'same as registered, to the letter',
  tied: 'Tied to your request?',
  tiedNo: (provider: string) => `${provider} starts this sign-in itself, so no request of ours can vouch for it.`,
  whose: 'Whose code is it?',
  whoseBefore: 'I was just working with ',
  whoseAfter: ' and this code is theirs.',
  whoseFirst: 'Say first whose code it is',
  exchangingTitle: 'Almost there',
  exchanging: (provider: string) => `The browser came back. Asking ${provider} for the token…`,

  minutes: (n: number) => `${lower(n)} ${plural(n, 'minute', 'minutes')}`,
  secondsLong: (n: number) => `${lower(n)} ${plural(n, 'second', 'seconds')}`,
  said: {
    queued: 'Another sign-in is under way; this one waits for it.',
    waiting: 'Waiting for the browser.',
    confirming: 'A code came. Say whose it is.',
    exchanging: 'The browser came back.',
  },
};

/** Somebody else than the connection's account. */
export const cameBack = {
  heading: 'Somebody else came back',
  lead: (label: string) => `“${label}” is another account’s. It was left exactly as it is.`,
  expected: 'Expected',
  expectedUnknown: 'The account it was signed in with',
  came: 'Came back',
  cameUnknown: 'Another account',
  nothing: 'Nothing is stored yet. Keep it as a connection of its own, or sign in as the account you meant.',
  keep: 'Keep as a new connection',
  other: 'Sign in as someone else',
};
