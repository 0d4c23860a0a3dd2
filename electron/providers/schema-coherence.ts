import type { z } from 'zod';
import { endpointKinds } from '../../shared/model/provider.ts';
import type { ProfileShape } from './schema.ts';

/** What the fields must be to each other. */
export function coherent(profile: ProfileShape, context: z.RefinementCtx): void {
  const wrong = (message: string): void => context.addIssue({ code: 'custom', message });
  const regions = profile.regions.map((region) => region.id).sort();
  const pages = new Set(profile.pages.map((item) => item.id));
  const named = [
    ...endpointKinds.flatMap((kind) => {
      const known = profile.endpoints[kind];
      return known === undefined ? [] : [[kind, known] as const];
    }),
    ...profile.pages.map((item) => [`page ${item.id}`, item] as const),
    ...(profile.registration === null ? [] : [['registration', profile.registration] as const]),
  ];
  for (const [name, { urls }] of named) {
    if (Object.keys(urls).sort().join() !== regions.join()) wrong(`${name}: one address for each region and no other`);
  }
  for (const [name, { urls }] of named) {
    for (const url of Object.values(urls)) {
      if (url?.startsWith('{base}') === true && profile.ownServer === null) wrong(`${name}: {base} needs ownServer`);
    }
  }
  const withBrowser = profile.grants.some((item) => item.type === 'authorization_code');
  if (withBrowser === (profile.authorization === null)) wrong('a code grant and its authorization go together');
  const sentHere = profile.authorization?.startedBy === 'client';
  const startedThere = profile.authorization?.startedBy === 'provider';
  if (startedThere === (profile.practice.marketplace === null))
    wrong('practice has a marketplace where the provider begins a sign-in, and only there');
  if (withBrowser && profile.practice.people.length === 0) wrong('practice has nobody who could sign in');
  if (sentHere === (profile.endpoints.authorization === undefined))
    wrong('an authorization endpoint is there where the browser is sent to one, and only there');
  const byDevice = profile.grants.some((item) => item.type === 'device_code');
  if (byDevice === (profile.endpoints.device === undefined)) wrong('a device grant and its endpoint go together');
  if ((profile.introspection === null) === (profile.endpoints.introspection !== undefined))
    wrong('introspection and its endpoint go together');
  if (profile.grants[0]?.advanced !== null) wrong('the first way is the usual one');
  const ways = new Set<string>([
    ...profile.grants.map((item) => item.type),
    ...(profile.renewal.by === 'refresh_token' ? ['refresh_token'] : []),
    ...(profile.personalAccessToken === null ? [] : ['personal_access_token']),
  ]);
  for (const way of profile.setup.flatMap((item) => item.ways ?? [])) {
    if (!ways.has(way)) wrong(`set-up speaks of the way ${way}, which is not offered`);
  }
  const asks = (way: string, field: string): boolean =>
    profile.setup.some((item) => (item.ways?.includes(way as never) ?? true) && item.fields.includes(field as never));
  if (profile.personalAccessToken !== null && !asks('personal_access_token', 'pastedToken'))
    wrong('no step takes the personal access token');
  if (withBrowser && !asks('authorization_code', 'redirectUri')) wrong('no step shows the redirect address');
  for (const { id: choiceId, values } of profile.choices) {
    for (const { sets } of values) {
      if (sets.presentation === 'query' && profile.presentation.place !== 'query')
        wrong(`${choiceId}: no parameter is known to carry the token in the query`);
      if (sets.revocationParameter !== undefined && profile.revocation.kind !== 'form_with_token')
        wrong(`${choiceId}: nothing is revoked by a form with a token`);
    }
  }
  const fields = new Set(profile.setup.flatMap((item) => item.fields));
  if (fields.has('baseUrl') === (profile.ownServer === null))
    wrong('a server of one’s own and the field for it go together');
  if (fields.has('issuer') === (profile.discovery === null)) wrong('an issuer and the field for it go together');
  if (fields.has('registration') === (profile.registration === null))
    wrong('registering and the step for it go together');
  if (
    profile.revocation.kind === 'none' &&
    Object.values(profile.endpoints.revocation.urls).some((url) => url !== null)
  ) {
    wrong('an address to revoke at, and no way to');
  }
  for (const { page: opened, copiesScopes } of profile.setup) {
    if (opened !== null && !pages.has(opened)) wrong(`set-up opens the unknown page ${opened}`);
    if (copiesScopes && profile.scopes === null) wrong('set-up copies scopes where there are none');
  }
  if (profile.grants.some((item) => item.type === 'password') === (profile.passwordNote === null)) {
    wrong('a password needs a note that says why, and only a password');
  }
  const asksAgain = profile.renewal.by === 'asking_again';
  if (asksAgain && !profile.grants.some((item) => item.type === 'client_credentials')) {
    wrong('only client credentials can be asked for again without a person');
  }
  const scopes = new Set(
    profile.scopes?.features.flatMap((feature) => feature.actions.map((action) => `${feature.prefix}.${action}`)),
  );
  const mentioned = [profile.scopes?.testScope ?? null, ...profile.tests.map((call) => call.neededScope)];
  for (const scope of [...mentioned, ...profile.practice.apps.flatMap((app) => app.scopes)]) {
    if (scope !== null && !scopes.has(scope)) wrong(`the scope ${scope} is in no table`);
  }
  for (const name of profile.practice.pageWithoutAccept) {
    if (!profile.tests.some((call) => call.id === name)) wrong(`practice speaks of the unknown test call ${name}`);
  }
  for (const call of profile.tests) {
    if (call.onNotFound !== null && !profile.tests.some((other) => other.id === call.onNotFound && other !== call))
      wrong(`the test call ${call.id} leads to an unknown one`);
    if (!Object.hasOwn(profile.practice.testAnswers, call.id))
      wrong(`practice has no answer for the test call ${call.id}`);
  }
}
