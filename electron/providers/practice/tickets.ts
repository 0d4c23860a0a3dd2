import { randomBytes } from 'node:crypto';

/** What a person is being asked on a page: who wants it, and where the answer goes. */
export interface Asked {
  page: 'consent' | 'marketplace' | 'device';
  /** One on a consent page; on the marketplace each app that has a redirect address. */
  apps: readonly { clientId: string; redirectUri: string }[];
  state: string | null;
  challenge: string | null;
}

const ticketMs = 600_000;
const mostTickets = 200;

/** One ticket a page, good for one answer: what another page posts here has none. */
export class Tickets {
  readonly #asked = new Map<string, { asked: Asked; endsAtMs: number }>();

  issue(asked: Asked, nowMs: number): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#asked.set(ticket, { asked, endsAtMs: nowMs + ticketMs });
    const oldest = this.#asked.keys().next();
    if (this.#asked.size > mostTickets && oldest.done !== true) this.#asked.delete(oldest.value);
    return ticket;
  }

  take(ticket: string, nowMs: number): Asked | null {
    const held = this.#asked.get(ticket);
    this.#asked.delete(ticket);
    return held === undefined || held.endsAtMs <= nowMs ? null : held.asked;
  }
}
