import { fieldLabels } from './fields.ts';

/** Any other provider: its issuer, and the addresses that are found by it. */
export const issuer = {
  label: fieldLabels.issuer,
  placeholder: 'https://accounts.firm.example',
  find: 'Find the addresses',
  findAgain: 'Find them again',
  file: 'Use a provider file…',
  note: 'The provider is asked for what it publishes of itself. Nothing of yours is sent.',
  found: (host: string, count: number) =>
    count === 1 ? `${host} publishes one address.` : `${host} publishes ${String(count)} addresses.`,
  filledIn: (count: number) =>
    count === 1 ? 'One address is filled in.' : `${String(count)} addresses are filled in.`,
  foundList: 'Addresses that were found',
  later: 'Connecting an account can find the addresses by the issuer. Here, type them under “Advanced”.',
  scopes: fieldLabels.scopes,
  scopesHelp: 'With a space between each. Empty: whatever the provider gives without any.',
  scopesPlaceholder: 'openid offline_access',
};

/** Signing in with a code on another page. */
export const device = {
  lead: (provider: string) =>
    `You get a short code here and type it on a page of ${provider}, in any browser, also on another device.`,
  act: 'Get the code',
  title: 'Type this code on the other page',
  waiting: (host: string) => `Open the page at ${host}, type the code and allow it. This page goes on by itself.`,
  waitingFilled: (host: string) =>
    `Open the page at ${host}. The code may be filled in there already: compare it with this one, then allow it.`,
  code: 'Your code',
  spelled: (code: string) => `Your code, letter by letter: ${Array.from(code).join(' ')}`,
  copyCode: 'Copy the code',
  copied: 'Copied',
  open: 'Open the page',
  copyLink: 'Copy its address',
  page: 'The page',
  compare: 'Allow it only if the page shows this very code. Nobody else has a reason to ask you for it.',
  says: 'Waiting until you allow it.',
  ends: (at: string) => `The code is good until ${at}.`,
};
