import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../electron/secret.ts';
import {
  appRecord,
  connectionRecord,
  endpointsAt,
  exchangeAt,
  sample,
  someDayMs,
  VaultRig,
} from '../../support/vault-rig.ts';

let rig: VaultRig;
beforeEach(() => {
  rig = new VaultRig();
});
afterEach(() => rig.remove());

const marker = (what: string): string => `mark-${what}-7f3a9c51e2d84b06`;
const secret = (what: string): Secret => new Secret(marker(what));

/** What would be seen of a text in a file, at whatever offset it was encoded. */
function encodings(text: string | Buffer): Buffer[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // Only what no neighbour and no padding changes.
    return shifted.slice(4, Math.floor((bytes.length + shift) / 3) * 4);
  });
  return [
    bytes,
    Buffer.from(bytes.toString('latin1'), 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    ...base64.map((part) => Buffer.from(part)),
    ...base64.map((part) => Buffer.from(part.replaceAll('+', '-').replaceAll('/', '_'))),
  ];
}

const words = ['access', 'id', 'refresh', 'client', 'account', 'label', 'name', 'scope', 'person', 'host', 'says'];

async function fill(): Promise<Awaited<ReturnType<VaultRig['create']>>> {
  const vault = await rig.create();
  vault.commit([
    ...sample(),
    {
      put: 'app',
      record: appRecord('two', {
        name: marker('name'),
        clientId: marker('client'),
        scopes: [marker('scope')],
        endpoints: endpointsAt(`${marker('host')}.example`),
      }),
    },
    { put: 'app_secrets', appId: 'two', secrets: { clientSecret: secret('client') } },
    {
      put: 'connection',
      record: connectionRecord('c', 'two', {
        label: marker('label'),
        account: marker('account'),
        username: marker('person'),
      }),
    },
    {
      put: 'connection_secrets',
      connectionId: 'c',
      secrets: { accessToken: secret('access'), idToken: secret('id'), refreshToken: secret('refresh') },
    },
    {
      put: 'history',
      connectionId: 'c',
      exchanges: [
        exchangeAt(someDayMs, {
          problem: { code: 'provider_busy', facts: { providerText: marker('says'), host: marker('host') } },
        }),
      ],
    },
  ]);
  return vault;
}

function seen(texts: (string | Buffer)[]): string[] {
  const found: string[] = [];
  for (const [path, bytes] of rig.contents()) {
    for (const text of texts) {
      for (const [n, encoded] of encodings(text).entries())
        if (bytes.includes(encoded)) found.push(`${String(text)} as ${n} in ${path}`);
    }
  }
  return found;
}

describe('in no file of the profile', () => {
  it('B47: can a secret, an account, a host, a scope or a name be read, in any usual encoding, open or closed', async () => {
    const vault = await fill();
    expect(rig.contents().size).toBeGreaterThanOrEqual(3);
    expect(seen(words.map(marker))).toEqual([]);
    await vault.close();
    expect(seen(words.map(marker))).toEqual([]);
  });

  it('B40: does the key stand', async () => {
    const vault = await fill();
    const key = [...rig.keychain.items].find(([account]) => account.startsWith('vault-key:'))![1];
    expect(seen([key, Buffer.from(key, 'base64')])).toEqual([]);
    await vault.close();
    expect(seen([key, Buffer.from(key, 'base64')])).toEqual([]);
  });

  it('and this search does find what lies in clear, in each encoding and at each offset', async () => {
    await fill();
    const { writeFileSync } = await import('node:fs');
    const text = marker('access');
    for (const encoded of ['utf8', 'hex', 'base64', 'base64url', 'utf16le'] as const) {
      for (const before of ['', 'x', 'xy']) {
        const bytes = Buffer.from(`${before}${text}`);
        writeFileSync(
          rig.at('leak'),
          encoded === 'utf8' || encoded === 'utf16le'
            ? Buffer.from(`${before}${text}`, encoded)
            : bytes.toString(encoded),
        );
        expect(seen([text])).not.toEqual([]);
      }
    }
  });
});
