import { z } from 'zod';

const path = z.string().regex(/^\/[A-Za-z0-9/_-]*$/);

/** How the practice engine plays this provider where the documents leave the wire open. */
export const practice = z.strictObject({
  /** Where it listens for what has no published address. */
  paths: z.strictObject({
    authorization: path.optional(),
    token: path.optional(),
    device: path.optional(),
    revocation: path.optional(),
    introspection: path.optional(),
    test: path.optional(),
  }),
  /** The page where a sign-in begins at the provider; null where it begins with a request of ours. */
  marketplace: path.nullable(),
  /** How refusals look on the token and revocation address, and on the API. */
  tokenErrors: z.enum(['oauth_json', 'detail_json', 'xml']),
  apiErrors: z.enum(['oauth_json', 'coded_json', 'ok_json', 'xml']),
  unknownPath: z.enum(['json_404', 'html_200', 'html_404']),
  /** Does the token answer carry `token_type`, `expires_in`, `scope`? */
  answerMembers: z.array(z.enum(['token_type', 'expires_in', 'scope'])),
  rateHeaders: z.boolean(),
  /** Test calls that answer with a page of HTML unless the request says that it accepts JSON. */
  pageWithoutAccept: z.array(z.string()),
  /** What tokens look like: signed JWTs (and a refresh token of real size), or bare UUIDs. */
  tokens: z.enum(['jwt', 'uuid']),
  /** What a person's sign-in is given, where the answer names scopes. */
  scopesOfPeople: z.array(z.string()),
  /** By test call: the answer, with {accountId}, {accountName} and {requestId} filled in; a string that is only {accountIdNumber} becomes a number. */
  testAnswers: z.record(z.string(), z.json()),
  people: z.array(
    z.strictObject({
      username: z.string().min(1),
      password: z.string().min(1),
      accountId: z.string().min(1),
      accountName: z.string().min(1),
    }),
  ),
  apps: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        clientId: z.string().min(1),
        /** Empty: a public client. */
        clientSecret: z.string(),
        scopes: z.array(z.string()),
        /** Where no person signs in: whose account the app speaks for. */
        accountId: z.string().nullable(),
        accountName: z.string().nullable(),
      }),
    )
    .min(1),
});
