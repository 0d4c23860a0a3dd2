import type { ErrorCode } from '../../errors.ts';

/** Sentences of the first run, of the screen for a vault that cannot be opened, and of practice. */
export const welcome = {
  firstRun: {
    title: 'Grantkeep signs in to your systems, keeps every token fresh, and shows how long each one has left.',
    barStart: 'signed in',
    barLeft: 'time left',
    barRenews: 'renews by itself',
    choices: 'What do you want to do first?',
    connect: 'Connect an account',
    connectNote: 'About three minutes. Every step says where to click.',
    connectWaits: 'Waits for a keychain or a passphrase: without either there is no safe place for what you type.',
    enter: 'Enter',
    restore: 'Restore a backup',
    restoreNote: 'A file that Grantkeep made, here or on another computer, and its passphrase.',
    restoreWaits:
      'Waits for a keychain or a passphrase: without either there is no safe place for what the backup holds.',
    practice: 'Practice first',
    practiceNote: 'A make-believe system inside this app. Nothing is real.',
    practiceOpening: 'Opening the make-believe system…',
    keyWillLive: (keychain: string) => `Your vault’s key will live in ${keychain}.`,
    keyLives: (keychain: string) => `Your vault’s key lives in ${keychain}.`,
    keySealed: 'Your vault’s key is sealed under your passphrase.',
    passphrase: 'Protect it with a passphrase instead',
    passphraseNote: 'You type it at each start. Nobody can reset it.',
    keyNote: 'No account, no server of ours. Nothing is stored until you connect.',
    keyLooking: 'Looking for the keychain of this computer…',
    tryAgain: 'Try again',
  },

  problem: {
    /** The headline of the screen; the sentence and the next step under it are `errors[code]`. */
    title: {
      key_missing: 'The key is not here',
      key_wrong: 'The key does not fit',
      vault_damaged: 'The vault stays closed',
      vault_newer: 'Time to update Grantkeep',
      vault_foreign: 'Something else lies in the data folder',
      vault_in_use: 'The vault is busy',
      disk_full: 'The disk is full',
      disk_error: 'The disk needs a look',
      disk_read_only: 'Nothing can be saved',
      keychain_absent: 'There is no keychain',
      keychain_locked: 'The key is locked away',
      keychain_denied: 'No way to the key',
      keychain_silent: 'Waiting for the keychain',
    } as Partial<Record<ErrorCode, string>>,
    anyTitle: 'The vault did not open',
    tryAgain: 'Try again',
    usePassphrase: 'Protect it with a passphrase instead…',
    openDataFolder: 'Open data folder',
    dataFolder: 'Data folder',
    setAside: 'Set this vault aside and start a new one…',
    practice: 'Practice works without the vault.',
    practiceAct: 'Open practice',
    setAsideTitle: 'Set this vault aside and start a new one?',
    setAsideWhat:
      'Nothing is deleted. The vault’s folder is renamed and stays on this computer; Grantkeep starts with an empty vault.',
    setAsideWhere: 'It goes to',
    setAsideFolder: (folder: string) => `a folder named “vault set aside” with today’s date, in ${folder}`,
    setAsideStops: 'What was connected in it is not renewed any more, until the vault is put back.',
    setAsideBack: 'To put it back, close Grantkeep and rename the folder back.',
    cancel: 'Cancel',
    setAsideAct: 'Set aside and start anew',
    movedTo: (folder: string) => `The old vault is now in ${folder}.`,
    older: 'This vault is an older copy, restored or put back from an earlier day.',
    olderNote:
      'A newer sign-in may be missing, so check before you use it: nothing renews by itself until you say that this copy should be used.',
    useOlder: 'Use this copy',
    /** Said beside "Use this copy": it cannot be taken back by a click. */
    olderAfter: 'Meant to use another one? Close Grantkeep and put that data folder back.',
  },

  practice: {
    band: 'Practice. Nothing here is real.',
    hosts: (hosts: readonly string[]) => (hosts.length === 0 ? '' : `On this computer only, at ${hosts.join(', ')}`),
    close: 'Close practice',
    closeTitle: 'Close practice?',
    closeWhat: (connections: number) =>
      connections === 0
        ? 'Everything in it goes. Your vault is not touched.'
        : connections === 1
          ? 'Everything in it goes, the one practice connection too. Your vault is not touched.'
          : `Everything in it goes, the ${String(connections)} practice connections too. Your vault is not touched.`,
    closeAgain: 'You can open practice again at any time.',
    keep: 'Keep practising',
    closeAct: 'Close practice',
  },
};
