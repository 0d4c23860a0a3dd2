import { AppError } from '../../shared/errors.ts';
import { practiceAccounts, practiceEndpoints } from '../providers/practice/accounts.ts';
import { PracticeEngine } from '../providers/practice/engine.ts';
import { profiles } from '../providers/registry.ts';
import type { PracticeProvider } from '../services/ports.ts';
import { startPracticeListener } from './practice-listener.ts';

/** One make-believe provider for each profile, each on a loopback port of its own, as real ones have hosts of their own. */
export async function startPracticeProviders(nowMs: () => number): Promise<PracticeProvider[]> {
  const started = await Promise.allSettled(
    profiles.map(async (profile) => {
      const engine = new PracticeEngine({ profile, nowMs });
      const { origin, stop } = await startPracticeListener(engine);
      const { people, apps } = practiceAccounts(profile.id);
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
        },
        registerRedirect: (clientId: string, redirectUri: string) => engine.registerRedirect(clientId, redirectUri),
        stop,
      };
    }),
  );
  const providers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (providers.length === profiles.length) return providers;
  // Half a practice is none: what did start is stopped, and the person may try again.
  await Promise.all(providers.map(({ stop }) => stop()));
  throw new AppError('practice_closed');
}
