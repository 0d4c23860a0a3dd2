/**
 * The one list of error codes. A code says what kind of ending it was; `shared/text` says it in words,
 * and a code without a sentence does not compile. Nothing may branch on message texts.
 */
export const errorCodes = [
  // signing in and renewing
  'wrong_password',
  'wrong_client',
  'sign_in_again',
  'answer_never_came',
  'cannot_renew',
  'wrong_account',
  // signing in through the browser, and tokens that are pasted in
  'sign_in_declined',
  'sign_in_refused',
  'sign_in_cancelled',
  'sign_in_timed_out',
  'code_refused',
  'code_late',
  'redirect_port_taken',
  'redirect_not_here',
  'rehearsal_silent',
  'pasted_elsewhere',
  'pasted_no_code',
  'pasted_of_another',
  'pasted_token_refused',
  'scope_refused',
  'grant_refused',
  'request_refused',
  // answers that are no OAuth answer
  'not_an_oauth_answer',
  'bearer_missing',
  'answer_too_large',
  'redirect_refused',
  // the provider's day
  'provider_busy',
  'provider_failing',
  // the way there
  'server_refused',
  'host_unknown',
  'certificate_refused',
  'no_answer_in_time',
  'answer_lost',
  'offline',
  // addresses
  'address_missing',
  'address_invalid',
  'address_insecure',
  // the way back from the browser
  // test call and revocation
  'token_refused',
  'test_scope_missing',
  'test_wrong_answer',
  'revoke_unsupported',
  'revoke_refused',
  'nothing_to_revoke',
  'ended_with_another',
  // addresses of an app, and set-up files
  'addresses_changed',
  'not_confirmed',
  'set_up_wrong',
  'set_up_newer',
  'set_up_too_large',
  'set_up_provider_unknown',
  'file_unreadable',
  'file_not_written',
  // registering this vault at the provider
  'registration_refused',
  'registration_wrong_answer',
  // the vault and its key
  'disk_full',
  'disk_error',
  'disk_read_only',
  'key_missing',
  'key_wrong',
  'vault_damaged',
  'vault_newer',
  'vault_foreign',
  'vault_in_use',
  'vault_older_copy',
  'vault_not_open',
  'vault_locked',
  'wrong_passphrase',
  'passphrase_too_soon',
  'passphrase_too_short',
  'passphrase_missing',
  'keychain_absent',
  'keychain_locked',
  'keychain_denied',
  'keychain_silent',
  // backups and daily copies
  'backup_passphrase',
  'backup_damaged',
  'backup_foreign',
  'backup_newer',
  'backup_unreadable',
  'backup_folder_closed',
  'backup_vault_there',
  'copy_damaged',
  // the program itself
  'not_found',
  'field_missing',
  'bad_input',
  'changed_meanwhile',
  'practice_closed',
  'browser_failed',
  'folder_failed',
  'clipboard_failed',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A thing a person filled in; a failure may point at the likely one. */
export const fieldNames = [
  'label',
  'appName',
  'clientId',
  'clientSecret',
  'username',
  'password',
  'region',
  'baseUrl',
  'unencryptedAgreed',
  'scopes',
  'redirectUri',
  'pastedToken',
  'company',
  'authorizationEndpoint',
  'tokenEndpoint',
  'revocationEndpoint',
  'testEndpoint',
] as const;

export type FieldName = (typeof fieldNames)[number];

/**
 * What may be told about a failure. Every member is safe to draw, log and paste: never a body, a header,
 * a path or a query; `providerText` is the provider's own words, already stripped and masked (B65, R5).
 */
export interface ErrorFacts {
  /** HTTP status of the answer, when there was one. */
  status?: number;
  /** Host (with port) that was asked. */
  host?: string;
  /** Media type of the answer, without parameters. */
  contentType?: string;
  /** OAuth `error` value, RFC 6749 section 5.2. */
  providerCode?: string;
  /** The provider's own words, at most 200 characters. */
  providerText?: string;
  /** Names (never values) of the members that came instead of the expected one. */
  membersSeen?: string[];
  /** The field that is the likely cause. */
  field?: FieldName;
  /** When a next try makes sense, in ms since the epoch. */
  retryAtMs?: number;
  /** Name of the provider, app, connection, folder or scope the sentence speaks of. */
  name?: string;
  /** Whom the connection is of, where somebody else came back (`name`). */
  expected?: string;
  /** Operating system's error code (ENOSPC, ECONNREFUSED), for the details. */
  systemCode?: string;
}

/** The only error that crosses a wall. Its message is its code, so that a log line can say nothing more. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    readonly facts: ErrorFacts = {},
  ) {
    super(code);
  }
}

/** Any thrown thing as an AppError. The cause is dropped on purpose: library errors carry answer bodies. */
export function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal');
}
