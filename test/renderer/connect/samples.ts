import type { AppSummary } from '../../../shared/model/app.ts';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { DraftView } from '../../../shared/model/draft.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';

/** What a provider has that nobody signs in to through the browser. */
const noBrowser = {
  clientSecret: 'required',
  browser: null,
  company: null,
  choices: [],
  personalTokenBegins: null,
} satisfies Partial<ProviderView>;

/** Two providers as `providers.list` gives them, short but whole. */
export const teamgantt: ProviderView = {
  id: 'teamgantt',
  name: 'TeamGantt',
  tile: 'Te',
  hue: 'teamgantt',
  chooseLead: 'You sign in with your e-mail and password.',
  chooseNeeds: 'Needs a client ID and secret, and a TeamGantt admin.',
  lifetimeSeconds: 3600,
  ways: [{ grant: 'password', name: 'E-mail and password', lead: null, advanced: null }],
  ...noBrowser,
  renewsBy: 'refresh_token',
  passwordNote: 'TeamGantt asks for the password itself. An account with single sign-on may have none.',
  signInEnds: 'when_revoked',
  signsInWith: 'email',
  ownServer: null,
  discovery: null,
  registers: false,
  presentation: { place: 'header', name: 'Bearer' },
  errorHints: {},
  regions: [{ id: 'global', label: 'teamgantt.com' }],
  endpoints: [
    {
      kind: 'token',
      urls: { global: 'https://auth.teamgantt.com/oauth2/token' },
      source: 'provider_documents',
      note: null,
    },
    {
      kind: 'revocation',
      urls: { global: 'https://auth.teamgantt.com/revoke' },
      source: 'third_party',
      note: 'The host is unverified.',
    },
    {
      kind: 'test',
      urls: { global: 'https://api.teamgantt.com/v1/current_user' },
      source: 'provider_documents',
      note: null,
    },
  ],
  setup: [
    {
      text: 'Open the page and make an app.',
      note: 'Its name must be new in your account.',
      path: ['Account', 'Configure API Access (beta)'],
      page: { id: 'app-clients', label: 'API access', hosts: { default: 'app.teamgantt.com' } },
      fields: [],
      copiesScopes: false,
      ways: null,
    },
    {
      text: 'Paste what TeamGantt shows.',
      note: null,
      path: [],
      page: null,
      fields: ['clientId', 'clientSecret'],
      copiesScopes: false,
      ways: null,
    },
  ],
  scopes: null,
  revocation: { reach: 'every_sign_in_of_the_person', instead: null, insteadForPersonalToken: null },
};

const all: ('read' | 'write' | 'delete')[] = ['read', 'write', 'delete'];

