import { AppError } from '../../shared/errors.ts';
import type { CopyForm } from '../../shared/model/program.ts';
import { Secret } from '../secret.ts';

/** How a provider takes its token on a call: in a header, or (ER/Studio) in the query. */
export interface Presentation {
  place: 'header' | 'query';
  /** Header scheme (`Bearer`) or query parameter name. */
  name: string;
  /** The provider's test call, for the forms that are a whole request. */
  testUrl: string | null;
  /** Prefix of the environment line: TEAMGANTT → TEAMGANTT_TOKEN. */
  environmentName: string;
}

/** POSIX shell: everything inside single quotes is itself, a single quote ends and reopens them. */
const posix = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
/** PowerShell: inside single quotes only the single quote is special, and doubles. */
const power = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function withToken(url: string, parameter: string, token: string): string {
  const address = new URL(url);
  address.searchParams.set(parameter, token);
  return address.href;
}

/** An env line is quoted only where it must be: some readers of such files take quotes as part of the value. */
const environment = (text: string): string => (/^[A-Za-z0-9._~+/=:-]*$/.test(text) ? text : posix(text));

/**
 * The token in the form a tool wants (product.md, "Copy forms").
 * Throws `address_missing` for a whole request where the provider has no test call.
 */
export function copyText(form: CopyForm, token: Secret, way: Presentation): Secret {
  const bare = token.reveal();
  const inQuery = way.place === 'query';
  const header = inQuery ? `${way.name}=${bare}` : `Authorization: ${way.name} ${bare}`;
  const address = (): string => {
    if (way.testUrl === null) throw new AppError('address_missing');
    return inQuery ? withToken(way.testUrl, way.name, bare) : way.testUrl;
  };
  switch (form) {
    case 'token':
      return new Secret(bare);
    case 'header':
      return new Secret(header);
    case 'curl':
      return new Secret(
        inQuery
          ? `curl ${posix(address())} --header 'Accept: application/json'`
          : `curl ${posix(address())} --header ${posix(header)} --header 'Accept: application/json'`,
      );
    case 'env':
      return new Secret(`${way.environmentName}_TOKEN=${environment(bare)}`);
    case 'powershell':
      return new Secret(
        inQuery
          ? `Invoke-RestMethod -Uri ${power(address())}`
          : `Invoke-RestMethod -Uri ${power(address())} -Headers @{ Authorization = ${power(`${way.name} ${bare}`)} }`,
      );
    case 'httpie':
      return new Secret(
        inQuery
          ? `http GET ${posix(address())}`
          : `http GET ${posix(address())} ${posix(`Authorization:${way.name} ${bare}`)}`,
      );
  }
}
