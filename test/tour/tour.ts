import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { practiceAccounts } from '../../electron/providers/practice/accounts.ts';
import { english as text } from '../../shared/text/catalogue.ts';
import { startEngineProcess, type EngineProcess, type RemoteEngine } from '../support/engine-process.ts';
import { clipboardText, freshProfile, launch, type RealApp } from '../support/real-app.ts';
import { addressesOf, connect, row, type Typed } from '../support/walk.ts';
import { resize, Steps } from './steps.ts';

// The main job in the real program, step by step, with a picture and a line of transcript for each. It fails when a
// step fails, and then the transcript ends with that step.

let engine: EngineProcess;
let profile: Awaited<ReturnType<typeof freshProfile>>;
let app: RealApp;
let page: Page;

beforeAll(async () => {
  engine = await startEngineProcess({ lifetimeSeconds: 3600 });
  profile = await freshProfile();
  app = await launch(profile.folder);
  page = app.page;
  await page.emulateMedia({ colorScheme: 'light' });
  await size(1280, 800);
});

afterAll(async () => {
  await app.quit();
  await engine.stop();
  await profile.remove();
});

const steps = new Steps('tour', () => app);
const step: Steps['step'] = (...all) => steps.step(...all);
const note = (line: string): void => steps.note(line);

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const size = (width: number, height: number) => resize(app, width, height);

/** What a person with a real account types; the addresses, edited under Advanced, point at the engine on loopback. */
function real(
  provider: RemoteEngine,
  name: 'TeamGantt' | 'Connecteam' | 'ER/Studio Team Server',
  more: Partial<Typed> & { person?: number } = {},
): Typed {
  const { people, apps } = practiceAccounts(name === 'ER/Studio Team Server' ? 'er-studio' : name.toLowerCase());
  const person = people[more.person ?? 0];
  const keys = apps[0]!;
  return {
    provider: name,
    ...(more.app === undefined
      ? {
          clientId: keys.clientId,
          clientSecret: keys.clientSecret.reveal(),
          ...(name === 'ER/Studio Team Server'
            ? { server: provider.origin }
            : {
                addresses: addressesOf(provider),
              }),
        }
      : {}),
    ...(person === undefined ? {} : { username: person.username, password: person.password.reveal() }),
    ...more,
  };
}

