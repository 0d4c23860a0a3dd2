/** The form of a practice provider's page: its hidden fields, and who can be chosen. */
export interface PageForm {
  /** Where it is posted to; without one to the page's own address, its query included. */
  action: string | null;
  hidden: Record<string, string>;
  people: string[];
  apps: string[];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name]!);

/** The text a person reads on a page, without its style. */
export function textOfPage(html: string): string {
  const body = html.replace(/<(style|title|script)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ');
  return plain(body).replace(/\s+/g, ' ').trim();
}

/** Null: this page asks nothing. */
export function formOfPage(html: string): PageForm | null {
  const form = /<form method="post"(?: action="([^"]*)")?>/.exec(html);
  if (form === null) return null;
  const inputs = [...html.matchAll(/<input type="(hidden|radio)" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, type = '', name = '', value = '']) => ({ type, name, value: plain(value) }),
  );
  const radios = (of: string): string[] =>
    inputs.filter(({ type, name }) => type === 'radio' && name === of).map(({ value }) => value);
  const hidden = inputs.filter(({ type }) => type === 'hidden').map(({ name, value }) => [name, value] as const);
  const action = form[1] === undefined ? null : plain(form[1]);
  return { action, hidden: Object.fromEntries(hidden), people: radios('person'), apps: radios('app') };
}

/** What a browser posts when the person presses a button. */
export function pressed(form: PageForm, answer: 'allow' | 'decline', person: string | undefined, app?: string): string {
  const who = person ?? form.people[0]!;
  if (!form.people.includes(who)) throw new Error(`the page does not offer ${who}`);
  const chosen = app ?? form.apps[0];
  return new URLSearchParams({
    ...form.hidden,
    ...(chosen === undefined ? {} : { app: chosen }),
    person: who,
    answer,
  }).toString();
}
