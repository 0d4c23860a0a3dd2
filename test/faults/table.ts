/** A test by its file below test/ and how its title begins, or that of its group; it carries the fault's number. */
export interface ShownBy {
  file: string;
  title: string;
}

export interface FaultRow {
  id: string;
  /** What happens. */
  fault: string;
  /** What shows that nothing is lost by it, or why nothing does. No row counts as shown by a stand-in of what fails. */
  shown: readonly [ShownBy, ...ShownBy[]] | { not: string };
}

const at = (file: string, title: string): ShownBy => ({ file: `${file}.test.ts`, title });

const systemCalls = at('faults/faults-in-a-commit', 'F1 F3 F4 B48: one fault at each system call');
const sequences = at('faults/lost-sign-ins', 'F20 F21 F23: 50 things happen in a row');
const otherKeyring = at('integration/vault-keyring', 'F18 F45 B41: the keyring of somebody else is "missing"');

/** F1 to F50 of what may go wrong. */
export const faultTable: readonly FaultRow[] = [
  {
    id: 'F1',
    fault: 'kill -9 in a commit',
    shown: [at('faults/killed-in-writes', 'F1: killed with -9 at random in its writes'), systemCalls],
  },
  { id: 'F2', fault: 'power loss: writes dropped, reordered, torn', shown: { not: 'yet: no crash images are made' } },
  {
    id: 'F3',
    fault: 'disk full in each step',
    shown: [
      systemCalls,
      at('electron/platform/vault-on-full-disk', 'F3: says disk_full, loses nothing'),
      at('e2e/faults', 'F3: full disk: says that nothing was saved'),
    ],
  },
  { id: 'F4', fault: 'EIO on fsync', shown: [systemCalls] },
  {
    id: 'F5',
    fault: 'read-only disk',
    shown: [
      at('electron/platform/vault-on-full-disk', 'F5 B50: on a read-only disk is not opened'),
      at('electron/platform/vault-on-full-disk', 'F5: cannot be made on a read-only disk'),
    ],
  },
  {
    id: 'F6',
    fault: 'short write',
    shown: { not: 'only by a stand-in for the write (electron/platform/careful-file.test.ts)' },
  },
  {
    id: 'F7',
    fault: 'a Windows virus scanner holds the file',
    shown: { not: 'only by a stand-in for the rename (electron/platform/careful-file.test.ts)' },
  },
  {
    id: 'F8',
    fault: 'two instances',
    shown: [at('e2e/closed', 'F8 B32: is alone on its profile: a second start hands over and ends')],
  },
  {
    id: 'F9',
    fault: 'a second process on the same profile',
    shown: [at('electron/platform/record-store', 'F9: makes opening end with vault_in_use')],
  },
  {
    id: 'F10',
    fault: 'vault truncated, bit flipped, zeroed',
    shown: [
      at('faults/damaged-files', 'F10: any byte of a closed vault changed or its files cut'),
      at('integration/backup', 'F10: are three over a week of use'),
      at('integration/backup-and-passphrase', 'F10: are offered once the passphrase was given'),
      at('e2e/backup', 'F10: offers the copy of the day'),
    ],
  },
  { id: 'F11', fault: 'wrong passphrase', shown: [at('integration/lock', 'F11: with a wrong passphrase says so')] },
  {
    id: 'F12',
    fault: 'newer vault opened by an older program',
    shown: [
      at('electron/vault/opening', 'F12: a newer format is newer'),
      at('electron/vault/migrations', 'F12 B50: stays byte for byte where its format is newer'),
      at('electron/vault/migrations', 'F12: stays byte for byte where %s is of a newer row schema'),
    ],
  },
  // There is one format yet. What a migration will end with, a new vault in the old one's place, daily copies do today.
  {
    id: 'F13',
    fault: 'crash at each step of a migration',
    shown: [
      at('electron/vault/daily-copies', 'F13: a crash %s leaves the old one or the new one'),
      at('electron/vault/daily-copies', 'F13: a crash with %s laid beside'),
    ],
  },
  {
    id: 'F14',
    fault: 'settings file broken',
    shown: [at('electron/platform/preferences-file', 'F14: a broken file (%j) is kept beside')],
  },
  {
    id: 'F15',
    fault: 'keychain locked',
    shown: [at('integration/vault-keyring', 'F15 B41: a locked keyring is "locked"')],
  },
  {
    id: 'F16',
    fault: 'no Secret Service, no D-Bus',
    shown: [at('integration/vault-keyring', 'F16 B42: without a bus there is no keychain')],
  },
  {
    id: 'F17',
    fault: 'user denies access to the keychain',
    shown: { not: 'only by a stand-in for keytar (electron/platform/keychain.test.ts): nobody is there to press No' },
  },
  {
    id: 'F18',
    fault: 'key missing, vault present',
    shown: [otherKeyring, at('e2e/faults', 'F18: vault key missing')],
  },
  {
    id: 'F19',
    fault: 'keychain hangs',
    shown: { not: 'only by a stand-in for keytar (electron/platform/keychain.test.ts)' },
  },
  {
    id: 'F20',
    fault: 'refresh answer lost',
    shown: [sequences, at('integration/renewing', 'F20: after a lost answer the same token is sent again')],
  },
  {
    id: 'F21',
    fault: 'crash between answer and commit',
    shown: [sequences, at('integration/renewing', 'F21: after a crash in between')],
  },
  {
    id: 'F22',
    fault: '10 callers refresh at once',
    shown: [at('faults/one-in-flight', 'F22 B18: of 100 callers at once')],
  },
  {
    id: 'F23',
    fault: 'refresh token revoked',
    shown: [sequences, at('integration/renewing', 'F23: a refusal after a lost answer tells that story')],
  },
  {
    id: 'F24',
    fault: 'suspend in a refresh',
    shown: [at('e2e/unforeseen', 'F24: frozen while a renewal is on its way')],
  },
  {
    id: 'F25',
    fault: 'clock jumps by a day, by a year',
    shown: [
      at('integration/clock-jumps', 'F25: ahead by %s'),
      at('integration/clock-jumps', 'F25: back by %s'),
      at('integration/true-time', 'F25: by %s: the countdown is right'),
      at('integration/true-time', 'F25: by %s since the program last ran'),
      at('integration/true-time', 'F25: at the provider: a token lives'),
      at('integration/true-time', 'F25: %s: nothing is called ended'),
      at('integration/true-time', 'F25: back and forth'),
    ],
  },
  {
    id: 'F26',
    fault: 'resume with 200 expired connections',
    shown: [
      at('integration/clock-jumps', 'F26: awake again with 200 that have ended'),
      at('integration/true-time', 'F26: awake again with 200 that have ended'),
      at('integration/true-time', 'F26: of which nobody told'),
    ],
  },
  {
    id: 'F27',
    fault: 'offline, DNS fails',
    shown: [
      at('integration/unreachable', 'F27: leaves the sign-in as it was'),
      at('electron/platform/transport', 'F27: a name that nobody knows'),
    ],
  },
  {
    id: 'F28',
    fault: 'TLS: ended, wrong host, self-signed, old protocol',
    shown: [at('electron/platform/transport', 'F28 B12: certificates')],
  },
  {
    id: 'F29',
    fault: 'slow-loris, stalled body',
    shown: [at('electron/platform/transport', 'F29 B16: one deadline for the whole call')],
  },
  {
    id: 'F30',
    fault: 'body too large, gzip bomb, endless body',
    shown: [at('electron/platform/transport', 'F30 B16: a body that is too large')],
  },
  {
    id: 'F31',
    fault: 'an answer that is no OAuth answer',
    shown: [at('faults/hostile-answers', 'F31 B17: hostile answers of')],
  },
  { id: 'F32', fault: 'redirect', shown: [at('electron/platform/transport', 'F32 R6 B16: a redirect')] },
  {
    id: 'F33',
    fault: '429 and 503 with Retry-After',
    shown: [at('electron/oauth/provider-errors', 'F33 when to come back')],
  },
  {
    id: 'F34',
    fault: '500 with and without OAuth JSON',
    shown: [at('integration/unreachable', 'F34: %s never ends a sign-in')],
  },
  {
    id: 'F35',
    fault: 'registered port in use',
    shown: [at('electron/platform/loopback', 'F35 B6: a registered port that is held is named')],
  },
  {
    id: 'F36',
    fault: 'browser never returns',
    shown: [at('integration/browser-faults', 'F36 B6: that never comes back ends after five minutes')],
  },
  {
    id: 'F37',
    fault: 'no browser, opener fails',
    shown: {
      not: 'on Linux Electron says it opened where no opener is installed; the link can be copied from the start',
    },
  },
  {
    id: 'F38',
    fault: 'user denies at the provider',
    shown: [at('integration/practice-browser', 'F38: Decline ends the wait and connects nothing')],
  },
  {
    id: 'F39',
    fault: 'duplicate callback',
    shown: [at('electron/platform/loopback', 'F39 B8: a repeat of an accepted hit')],
  },
  {
    id: 'F40',
    fault: 'wrong, missing or old state, wrong issuer, Host or path',
    shown: [
      at('integration/browser-under-attack', 'F40 B3 B8: 10,000 forged callbacks'),
      at('faults/hostile-answers', 'F40: forged and broken answers of the browser'),
    ],
  },
  {
    id: 'F41',
    fault: 'callback after cancel or timeout',
    shown: [at('integration/browser-faults', 'F41: a true answer after it was %s meets nobody')],
  },
  {
    id: 'F42',
    fault: 'program killed in a sign-in',
    shown: [at('integration/browser-faults', 'F42: begins again with nothing of it')],
  },
  {
    id: 'F43',
    fault: 'code exchange answer lost',
    shown: [at('integration/browser-faults', 'F43: whose exchange is cut off is not exchanged again')],
  },
  {
    id: 'F44',
    fault: 'older backup restored',
    shown: [
      at('integration/promises', 'F44 B51: sends no refresh token for renew, copy, test or revoke'),
      at('integration/backup', 'F44: holds everything on another computer'),
    ],
  },
  { id: 'F45', fault: 'profile copied to another computer', shown: [otherKeyring] },
  {
    id: 'F46',
    fault: 'revocation refused, failing, unanswered, not there',
    shown: [at('integration/revoking', 'F46 B14: answered by %s keeps everything')],
  },
  { id: 'F47', fault: 'renderer crashes', shown: [at('e2e/unforeseen', 'F47: a window whose process is killed')] },
  {
    id: 'F48',
    fault: 'uncaught error in main',
    shown: [at('e2e/unforeseen', 'F48: an error that nobody foresaw')],
  },
  { id: 'F49', fault: 'update or shutdown in a commit', shown: [at('e2e/unforeseen', 'F49: told to end by SIGTERM')] },
  {
    id: 'F50',
    fault: 'provider drops the refresh token in an answer',
    shown: [at('integration/main-job', 'F50: renews by itself ahead of the end, and keeps the old refresh token')],
  },
];
