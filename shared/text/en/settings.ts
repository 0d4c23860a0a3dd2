/** Sentences of the settings. */
export const settings = {
  title: 'Settings',
  back: 'Connections',
  keptAtOnce: 'Changes are kept at once.',
  sections: { security: 'Security', notifications: 'Notifications', backup: 'Backup and restore', about: 'About' },
  notRead: 'The settings could not be read.',

  security: {
    keyLives: (where: string): [string, string, string] => [
      'The vault’s key lives in ',
      where,
      ', on this computer only.',
    ],
    keyWillLive: (where: string): [string, string, string] => [
      'The vault’s key will live in ',
      where,
      ', on this computer only.',
    ],
    keySealed: (): [string, string, string] => [
      'The vault’s key is sealed under ',
      'your passphrase',
      ', and nowhere else.',
    ],
    keyNowhere: 'The vault did not open, so nothing can be said of its key.',
    lockAfter: 'Lock after',
    lockAfterNote: 'Counted from your last key or click on this computer.',
    never: 'Never',
    minutes: (count: number): string =>
      count === 1
        ? '1 minute'
        : count % 60 === 0
          ? count === 60
            ? '1 hour'
            : `${String(count / 60)} hours`
          : `${String(count)} minutes`,
    lockOnSleep: 'Lock when the computer sleeps',
    lockOnScreen: 'Lock with the screen',
    noScreenOnLinux: 'Linux tells no program that its screen is locked. “Lock after” does the same a little later.',
    needsPassphrase: 'Needs a passphrase: there is nothing to unlock with yet.',
    whileLocked: 'While locked',
    whileLockedNote: 'Tokens can go on being renewed; nobody can copy them.',
    renews: 'Keep renewing',
    waits: 'Renew nothing',
    passphrase: 'Passphrase',
    ask: 'Ask for a passphrase',
    askNote: 'It takes the keychain’s place. We cannot reset it for you.',
    askNoteOpen: 'Asked for at each start and after each lock. We cannot reset it for you.',
    set: 'Set a passphrase…',
    change: 'Change…',
    remove: 'Remove…',
    notOpen: 'The vault has to be open for that.',
    clipboard: 'Clipboard',
    clearAfter: 'Clear the clipboard after',
    clearAfterNote: 'Only if what we put there is still on it. Also on lock and on quit.',
    seconds: (count: number): string => `${String(count)} seconds`,
  },

  about: {
    version: 'Version',
    updates: 'Check for updates',
    updatesNote:
      'Grantkeep asks nobody on the internet for a newer version. Look where you got it from: the notes there begin with the newest.',
    licence: 'Licence',
    licenceName: 'MIT',
    dataFolder: 'Data folder',
    openDataFolder: 'Open data folder',
    what: 'A desktop vault for OAuth 2.0 grants. No account, no server of ours.',
  },
};
