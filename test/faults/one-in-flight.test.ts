import { headlessApp, temporaryFolder } from '../support/headless-app.ts';
import { connectErStudio, quiet } from '../support/er-studio-sign-in.ts';
import { connectionNow, runProvider } from '../support/real-connections.ts';
import { figure, sized } from './figure.ts';

const minute = 60_000;

figure(
  'D10',
  'F22 B18: of 100 callers at once that need a new token, the server sees exactly one refresh',
  async (count) => {
    const place = temporaryFolder();
    const app = await headlessApp({ folder: place.folder });
    const provider = await runProvider(app, 'er-studio');
    try {
      const connectionId = await connectErStudio(app, provider.origin, 0);
      for (let round = 0; round < sized(10, 100); round += 1) {
        const before = connectionNow(app, connectionId).generation;
        provider.engine.clearRecord();
        // The token has ended, so the schedule is one caller more.
        app.clock.advance(61 * minute);
        const asked = Array.from({ length: 100 }, (_, caller) => {
          if (caller % 3 === 0) return app.ask('connections.renew', { connectionId });
          if (caller % 3 === 1) return app.ask('connections.copy', { connectionId, form: 'token' });
          return app.ask('connections.test', { connectionId });
        });
        const refused = (await Promise.all(asked)).filter(({ ok }) => !ok);
        await quiet(app);
        const refreshes = provider.engine.record().filter(({ grantType }) => grantType === 'refresh_token').length;
        const renewed = connectionNow(app, connectionId).generation - before;
        const isOne = refreshes === 1 && renewed === 1 && refused.length === 0;
        count.add(isOne ? null : `${refreshes} refreshes, ${renewed} kept, ${refused.length} callers refused`);
      }
    } finally {
      await app.end();
      await provider.stop();
      place.remove();
    }
  },
  sized(1, 5) * minute,
);
