import { AppError, asAppError, type ErrorCode } from '../../shared/errors.ts';
import type { Granted } from '../oauth/tokens.ts';
import type { Secret } from '../secret.ts';
import type { BrowserSignIns } from './browser-sign-ins.ts';
import type { DeviceSignIns } from './device-sign-ins.ts';
import type { Draft, Exchanged } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { Clock } from './ports.ts';
import { storedTokens, type Keys, type ProviderCalls, type Tested } from './provider-calls.ts';

export interface SignInTools {
  drafts: Drafts;
  calls: ProviderCalls;
  clock: Clock;
  browserSignIns: BrowserSignIns;
  deviceSignIns: DeviceSignIns;
  /** Practice is told the redirect address, since there is no page to type it on. */
  registerRedirect(draft: Draft, keys: Keys, redirectUri: string): void;
}

/** Gets the tokens in the way that the person chose, and asks whose they are. Nothing is stored here. */
export async function exchange(tools: SignInTools, draft: Draft, keys: Keys, byPaste: boolean): Promise<Exchanged> {
  const { grant, scopes, username, company } = draft;
  const asked = { grant, scopes, username, company };
  if (grant === 'personal_access_token')
    return { asked, keys, ...(await tryToken(tools, draft, keys)), isSomebodyElse: false };
  const granted = await signIn(tools, draft, keys, byPaste);
  return { asked, keys, granted, who: await whoIsIt(tools, keys, granted), isSomebodyElse: false };
}

async function signIn(tools: SignInTools, draft: Draft, keys: Keys, byPaste: boolean): Promise<Granted> {
  const { calls } = tools;
  switch (draft.grant) {
    case 'client_credentials':
      return calls.askForToken(keys, draft.scopes);
    case 'authorization_code':
      if (calls.isForCompany(keys.app.providerId) && draft.company === '')
        throw new AppError('field_missing', { field: 'company' });
      return tools.browserSignIns.signIn(draft, keys, tools.drafts.redirectOf(draft), byPaste);
    case 'device_code':
      return tools.deviceSignIns.signIn(draft, keys);
    case 'refresh_token': {
      const token = pastedTokenOf(draft);
      // T-Gate wants it with a renewal, too.
      if (keys.app.redirectUri !== null) tools.registerRedirect(draft, keys, keys.app.redirectUri);
      return calls.refresh(keys, token).catch((thrown: unknown) => {
        throw refusedWhenPasted(thrown, 'sign_in_again');
      });
    }
    case 'password':
    case 'personal_access_token':
      if (draft.username === '') throw new AppError('field_missing', { field: 'username' });
      if (draft.password === null) throw new AppError('field_missing', { field: 'password' });
      return calls.signInWithPassword(keys, draft.username, draft.password, draft.scopes);
  }
}

/** No exchange could show whether it is one, so the test call has to: what does not work is not stored. */
async function tryToken(
  { calls, clock }: SignInTools,
  draft: Draft,
  { app }: Keys,
): Promise<Pick<Exchanged, 'granted' | 'who'>> {
  try {
    return await calls.tryPersonalToken(app, pastedTokenOf(draft), clock.nowMs());
  } catch (thrown) {
    throw refusedWhenPasted(thrown, 'token_refused');
  }
}

function pastedTokenOf({ pastedToken }: Draft): Secret {
  if (pastedToken === null) throw new AppError('field_missing', { field: 'pastedToken' });
  return pastedToken;
}

/** What is said of a sign-in that ended would be wrong of a token that was pasted a moment ago. */
function refusedWhenPasted(thrown: unknown, means: ErrorCode): AppError {
  const error = asAppError(thrown);
  return error.code === means ? new AppError('pasted_token_refused', { ...error.facts, field: 'pastedToken' }) : error;
}

/** Who came back. The sign-in is good without it, so a test call that fails is no failure here. */
async function whoIsIt({ calls }: SignInTools, { app, secrets }: Keys, granted: Granted): Promise<Tested | null> {
  try {
    return await calls.test(app, storedTokens(granted), granted.tokens.scopesGranted, secrets);
  } catch {
    return null;
  }
}