it('walks through the main job', { timeout: 180_000 }, async () => {
  note(
    `Grantkeep ${await app.electron.evaluate(({ app: running }) => running.getVersion())} in Electron ${await app.electron.evaluate(() => process.versions.electron)}`,
  );
  steps.chapter('Practice: make-believe systems inside the program');
  await step('First run', () =>
    button(text.welcome.firstRun.connect)
      .or(button(/^Connect an account/))
      .first()
      .waitFor(),
  );
  await step('Practice opens the wizard', async () => {
    await button(/^Practice first/).click();
    await page.getByText(text.welcome.practice.band).waitFor();
    await page.getByRole('radio', { name: /^TeamGantt/ }).check({ force: true });
  });
  await step('Practice has the keys of TeamGantt filled in', () => button(text.connect.foot.nextKeys).click());
  await step('Practice has the sign-in filled in', () => button(text.connect.foot.nextSignIn).click());
  await step('TeamGantt is kept', async () => {
    await button(text.connect.foot.signInTo('TeamGantt')).click();
    await button(text.connect.done.another).waitFor();
  });
  await step('Connecteam needs its keys and no sign-in', async () => {
    await button(text.connect.done.another).click();
    await page.getByRole('radio', { name: /^Connecteam/ }).check({ force: true });
    await button(text.connect.foot.nextKeys).click();
    await page.getByRole('checkbox').first().waitFor();
  });
  await step('ER/Studio asks for the address of a server of your own', async () => {
    await button(text.connect.foot.firstToken).click();
    await button(text.connect.done.another).click();
    await page.getByRole('radio', { name: /^ER/ }).check({ force: true });
    await button(text.connect.foot.nextKeys).click();
    await button(text.connect.keys.register).click();
    await button(text.connect.keys.copySecret).waitFor();
  });
  await step('ER/Studio signs in by name and password', () => button(text.connect.foot.nextSignIn).click());
  await step('ER/Studio is kept', async () => {
    await button(text.connect.foot.signInTo('ER/Studio Team Server')).click();
    await button(text.connect.done.show).waitFor();
  });
  await step('Three practice connections in the list', async () => {
    await button(text.connect.done.show).click();
    await row(page, 'Connecteam').waitFor();
    await row(page, 'ER/Studio').waitFor();
  });
  await step('One key copies the token', async () => {
    await row(page, 'TeamGantt').click();
    await page.keyboard.press('Control+c');
    await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
    expect(await clipboardText(app)).toMatch(/^ey/);
  });
  await step('The test call says who it is', async () => {
    await button(text.connections.acts.test).click();
    await page.getByText(/^Works as /).waitFor();
  });
  await step('Practice closes and everything in it goes', async () => {
    await button(text.welcome.practice.close).click();
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: text.welcome.practice.closeAct })
      .click();
    await expect.poll(() => page.getByText(text.welcome.practice.band).count()).toBe(0);
  });

  steps.chapter('For real: the vault, the keychain, and providers on loopback behind edited addresses');
  const teamgantt = engine.provider('teamgantt');
  const connecteam = engine.provider('connecteam');
  await step('Connecting for real begins with the system', async () => {
    await button(/^Connect an account/)
      .first()
      .click();
    await page.getByRole('radio', { name: /^TeamGantt/ }).waitFor();
  });
  await step('TeamGantt for real is kept', async () => {
    await connect(page, real(teamgantt, 'TeamGantt', { label: 'Site works plan' }));
    await button(text.connect.done.another).waitFor();
  });
  await step('The same app serves a second connection', async () => {
    await button(text.connect.done.another).click();
    await connect(page, real(teamgantt, 'TeamGantt', { app: 'TeamGantt', label: 'Site works, archive' }));
    await button(text.connect.done.another).waitFor();
  });
  await step('And another person', async () => {
    await button(text.connect.done.another).click();
    await connect(page, real(teamgantt, 'TeamGantt', { app: 'TeamGantt', label: 'Bids calendar', person: 1 }));
    await button(text.connect.done.another).waitFor();
  });
  await step('Scopes of Connecteam are chosen before the app is made', async () => {
    await button(text.connect.done.another).click();
    await page.getByRole('radio', { name: /^Connecteam/ }).check({ force: true });
    await button(text.connect.foot.nextKeys).click();
    await page.getByRole('checkbox').first().waitFor();
  });
  await step('Connecteam for real is kept', async () => {
    await button(text.connect.foot.back).click();
    await connect(page, real(connecteam, 'Connecteam'));
    await button(text.connect.done.show).waitFor();
  });
  const erStudio = engine.provider('er-studio');
  await step('A server that is asked without encryption needs a consent', async () => {
    await button(text.connect.done.another).click();
    await page.getByRole('radio', { name: /^ER/ }).check({ force: true });
    await button(text.connect.foot.nextKeys).click();
    await page.getByLabel(text.connect.fields.baseUrl, { exact: true }).fill('http://models.firm.example:9090');
    await page.getByText(text.connect.keys.clearWhat('models.firm.example:9090')).waitFor();
  });
  await step('ER/Studio for real is kept', async () => {
    await button(text.connect.foot.back).click();
    await connect(page, real(erStudio, 'ER/Studio Team Server', { label: 'Model store' }));
    await button(text.connect.done.show).waitFor();
  });
  await step('The list of connections', async () => {
    await button(text.connect.done.show).click();
    await row(page, 'Site works plan').click();
    await button(text.connections.acts.renew).click();
    await page.getByText(text.connections.facts.line(2)).waitFor();
  });
  await step('The list in a small window', async () => {
    await size(1000, 700);
    await row(page, 'Bids calendar').waitFor();
  });
  await step('Every exchange is in the history', async () => {
    await size(1280, 800);
    await page.getByRole('tab', { name: text.connections.tabs.history }).click();
  });
  await step('A token says of itself what nobody checked', async () => {
    await page.getByRole('tab', { name: text.connections.tabs.token }).click();
    await page.getByText(text.connections.token.unverifiedWhy).first().waitFor();
  });
  await step('The next day as one picture', async () => {
    await button(text.shell.side.timeline).click();
    await page.getByRole('grid', { name: text.timeline.lanes }).waitFor();
  });
  await step('The next seven days', async () => {
    await page.getByRole('radio', { name: text.timeline.spans.week }).check({ force: true });
    await page.getByRole('heading', { name: text.timeline.week }).waitFor();
  });
  await step('Everything has a name', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: text.actions.palette.label }).fill('copy con');
    await page.getByRole('option', { name: /^Connecteam/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(text.shell.clipboard.copied.token).first().waitFor();
  });
  await step('A token out of a log is recognised', async () => {
    const token = await clipboardText(app);
    await app.electron.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('findToken')?.click();
    });
    await page.getByLabel(text.actions.finder.label, { exact: true }).fill(token);
    await page.getByText(text.actions.finder.inUse).waitFor();
  });
  await step('Every key is listed', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: text.actions.shortcuts.title }).waitFor();
  });
  await step('The set-up shows where each address came from', async () => {
    await page.keyboard.press('Escape');
    await button(/^All/).click();
    await row(page, 'Bids calendar').click();
    await page.getByRole('tab', { name: text.connections.tabs.setup }).click();
  });
  await step('Apps are the registrations at the providers', async () => {
    await button(text.shell.side.apps).click();
    await page.getByRole('heading', { name: text.apps.title }).waitFor();
  });
  await step('Replacing a secret names whom it serves', () => button(text.apps.detail.replace).click());
  await step('Revoking says first what it ends', async () => {
    await page.keyboard.press('Escape');
    await button(/^All/).click();
    await row(page, 'Site works plan').click();
    await button(text.connections.acts.more).click();
    await page.getByRole('menuitem', { name: text.connections.acts.revoke('TeamGantt') }).click();
    await page.getByText(text.connections.revoke.stillWorks).waitFor();
  });
  await step('Then the receipt', async () => {
    await button(text.connections.revoke.act('TeamGantt')).click();
    await page.getByText(text.connections.revoke.receiptAnswered('TeamGantt', 200)).waitFor();
  });
  await step('The other sign-in of the same person needs a person', async () => {
    await button(text.connections.revoke.close).click();
    await row(page, 'Site works, archive').click();
  });
  await step('Why it stopped, with what speaks for it', async () => {
    await page.getByRole('button', { name: text.connections.acts.why }).click();
    await page.getByText(text.diagnose.cause.ended_here.title('TeamGantt')).waitFor();
    await button(text.diagnose.check).click();
    await page.getByText(text.diagnose.checked).waitFor();
  });
  await step('A report of it is safe to paste', async () => {
    await button(text.diagnose.copyReport).click();
    await page.getByText(text.shell.clipboard.copied.report).first().waitFor();
    expect(await clipboardText(app)).toContain(text.diagnose.report.foot);
  });
  await step('After a restart everything is still there', async () => {
    await app.quit();
    app = await launch(profile.folder);
    page = app.page;
    await row(page, 'Connecteam').waitFor();
    await row(page, 'Site works, archive').waitFor();
  });
  note('');
  note(`${String(steps.count)} steps, all done.`);
});
