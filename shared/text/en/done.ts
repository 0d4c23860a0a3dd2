import { inWords, lower } from './counted.ts';
import { fieldLabels } from './fields.ts';

/** The wizard's last page: what came of it, and what is next. */
export const done = {
  heading: (label: string) => `${label} is kept`,
  headingAgain: (label: string) => `${label} is kept again`,
  under: (provider: string, account: string | null) => (account === null ? provider : `${provider}, ${account}`),
  now: 'now',
  who: 'Who answered',
  whoUnknown: 'The provider did not say. The token was given all the same.',
  checked: 'checked with the test call',
  notChecked: 'named at sign-in, not checked',
  notCheckedCompany: (provider: string) => `as you named it; ${provider} does not say`,
  scopes: 'Scopes',
  scopesBoth: (asked: number, granted: number) => `${inWords(asked)} asked, ${lower(granted)} granted`,
  scopesAsked: (asked: number) => `${inWords(asked)} asked; the provider did not say what it granted`,
  scopesGranted: (granted: number) => `None asked, ${lower(granted)} granted`,
  scopesNone: 'None asked, none named',
  scopesMissing: (names: readonly string[]) => `not granted: ${names.join(', ')}`,
  next: 'Next time for you',
  nextNone: (provider: string) => `Nothing foreseen. ${provider} needs no sign-in, only the keys.`,
  nextPassword: (provider: string) =>
    `Nothing foreseen. ${provider} keeps the sign-in until it is revoked or your password changes there.`,
  nextRevoked: (provider: string) => `Nothing foreseen. ${provider} keeps the sign-in until it is revoked.`,
  nextPersonal: (provider: string) =>
    `It works until it ends or is deleted at ${provider}. Nobody can renew it: then make a new one there.`,
  nextNotStated: (provider: string) =>
    `${provider} does not say how long it keeps the sign-in. If it ends, you will be asked.`,
  nextUnrenewable: 'This one cannot be renewed here. You will be asked before it ends.',
  label: fieldLabels.label,
  renamed: 'Kept.',
  copy: 'Copy token',
  copied: 'Copied',
  another: 'Connect another',
  show: 'Show it in the list',
  waiting: 'The first token is here. Its times follow…',
  ends: (when: string) => `ends ${when}`,
  renews: (when: string) => `renews ${when}`,
};
