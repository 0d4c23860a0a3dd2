/** A person's browser at a peer: cookies, redirects, and every form pressed as it stands. Loopback only. */
export interface PeerVisit {
  /** Where it stands at the end. */
  url: string;
  html: string;
}

export interface PeerBrowser {
  /** `stopAt`: an address that it does not go to any more; the visit ends there. */
  visit(link: string, stopAt?: (url: URL) => boolean): Promise<PeerVisit>;
}

export function peerBrowser(): PeerBrowser {
  const cookies = new Map<string, string>();

  async function go(url: URL, form: string | null): Promise<{ location: string | null; html: string }> {
    if (url.hostname !== '127.0.0.1') throw new Error(`not on this computer: ${url.host}`);
    const answer = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return { location: answer.headers.get('location'), html: await answer.text() };
  }

  return {
    async visit(link, stopAt = () => false) {
      let url = new URL(link);
      let at = await go(url, null);
      for (let steps = 0; steps < 20; steps += 1) {
        const form = at.location === null ? formIn(at.html) : null;
        if (at.location !== null) {
          url = new URL(at.location, url);
          if (stopAt(url)) break;
          at = await go(url, null);
        } else if (form !== null) {
          url = new URL(form.action, url);
          at = await go(url, form.body);
        } else break;
      }
      return { url: url.href, html: at.html };
    },
  };
}

function formIn(html: string): { action: string; body: string } | null {
  const action = /<form[^>]*action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) return null;
  const pairs = [...html.matchAll(/<input[^>]*>/g)].map(([tag]): [string, string] => [
    /name="([^"]*)"/.exec(tag)?.[1] ?? '',
    (/value="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&amp;', '&'),
  ]);
  return { action: action.replaceAll('&amp;', '&'), body: new URLSearchParams(pairs).toString() };
}
