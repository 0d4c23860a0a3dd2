import process from 'node:process';
import { build } from './lib/build.mjs';
import { runVisibly } from './lib/child.mjs';
import { display } from './lib/display.mjs';
import { root } from './lib/places.mjs';
import { prepare } from './lib/prepare.mjs';
import { door, say } from './lib/steps.mjs';
import { tour } from './lib/tour.mjs';

await door(async (words) => {
  const { kind, why } = await display();
  if (kind === 'none') {
    say(`No window can be opened here: ${why}. This is the tour instead.`);
    return tour();
  }
  const { binary, args } = await prepare(['window']);
  await build();
  say('· Opening the window');
  const env = { ...process.env };
  // Some editors' terminals set it, and Electron would be a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const platform = kind === 'wayland' ? ['--ozone-platform=wayland'] : [];
  return runVisibly(binary, [...args, ...platform, root, ...words], { env });
});
