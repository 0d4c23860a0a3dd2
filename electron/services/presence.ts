import type { PresenceView } from '../../shared/model/notices.ts';
import type { Manners, PresenceKept } from './ports.ts';

export interface PresenceTools {
  manners: Pick<Manners, 'preferences' | 'loginStart' | 'findTray'>;
  /** Is there a real connection? Before the first there is nothing to stay for. */
  hasConnections: () => boolean;
}

/** How the program stays while nobody looks: started with the computer, kept in the tray. */
export class Presence {
  readonly #tools: PresenceTools;

  constructor(tools: PresenceTools) {
    this.#tools = tools;
  }

  async view(): Promise<PresenceView> {
    const { manners, hasConnections } = this.#tools;
    const { closeToTray, quitWarning, offerAnswered } = manners.preferences.presence();
    const startsAtLogin = manners.loginStart.supported ? manners.loginStart.isOn() : null;
    return {
      startsAtLogin,
      trayHosted: await manners.findTray(),
      closeToTray,
      quitWarning,
      offerDue: startsAtLogin === false && !offerAnswered && hasConnections(),
    };
  }

  /** Throws `disk_…` where the system's list cannot be written; nothing else is kept then. */
  async keep(change: {
    startsAtLogin?: boolean | undefined;
    closeToTray?: boolean | undefined;
    quitWarning?: boolean | undefined;
  }): Promise<PresenceView> {
    const { preferences, loginStart } = this.#tools.manners;
    const { startsAtLogin, closeToTray, quitWarning } = change;
    if (startsAtLogin !== undefined) loginStart.set(startsAtLogin);
    const before = preferences.presence();
    preferences.keepPresence({
      closeToTray: closeToTray ?? before.closeToTray,
      quitWarning: quitWarning ?? before.quitWarning,
      // Who sets it by hand need not be asked.
      offerAnswered: before.offerAnswered || startsAtLogin !== undefined,
    } satisfies PresenceKept);
    return this.view();
  }

  /** A yes is one to both: a program that starts hidden and ends when its window is closed would renew nothing. */
  async answerOffer(yes: boolean): Promise<PresenceView> {
    const { preferences, findTray } = this.#tools.manners;
    if (yes) return this.keep({ startsAtLogin: true, ...((await findTray()) ? { closeToTray: true } : {}) });
    preferences.keepPresence({ ...preferences.presence(), offerAnswered: true });
    return this.view();
  }
}
