import { request as ask } from 'node:http';
import { formOfPage, pressed, textOfPage } from './page-form.ts';

export interface BrowserVisit {
  /** Of each answer on the way, in order. */
  statuses: number[];
  /** Where each of them was asked for, without its query. */
  places: string[];
  /** Where the browser stands at the end. */
  url: string;
  html: string;
  /** What a person reads there. */
  text: string;
}

interface Answered {
  status: number;
  location: string | null;
  html: string;
}

/** One request as a browser makes it; a form is posted when there is one. Loopback only, whatever a page says. */
function visit(url: URL, form: string | null): Promise<Answered> {
  if (url.hostname !== '127.0.0.1' && url.hostname !== '[::1]') throw new Error(`not on this computer: ${url.host}`);
  return new Promise((resolve, reject) => {
    const sending = ask(
      url,
      {
        method: form === null ? 'GET' : 'POST',
        agent: false,
        headers: {
          accept: 'text/html,application/xhtml+xml',
          ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const html = Buffer.concat(chunks).toString('utf8');
          resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? null, html });
        });
      },
    );
    sending.once('error', reject);
    sending.end(form ?? '');
  });
}

async function answerPage(
  link: string,
  answer: 'allow' | 'decline',
  person: string | undefined,
): Promise<BrowserVisit> {
  const statuses: number[] = [];
  const places: string[] = [];
  let url = new URL(link);
  const go = async (to: URL, form: string | null): Promise<Answered> => {
    url = to;
    const answered = await visit(to, form);
    statuses.push(answered.status);
    places.push(`${to.origin}${to.pathname}`);
    return answered;
  };
  let at = await go(url, null);
  let isAnswered = false;
  // A browser gives up sooner or later, too.
  for (let steps = 0; steps < 10; steps += 1) {
    const form = at.location === null && !isAnswered ? formOfPage(at.html) : null;
    if (at.location !== null) at = await go(new URL(at.location, url), null);
    else if (form !== null) {
      isAnswered = true;
      at = await go(form.action === null ? url : new URL(form.action, url), pressed(form, answer, person));
    } else break;
  }
  return { statuses, places, url: url.href, html: at.html, text: textOfPage(at.html) };
}

/**
 * A person's browser, over real HTTP: opens the link of a sign-in, answers the consent page, and follows to wherever the
 * provider sends it, the loopback listener included.
 */
export function allowInBrowser(
  link: string,
  options: { person?: string; decline?: boolean } = {},
): Promise<BrowserVisit> {
  return answerPage(link, options.decline === true ? 'decline' : 'allow', options.person);
}

/** The browser of a company: it installs the app at the marketplace. */
export function installFromMarketplace(url: string, company?: string): Promise<BrowserVisit> {
  return answerPage(url, 'allow', company);
}
