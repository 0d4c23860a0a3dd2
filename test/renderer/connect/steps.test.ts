import { describe, expect, it } from 'vitest';
import { addressFault, spaceAt } from '../../../renderer/features/connect/checks.ts';
import { inDocumentOrder, toggled } from '../../../renderer/features/connect/scopes.ts';
import { handOver, missingOn } from '../../../renderer/features/connect/hand-over.ts';
import { rail } from '../../../renderer/features/connect/rail.ts';
import { advance, isLast, opened, placeOf, roadTo } from '../../../renderer/features/connect/steps.ts';
import { fieldNames } from '../../../shared/errors.ts';
import { connecteam, draft, teamgantt } from './samples.ts';

const view = draft();

describe('the wizard as data', () => {
  it('opens at the system, and at the sign-in when signing in again', () => {
    expect(opened(view).step).toBe('system');
    expect(opened(draft({ purpose: { kind: 'sign_in_again', connectionId: 'c1' } })).step).toBe('sign_in');
  });

  it('takes what main holds as the truth once a step was kept', () => {
    let state = opened(view);
    state = advance(state, { kind: 'typed', patch: { clientId: 'abc' }, field: 'clientId' });
    state = advance(state, { kind: 'kept', view: draft({ clientId: 'abc-main' }), to: 'sign_in' });
    expect(state.form.clientId).toBe('abc-main');
    expect(state.step).toBe('sign_in');
  });

  it('keeps everything typed when a step is left backwards and entered again', () => {
    let state = opened(draft({ providerId: 'teamgantt', clientId: 'abc', appName: 'Planning' }));
    state = advance(state, { kind: 'went', to: 'sign_in' });
    state = advance(state, { kind: 'typed', patch: { username: 'pm@firm.example' }, field: 'username' });
    state = advance(state, { kind: 'went', to: 'keys' });
    state = advance(state, { kind: 'went', to: 'sign_in' });
    expect(state.form).toMatchObject({ username: 'pm@firm.example', clientId: 'abc', appName: 'Planning' });
  });

  it('marks the likely field of a failure, keeps the form, and unmarks the field when it is typed in', () => {
    let state = advance(opened(view), { kind: 'typed', patch: { username: 'pm@firm.example' }, field: 'username' });
    state = advance(state, { kind: 'failed', problem: { code: 'wrong_password', facts: { field: 'password' } } });
    expect(state.marked).toEqual(['password']);
    expect(state.form.username).toBe('pm@firm.example');
    state = advance(state, { kind: 'typed_secret', field: 'password' });
    expect(state.marked).toEqual([]);
    expect(state.problem).not.toBeNull();
  });

  it('takes the likely cause along to its page after a failed exchange, until the person has typed there', () => {
    let state = advance(opened(draft({ providerId: 'teamgantt' })), { kind: 'went', to: 'sign_in' });
    state = advance(state, { kind: 'busy', with: 'connecting' });
    state = advance(state, { kind: 'failed', problem: { code: 'wrong_client', facts: { field: 'clientSecret' } } });
    state = advance(state, { kind: 'went', to: 'keys' });
    expect(state.marked).toEqual(['clientSecret']);
    expect(state.problem?.code).toBe('wrong_client');
    state = advance(state, { kind: 'typed_secret', field: 'clientSecret' });
    state = advance(state, { kind: 'kept', view: draft({ clientSecretEntered: true }), to: 'sign_in' });
    expect(state.problem).toBeNull();
  });

  it('knows a page for every field a failure can name', () => {
    for (const field of fieldNames) expect(['keys', 'sign_in', 'addresses']).toContain(placeOf(field));
    expect(placeOf('pastedToken', { grant: 'refresh_token' })).toBe('sign_in');
    expect(placeOf('pastedToken', { grant: 'personal_access_token' })).toBe('keys');
  });

  it('offers the road to the likely field only when it is on another page', () => {
    const atSignIn = advance(opened(draft({ providerId: 'teamgantt' })), { kind: 'went', to: 'sign_in' });
    const secret = advance(atSignIn, {
      kind: 'failed',
      problem: { code: 'wrong_client', facts: { field: 'clientSecret' } },
    });
    expect(roadTo(secret)).toBe('keys');
    const password = advance(atSignIn, {
      kind: 'failed',
      problem: { code: 'wrong_password', facts: { field: 'password' } },
    });
    expect(roadTo(password)).toBeNull();
  });

  it('lets the password grant end at the sign-in and the client credentials at the keys', () => {
    expect(isLast(draft({ grant: 'password' }), 'keys')).toBe(false);
    expect(isLast(draft({ grant: 'password' }), 'sign_in')).toBe(true);
    expect(isLast(draft({ grant: 'client_credentials' }), 'keys')).toBe(true);
    expect(isLast(draft({ grant: 'personal_access_token' }), 'keys')).toBe(true);
    expect(isLast(draft({ grant: 'authorization_code' }), 'keys')).toBe(false);
    expect(isLast(draft({ grant: 'refresh_token' }), 'keys')).toBe(false);
  });

  it('says on the rail that a sign-in is not needed', () => {
    const connecteamDraft = draft({ providerId: 'connecteam', grant: 'client_credentials' });
    const atKeys = rail({ kind: 'connect', realm: 'vault' }, 'keys', connecteamDraft);
    expect(atKeys.map((one) => [one.condition, one.note])).toEqual([
      ['done', 'provider'],
      ['now', 'get_keys'],
      ['to_do', 'not_needed'],
      ['to_do', 'first_token'],
    ]);
  });

  it.each([
    ['authorization_code', 'connect', 'in_browser'],
    ['refresh_token', 'connect', 'paste_token'],
    ['personal_access_token', 'connect', 'not_needed'],
    ['personal_access_token', 'again', 'paste_token'],
    ['client_credentials', 'again', 'ask_again'],
  ] as const)('says on the rail what signing in is by %s (%s)', (grant, purpose, note) => {
    const why = purpose === 'again' ? ({ kind: 'sign_in_again', connectionId: 'c1' } as const) : view.purpose;
    const step = purpose === 'again' ? 'sign_in' : 'keys';
    expect(rail(why, step, draft({ providerId: 'taskade', grant }))[2]?.note).toBe(note);
  });

  it('asks for the secret of a public app only where the keys are all that is shown', () => {
    const state = { ...opened(draft({ providerId: 'taskade', clientId: 'a' })), step: 'keys' as const };
    const may = { clientSecret: 'optional', company: null } as const;
    const by = (grant: 'authorization_code' | 'client_credentials') =>
      missingOn({ ...state, form: { ...state.form, grant } }, 'keys', false, may);
    expect(by('authorization_code')).toEqual([]);
    expect(by('client_credentials')).toEqual(['clientSecret']);
  });

  it('takes a token that was pasted for one way as none for another', () => {
    const kept = opened(draft({ grant: 'refresh_token', pastedTokenEntered: true, clientId: 'a' }));
    expect(missingOn(kept, 'sign_in', false)).toEqual([]);
    const changed = advance(kept, { kind: 'typed', patch: { grant: 'personal_access_token' } });
    expect(missingOn(changed, 'keys', false)).toEqual(['pastedToken']);
    expect(handOver(changed, 'keys', 'tok')).toEqual({
      draftId: 'd1',
      grant: 'personal_access_token',
      pastedToken: 'tok',
    });
  });

  it('keeps an unfinished redirect address here, and an app’s own as it is', () => {
    const state = opened(draft({ providerId: 'taskade', redirectUri: 'http://127.0.0.1:24816/taskade' }));
    const typed = (redirectUri: string) => advance(state, { kind: 'typed', patch: { redirectUri } });
    expect(handOver(typed('partner'), 'keys', '')).toBeNull();
    expect(missingOn(typed('partner'), 'keys', true)).toContain('redirectUri');
    expect(handOver(typed(' https://p.example/cb '), 'keys', '')).toEqual({
      draftId: 'd1',
      redirectUri: 'https://p.example/cb',
    });
    const ofApp = advance(typed('https://p.example/cb'), { kind: 'typed', patch: { appId: 'app-1' } });
    expect(handOver(ofApp, 'keys', '')).toEqual({ draftId: 'd1', appId: 'app-1' });
  });

  it('names what is still empty, and counts a secret that main already has', () => {
    const state = { ...opened(draft({ providerId: 'teamgantt' })), step: 'keys' as const };
    expect(missingOn(state, 'keys', false)).toEqual(['clientId', 'clientSecret']);
    expect(missingOn(state, 'keys', true)).toEqual(['clientId']);
    const entered = { ...opened(draft({ clientId: 'a', clientSecretEntered: true })), step: 'keys' as const };
    expect(missingOn(entered, 'keys', false)).toEqual([]);
    const withApp = opened(draft({ appId: 'app-1' }));
    expect(missingOn(withApp, 'keys', false)).toEqual([]);
  });

  it('hands over only what the page can change, and no secret where none was typed', () => {
    let state = opened(draft({ providerId: 'teamgantt', clientId: 'abc' }));
    expect(handOver(state, 'keys', '')).toBeNull();
    expect(handOver(state, 'keys', 's3cret')).toEqual({ draftId: 'd1', clientSecret: 's3cret' });
    state = advance(state, { kind: 'typed', patch: { username: 'pm@firm.example' }, field: 'username' });
    expect(handOver(state, 'sign_in', 'pw')).toEqual({ draftId: 'd1', username: 'pm@firm.example', password: 'pw' });
    const withApp = advance(state, { kind: 'typed', patch: { appId: 'app-1' } });
    expect(handOver(withApp, 'keys', '')).toEqual({ draftId: 'd1', appId: 'app-1' });
    const anew = advance(opened(draft({ appId: 'app-1' })), { kind: 'typed', patch: { appId: null, clientId: 'x' } });
    expect(handOver(anew, 'keys', '')).toEqual({ draftId: 'd1', appId: null, clientId: 'x' });
  });

  it('hands over only the addresses that were changed', () => {
    let state = opened(draft({ providerId: 'teamgantt', endpoints: teamganttAddresses }));
    expect(handOver(state, 'addresses', '')).toBeNull();
    state = advance(state, {
      kind: 'typed',
      patch: { endpoints: { ...state.form.endpoints, token: 'http://127.0.0.1:9/t' } },
    });
    expect(handOver(state, 'addresses', '')).toEqual({
      draftId: 'd1',
      endpoints: [{ kind: 'token', url: 'http://127.0.0.1:9/t' }],
    });
  });
});

