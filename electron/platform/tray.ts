import { Menu, Tray, nativeImage, nativeTheme, type MenuItemConstructorOptions, type NativeImage } from 'electron';
import type { TrayAct, TrayMenu } from '../services/ports.ts';
import { hasTrayHost } from './tray-host.ts';
import { trayPicture, type Ink } from './tray-picture.ts';

/** Time left goes by without anything changing here. */
const refreshEachMs = 30_000;
/** A desktop that is still starting puts its tray up seconds after it has started us. */
const tryAgainMs = 2000;

const black: Ink = { red: 0, green: 0, blue: 0 };
const white: Ink = { red: 255, green: 255, blue: 255 };
/** `--life` of the light theme: 3.8 to white and 5.5 to black, for a panel whose colour nobody tells us. */
const verdigris: Ink = { red: 0x25, green: 0x92, blue: 0x81 };

function inkOfPanel(): Ink {
  if (process.platform === 'darwin') return black;
  if (process.platform !== 'win32') return verdigris;
  return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? white : black;
}

function picture(needsYou: boolean): NativeImage {
  const ink = inkOfPanel();
  // Linux panels take one size and scale it down; the others know two densities.
  const sizes = process.platform === 'linux' ? { usual: 32, double: 64 } : { usual: 16, double: 32 };
  const image = nativeImage.createFromBitmap(trayPicture(sizes.usual, ink, needsYou), {
    width: sizes.usual,
    height: sizes.usual,
  });
  image.addRepresentation({
    scaleFactor: 2,
    width: sizes.double,
    height: sizes.double,
    buffer: trayPicture(sizes.double, ink, needsYou),
  });
  image.setTemplateImage(process.platform === 'darwin');
  return image;
}

/** The icon in the tray and its menu, where the desktop has a tray. */
export class SystemTray {
  #tray: Tray | null = null;
  /** What is shown now: set again only when it differs, since a new menu closes one that stands open. */
  #shown = '';
  #finding: Promise<boolean> | null = null;
  readonly #menu: () => TrayMenu;
  readonly #act: (act: TrayAct) => void;

  constructor(menu: () => TrayMenu, act: (act: TrayAct) => void) {
    this.#menu = menu;
    this.#act = act;
    nativeTheme.on('updated', () => {
      this.#shown = '';
      this.refresh();
    });
    setInterval(() => this.refresh(), refreshEachMs).unref();
  }

  /** Looks for a host and takes its place there, or gives it up where the host has gone. */
  find(): Promise<boolean> {
    this.#finding ??= this.#find().finally(() => (this.#finding = null));
    return this.#finding;
  }

  /** The same, for as long as a desktop may take to start. */
  async findWithin(ms: number): Promise<boolean> {
    for (let waitedMs = 0; waitedMs <= ms; waitedMs += tryAgainMs) {
      if (await this.find()) return true;
      await new Promise((resolve) => setTimeout(resolve, tryAgainMs));
    }
    return false;
  }

  refresh(): void {
    if (this.#tray === null) return;
    const menu = this.#menu();
    const shown = JSON.stringify(menu);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setImage(picture(menu.needsYou));
    this.#tray.setToolTip(menu.tooltip);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate(
        menu.items.map((item): MenuItemConstructorOptions => {
          if (item.kind === 'line') return { type: 'separator' };
          // A label's own "&" is no access key.
          const label = item.words.replaceAll('&', '&&');
          if (item.kind === 'words') return { label, enabled: false };
          return { label, enabled: item.available, click: () => this.#act(item.act) };
        }),
      ),
    );
  }

  async #find(): Promise<boolean> {
    const hosted = await hasTrayHost();
    if (hosted && this.#tray === null) {
      this.#tray = new Tray(picture(false));
      // On macOS a press opens the menu.
      if (process.platform !== 'darwin') this.#tray.on('click', () => this.#act({ do: 'open' }));
      this.#shown = '';
      this.refresh();
    } else if (!hosted && this.#tray !== null) {
      this.#tray.destroy();
      this.#tray = null;
    }
    return hosted;
  }
}
