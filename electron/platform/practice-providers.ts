import { AppError } from '../../shared/errors.ts';
import type { PracticeAct } from '../../shared/model/practice.ts';
import type { GrantType } from '../../shared/model/provider.ts';
import { accountsOf, practiceEndpoints } from '../providers/practice/accounts.ts';
import { PracticeEngine } from '../providers/practice/engine.ts';
import { profiles } from '../providers/registry.ts';
import { Secret } from '../secret.ts';
import type { PracticeProvider } from '../services/ports.ts';
import { startPracticeListener } from './practice-listener.ts';

/** One make-believe provider for each profile, each on a loopback port of its own, as real ones have hosts of their own. */
export async function startPracticeProviders(nowMs: () => number): Promise<PracticeProvider[]> {
  const started = await Promise.allSettled(
    profiles().map(async (profile) => {
      const engine = new PracticeEngine({ profile, nowMs });
      const { origin, stop } = await startPracticeListener(engine);
      const { people, apps } = accountsOf(profile);
      const [app] = apps;
      const [person] = people;
      if (app === undefined) throw new Error(`no practice app for ${profile.id}`);
      return {
        providerId: profile.id,
        origin,
        endpoints: practiceEndpoints(profile, origin),
        offer: {
          clientId: app.clientId,
          clientSecret: app.clientSecret,
          username: person?.username ?? null,
          password: person?.password ?? null,
          scopes: app.scopes,
          marketplaceUrl: profile.practice.marketplace === null ? null : `${origin}${profile.practice.marketplace}`,
          pastedToken: (grant: GrantType) => pastedToken(engine, grant, app.clientId, person?.username ?? ''),
        },
        registerRedirect: (clientId: string, redirectUri: string) => engine.registerRedirect(clientId, redirectUri),
        happen: (what: PracticeAct) => engine.happen(what),
        happenings: () => engine.happenings(),
        watch: (changed: () => void) => engine.watch(changed),
        stop,
      };
    }),
  );
  const providers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (providers.length === profiles().length) return providers;
  // Half a practice is none: what did start is stopped, and the person may try again.
  await Promise.all(providers.map(({ stop }) => stop()));
  throw new AppError('practice_closed');
}

/** What somebody who pastes a token in would have at hand. */
function pastedToken(engine: PracticeEngine, grant: GrantType, clientId: string, username: string): Secret | null {
  const token =
    grant === 'personal_access_token'
      ? engine.personalToken(username)
      : grant === 'refresh_token'
        ? engine.existingRefreshToken(clientId, username)
        : null;
  return token === null ? null : new Secret(token);
}
