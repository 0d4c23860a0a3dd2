/** Sentences of making and restoring a backup, and of the daily copies of a damaged vault. */
export const backup = {
  section: {
    what: 'A backup is one file, sealed with a passphrase, that holds everything in this vault: apps, connections, their secrets and their history.',
    where:
      'It opens on any computer with Grantkeep and the passphrase, and with nothing else. There is no way around a forgotten one.',
    makeName: 'Back up now',
    make: 'Make a backup…',
    restoreName: 'Restore a backup',
    restore:
      'Where there is no vault: on a new computer, choose “Restore a backup” on the first screen. To go back to one here, close Grantkeep, rename the folder “vault” in the data folder, and start it again. Nothing of it is lost.',
    openDataFolder: 'Open data folder',
    dailyName: 'Daily copies',
    daily:
      'Grantkeep also keeps a sealed copy of each of the last three days of use in the data folder, for a vault that was damaged. They lie on the same disk and open with the same key or passphrase as the vault, so they are no backup.',
    closed: 'There is no open vault to back up.',
  },

  passphrase: {
    label: 'Passphrase',
    repeat: 'Passphrase, once more',
    help: (fewest: number): string =>
      `At least ${String(fewest)} characters. Four or five words that do not belong together are good, and easy to keep.`,
    tooShort: (fewest: number): string => `At least ${String(fewest)} characters.`,
    differ: 'The two are not the same.',
  },

  make: {
    title: 'Make a backup',
    lead: 'One sealed file. You choose where it goes.',
    forgotten: 'Keep the passphrase apart from the file. Nobody can open the backup without it, we neither.',
    ages: 'A backup grows old: a sign-in that is renewed after it may not work from it. Make a new one now and then.',
    act: 'Choose where to save…',
    cancel: 'Cancel',
    saved: (path: string): string => `Backup saved: ${path}`,
  },

  restore: {
    title: 'Restore a backup',
    lead: 'Makes a vault on this computer, with a key of its own, and puts into it what the backup holds.',
    older:
      'It is an older copy by nature. Nothing in it is renewed until you say that it should be used, since a sign-in renewed elsewhere meanwhile could end by it.',
    file: 'Backup file',
    noFile: 'None chosen yet',
    choose: 'Choose the file…',
    chooseAnother: 'Choose another…',
    passphrase: 'Its passphrase',
    vaultPassphrase: 'New passphrase for this vault',
    again: 'The same again',
    noKeychain:
      'There is no keychain here to keep the vault’s key in, so the vault needs a passphrase: you type it at each start. It need not be that of the backup.',
    act: 'Restore',
    cancel: 'Cancel',
    done: 'The backup was restored.',
  },

  copies: {
    title: 'Daily copies of this vault',
    passphrase: 'The vault’s passphrase',
    passphraseHelp: 'The copies open with it, as the vault did.',
    look: 'Look for copies',
    looking: 'Looking for daily copies…',
    none: 'There is no daily copy that opens.',
    restore: (moment: string): string => `Restore the copy of ${moment}`,
    askTitle: (moment: string): string => `Restore the copy of ${moment}?`,
    lead: 'What was changed after it is not in it. It was opened just now and is whole.',
    aside:
      'The damaged vault is not deleted: its folder is renamed and stays in the data folder, the other copies in it.',
    older: 'The copy opens as an older one: nothing renews by itself until you say that it should be used.',
    act: 'Restore this copy',
    cancel: 'Cancel',
    movedTo: (folder: string): string => `The copy is in place. The damaged vault is now in ${folder}.`,
  },

  /** Titles of the system's own file dialogs. */
  dialog: {
    save: 'Save the backup',
    open: 'Choose a Grantkeep backup',
    kind: 'Grantkeep backup',
  },
};
