import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import type { HeadlessApp } from './headless-app.ts';

// ER/Studio, since its refresh tokens rotate: what is lost there is lost.

/** Connects at a Team Server of this origin, with an app of ours where one is named; the connection's id. */
export async function connectErStudio(
  app: HeadlessApp,
  origin: string,
  person: number,
  appId?: string,
): Promise<string> {
  const { people, apps } = practiceAccounts('er-studio');
  const { id: draftId } = await app.call('drafts.open', { kind: 'connect', realm: 'vault' });
  await app.call('drafts.keep', { draftId, providerId: 'er-studio' });
  if (appId !== undefined) await app.call('drafts.keep', { draftId, appId });
  else {
    const { clientId, clientSecret } = apps[0]!;
    await app.call('drafts.keep', { draftId, clientId, clientSecret: clientSecret.reveal(), baseUrl: origin });
  }
  const { username, password } = people[person]!;
  await app.call('drafts.keep', { draftId, username, password: password.reveal() });
  return (await app.call('drafts.connect', { draftId })).connectionId;
}

export async function signInToErStudioAgain(app: HeadlessApp, connectionId: string, person: number): Promise<void> {
  const { id: draftId } = await app.call('drafts.open', { kind: 'sign_in_again', connectionId });
  const password = practiceAccounts('er-studio').people[person]!.password.reveal();
  await app.call('drafts.keep', { draftId, password });
  await app.call('drafts.connect', { draftId });
}

/** Waits until no renewal is under way: real HTTP takes its turns, however the clock stands. */
export async function quiet(app: HeadlessApp): Promise<void> {
  while (app.program.snapshot().connections.some(({ condition }) => condition === 'renewing')) {
    await new Promise<void>((turn) => setImmediate(turn));
  }
}
