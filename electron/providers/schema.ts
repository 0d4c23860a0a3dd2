import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import {
  grantType,
  revocationReach,
  scopeFeature,
  setupStep,
  signInName,
  tileHue,
  valueSource,
} from '../../shared/model/provider.ts';
import { clientAuthentications, tokenFields } from '../oauth/way.ts';
import { coherent } from './schema-coherence.ts';
import { practice } from './schema-practice.ts';
import { extraParameters, requestShape } from './schema-request.ts';

/**
 * The vocabulary of a provider profile. What a profile may say is what stands here: every object is strict, so a
 * misspelt word stops the program at start and the test suite before that. README.md names the code behind each word.
 */

const id = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
const sentence = z.string().min(1).max(600);
/** A sentence by language. English has to be there; a missing language falls back to it. */
export const localised = z.strictObject({ en: sentence }).catchall(sentence);
export type Localised = z.infer<typeof localised>;

const httpsUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '';
}, 'has to be an https address without a user name or fragment');

/** `{base}/api/…`: on a server of the customer's own, whose address a person types (ER/Studio). */
const onOwnServer = z.string().regex(/^\{base\}\/[A-Za-z0-9/_.-]*$/);

/** The value, where it came from (R8), and what is to be said about it. */
const noted = { source: valueSource, verified: z.boolean(), note: localised.nullable() };

/** The grants of the token endpoint that a person begins; a token that is pasted in is no request shape. */
const grant = z.strictObject({
  type: grantType.extract(['password', 'client_credentials', 'authorization_code', 'device_code']),
  /** Its name among the ways to connect, and a sentence where the name is not enough. */
  name: localised,
  lead: localised.nullable(),
  /** Why it stands under Advanced, off until it is chosen there; null = offered as usual. */
  advanced: localised.nullable(),
  request: requestShape,
  scope: z.enum(['never', 'when_chosen']),
});

/** Signing in through the system browser (RFC 6749 section 4.1, RFC 8252). */
const authorization = z.strictObject({
  startedBy: z.enum(['client', 'provider']),
  extraParameters,
  /** Null: not stated. */
  codeSeconds: z.number().int().min(1).max(86_400).nullable(),
  redirect: z.strictObject({
    /** Must the port be the registered one, or may it be any (RFC 8252 section 7.3)? */
    port: z.enum(['registered', 'any']),
    ...noted,
  }),
});

/** A token that a person makes by hand at the provider and pastes in. */
const personalAccessToken = z.strictObject({
  name: localised,
  lead: localised.nullable(),
  /** How every one of them begins, as far as that is known. */
  begins: z.string().min(1).max(20).nullable(),
  /** How it is ended, since no call does. */
  instead: localised,
  ...noted,
});

const renewal = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('refresh_token'),
    request: requestShape,
    /** Is `redirect_uri` sent with it, as with the code? */
    sendsRedirectUri: z.boolean(),
    /** Words for pasting an existing one in. */
    pasteName: localised,
    pasteLead: localised.nullable(),
    /** Does a renewal bring a new refresh token? Only told, never relied on: none returned = the old one stays. */
    newRefreshToken: z.enum(['never', 'always', 'not_stated']),
    refreshTokenEnds: z.enum(['when_revoked', 'not_stated']),
    /** How long a sign-in holds at most, and how long unused, where the provider says so. */
    signInSeconds: z.number().int().positive().optional(),
    idleSeconds: z.number().int().positive().optional(),
  }),
  z.strictObject({ by: z.literal('asking_again') }),
]);

const bearerField = z.enum(['access_token', 'id_token']);
const answer = z.strictObject({
  bearer: z.strictObject({ field: bearerField, ...noted }),
  expiry: z
    .array(
      z.discriminatedUnion('from', [
        z.strictObject({ from: z.literal('jwt_exp'), of: bearerField }),
        z.strictObject({ from: z.literal('expires_in') }),
        z.strictObject({ from: z.literal('assumed'), seconds: z.number().int().min(1).max(31_536_000) }),
      ]),
    )
    .min(1),
  lacks: z.array(z.enum(['token_type'])),
});

const presentation = z.discriminatedUnion('place', [
  z.strictObject({ place: z.literal('header'), scheme: z.enum(['Bearer']) }),
  z.strictObject({ place: z.literal('query'), parameter: z.enum(['access_token']), ...noted }),
]);

/** A corner that the documents leave open: what each value sets in place of the profile's own. The first is the usual one. */
const choice = z.strictObject({
  id,
  name: localised,
  note: localised.nullable(),
  values: z
    .array(
      z.strictObject({
        id,
        name: localised,
        sets: z.strictObject({
          bearer: bearerField.optional(),
          /** For every call with which the app proves itself. */
          clientAuthentication: z.enum(clientAuthentications).optional(),
          tokenParameters: z.enum(['form', 'json']).optional(),
          renewalClientAuthentication: z.enum(clientAuthentications).optional(),
          renewalSendsRedirectUri: z.boolean().optional(),
          presentation: z.enum(['header', 'query']).optional(),
          revocationParameter: z
            .string()
            .regex(/^[a-z_]{1,40}$/)
            .optional(),
        }),
      }),
    )
    .min(2),
});
export type ChoiceSets = z.infer<typeof choice>['values'][number]['sets'];

