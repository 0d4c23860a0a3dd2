import { endpointNames } from './fields.ts';

/** How a connection is set up, in the words that developers search for. */
export const setup = {
  provider: 'System',
  grant: 'Grant type',
  grants: {
    password: 'Resource owner password (password)',
    client_credentials: 'Client credentials (client_credentials)',
    authorization_code: 'Authorization code (authorization_code)',
    device_code: 'Device code (device_code)',
    refresh_token: 'Refresh token, pasted (refresh_token)',
    personal_access_token: 'Personal access token, made by hand',
  },
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  secretSet: 'Kept in the vault. It can be replaced, not read back.',
  secretPublic: 'None: a public app',
  region: 'Region',
  app: 'App',
  openApp: 'Open under Apps',
  redirect: 'Redirect URI',
  addresses: 'Addresses',
  endpoints: endpointNames,
  endpointMissing: 'Nobody has published it',
  sources: {
    found: 'Found by its issuer',
    provider_documents: 'From the provider’s documents',
    seed: 'From the provider’s documents, as given to us',
    third_party: 'From third-party code',
    assumed: 'Assumed',
    entered_by_you: 'Entered by you',
    practice: 'Practice, on this computer',
  },
};
