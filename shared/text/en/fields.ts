import type { FieldName } from '../../errors.ts';
import type { EndpointKind } from '../../model/provider.ts';

export const endpointNames: Record<EndpointKind, string> = {
  authorization: 'Authorization endpoint',
  token: 'Token endpoint',
  device: 'Device authorization endpoint',
  revocation: 'Revocation endpoint',
  introspection: 'Introspection endpoint',
  test: 'Test call',
};

/** What a field is called, wherever it is spoken of. */
export const fieldLabels: Record<FieldName, string> = {
  label: 'Name in your list',
  appName: 'Name of the app here',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  username: 'E-mail',
  password: 'Password',
  region: 'You sign in at',
  baseUrl: 'Server address',
  issuer: 'Issuer',
  unencryptedAgreed: 'Your agreement to go without encryption',
  scopes: 'Scopes',
  redirectUri: 'Redirect address',
  pastedToken: 'Token',
  company: 'Company',
  authorizationEndpoint: endpointNames.authorization,
  tokenEndpoint: endpointNames.token,
  deviceEndpoint: endpointNames.device,
  revocationEndpoint: endpointNames.revocation,
  introspectionEndpoint: endpointNames.introspection,
  testEndpoint: endpointNames.test,
};