const reach = revocationReach.exclude(['none']);
const revocation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), instead: localised }),
  z.strictObject({
    kind: z.literal('form_with_token'),
    reach,
    parameter: z.strictObject({ name: z.string().regex(/^[a-z_]{1,40}$/), ...noted }),
    token: z.enum(tokenFields),
    tokenMustBeValid: z.boolean(),
    clientAuthentication: z.enum(clientAuthentications),
  }),
  z.strictObject({ kind: z.literal('rfc7009'), reach, clientAuthentication: z.enum(clientAuthentications) }),
  z.strictObject({
    kind: z.literal('delete_with_token_in_path'),
    reach,
    token: z.enum(tokenFields),
    successBody: z.string().min(1).max(40).nullable(),
  }),
]);

/** RFC 7662: asked whether a token works where there is no address for a test call. */
const introspection = z.strictObject({ clientAuthentication: z.enum(clientAuthentications) });

const memberPath = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/);
const memberName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/);
const testCall = z.strictObject({
  id,
  /** On the origin of the test address; null = the test address itself. */
  path: z
    .string()
    .regex(/^\/[A-Za-z0-9/_.?=&-]*$/)
    .nullable(),
  /** Null: no answer is documented, so any JSON will do. */
  expectedMember: memberPath.nullable(),
  accountIdMember: memberPath.nullable(),
  accountNameMembers: z.array(memberPath),
  neededScope: z.string().nullable(),
  /** The call to make instead where this one is not there (404). */
  onNotFound: id.nullable(),
  source: valueSource,
});

const endpoint = z.strictObject({
  /** By region; null = nobody published it, so it stays empty until a person asks the vendor. */
  urls: z.record(id, z.union([httpsUrl, onOwnServer]).nullable()),
  ...noted,
});

/**
 * Registering this vault by a call, with an ID and a secret that we make ourselves (E11): which member carries what,
 * what is always the same, and how the provider counts platforms.
 */
const registration = z.strictObject({
  kind: z.literal('post_json_with_own_ids'),
  urls: z.record(id, z.union([httpsUrl, onOwnServer])),
  members: z.strictObject({
    clientId: memberName,
    clientSecret: memberName,
    name: memberName,
    description: memberName,
    redirectUri: memberName,
  }),
  fixed: z.record(memberName, z.string().max(200)),
  /** What the provider's own list of apps says of us. */
  description: localised,
  platform: z.strictObject({ member: memberName, linux: z.string(), darwin: z.string(), win32: z.string() }),
  ...noted,
});

/** A page on the provider's site that a set-up step opens. */
const page = z.strictObject({ id, label: localised, urls: z.record(id, httpsUrl), source: valueSource });

const step = z.strictObject({
  text: localised,
  note: localised.nullable(),
  /** The provider's own words, never translated. */
  path: setupStep.shape.path,
  page: id.nullable(),
  fields: setupStep.shape.fields,
  copiesScopes: setupStep.shape.copiesScopes,
  ways: setupStep.shape.ways,
});

const scopeTable = z.strictObject({
  features: z.array(scopeFeature.extend({ source: valueSource })).min(1),
  testScope: z.string().nullable(),
  warning: localised.nullable(),
  source: valueSource,
});

const shape = z.strictObject({
  schema: z.literal(1),
  id,
  /** Its place on the choose page; of two with the same, the name decides. */
  order: z.number().int().min(0),
  name: z.string().min(1).max(60),
  tile: z.string().length(2),
  hue: tileHue,
  chooseLead: localised,
  chooseNeeds: localised,
  passwordNote: localised.nullable(),
  /** What a person signs in with, for the label of the field. */
  signsInWith: signInName,
  lifetimeSeconds: z.strictObject({ value: z.number().int().positive(), ...noted }).nullable(),
  /** Words beside the field for the address of the customer's own server; null where the hosts are fixed. */
  ownServer: localised.nullable(),
  /** Words beside the field for the issuer by which the addresses are found; null where they are known. */
  discovery: localised.nullable(),
  regions: z.array(z.strictObject({ id, label: localised })).min(1),
  /** The authorization endpoint only where the browser is sent to one, the device endpoint only with that grant. */
  endpoints: z.strictObject({
    authorization: endpoint.optional(),
    token: endpoint,
    device: endpoint.optional(),
    revocation: endpoint,
    introspection: endpoint.optional(),
    test: endpoint,
  }),
  /** Null: an app is made on the provider's site and its keys are pasted. */
  registration: registration.nullable(),
  /** The usual way first. */
  grants: z.array(grant).min(1),
  /** `confidential_only`: an app may be a public client, without a secret (RFC 6749 section 2.1). */
  clientSecret: z.enum(['always', 'confidential_only']),
  authorization: authorization.nullable(),
  personalAccessToken: personalAccessToken.nullable(),
  /** A connection stands for a company: words for the field that asks which one. */
  company: z.strictObject({ name: localised, help: localised }).nullable(),
  choices: z.array(choice),
  renewal,
  answer,
  presentation,
  revocation,
  introspection: introspection.nullable(),
  tests: z.tuple([testCall], testCall),
  rateWindows: z.array(
    z.strictObject({ remaining: z.string().regex(/^[a-z0-9-]+$/), reset: z.string().regex(/^[a-z0-9-]+$/) }),
  ),
  scopes: scopeTable.nullable(),
  pages: z.array(page),
  setup: z.array(step).min(1),
  /** What else is worth knowing when an ending of that code comes from this provider. */
  errorHints: z.partialRecord(z.enum(errorCodes), localised),
  practice,
});

export type ProfileShape = z.infer<typeof shape>;

export const profileSchema = shape.superRefine(coherent);
export type Profile = ProfileShape;
