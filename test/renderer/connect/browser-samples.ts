import type { ProviderView } from '../../../shared/model/provider.ts';
import { teamgantt } from './samples.ts';

type Step = ProviderView['setup'][number];

const step = (text: string, fields: Step['fields'], ways: Step['ways']): Step => ({
  ...{ text, fields, ways },
  ...{ note: null, path: [], page: null, copiesScopes: false },
});

/** Signs in through the browser; its apps may be public, and it has personal access tokens. */
export const taskade: ProviderView = {
  ...teamgantt,
  id: 'taskade',
  name: 'Taskade',
  tile: 'Ta',
  hue: 'taskade',
  ways: [
    { grant: 'authorization_code', name: 'Sign in with the browser', lead: null, advanced: null },
    { grant: 'personal_access_token', name: 'Personal access token', lead: 'Made by hand.', advanced: null },
    { grant: 'refresh_token', name: 'Paste a refresh token you have', lead: 'Of this same app.', advanced: null },
    { grant: 'password', name: 'E-mail and password', lead: null, advanced: 'Taskade says that it refuses these.' },
  ],
  clientSecret: 'optional',
  browser: {
    startedBy: 'client',
    codeSeconds: null,
    redirectNote: 'It is kept to the letter.',
    redirectSource: 'assumed',
  },
  personalTokenBegins: 'tskdp_',
  signInEnds: 'not_stated',
  endpoints: [
    {
      kind: 'authorization',
      urls: { global: 'https://www.taskade.com/oauth2/authorize' },
      source: 'provider_documents',
      note: null,
    },
    {
      kind: 'token',
      urls: { global: 'https://www.taskade.com/oauth2/token' },
      source: 'provider_documents',
      note: null,
    },
    { kind: 'test', urls: { global: 'https://www.taskade.com/oauth2/ping' }, source: 'third_party', note: null },
  ],
  setup: [
    step('Create an app at Taskade.', [], ['authorization_code', 'password', 'refresh_token']),
    step('Give the app this redirect address.', ['redirectUri'], ['authorization_code']),
    step('Paste its keys.', ['clientId', 'clientSecret'], ['authorization_code', 'password', 'refresh_token']),
    step('Make a personal access token.', [], ['personal_access_token']),
    step('Paste it here.', ['pastedToken'], ['personal_access_token']),
  ],
  revocation: { reach: 'none', instead: 'At Taskade.', insteadForPersonalToken: 'Delete it under Settings, API.' },
};

/** The company starts it at the provider's own page; nobody published the token address. */
export const tgate: ProviderView = {
  ...taskade,
  id: 't-gate',
  name: 'T-Gate',
  tile: 'TG',
  hue: 'tgate',
  ways: [
    { grant: 'authorization_code', name: 'Through T-Gate’s marketplace', lead: null, advanced: null },
    { grant: 'refresh_token', name: 'Paste a refresh token you have', lead: null, advanced: null },
  ],
  clientSecret: 'required',
  browser: { startedBy: 'provider', codeSeconds: 600, redirectNote: null, redirectSource: 'seed' },
  company: { name: 'Company', help: 'Who installs your app.' },
  choices: [
    {
      id: 'encoding',
      name: 'How a token is asked for',
      note: 'The documents do not say.',
      values: [
        { id: 'form', name: 'Form' },
        { id: 'json', name: 'JSON' },
      ],
    },
  ],
  personalTokenBegins: null,
  endpoints: [
    { kind: 'token', urls: { global: null }, source: 'assumed', note: 'Ask the vendor: “Get access token”.' },
  ],
  setup: [
    step('Set redirect_uri there.', ['redirectUri'], ['authorization_code']),
    step('Paste the keys.', ['clientId', 'clientSecret'], null),
  ],
};
