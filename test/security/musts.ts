// Over 300 lines: one table, in the order of its numbers.
/** A test by its file below test/ and how its title begins, or that of its group; it carries the must's number. */
export interface HeldBy {
  file: string;
  title: string;
}

export interface MustRow {
  id: string;
  /** What has to be so, in one line. */
  what: string;
  /** Each has to run and to pass. None where nothing is there to be tested. */
  held: readonly HeldBy[];
  /** What of it does not hold or cannot be shown here, and why. Then it never reads "pass", whatever its tests say. */
  not: string | null;
}

const at = (file: string, title: string): HeldBy => ({ file: `${file}.test.ts`, title });
const must = (id: string, what: string, held: readonly HeldBy[], not: string | null = null): MustRow => ({
  id,
  what,
  held,
  not,
});

/** B1 to B69; nothing bears the numbers 36 to 39, 53 and 54. */
export const musts: readonly MustRow[] = [
  must('B1', 'authorisation in the system browser alone; no window loads a remote address', [
    at('rules/closed-by-default', 'B1: opens no window but its own'),
  ]),
  must('B2', 'PKCE with S256 on every code flow, its verifier new in each try', [
    at('electron/oauth/authorization-request', 'K1 B2 the link carries the S256 challenge'),
    at('electron/oauth/authorization-request', 'K1 B2 B3 the verifier is 43 characters'),
    at('electron/oauth/taskade', 'K1 B2 PKCE is always on'),
  ]),
  must('B3', 'a state of 256 bits, for one try and one use', [
    at('electron/oauth/authorization-answer', 'K2 B3 B8 a forged or foreign hit'),
    at('electron/oauth/authorization-request', 'K1 B2 B3 the verifier is 43 characters'),
    at('integration/browser-under-attack', 'F40 B3 B8: 10,000 forged callbacks'),
  ]),
  must(
    'B4',
    'no implicit grant; the password grant only where a provider leaves no choice, and the password gone after it',
    [
      at('electron/oauth/taskade', 'B4 there is no implicit grant'),
      at('electron/oauth/teamgantt', 'T9 B4 the password is in the one request body'),
    ],
    'in full: after a refusal the password stays with the open wizard until the sign-in succeeds or is given up (electron/services/README.md says why)',
  ),
  must('B5', 'redirect_uri byte for byte in both requests; no scope that was not chosen', [
    at('electron/oauth/taskade', 'K3 B5 redirect_uri is byte-identical'),
    at('electron/oauth/t-gate', 'G2 B5 redirect_uri goes out byte for byte'),
    at('electron/oauth/authorization-request', 'B5: asks for the scopes that were chosen'),
  ]),
  must(
    'B6',
    'a listener on the literal of this computer, its port never pushed aside, gone after the answer or five minutes',
    [
      at('electron/services/redirect-address', 'B6 is the literal of this computer'),
      at('electron/services/redirect-address', 'B6 carries 128 random bits'),
      at('electron/platform/loopback', 'F35 B6: a registered port that is held is named'),
      at('electron/platform/loopback', 'B6: localhost is refused when one of its families'),
      at('integration/browser-faults', 'F36 B6: that never comes back ends after five minutes'),
    ],
  ),
  must('B7', 'the listener takes one path, its own Host, and no more than it must read', [
    at('electron/platform/loopback-attacks', 'B7: forged hits'),
    at('electron/platform/loopback-attacks', 'B7: a name that points here (DNS rebinding)'),
    at('electron/platform/loopback-attacks', 'B7: too much'),
    at('electron/platform/loopback-attacks', 'B7: sockets'),
    at('electron/platform/loopback', 'B7: carries the same guards and no word for other origins'),
  ]),
  must('B8', 'one exchange for a state; repeats see the same page; nothing else ends the wait', [
    at('electron/platform/loopback', 'F39 B8: a repeat of an accepted hit'),
    at('electron/platform/loopback-attacks', 'B8: of ten thousand none is accepted'),
    at('integration/browser-under-attack', 'F40 B3 B8: 10,000 forged callbacks'),
  ]),
  must('B9', 'no mix-up: the issuer is checked, else each provider has a path of its own', [
    at('electron/oauth/authorization-answer', 'B9 an issuer that is not the one:'),
    at('electron/services/redirect-address', 'B9 differs by its path for each provider'),
    at('integration/peers/oidc-provider', 'B9: the issuer in the answer (RFC 9207)'),
  ]),
  must('B10', 'one way out to the browser, for https to the configured origin', [
    at('electron/platform/browser', 'B10: the way out to the system browser'),
    at('rules/walls', 'B10 B68: one module each opens addresses'),
  ]),
  must('B11', 'metadata only from an issuer that is itself to the letter; a host that it leads to is asked about', [
    at('electron/oauth/discovery', 'B11: where metadata is asked for'),
    at('electron/oauth/discovery', 'B11: what is read of it'),
    at('integration/peers/lying-metadata', 'B11: metadata that lies'),
    at('integration/peers/lying-metadata', 'B11: endpoints on another host than the issuer'),
    at('integration/peers/lying-metadata', 'B11: an issuer that cannot be one'),
  ]),
  must('B12', 'TLS verified, always; in clear only to this computer or where a person agreed', [
    at('electron/platform/transport', 'F28 B12: certificates'),
    at('electron/platform/transport', 'E7 B12 is sent beyond this computer to the one origin'),
    at('rules/closed-by-default', 'B12: has no switch'),
    at('integration/er-studio', 'E7 B12 asks a server in clear only after a consent'),
  ]),
  must(
    'B13',
    'no secret in an address, an argument, a title or the environment; one client authentication to a request',
    [
      at('electron/oauth/shapes', 'B13 Basic form-encodes both halves'),
      at('electron/oauth/teamgantt', 'T3 B13 Basic is base64 of the raw id:secret'),
      at('electron/oauth/er-studio', 'E3 B13 no ending tells an address'),
      at('e2e/main-job', 'B13 B30 B47 B59: leaves no secret'),
    ],
  ),
  must('B14', 'revoked is what the provider confirmed; forgetting here is another act', [
    at('electron/oauth/shapes', 'B14 revoking sends the refresh token first'),
    at('integration/revoking', 'F46 B14: answered by'),
    at('integration/revoking', 'F46 B14: that is confirmed drops the tokens'),
    at('electron/services/provider-rules', 'R7 B14 revoking at the provider and forgetting here'),
  ]),
  must('B15', 'introspection only at the issuer of the token', [
    at('electron/oauth/introspection', 'B15: asking a provider about a token (RFC 7662)'),
    at('integration/peers/oidc-provider', 'B15: without an address for a test call the provider is asked'),
    at('integration/peers/oidc-provider', 'B15: a client that it does not know says nothing of the token'),
  ]),
  must('B16', 'back-channel calls follow no redirect, keep no cookie, and are sent once', [
    at('electron/platform/transport', 'F32 R6 B16: a redirect'),
    at('electron/platform/transport', 'B16: keeps no cookie from one call to the next'),
    at('electron/platform/transport', 'B16: nothing is sent twice'),
    at('electron/platform/transport', 'F30 B16: a body that is too large'),
    at('electron/platform/transport', 'F29 B16: one deadline for the whole call'),
    at('electron/oauth/er-studio', 'E5 B16 every call asks for JSON'),
  ]),
  must('B17', 'an answer is one by its status, its type and its members, or none', [
    at('electron/oauth/provider-errors', 'R4 B17 what is no OAuth answer never crashes'),
    at('electron/oauth/connecteam', 'C9 B17 token_type in any case, scope null'),
    at('electron/oauth/rules', 'R4 B17 what is no JSON never crashes'),
    at('faults/hostile-answers', 'F31 B17: hostile answers of'),
  ]),
  must('B18', 'one renewal at a time; the old refresh token goes only in the commit of the new one', [
    at('faults/one-in-flight', 'F22 B18: of 100 callers at once'),
    at('electron/services/provider-rules', 'R2 B18 renewing at'),
    at('electron/oauth/t-gate', 'G6 B18 a renewal without a refresh token keeps'),
    at('integration/renewing', 'B18: is on disk when the request arrives'),
    at('integration/peers/oidc-provider', 'B18: ten who ask at once are one request'),
  ]),
  must('B19', 'the device flow waits as it is told, and its code is a secret', [
    at('electron/oauth/device-grant', 'B19: asking for a code (RFC 8628 section 3.1)'),
    at('electron/oauth/device-grant', 'B19: asking whether it is allowed (section 3.5)'),
    at('integration/peers/oidc-provider', 'B19: a code for another page at oidc-provider (RFC 8628)'),
  ]),
  must(
    'B20',
    'fuses of the packaged program',
    [
      at('e2e/packaged', 'B20: has every fuse as it should be'),
      at('e2e/packaged', 'B20: does not pass for sound when one fuse is turned'),
    ],
    'in full: read back from the program of this system; those of macOS and Windows are packed elsewhere',
  ),
  must('B21', 'the packaged program does not start with a switch that opens it up', [
    at('e2e/packaged', 'B21: ends at once, with no window and no profile'),
  ]),
  must(
    'B22',
    'an Electron that is still mended',
    [at('rules/supply', 'B22: stands on one Electron')],
    'in full: whether a newer patch is out is asked of nobody',
  ),
  must('B23', 'the window is sandboxed, isolated and without Node', [
    at('e2e/closed', 'B23: runs sandboxed settings'),
    at('e2e/packaged', 'B23: opens its window for an ordinary user, every page in the sandbox'),
  ]),
  must('B24', 'the page comes from app://bundle, by a list of files and under a closed policy', [
    at('electron/platform/app-protocol', 'B24: the scheme of the page'),
    at('electron/platform/app-protocol', 'B24: the policy of the page'),
    at('e2e/closed', 'B24 B25: reaches no network'),
    at('e2e/closed', 'B24: refuses inline script and style'),
  ]),
  must('B25', 'the window has no network, goes nowhere and opens nothing', [
    at('electron/platform/session-policy', 'B25: cancels a request to'),
    at('electron/platform/session-policy', 'B25: has a proxy that nobody can be'),
    at('electron/platform/session-policy', 'B25: is kept from what'),
    at('electron/platform/session-policy', 'B25: opens no window'),
    at('electron/platform/session-policy', 'B25: finds every other session shut'),
    at('e2e/closed', 'B24 B25: reaches no network'),
  ]),
  must('B26', 'every permission is refused, asked for or looked up; the session is in memory', [
    at('electron/platform/session-policy', 'B26 B63: is kept in memory alone'),
    at('electron/platform/session-policy', 'B26: answers no to every permission'),
    at('e2e/closed', 'B26 B34: grants no permission'),
  ]),
  must('B27', 'a call is taken from the main frame of our page alone, by its schema, within 64 KiB', [
    at('electron/ipc/router', 'B27: who is listened to'),
    at('electron/ipc/router', 'B27: the router'),
    at('faults/hostile-page', 'B27: hostile calls of the page on every channel'),
    at('shared/contract-strict', 'B27 B30: the contract'),
  ]),
  must('B28', 'the page has named functions, no channel, no event, and cannot change them', [
    at('e2e/closed', 'B28: has no Node and no way to choose a channel'),
    at('rules/walls', 'B28: only the client touches the bridge'),
  ]),
  must('B29', 'no certificate is accepted, none sent, no login answered', [
    at('electron/platform/session-policy', 'B29: has no certificate accepted'),
  ]),
  must('B30', 'no reply, event, error or title holds a secret', [
    at('electron/secret', 'B30: a secret'),
    at('shared/contract-strict', 'B27 B30: the contract'),
    at('integration/no-leak', 'B30 B64: through replies, pushes, log and disk'),
    at('e2e/main-job', 'B13 B30 B47 B59: leaves no secret'),
  ]),
  must('B31', 'tokens are bound to hosts: a new one is asked about in main’s own dialog and gets none of them', [
    at('integration/confused-deputy', 'B31: a new token host'),
    at('integration/confused-deputy', 'B31: a new host for revoking or testing'),
    at('integration/confused-deputy', 'B31: while something is under way'),
    at('integration/confused-deputy', 'B31: the window'),
    at('integration/confused-deputy-by-file', 'B31: an edited file'),
    at('integration/set-up', 'B31: naming an app that is here, with another token host'),
    at('electron/vault/tamper', 'B31: an app record with another host, sealed rightly'),
    at('electron/oauth/choices', 'B31 moves no address'),
  ]),
  must('B32', 'one program to a profile; a second start is heard and not obeyed; no scheme of ours in the system', [
    at('e2e/closed', 'F8 B32: is alone on its profile'),
    at('rules/closed-by-default', 'B32: registers no scheme'),
  ]),
  must(
    'B33',
    'with a passphrase it locks by itself, and the process of the window ends; without one nothing is claimed',
    [
      at('electron/services/auto-lock', 'B33: locking by itself'),
      at('integration/lock', 'B33: nothing locks and nothing is claimed'),
      at('integration/lock', 'B33: by time, by the computer’s sleep'),
      at('e2e/lock', 'B33: ends the window’s process within a second'),
    ],
  ),
  must(
    'B34',
    'copying and revoking need a gesture; the clipboard is never read for the page',
    [at('e2e/closed', 'B26 B34: grants no permission')],
    'in full: no gesture is asked for, since the press of a screen reader reaches the page without one and those people could not copy; a copy is told on the screen, cleared after its time, and no page can read it',
  ),
  must(
    'B35',
    'signed, updates checked, no way back to an older version',
    [],
    'yet: nothing is signed and nothing updates itself',
  ),
  must('B40', 'the key is 32 random bytes in the keychain alone, read back before the first vault is written', [
    at('electron/vault/opening', 'B40: is 32 bytes, in the keychain before any file'),
    at('electron/vault/opening', 'B40: that the keychain does not give back makes no vault'),
    at('electron/vault/nothing-readable', 'B40: does the key stand'),
  ]),
  must('B41', 'a missing key and a locked keychain are two things; no key is made over a vault', [
    at('electron/vault/opening', 'B41: missing from an open keychain is'),
    at('electron/vault/opening', 'B41: in a locked keyring, which answers null'),
    at('electron/vault/opening', 'B41: is never made anew over a vault'),
    at('integration/vault-keyring', 'F15 B41: a locked keyring'),
    at('integration/vault-keyring', 'F18 F45 B41: the keyring of somebody else'),
  ]),
  must('B42', 'the vault knows its keychain by name; nothing falls back to a file', [
    at('electron/vault/opening', 'B42 B47: holds the keychain it was made with'),
    at('electron/vault/opening', 'B42: of a store with another name'),
    at('electron/vault/passphrase', 'B42: is not removed where the keychain is'),
    at('integration/vault-keyring', 'F16 B42: without a bus there is no keychain'),
  ]),
  must('B43', 'a keychain that does not answer is waited for 30 s and named; it is never searched', [
    at('electron/platform/keychain', 'B43: is silent when it does not answer'),
    at('electron/services/open-vault', 'B43: names the keychain that has not answered'),
    at('rules/closed-by-default', 'B43: never searches the keychain'),
  ]),
  must('B44', 'AES-256-GCM with a new IV of 96 bits and a whole tag', [
    at('electron/vault/crypto', 'B44: refuses a tag of'),
    at('electron/vault/crypto', 'B44: takes a new initialisation vector'),
    at('electron/vault/crypto', 'B44: opens nothing under an initialisation vector'),
  ]),
  must('B45', 'a row is bound to its vault, its id, its schema, its issuer and its hosts', [
    at('electron/vault/crypto', 'B45: additional data'),
    at('electron/vault/tamper', 'B45 B51: rows against each other'),
  ]),
  must('B46', 'scrypt for the passphrase, with floors when it is read; the age format for a backup', [
    at('electron/vault/passphrase', 'B46: has the parameters that are promised'),
    at('electron/vault/passphrase', 'B46: a slot that somebody edited'),
    at('electron/vault/passphrase-slot', 'B46: is scrypt and AES-256-GCM'),
    at('electron/vault/passphrase-slot', 'B46: does not hold up the program'),
    at('electron/vault/backup-seal', 'B46: is an age file for one passphrase, with the full work factor'),
    at('electron/vault/backup-seal', 'B46: is not opened where the passphrase was stretched less'),
    at('integration/backup-worker', 'B46: seals and opens, wipes what it was given'),
  ]),
  must('B47', 'names, accounts, hosts and scopes are sealed as well', [
    at('electron/vault/nothing-readable', 'B47: can a secret, an account'),
    at('electron/vault/opening', 'B42 B47: holds the keychain it was made with'),
    at('e2e/main-job', 'B13 B30 B47 B59: leaves no secret'),
  ]),
  must('B48', 'what was not taken by the disk is not called saved; files are replaced whole', [
    at('electron/platform/careful-file', 'B48: writing carefully'),
    at('electron/vault/opening', 'B48: a commit that the disk refuses'),
    at('electron/platform/record-store', 'B48: has the settings it promises'),
    at('faults/faults-in-a-commit', 'F1 F3 F4 B48: one fault at each system call'),
  ]),
  must('B49', 'the folder is its owner’s alone, swept, and no link is followed', [
    at('electron/platform/vault-files', 'B49: the folder'),
    at('electron/platform/vault-files', 'B49: links are refused'),
  ]),
  must(
    'B50',
    'the header is judged first; a newer or foreign vault keeps its bytes; the copies of three days are at hand',
    [
      at('electron/vault/opening', 'B50: the header is judged before anything else'),
      at('electron/platform/vault-on-full-disk', 'F5 B50: on a read-only disk'),
      at('electron/vault/migrations', 'F12 B50: stays byte for byte where its format is newer'),
      at('electron/vault/daily-copies', 'B50: the copy of a day'),
    ],
  ),
  must('B51', 'rows that were taken away, put back or added are found; so is an older copy of the whole', [
    at('electron/vault/tamper', 'B51: the row'),
    at('electron/vault/tamper', 'B45 B51: rows against each other'),
    at('electron/vault/opening', 'B51: a vault that is older than the one last used'),
    at('integration/promises', 'F44 B51: sends no refresh token'),
  ]),
  must('B52', 'AES-256-GCM agrees with published vectors, Wycheproof’s among them', [
    at('electron/vault/crypto', 'B52: seals and opens published case'),
    at('electron/vault/crypto', 'B52: agrees with Wycheproof’s test'),
    at('electron/vault/crypto', 'B52: refuses each of the 27 tags that Wycheproof changed'),
  ]),
  must(
    'B55',
    'a copy is concealed from clipboard histories, in one step with its text',
    [],
    'yet: only Electron 44 and later can write text and formats in one step, and no test of this system runs one',
  ),
  must('B56', 'the clipboard is cleared after its time, and only while it is still ours', [
    at('electron/platform/clipboard', 'B56: is cleared while it holds ours'),
    at('integration/main-job', 'B56: puts exactly the bearer on the clipboard'),
    at('e2e/main-job', 'B56: clears the clipboard when told to'),
  ]),
  must('B57', 'and at once on lock, sleep and quit', [
    at('integration/lock', 'B57: clears the clipboard if it still holds ours'),
    at('integration/acts-in-between', 'B57: leaves no token on the clipboard'),
  ]),
  must(
    'B58',
    'the primary selection is never written; a clearing that failed is told',
    [at('electron/platform/clipboard', 'B58: is the one that a person pastes from')],
    'in full: a clearing that Wayland does not take is not noticed',
  ),
  must(
    'B59',
    'nothing secret is drawn; screens can be kept from being shared',
    [
      at('e2e/main-job', 'B13 B30 B47 B59: leaves no secret'),
      at('e2e/main-job', 'B59: forgets what was typed in the window'),
    ],
    'in full: there is no setting for content protection',
  ),
  must('B60', 'no crash leaves this computer, and none is there after a clean run', [
    at('rules/closed-by-default', 'B60: starts no crash reporter'),
    at('e2e/closed', 'B60: would put a crash into its own profile'),
  ]),
  must('B61', 'keys are zeroed; what cannot be wiped is said', [
    at('electron/vault/crypto', 'B61: are zero once wiped'),
    at('rules/musts', 'B61: says what cannot be wiped'),
  ]),
  must('B62', 'after a lock with renewing off no process has the key, and the new window has nothing', [
    at('integration/key-in-memory', 'B62: keys in the memory of the process'),
    at('e2e/memory', 'B62: after a lock with renewing off'),
  ]),
  must('B63', 'Chromium keeps nothing: no cache, no storage, no worker, no spelling, no filling in', [
    at('electron/platform/session-policy', 'B26 B63: is kept in memory alone'),
    at('rules/closed-by-default', 'B63: no field that a person types into'),
    at('e2e/closed', 'B63: keeps nothing in the page'),
    at('e2e/main-job', 'B63: has left nothing of the page'),
  ]),
  must(
    'B64',
    'the log takes listed fields, each a code or a host',
    [
      at('electron/platform/log', 'B64: a log line'),
      at('integration/no-leak', 'B30 B64: through replies, pushes, log and disk'),
    ],
    'in full: nothing compares a line with the living secrets',
  ),
  must('B65', 'a provider’s words are stripped, cut and marked as its own', [
    at('electron/oauth/provider-text', 'B65 what a person cannot see'),
    at('electron/oauth/provider-text', 'B65: at most 200 characters'),
    at('electron/oauth/authorization-answer', 'R5 B65 its words are stripped'),
    at('electron/services/plain-name', 'B65: a name in a dialog of the system'),
  ]),
  must('B66', 'packages to the byte, a bill of materials, an audit where one answers', [
    at('rules/supply', 'B66: is fixed to the byte'),
    at('rules/supply', 'B66: is asked for by exact version'),
    at('rules/supply', 'B66: stands whole in the bill of materials'),
  ]),
  must('B67', 'no install script but those named; few packages, each by a licence that is agreed to', [
    at('rules/supply', 'B67: runs no script at its installation'),
    at('rules/supply', 'B67: is at most fifteen packages'),
  ]),
  must(
    'B68',
    'static gates find nothing',
    [
      at('rules/closed-by-default', 'B68: makes no code of text'),
      at('rules/walls', 'B10 B68: one module each opens addresses'),
    ],
    'in full: eslint-plugin-security, no-unsanitized and electronegativity are not installed; rules of our own stand for them',
  ),
  must('B69', 'no key in the tree, nor in what is built from it', [
    at('rules/no-keys', 'B69: keys and tokens of real kinds'),
  ]),
];

/** A must as the table of SECURITY.md has it. */
export function documentRow({ id, what, held, not }: MustRow): string {
  const files = [...new Set(held.map(({ file }) => `\`${file.replace(/\.test\.ts$/, '')}\``))].join(', ');
  return `| ${id} | ${what} | ${[files, not === null ? '' : `**not** ${not}`].filter((part) => part !== '').join('; ')} |`;
}
