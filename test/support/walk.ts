import type { Locator, Page } from 'playwright';
import { english as text } from '../../shared/text/catalogue.ts';
import type { EndpointKind } from '../../shared/model/provider.ts';

/** What a person types to connect an account for real; addresses go under Advanced. */
export interface Typed {
  provider: string;
  clientId?: string;
  clientSecret?: string;
  /** "Use an app you have", by its name. */
  app?: string;
  /** The address of a server of one's own. */
  server?: string;
  addresses?: Partial<Record<EndpointKind, string>>;
  username?: string;
  password?: string;
  label?: string;
  /** Scope boxes to tick besides those that are, as "Users: Read". */
  scopes?: string[];
}

/** A provider's addresses as they are typed under Advanced; what nobody published stays out. */
export function addressesOf({
  endpoints,
}: {
  endpoints: Record<EndpointKind, string | null>;
}): Partial<Record<EndpointKind, string>> {
  return Object.fromEntries(Object.entries(endpoints).filter(([, url]) => url !== null));
}

const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

/** Types a secret into its field, first taking back what was entered before. */
export async function typeSecret(page: Page, label: string, value: string): Promise<void> {
  const replace = page.getByRole('button', { name: new RegExp(`^Replace:? ${label}$`, 'i') });
  if (await replace.isVisible()) await replace.click();
  await page.getByLabel(label, { exact: true }).fill(value);
}

export async function chooseSystem(page: Page, provider: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${provider}`) }).check({ force: true });
  await button(page, text.connect.foot.nextKeys).click();
}

export async function typeKeys(page: Page, typed: Typed): Promise<void> {
  if (typed.app !== undefined) {
    await page.getByRole('radio', { name: new RegExp(`^${typed.app}`) }).check({ force: true });
    return;
  }
  for (const scope of typed.scopes ?? []) await page.getByRole('checkbox', { name: scope }).check({ force: true });
  if (typed.server !== undefined)
    await page.getByLabel(text.connect.fields.baseUrl, { exact: true }).fill(typed.server);
  if (typed.clientId !== undefined)
    await page.getByLabel(text.connect.keys.clientId, { exact: true }).fill(typed.clientId);
  if (typed.clientSecret !== undefined) await typeSecret(page, text.connect.keys.clientSecret, typed.clientSecret);
  if (typed.addresses !== undefined) await typeAddresses(page, typed.addresses);
}

export async function typeAddresses(page: Page, addresses: Partial<Record<EndpointKind, string>>): Promise<void> {
  await button(page, text.connect.foot.advanced).click();
  const labels: Record<EndpointKind, string> = text.connections.setup.endpoints;
  for (const [kind, url] of Object.entries(addresses) as [EndpointKind, string][]) {
    await page.getByRole('textbox', { name: labels[kind] }).fill(url);
  }
  await button(page, text.connect.foot.useAddresses).click();
}

export async function typeSignIn(page: Page, typed: Omit<Typed, 'provider'>): Promise<void> {
  const name = page.getByLabel(/^(E-mail|User name)$/);
  if (typed.username !== undefined) await name.fill(typed.username);
  if (typed.password !== undefined) await typeSecret(page, 'Password', typed.password);
  if (typed.label !== undefined) await page.getByLabel('Name in your list', { exact: true }).fill(typed.label);
}

/** From an open wizard to its Done page. */
export async function connect(page: Page, typed: Typed): Promise<void> {
  await chooseSystem(page, typed.provider);
  await typeKeys(page, typed);
  const needsSignIn = button(page, text.connect.foot.nextSignIn);
  if (await needsSignIn.isVisible()) {
    await needsSignIn.click();
    await typeSignIn(page, typed);
    await button(page, text.connect.foot.signInTo(typed.provider)).click();
  } else {
    await button(page, text.connect.foot.firstToken).click();
  }
}

/** The row of a connection in the list. */
export function row(page: Page, label: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${label}`) });
}