export const connecteam: ProviderView = {
  id: 'connecteam',
  name: 'Connecteam',
  tile: 'Co',
  hue: 'connecteam',
  chooseLead: 'No sign-in: the keys are enough.',
  chooseNeeds: 'Needs the Expert plan or higher and the Integration Center.',
  lifetimeSeconds: 86400,
  ways: [{ grant: 'client_credentials', name: 'The keys alone', lead: null, advanced: null }],
  ...noBrowser,
  renewsBy: 'asking_again',
  passwordNote: null,
  signInEnds: 'when_revoked',
  signsInWith: 'email',
  ownServer: null,
  discovery: null,
  registers: false,
  presentation: { place: 'header', name: 'Bearer' },
  errorHints: {},
  regions: [
    { id: 'global', label: 'app.connecteam.com' },
    { id: 'au', label: 'app-au.connecteam.com' },
  ],
  endpoints: [
    {
      kind: 'token',
      urls: { global: 'https://api.connecteam.com/oauth/v1/token', au: 'https://api-au.connecteam.com/oauth/v1/token' },
      source: 'provider_documents',
      note: null,
    },
    {
      kind: 'test',
      urls: { global: 'https://api.connecteam.com/me', au: 'https://api-au.connecteam.com/me' },
      source: 'provider_documents',
      note: null,
    },
  ],
  setup: [
    {
      text: 'Tick the scopes this connection may use.',
      note: 'Connecteam cannot change them later. Ask for as little as you need.',
      path: [],
      page: null,
      fields: ['scopes'],
      copiesScopes: false,
      ways: null,
    },
    {
      text: 'Open the page and press “Create app”.',
      note: null,
      path: ['Your Name', 'Integration Center', 'OAuth 2.0', 'Create app'],
      page: {
        id: 'integration-center',
        label: 'Integration Center',
        hosts: { global: 'app.connecteam.com', australia: 'app-au.connecteam.com' },
      },
      fields: [],
      copiesScopes: false,
      ways: null,
    },
    {
      text: 'Enter a Display Name, select the same scopes, press “Save app”.',
      note: null,
      path: [],
      page: null,
      fields: [],
      copiesScopes: true,
      ways: null,
    },
    {
      text: 'Paste what Connecteam shows. The secret is shown once.',
      note: null,
      path: [],
      page: null,
      fields: ['clientId', 'clientSecret', 'region'],
      copiesScopes: false,
      ways: null,
    },
  ],
  scopes: {
    features: [
      { prefix: 'account_information', name: 'Account Information', actions: all },
      { prefix: 'company_policies', name: 'Company Policies', actions: all },
      { prefix: 'users', name: 'Users', actions: all },
      { prefix: 'assets', name: 'Assets', actions: all },
      { prefix: 'sales_data', name: 'Sales Data', actions: all },
      { prefix: 'attachments', name: 'Attachments', actions: all },
      { prefix: 'quick_tasks', name: 'Quick Tasks', actions: all },
      { prefix: 'publishers', name: 'Publishers', actions: all },
      { prefix: 'chat', name: 'Chat', actions: all },
      { prefix: 'jobs', name: 'Jobs (Resources)', actions: all },
      { prefix: 'schedule', name: 'Schedule', actions: all },
      { prefix: 'daily_note', name: 'Daily Note', actions: all },
      { prefix: 'time_clock', name: 'Time Clock', actions: all },
      { prefix: 'time_off', name: 'Time Off', actions: all },
      { prefix: 'forms', name: 'Forms', actions: all },
      { prefix: 'settings', name: 'Settings', actions: ['read'] },
    ],
    testScope: 'account_information.read',
    warning: null,
  },
  revocation: { reach: 'none', instead: 'Delete the app in the Integration Center.', insteadForPersonalToken: null },
};

export function draft(over: Partial<DraftView> = {}): DraftView {
  return {
    id: 'd1',
    purpose: { kind: 'connect', realm: 'vault' },
    realm: 'vault',
    providerId: null,
    appId: null,
    appName: '',
    clientId: '',
    clientSecretEntered: false,
    regionId: 'global',
    baseUrl: null,
    discovery: null,
    unencryptedAgreed: false,
    registered: false,
    endpoints: [],
    scopes: [],
    grant: 'password',
    username: '',
    passwordEntered: false,
    pastedTokenEntered: false,
    redirectUri: null,
    redirectIsHere: false,
    choices: {},
    company: '',
    label: '',
    ...over,
  };
}

export function app(over: Partial<AppSummary> = {}): AppSummary {
  return {
    id: 'app-1',
    realm: 'vault',
    providerId: 'connecteam',
    name: 'Crew tools',
    clientId: 'ct-client-01',
    clientSecretSet: true,
    regionId: 'global',
    endpoints: connecteam.endpoints.map(({ kind, urls, source }) => ({ kind, url: urls.global ?? null, source })),
    scopes: ['account_information.read', 'users.read'],
    redirectUri: null,
    choices: {},
    createdAtMs: Date.UTC(2026, 10, 2, 9, 0),
    unencryptedConsent: null,
    ...over,
  };
}

export function connection(over: Partial<ConnectionSummary> = {}): ConnectionSummary {
  const now = Date.now();
  return {
    id: 'c1',
    realm: 'vault',
    appId: 'app-1',
    providerId: 'connecteam',
    label: 'Crew scheduling',
    account: 'Harbour Crew',
    grant: 'client_credentials',
    condition: 'kept',
    renewable: true,
    issuedAtMs: now,
    expiresAtMs: now + 86_400_000,
    expirySource: 'expires_in',
    renewsAtMs: now + 86_100_000,
    lastRenewedAtMs: null,
    createdAtMs: now,
    scopesAsked: ['account_information.read', 'users.read'],
    scopesGranted: ['account_information.read', 'users.read'],
    fingerprint: '1a2b3c4d',
    generation: 1,
    failure: null,
    revocation: null,
    ...over,
  };
}
