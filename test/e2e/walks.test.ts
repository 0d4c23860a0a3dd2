import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { clipboardText, freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { addressesOf, row, typeAddresses, typeSecret } from '../support/walk.ts';

// Three people, each by the shortest way there is: what they press and type is counted, and how long it took is told.

let engine: EngineProcess;
let teamgantt: RemoteEngine;
let connecteam: RemoteEngine;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let page: Page;

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  teamgantt = engine.provider('teamgantt');
  connecteam = engine.provider('connecteam');
  profile = await freshProfile();
  app = await launch(profile.folder);
  page = app.page;
});
afterAll(async () => {
  await app.quit();
  await engine.stop();
  await profile.remove();
});

/** Counts what a person does. */
class Walk {
  presses = 0;
  fields = 0;
  readonly #startedAtMs = performance.now();

  async press(what: Locator): Promise<void> {
    this.presses += 1;
    await what.click({ force: true });
  }

  async key(keys: string): Promise<void> {
    this.presses += 1;
    await page.keyboard.press(keys);
  }

  async type(label: string, value: string): Promise<void> {
    this.fields += 1;
    await typeSecret(page, label, value);
  }

  done(who: string): { presses: number; fields: number } {
    const tookMs = Math.round(performance.now() - this.#startedAtMs);
    const { presses, fields } = this;
    process.stdout.write(`${who}: ${String(presses)} presses, ${String(fields)} fields, ${String(tookMs)} ms\n`);
    return { presses, fields };
  }
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
const keysOf = (providerId: string) => {
  const { apps, people } = practiceAccounts(providerId);
  const [keys] = apps;
  return { keys: keys!, person: people[0] };
};
/** Nobody types these for a provider whose addresses are known: they lead to the one on loopback, and are not counted. */
const pointAt = (provider: RemoteEngine) => typeAddresses(page, addressesOf(provider));

describe('an admin who connects', () => {
  it('TeamGantt: its two keys and the sign-in are typed, and nothing is pressed but the way there', async () => {
    const { keys, person } = keysOf('teamgantt');
    const walk = new Walk();
    await walk.press(button(text.welcome.firstRun.connect));
    await walk.press(page.getByRole('radio', { name: /^TeamGantt/ }));
    await walk.press(button(text.connect.foot.nextKeys));
    await walk.type(text.connect.keys.clientId, keys.clientId);
    await walk.type(text.connect.keys.clientSecret, keys.clientSecret.reveal());
    await pointAt(teamgantt);
    await walk.press(button(text.connect.foot.nextSignIn));
    await walk.type('E-mail', person!.username);
    await walk.type('Password', person!.password.reveal());
    await walk.press(button(text.connect.foot.signInTo('TeamGantt')));
    await button(text.connect.done.show).waitFor();
    // To connect, which system, on to its keys, on to the sign-in, sign in.
    expect(walk.done('admin, TeamGantt')).toEqual({ presses: 5, fields: 4 });
  });

  it('Connecteam: its two keys are typed, and there is no sign-in to make', async () => {
    const { keys } = keysOf('connecteam');
    await button(text.connect.done.show).click();
    const walk = new Walk();
    await walk.press(button(text.shell.side.connect));
    await walk.press(page.getByRole('radio', { name: /^Connecteam/ }));
    await walk.press(button(text.connect.foot.nextKeys));
    await walk.type(text.connect.keys.clientId, keys.clientId);
    await walk.type(text.connect.keys.clientSecret, keys.clientSecret.reveal());
    await pointAt(connecteam);
    await walk.press(button(text.connect.foot.firstToken));
    await button(text.connect.done.show).waitFor();
    expect(walk.done('admin, Connecteam')).toEqual({ presses: 4, fields: 2 });
    await button(text.connect.done.show).click();
  });

  it('TeamGantt a second time: the app is there, so that the sign-in alone is typed', async () => {
    const { person } = keysOf('teamgantt');
    const walk = new Walk();
    await walk.press(button(text.shell.side.connect));
    await walk.press(page.getByRole('radio', { name: /^TeamGantt/ }));
    await walk.press(button(text.connect.foot.nextKeys));
    await walk.press(button(text.connect.foot.nextSignIn));
    await walk.type('E-mail', person!.username);
    await walk.type('Password', person!.password.reveal());
    await walk.press(button(text.connect.foot.signInTo('TeamGantt')));
    await button(text.connect.done.show).waitFor();
    expect(walk.done('admin, TeamGantt again')).toEqual({ presses: 5, fields: 2 });
    await button(text.connect.done.show).click();
  });
});

describe('a developer who needs a token', () => {
  it('has the one of last time with one key after the program opened', async () => {
    await row(page, 'Connecteam').click();
    await page.keyboard.press('Control+c');
    await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
    await app.quit();
    app = await launch(profile.folder);
    page = app.page;
    await row(page, 'Connecteam').waitFor();
    const walk = new Walk();
    await walk.key('Control+c');
    await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
    const copied = await clipboardText(app);
    expect([...(await connecteam.tokensGiven()).values()]).toContain(copied);
    expect(walk.done('developer').presses).toBeLessThanOrEqual(2);
  });
});

describe('support, asked why it stopped', () => {
  it('has a report to paste with three presses from the red row', async () => {
    const { person } = keysOf('teamgantt');
    await teamgantt.revokeElsewhere(person!.username);
    await row(page, 'TeamGantt').first().click();
    await button(text.connections.acts.renew).first().click();
    await page.getByText(text.connections.words.signin).first().waitFor();
    await row(page, 'Connecteam').click();

    const walk = new Walk();
    await walk.press(page.getByRole('row').filter({ hasText: text.connections.words.signin }).first());
    await walk.press(button(text.connections.acts.why).first());
    await walk.press(button(text.diagnose.copyReport));
    await page.getByText(text.shell.clipboard.copied.report).first().waitFor();
    expect(walk.done('support').presses).toBe(3);
    expect(await clipboardText(app)).toContain(text.diagnose.report.foot);
  });
});