const teamganttAddresses = teamgantt.endpoints.map(({ kind, urls }) => ({
  kind,
  url: urls.global ?? '',
  edited: false,
  found: null,
}));

describe('the checks while typing', () => {
  it.each([
    ['https://auth.example/oauth2/token', null],
    ['http://127.0.0.1:8080/token', null],
    ['http://localhost/token', null],
    ['http://[::1]:9/token', null],
    ['', null],
    ['http://auth.example/token', 'not_secure'],
    ['http://127.0.0.1.example/token', 'not_secure'],
    ['auth.example/token', 'not_an_address'],
    ['ftp://auth.example', 'not_an_address'],
    ['https://me:pw@auth.example', 'user_info'],
    ['https://auth.example/#x', 'fragment'],
  ])('%s: %s', (typed, fault) => {
    expect(addressFault(typed)).toBe(fault);
  });

  it('finds a space at either end and lets one in the middle be', () => {
    expect(spaceAt(' abc')).toBe('start');
    expect(spaceAt('abc\n')).toBe('end');
    expect(spaceAt('a bc')).toBeNull();
  });

  it('keeps the scopes in the order of the provider’s list, whatever the order of ticking', () => {
    const choice = connecteam.scopes!;
    let chosen = toggled(choice, [], 'users.write', true);
    chosen = toggled(choice, chosen, 'account_information.read', true);
    chosen = toggled(choice, chosen, 'users.read', true);
    expect(chosen).toEqual(['account_information.read', 'users.read', 'users.write']);
    expect(toggled(choice, chosen, 'users.read', false)).toEqual(['account_information.read', 'users.write']);
    expect(inDocumentOrder(choice, ['own.scope', 'users.read'])).toEqual(['users.read', 'own.scope']);
  });
});
