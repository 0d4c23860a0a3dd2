import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright';
import { root, type RealApp } from '../support/real-app.ts';

/** A step that was taken, as the page of all pictures lists it. */
interface Taken {
  chapter: string;
  what: string;
  /** File names: light, dark, and where it is one of the main screens, with text twice as large. */
  pictures: { light: string; dark: string; large?: string };
}

/** `npm run shots` walks once for each size and wants every step in both themes; a tour takes one picture a step. */
export const shotSize = /^(\d+)x(\d+)$/.exec(process.env['GRANTKEEP_SHOTS'] ?? '');
const folder = shotSize === null ? join(root, 'out', 'tour') : join(root, 'out', 'shots', shotSize[0]);

const inFileName = (what: string): string =>
  what
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 48);

/** Electron has no second page to judge in, so axe is told to stay in this one. What is minor or moderate is let be. */
async function graveFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
}

/**
 * A walk through the real program, step by step: each is drawn, told in a transcript, and judged by axe in light and in
 * dark. It fails when a step fails or anything serious is found, and then the transcript ends with that step.
 */
export class Steps {
  readonly #name: string;
  readonly #app: () => RealApp;
  readonly #lines: string[] = [];
  readonly #taken: Taken[] = [];
  #chapter = '';

  /** `app`: the one that runs now, since a walk may start it again. */
  constructor(name: string, app: () => RealApp) {
    this.#name = name;
    this.#app = app;
    mkdirSync(folder, { recursive: true });
  }

  get count(): number {
    return this.#taken.length;
  }

  chapter(title: string): void {
    this.#chapter = title;
    if (this.#lines.length > 0) this.note('');
    this.note(title);
  }

  note(line: string): void {
    this.#lines.push(line);
    writeFileSync(
      join(folder, `transcript${this.#name === 'tour' ? '' : `-${this.#name}`}.txt`),
      `${this.#lines.join('\n')}\n`,
    );
  }

  /** What is done, then what that looks like. `large`: a main screen, drawn with text twice as large as well. */
  async step(what: string, act: () => Promise<unknown>, { large = false } = {}): Promise<void> {
    const at = Date.now();
    const number = `${this.#name === 'tour' ? '' : `${this.#name}-`}${String(this.count + 1).padStart(2, '0')}`;
    const page = (): Page => this.#app().page;
    const draw = async (file: string): Promise<string> => {
      await page().screenshot({ path: join(folder, file), animations: 'disabled' });
      return file;
    };
    try {
      await act();
      const tookMs = Date.now() - at;
      const name = `${number}-${inFileName(what)}`;
      const light = await draw(`${name}.png`);
      const findings = await graveFindings(page());
      // Playwright stands between the system's theme and the page, so it is told.
      await page().emulateMedia({ colorScheme: 'dark' });
      findings.push(...(await graveFindings(page())));
      const dark = shotSize === null ? light : await draw(`${name}-dark.png`);
      await page().emulateMedia({ colorScheme: 'light' });
      if (findings.length > 0) throw new Error(`axe finds on "${what}":\n${[...new Set(findings)].join('\n')}`);
      const pictures: Taken['pictures'] = { light, dark };
      if (shotSize !== null && large) {
        pictures.large = `${name}-large.png`;
        writeFileSync(join(folder, pictures.large), await this.#twiceAsLarge());
      }
      this.#taken.push({ chapter: this.#chapter, what, pictures });
      this.note(`${number}  ${what}  (${String(tookMs)} ms)  ${light}`);
    } catch (thrown) {
      this.note(`FAILED  ${what}`);
      await draw('failed.png').catch(() => undefined);
      throw thrown;
    }
    if (shotSize !== null) writeFileSync(join(folder, `${this.#name}.json`), JSON.stringify(this.#taken));
  }

  /** By main's hand: the driver would cut a zoomed page to its own idea of the window. */
  async #twiceAsLarge(): Promise<Buffer> {
    const { electron, page } = this.#app();
    const zoom = (factor: number) =>
      electron.evaluate(
        ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(to),
        factor,
      );
    await zoom(2);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const png = await electron.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]!.webContents.capturePage()).toPNG().toString('base64'),
    );
    await zoom(1);
    return Buffer.from(png, 'base64');
  }
}

/** Of the content, in the window's own pixels; a walk for pictures keeps its own. */
export async function resize({ electron }: RealApp, width: number, height: number): Promise<void> {
  const [, wide, high] = shotSize ?? [];
  await electron.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to.width, to.height),
    { width: Number(wide ?? width), height: Number(high ?? height) },
  );
}
