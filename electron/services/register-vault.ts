import { randomUUID } from 'node:crypto';
import { AppError, asAppError } from '../../shared/errors.ts';
import type { DraftView } from '../../shared/model/draft.ts';
import { Secret } from '../secret.ts';
import type { Draft } from './draft.ts';
import type { Drafts } from './drafts.ts';
import type { Log } from './ports.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { ProviderCalls } from './provider-calls.ts';

export interface RegisterTools {
  drafts: Drafts;
  calls: ProviderCalls;
  log: Log;
  /** Two presses must not leave two apps on the server. */
  registering: OneAtATime<DraftView>;
}

/**
 * E11: makes an ID and a secret, tells them to the person's own server, and takes them into the draft. They are never
 * drawn from here; the server has them once it said yes, and the vault with the first sign-in.
 */
export function registerVault(tools: RegisterTools, draftId: string): Promise<DraftView> {
  return tools.registering.run(draftId, () => register(tools, tools.drafts.get(draftId)));
}

async function register({ drafts, calls, log }: RegisterTools, draft: Draft): Promise<DraftView> {
  const { id, providerId, appId, regionId, appName, redirectUri } = draft;
  if (providerId === null || appId !== null) throw new AppError('bad_input');
  const server = drafts.serverOf(draft);
  const keys = { clientId: randomUUID(), clientSecret: new Secret(randomUUID()) };
  const unencryptedConsent = draft.unencryptedConsent ?? undefined;
  try {
    await calls.register({ providerId, regionId, server, unencryptedConsent }, { ...keys, name: appName, redirectUri });
  } catch (thrown) {
    const { code, facts } = asAppError(thrown);
    log.write('registration failed', {
      provider: providerId,
      code,
      ...(facts.host === undefined ? {} : { host: facts.host }),
    });
    throw thrown;
  }
  log.write('registered', { provider: providerId });
  return drafts.takeRegistered(id, server, keys);
}
