import type { ActionId, ActionMenu } from '../../model/actions.ts';

/** What can be done, in the words of menus and of the palette. "…" where it asks something first. */
const names: Record<ActionId, string> = {
  connect: 'Connect an account…',
  palette: 'Everything by name…',
  find: 'Find a connection',
  findToken: 'Find a token by fingerprint…',
  all: 'All connections',
  needsYou: 'Needs you',
  expiringSoon: 'Expiring soon',
  timeline: 'Timeline',
  apps: 'Apps',
  shortcuts: 'Keyboard shortcuts',
  open: 'Open',
  copy: 'Copy token',
  copyAs: 'Copy as…',
  renew: 'Renew now',
  test: 'Test',
  diagnose: 'Why did it stop?',
  rename: 'Rename…',
  signIn: 'Sign in again…',
  revoke: 'Revoke at the provider…',
  remove: 'Remove…',
};

/** What else one may type to find it. */
const alsoCalled: Partial<Record<ActionId, string>> = {
  connect: 'new add sign in',
  findToken: 'log hash paste',
  timeline: 'next day week',
  apps: 'client id secret registration',
  renew: 'refresh token',
  diagnose: 'error broken diagnose report',
  signIn: 'reauthorize authorization',
  shortcuts: 'keys help',
};

const menus: Record<ActionMenu, string> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  connection: 'Connection',
  help: 'Help',
};

/** Sentences of the palette, of the list of shortcuts and of the fingerprint finder. */
export const actions = {
  names,
  alsoCalled,
  menus,
  palette: {
    label: 'Everything by name',
    placeholder: 'What do you want to do?',
    results: 'What was found',
    copyToken: 'Copy a token',
    copyAs: 'Copy as…',
    chosen: (label: string): string => `With “${label}”`,
    goTo: 'Go to',
    connections: 'Connections',
    copyOf: (account: string | null): string => (account === null ? 'Copy token' : `Copy token, ${account}`),
    copyForm: (form: string): string => `Copy as ${form}`,
    showIt: 'Show it',
    nothing: 'Nothing is called that.',
    count: (count: number): string => (count === 1 ? 'One found.' : `${String(count)} found.`),
    keys: { choose: 'choose', act: 'do it', forms: 'more forms', close: 'close' },
    open: 'Everything by name (Ctrl K)',
    more: (count: number): string => `${String(count)} more. Type on to narrow it.`,
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    program: 'Everywhere',
    connection: 'With the chosen connection',
    lists: 'In lists and on the timeline',
    listKeys: [
      ['↑ ↓', 'the next one'],
      ['Home End', 'the first, the last; on the timeline: now'],
      ['PgUp PgDn', 'a page'],
      ['← →', 'on the timeline: moments of the lane'],
      ['+ −', 'on the timeline: nearer, further'],
      ['Menu', 'what can be done with it'],
      ['Esc', 'back'],
    ] as readonly (readonly [string, string])[],
    close: 'Close',
  },
  finder: {
    title: 'Find a token by fingerprint',
    lead: 'Paste a token out of a log, or the eight characters that stand for it. It is turned into its fingerprint at once and kept nowhere.',
    label: 'Token or fingerprint',
    placeholder: '7f3a 91c2',
    help: 'A pasted token does not appear here.',
    find: 'Find',
    finding: 'Looking…',
    nothing: 'No token of these connections, as far back as they are remembered.',
    nothingWhy: 'The last 100 tokens of each connection can be recognised.',
    found: (count: number): string => (count === 1 ? 'One token:' : `${String(count)} tokens:`),
    kinds: { access_token: 'Access token', id_token: 'ID token', refresh_token: 'Refresh token' },
    generation: (from: number, to: number): string =>
      from === to ? `Token ${String(from)} of its line` : `Tokens ${String(from)} to ${String(to)} of its line`,
    issued: 'Issued',
    replaced: 'Replaced',
    inUse: 'In use now',
    gone: 'No longer kept here',
    notKnown: 'not known',
    show: 'Show the connection',
    close: 'Close',
  },
};
