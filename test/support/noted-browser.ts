import { expect } from 'vitest';
import type { RealApp } from './real-app.ts';

interface WithOpened {
  opened?: string[];
}

/** No browser is there: what main would open is noted instead. Gives the newest link, once there is one. */
export async function noteOpened({ electron }: RealApp): Promise<() => Promise<string>> {
  await electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    (globalThis as WithOpened).opened = opened;
    shell.openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  const taken = (): Promise<string[]> => electron.evaluate(() => (globalThis as WithOpened).opened?.splice(0) ?? []);
  return async () => {
    let links: string[] = [];
    await expect.poll(async () => (links = [...links, ...(await taken())]).length).toBeGreaterThan(0);
    return links.at(-1) ?? '';
  };
}
