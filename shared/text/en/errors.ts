// Over 300 lines: one sentence for each error code, so that a code without one does not compile.
import type { ErrorCode, ErrorFacts } from '../../errors.ts';

/** One plain sentence, and what to do next. Protocol words stay in the details. */
export interface Sentence {
  what: string;
  next: string;
}

const at = (facts: ErrorFacts): string => facts.host ?? facts.name ?? 'The server';
const answered = (facts: ErrorFacts): string =>
  facts.status === undefined ? '' : ` (it answered ${String(facts.status)})`;

/** Both are true wherever a failure is told: in the wizard, in a banner, beside a test, in the revoke dialog. */
const kept = 'What is saved here is kept.';
const again = 'A renewal is tried again by itself; anything else, when you press again.';

export const errors: Record<ErrorCode, (facts: ErrorFacts) => Sentence> = {
  wrong_password: (f) => ({
    what: `${f.name ?? at(f)} did not accept this name and password, or the client ID and secret behind them.`,
    next: 'Type the password again. If it is right, check the client ID and secret.',
  }),
  wrong_client: (f) => ({
    what: `${f.name ?? at(f)} did not accept the client ID or secret.`,
    next: 'Copy both again from the provider. For an app you have, replace its secret under Apps.',
  }),
  sign_in_again: (f) => ({
    what: `${f.name ?? at(f)} no longer accepts the saved sign-in.`,
    next: 'Sign in again. The connection keeps its name and its history.',
  }),
  answer_never_came: (f) => ({
    what: `${f.name ?? at(f)} changed the key of this sign-in, and its answer never reached this computer.`,
    next: 'Sign in again. The token at hand works until it ends; the connection keeps its name and its history.',
  }),
  cannot_renew: () => ({
    what: 'Nobody can renew this token: it was made by hand at the provider.',
    next: 'It works until it ends or is deleted there. Make a new one there, then sign in again here to replace it.',
  }),
  wrong_account: (f) => ({
    what: `Somebody else came back: ${f.name ?? 'another account'}${f.expected === undefined ? '' : `, not ${f.expected}`}. Nothing was changed.`,
    next: 'Keep it as a new connection, or sign in as someone else.',
  }),
  sign_in_declined: (f) => ({
    what: `You declined at ${f.name ?? at(f)}. Nothing was stored.`,
    next: 'Begin again when you want to allow it.',
  }),
  sign_in_refused: (f) => ({
    what: `${f.name ?? at(f)} ended the sign-in before it gave a code.`,
    next: 'Check the client ID and the redirect address at the provider: both have to be as they are here, to the letter.',
  }),
  sign_in_cancelled: () => ({
    what: 'You stopped waiting for the browser. Nothing was stored.',
    next: 'Begin again whenever you like. What you typed is still here.',
  }),
  sign_in_timed_out: (f) => ({
    what: `The browser did not come back from ${f.name ?? 'the provider'} in five minutes, so nothing waits for it any more.`,
    next: 'Begin again. If it cannot come back by itself, paste the address it lands on.',
  }),
  code_refused: (f) => ({
    what: `${f.name ?? at(f)} did not take the code: it was used already, is too old, or the redirect address differs.`,
    next: 'Begin the sign-in again for a new code. Compare the redirect address with the one at the provider, letter by letter.',
  }),
  code_late: (f) => ({
    what: `This code is past its life, so ${f.name ?? 'the provider'} will probably not take it. It was not sent.`,
    next: 'Get a new one, or send it all the same.',
  }),
  rehearsal_silent: () => ({
    what: 'The browser was sent to the redirect address and did not come back.',
    next: 'It may allow only https:// or ask first. Paste the address it lands on when you sign in, or use another browser.',
  }),
  pasted_elsewhere: (f) => ({
    what: `This address is of ${f.host ?? 'another host'}; the registered redirect address is of ${f.name ?? 'another one'}.`,
    next: 'Paste the address the browser landed on after you allowed it.',
  }),
  pasted_no_code: () => ({
    what: 'There is no code in this.',
    next: 'Copy the whole address out of the browser’s address bar, with everything that follows the ?.',
  }),
  pasted_of_another: () => ({
    what: 'This address answers another sign-in than the one that waits here.',
    next: 'Paste the one the browser landed on just now, or begin again.',
  }),
  pasted_token_refused: (f) => ({
    what: `${f.name ?? at(f)} does not accept this token. Nothing was stored.`,
    next: 'It may be ended, used up, or copied in part. Copy it again, or make a new one.',
  }),
  scope_refused: (f) => ({
    what: `${f.name ?? at(f)} does not give this app all the scopes that were asked for.`,
    next: 'Choose fewer scopes, or make a new app at the provider with the scopes you need.',
  }),
  grant_refused: (f) => ({
    what: `${f.name ?? at(f)} does not allow this app to sign in this way.`,
    next: 'Check at the provider which kind of app this is, then use its client ID and secret.',
  }),
  request_refused: (f) => ({
    what: `${at(f)} refused the request${answered(f)}.`,
    next: 'The address may be wrong, or the system may want something else. The details say what it answered.',
  }),
  not_an_oauth_answer: (f) => ({
    what: `${at(f)} answered with something that is no token answer${f.contentType === undefined ? '' : `: ${f.contentType}`}.`,
    next: `The address may be wrong, or a network asks you to sign in first. ${kept}`,
  }),
  bearer_missing: (f) => ({
    what: `${at(f)} answered without the token this system works with.`,
    next: 'The address may be wrong. The details name what came instead.',
  }),
  answer_too_large: (f) => ({
    what: `${at(f)} sent more than a token answer can be, so reading was stopped.`,
    next: `The address may be wrong. ${kept}`,
  }),
  redirect_refused: (f) => ({
    what: `${at(f)} sent the call on to another address; it was not followed.`,
    next: 'Check the address: it must be the one that answers itself. Nothing was sent on.',
  }),
  provider_busy: (f) => ({
    what: `${f.name ?? at(f)} asks to wait.`,
    next: `${again} ${kept}`,
  }),
  provider_failing: (f) => ({
    what: `${f.name ?? at(f)} has a fault of its own${answered(f)}.`,
    next: `${again} ${kept}`,
  }),
  server_refused: (f) => ({
    what: `Nothing answers at ${at(f)}.`,
    next: `The server may be down, or a VPN may be off. ${again}`,
  }),
  host_unknown: (f) => ({
    what: `This computer does not find ${at(f)}.`,
    next: `The address may be wrong, or the network has no way to it. ${kept}`,
  }),
  certificate_refused: (f) => ({
    what: `The certificate of ${at(f)} cannot be trusted, so nothing was sent.`,
    next: 'A company network with its own certificates needs them installed. There is no way to skip the check.',
  }),
  no_answer_in_time: (f) => ({
    what: `${at(f)} did not answer in time.`,
    next: `It may be slow, or far away behind a VPN. ${again}`,
  }),
  answer_lost: (f) => ({
    what: `The connection to ${at(f)} broke before its answer came.`,
    next: `It may have done its part all the same. ${again}`,
  }),
  offline: () => ({ what: 'You are offline.', next: `${again} ${kept}` }),
  address_missing: (f) => ({
    what: `The address of ${f.name ?? 'the server'} is empty.`,
    next: 'Ask the vendor for it. It is filled in under “Advanced” while an app is added, and under Apps, “Addresses…”, later.',
  }),
  address_invalid: (f) => ({
    what: `${f.name ?? 'This'} is not a web address.`,
    next: 'Type it with https:// at the start, without a user name in it.',
  }),
  address_insecure: (f) => ({
    what: `${at(f)} would be asked without encryption, so nothing was sent.`,
    next: 'Use an address that starts with https://. For a server of your own that has none, agree to it beside its address.',
  }),
  redirect_port_taken: (f) => ({
    what: `Another program on this computer holds port ${f.name ?? 'of the redirect address'}, where your browser comes back to.`,
    next: 'Close that program and try again, use another app registration with another port, or paste the address you landed on.',
  }),
  redirect_not_here: (f) => ({
    what: `This computer cannot listen on ${f.host ?? 'this redirect address'}, so your browser would not come back.`,
    next: 'Use an app registration whose redirect address starts with http://127.0.0.1: and a port above 1023, or paste the address you landed on.',
  }),
  token_refused: (f) => ({
    what: `${f.name ?? at(f)} did not accept the token${answered(f)}.`,
    next: 'Renew it, then test again. If that does not help, sign in again.',
  }),
  test_scope_missing: (f) => ({
    what: `The keys are good, but the test call needs the scope ${f.name ?? 'it does not have'}.`,
    next: 'The token works for what it may do. For the test, make an app with that scope.',
  }),
  test_wrong_answer: (f) => ({
    what: `${at(f)} answered, but not with what its documents say${answered(f)}.`,
    next: 'The region or the address of the test call may be wrong.',
  }),
  revoke_unsupported: (f) => ({
    what: `${f.name ?? 'This provider'} has no way to take a token back from here.`,
    next: 'End it at the provider, then remove the connection here.',
  }),
  revoke_refused: (f) => ({
    what: `${f.name ?? at(f)} did not take the access away${answered(f)}. Nothing was removed here.`,
    next: 'Try again, or remove it here only; the token may then work until it ends.',
  }),
  nothing_to_revoke: () => ({
    what: 'There is no token left here to revoke.',
    next: 'Remove the connection, or sign in again first.',
  }),
  ended_with_another: (f) => ({
    what: `This sign-in ended when ${f.name === undefined ? 'another one' : `“${f.name}”`} of the same person was revoked.`,
    next: 'Sign in again. The connection keeps its name and its history.',
  }),
  addresses_changed: (f) => ({
    what: `The addresses of ${f.name === undefined ? 'its app' : `its app “${f.name}”`} were changed, so its tokens were dropped.`,
    next: 'Sign in again. The connection keeps its name and its history.',
  }),
  not_confirmed: () => ({
    what: 'It was not confirmed, so nothing was changed and nothing was sent.',
    next: 'Grantkeep asks in a window of its own; only a yes there counts.',
  }),
  set_up_wrong: (f) => ({
    what: `This is not a set-up that Grantkeep takes${f.name === undefined || f.name === '' ? '' : `: look at ${f.name}`}.`,
    next: 'Ask for a fresh file made with “Share the set-up…”. It holds no secret and only addresses with https://. Nothing was taken over.',
  }),
  set_up_newer: () => ({
    what: 'This set-up was made by a newer version of Grantkeep.',
    next: 'Update Grantkeep. Nothing was taken over.',
  }),
  set_up_too_large: () => ({
    what: 'This file is too large to be a set-up.',
    next: 'Choose the file made with “Share the set-up…”. Nothing was taken over.',
  }),
  set_up_provider_unknown: (f) => ({
    what: `This set-up is for a system that this version does not know: ${f.name ?? ''}.`,
    next: 'Update Grantkeep, or ask for a file without that system. Nothing was taken over.',
  }),
  file_unreadable: (f) => ({
    what: `The file${f.name === undefined ? '' : ` ${f.name}`} could not be read.`,
    next: 'Check that it is still there and may be read, then try again.',
  }),
  file_not_written: (f) => ({
    what: `The file${f.name === undefined ? '' : ` ${f.name}`} could not be written.`,
    next: 'Choose another folder, or free some space, then try again.',
  }),
  registration_refused: (f) => ({
    what: `${at(f)} did not register this vault${answered(f)}.`,
    next: 'The details say what it answered. An administrator of that server can register an app as well; then paste its client ID and secret.',
  }),
  registration_wrong_answer: (f) => ({
    what: `${at(f)} answered, but not as ${f.name ?? 'this system'} does${answered(f)}.`,
    next: 'Check the server’s address: the port and the path before /api belong to it. Nothing was registered.',
  }),
  disk_full: () => ({
    what: 'There is no space left on the disk, so nothing was saved.',
    next: 'Free some space and try again. What was saved before is untouched.',
  }),
  disk_error: () => ({
    what: 'The disk reported an error; the last change may not be safe.',
    next: 'Nothing more is written until the program starts again. Check the disk and make a copy of the data folder.',
  }),
  disk_read_only: (f) => ({
    what: `The data folder cannot be written${f.name === undefined ? '' : `: ${f.name}`}.`,
    next: 'Give this user the right to write there, then try again. Nothing was changed.',
  }),
  key_missing: (f) => ({
    what: `Your vault is here, but its key is not in ${f.name ?? 'the keychain'}.`,
    next: 'If the vault came from another computer or user, make a backup there and restore it here, after setting this one aside. The vault file is untouched.',
  }),
  key_wrong: (f) => ({
    what: `The key in ${f.name ?? 'the keychain'} does not fit this vault.`,
    next: 'If the data folder was put back from elsewhere, put the right one back. The vault file is untouched.',
  }),
  vault_damaged: () => ({
    what: 'The vault is damaged and was not opened.',
    next: 'Put one of its daily copies in its place, or set it aside and restore a backup or start a new one. Nothing is deleted.',
  }),
  vault_newer: () => ({
    what: 'This vault was made by a newer version of Grantkeep.',
    next: 'Update Grantkeep. The vault is untouched.',
  }),
  vault_foreign: () => ({
    what: 'The file vault.json in the data folder is not a Grantkeep vault.',
    next: 'Look into the data folder. Nothing was opened or changed.',
  }),
  vault_in_use: () => ({
    what: 'Another program has this vault open.',
    next: 'Close it there and try again.',
  }),
  vault_older_copy: () => ({
    what: 'This vault is an older copy than the one last used here.',
    next: 'Nothing renews by itself until you say that it should be used.',
  }),
  vault_not_open: () => ({ what: 'The vault is not open.', next: 'Open it first.' }),
  vault_locked: () => ({ what: 'Locked.', next: 'Unlock to copy or sign in.' }),
  wrong_passphrase: () => ({ what: 'Wrong passphrase.', next: 'Nothing was changed. Check Caps Lock and try again.' }),
  passphrase_too_soon: () => ({
    what: 'That was too soon after a wrong passphrase.',
    next: 'Wait a few seconds and try again.',
  }),
  passphrase_too_short: () => ({
    what: 'That passphrase is too short.',
    next: 'Take eight characters or more; four words that have nothing to do with each other are better.',
  }),
  passphrase_missing: () => ({
    what: 'There is nothing to unlock with yet, so nothing was locked.',
    next: 'Set a passphrase first.',
  }),
  keychain_absent: (f) => ({
    what: `There is no keychain on this system to hold the vault's key${f.name === undefined ? '' : ` (${f.name})`}.`,
    next: 'On Linux install and start a Secret Service such as gnome-keyring, then try again. Practice works without one.',
  }),
  keychain_locked: (f) => ({
    what: `${f.name ?? 'The keychain'} is locked.`,
    next: 'Unlock it, then try again. The vault is untouched.',
  }),
  keychain_denied: (f) => ({
    what: `${f.name ?? 'The keychain'} did not let Grantkeep in.`,
    next: 'Try again and allow it. The vault is untouched.',
  }),
  keychain_silent: (f) => ({
    what: `${f.name ?? 'The keychain'} does not answer.`,
    next: 'A question from it may be waiting behind this window. Then try again.',
  }),
  backup_passphrase: () => ({
    what: 'This passphrase does not open the backup.',
    next: 'Type it again. If it is surely right, the file itself may be damaged. Nothing was changed.',
  }),
  backup_damaged: () => ({
    what: 'The backup is damaged: a part of it is missing or was changed.',
    next: 'Use another copy of the file, or an older backup. Nothing was changed.',
  }),
  backup_foreign: () => ({
    what: 'This file is not a Grantkeep backup.',
    next: 'Choose a file that Grantkeep made; its name ends in .age. Nothing was changed.',
  }),
  backup_newer: () => ({
    what: 'This backup was made by a newer version of Grantkeep.',
    next: 'Update Grantkeep, then restore it. Nothing was changed.',
  }),
  backup_unreadable: (f) => ({
    what: `The file${f.name === undefined ? '' : ` “${f.name}”`} could not be read.`,
    next: 'It may have been moved, or its disk taken away. Choose it again.',
  }),
  backup_folder_closed: (f) => ({
    what: `Nothing can be written into ${f.name ?? 'that folder'}, so there is no backup.`,
    next: 'Choose another folder, or give this user the right to write there.',
  }),
  backup_vault_there: () => ({
    what: 'There is a vault here already, so nothing was restored.',
    next: 'A backup is restored where there is no vault: on a new computer, or after this one was set aside.',
  }),
  copy_damaged: () => ({
    what: 'This copy is damaged as well, so nothing was changed.',
    next: 'Try another copy, or restore a backup after setting this vault aside.',
  }),
  not_found: () => ({ what: 'That is no longer here.', next: 'The list shows what there is now.' }),
  field_missing: (f) =>
    f.field === 'clientSecret' && f.name !== undefined
      ? {
          what: `“${f.name}” has no client secret on this computer yet.`,
          next: 'Give it under Apps with “Replace the secret…”, then connect again.',
        }
      : { what: 'Something is still empty.', next: 'Fill in the marked field.' },
  bad_input: () => ({ what: 'This cannot be used as it is.', next: 'Check the marked field.' }),
  changed_meanwhile: () => ({
    what: 'Something changed since you looked, so nothing was done.',
    next: 'Look again and decide anew.',
  }),
  practice_closed: () => ({ what: 'Practice is closed.', next: 'Open it again to go on.' }),
  browser_failed: (f) => ({
    what: 'Your browser could not be opened.',
    next: `Open ${f.host ?? 'the provider'} by hand.`,
  }),
  folder_failed: (f) => ({
    what: 'The data folder could not be opened.',
    next: f.name === undefined ? 'Open it by hand.' : `Open it by hand: ${f.name}`,
  }),
  clipboard_failed: () => ({ what: 'The clipboard could not be written.', next: 'Try again.' }),
  internal: () => ({
    what: 'Something went wrong inside Grantkeep.',
    next: `${kept} Try again; if it stays, restart the program.`,
  }),
};
