import type { ErrorCode, ErrorFacts } from '../../shared/errors.ts';

/** What the failure of a call usually knows: which host was asked, and whose it is. */
const call: ErrorFacts = { host: 'auth.teamgantt.com', name: 'TeamGantt' };
const browser: ErrorFacts = { host: 'www.taskade.com', name: 'Taskade' };
const issuer: ErrorFacts = { host: 'accounts.firm.example' };
const server: ErrorFacts = { host: 'models.firm.example:9090', name: 'ER/Studio Team Server' };
const keyring: ErrorFacts = { name: 'GNOME Keyring' };

/** The names that docs/troubleshooting.md fills into the sentences; where a code has none here, `call` is meant. */
const others: Partial<Record<ErrorCode, ErrorFacts>> = {
  wrong_account: { name: 'ben@firm.example', expected: 'ana@firm.example' },
  sign_in_declined: browser,
  sign_in_refused: browser,
  sign_in_timed_out: browser,
  code_refused: browser,
  code_late: { name: 'T-Gate' },
  pasted_elsewhere: { host: 'www.taskade.com', name: '127.0.0.1:47113' },
  pasted_token_refused: browser,
  grant_refused: browser,
  scope_refused: { name: 'Connecteam' },
  device_pending: issuer,
  device_slow_down: issuer,
  device_code_ended: issuer,
  request_refused: { ...call, status: 400 },
  not_an_oauth_answer: { ...server, contentType: 'text/html' },
  provider_failing: { ...call, status: 503 },
  server_refused: server,
  host_unknown: server,
  certificate_refused: server,
  no_answer_in_time: server,
  address_missing: { name: 'T-Gate' },
  address_invalid: {},
  address_insecure: server,
  metadata_missing: issuer,
  metadata_wrong_answer: { ...issuer, contentType: 'text/html' },
  metadata_other_issuer: { ...issuer, expected: 'https://login.firm.example' },
  metadata_insecure: { ...issuer, name: 'token_endpoint' },
  metadata_other_host: { ...issuer, name: 'tokens.firm.example' },
  redirect_port_taken: { name: '47113' },
  redirect_not_here: { host: 'app.firm.example' },
  token_refused: { ...call, status: 401 },
  test_scope_missing: { name: 'account_information.read' },
  test_wrong_answer: { host: 'api.connecteam.com', status: 200 },
  revoke_unsupported: { name: 'Connecteam' },
  revoke_refused: { ...call, status: 500 },
  ended_with_another: { name: 'Site works plan' },
  addresses_changed: { name: 'Planning' },
  set_up_wrong: { name: 'apps' },
  provider_file_wrong: { name: 'endpoints' },
  set_up_provider_unknown: { name: 'newsystem' },
  file_unreadable: { name: 'set-up.json' },
  file_not_written: { name: 'set-up.json' },
  registration_refused: { ...server, status: 403 },
  registration_wrong_answer: { ...server, status: 404 },
  disk_read_only: { name: '/home/ana/.config/Grantkeep' },
  key_missing: keyring,
  key_wrong: keyring,
  keychain_absent: { name: 'Secret Service' },
  keychain_locked: keyring,
  keychain_denied: keyring,
  keychain_silent: keyring,
  backup_unreadable: { name: 'grantkeep.age' },
  backup_folder_closed: { name: '/media/stick' },
  field_missing: {},
  browser_failed: browser,
  folder_failed: { name: '/home/ana/.config/Grantkeep' },
};

export const usualFacts = (code: ErrorCode): ErrorFacts => others[code] ?? call;
