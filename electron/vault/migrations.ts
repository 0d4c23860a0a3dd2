import type { EndpointKind, GrantType } from '../../shared/model/provider.ts';
import type { AppRecord, ConnectionRecord } from './records.ts';

/**
 * How the inside of rows has grown, schema by schema. Frozen: an entry says what programs that are in people's hands
 * know, so it is never edited, and every vault ever written stays readable (test/electron/vault/samples/ keeps one).
 * What came so far could be left out, so an older row is read as it lies and is never rewritten for its age; it gets its
 * new number with the next commit that puts it. A change that cannot be left out gets a step from body to body here.
 */
export const firstRowSchema = 1;
/** The highest that this program can read. */
export const newestRowSchema = 3;

const appMembersSince = Object.freeze({ unencryptedConsent: 2, choices: 3 });
const endpointsSince: Readonly<Partial<Record<EndpointKind, number>>> = Object.freeze({ authorization: 3 });
const grantsSince: Readonly<Partial<Record<GrantType, number>>> = Object.freeze({
  refresh_token: 3,
  personal_access_token: 3,
});

/**
 * The lowest row schema that knows every member of the record, and every word in it. A program that knows only schema 1
 * goes on opening vaults without such an app, and calls one with it newer instead of damaged.
 */
export function appRowSchema(app: AppRecord): number {
  return Math.max(
    firstRowSchema,
    app.unencryptedConsent === undefined ? firstRowSchema : appMembersSince.unencryptedConsent,
    app.choices === undefined ? firstRowSchema : appMembersSince.choices,
    ...app.endpoints.map(({ kind }) => endpointsSince[kind] ?? firstRowSchema),
  );
}

/** The same for a connection: tokens that were pasted in came with schema 3. */
export function connectionRowSchema({ grant }: Pick<ConnectionRecord, 'grant'>): number {
  return grantsSince[grant] ?? firstRowSchema;
}
