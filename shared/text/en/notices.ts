/** Notifications, the tray, starting with the computer, and what is said at quitting. */
const others = (count: number): string => (count === 1 ? 'one other' : `${String(count)} others`);

/** "“Plan”", "“Plan” (pm@firm.example)", or words that name nothing. */
const named = (label: string | null, account: string | null): string | null =>
  label === null ? null : account === null ? `“${label}”` : `“${label}” (${account})`;

/** "“Plan” and two others", "Three connections", "A connection". */
const all = (who: string | null, count: number): string => {
  if (who === null) return count === 1 ? 'A connection' : `${String(count)} connections`;
  return count === 1 ? who : `${who} and ${others(count - 1)}`;
};

export const notices = {
  /** Drawn by the system, also on a lock screen. */
  needed: {
    title: 'Sign in needed',
    titleSetUp: 'Grantkeep needs you',
    signIn: (label: string | null, account: string | null, count: number): string =>
      `${all(named(label, account), count)} cannot be renewed any more. Sign in again to go on.`,
    setUp: (label: string | null, account: string | null, count: number): string =>
      `${all(named(label, account), count)} cannot be renewed until you put something right.`,
  },
  soon: {
    title: 'Sign in needed soon',
    body: (label: string | null, account: string | null, count: number, ends: string): string =>
      count === 1
        ? `${all(named(label, account), 1)} ends ${ends}. Nobody can renew it: sign in again before then.`
        : `${all(named(label, account), count)} end soon, the first ${ends}. Nobody can renew them: sign in again before then.`,
  },
  recovered: {
    title: 'Works again',
    body: (label: string | null, account: string | null, count: number): string =>
      `${all(named(label, account), count)} ${count === 1 ? 'works' : 'work'} again. Nothing is left to do.`,
  },
  tray: {
    /** "3 work, 1 needs you" */
    state: (working: number, needy: number): string => {
      const work = `${String(working)} ${working === 1 ? 'works' : 'work'}`;
      const need = `${String(needy)} ${needy === 1 ? 'needs' : 'need'} you`;
      if (working === 0 && needy === 0) return 'Nothing to keep yet';
      if (needy === 0) return working === 1 ? work : `All ${work}`;
      return working === 0 ? need : `${work}, ${need}`;
    },
    notOpen: 'The vault is not open',
    locked: 'Locked',
    lock: 'Lock now',
    tooltip: (state: string): string => `Grantkeep: ${state}`,
    line: (label: string, word: string, left: string | null): string =>
      left === null ? `${label}: ${word}` : `${label}: ${word}, ${left} left`,
    underAMinute: 'less than a minute',
    more: 'More connections…',
    renewDue: (count: number): string =>
      count === 0 ? 'Renew all that are due' : `Renew all that are due (${String(count)})`,
    open: 'Open Grantkeep',
    quit: 'Quit',
  },
  quit: {
    title: 'Quit Grantkeep?',
    message: 'While Grantkeep is closed nothing is renewed.',
    lead: 'Sooner than others:',
    renewable: (label: string, ends: string): string => `“${label}”: its token ends ${ends}`,
    unrenewable: (label: string, ends: string): string => `“${label}”: ends ${ends}, then sign in again`,
    more: (count: number): string => `and ${others(count)}`,
    notAgain: 'Do not say this again',
    quit: 'Quit',
    stay: 'Stay',
  },
  /** What the system shows in its own list of programs that start with it. */
  loginEntry: 'Keeps OAuth sign-ins alive',
  offer: {
    title: 'Grantkeep renews only while it runs.',
    ask: 'Start it with the computer?',
    askTray: 'Start it with the computer, and keep it in the tray when its window is closed?',
    yes: 'Yes',
    no: 'Not now',
    done: 'It starts with the computer now. Settings, Notifications, changes that.',
  },
  settings: {
    title: 'Notifications',
    lead: 'Only what needs you is told. What renews by itself, and what is tried again by itself, is not.',
    on: 'Tell me when a connection needs me',
    onNote: 'Once for each cause, several in one, at most one a minute. And once when it works again.',
    unsupported: 'This system shows no notifications.',
    names: 'What a notification may name',
    namesNote: 'Others may see it on a lock screen or a shared screen. A token is never in it.',
    nameChoices: { none: 'Nothing', label: 'The connection', account: 'And the account' },
    leadTime: 'Warn before a sign-in is due',
    leadNote: 'For tokens that nobody can renew. At most a tenth of their life ahead.',
    leadChoices: { 1: '1 hour', 4: '4 hours', 24: '1 day', 72: '3 days' },
    staying: 'While the window is closed',
    login: 'Start with the computer, hidden',
    loginNote: 'Grantkeep renews only while it runs.',
    loginImpossible: 'It cannot be started with this computer.',
    tray: 'Closing the window keeps it in the tray',
    trayNote: 'It goes on renewing there. Quit is in its menu.',
    trayNone: 'This desktop has no tray. Closing the window quits.',
    quitWarning: 'Say at quitting what may end meanwhile',
    reading: 'Reading the settings…',
  },
  connection: {
    label: 'Notifications',
    on: 'On',
    tomorrow: 'Not before tomorrow',
    off: 'Off',
    until: (at: string): string => `Nothing is told of it before ${at}.`,
  },
};
