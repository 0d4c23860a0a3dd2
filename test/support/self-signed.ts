import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Certificates for tests, made here: Node can read X.509 and not write it. Enough DER for a P-256 certificate. */

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const size =
    body.length < 128
      ? Buffer.from([body.length])
      : body.length < 256
        ? Buffer.from([0x81, body.length])
        : Buffer.from([0x82, body.length >> 8, body.length & 255]);
  return Buffer.concat([Buffer.from([tag]), size, body]);
};
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const ecdsaSha256 = sequence(oid('2a8648ce3d040302'));
const name = (text: string): Buffer => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
const time = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

/** DNS names as context tag 2, the loopback address as tag 7. */
function alternatives(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    /^\d+\.\d+\.\d+\.\d+$/.test(host)
      ? der(0x87, Buffer.from(host.split('.').map(Number)))
      : der(0x82, Buffer.from(host)),
  );
  return sequence(oid('551d11'), der(0x04, sequence(...names)));
}

/** A self-signed certificate with its key, both as PEM. */
export function selfSigned(options: { hosts: readonly string[]; from?: Date; to?: Date }): {
  cert: string;
  key: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const dayMs = 86_400_000;
  const from = options.from ?? new Date(Date.now() - dayMs);
  const to = options.to ?? new Date(Date.now() + 30 * dayMs);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...Buffer.from(String(Date.now() % 100_000))])),
    ecdsaSha256,
    name('Grantkeep test'),
    sequence(time(from), time(to)),
    name('Grantkeep test'),
    spki(publicKey),
    der(0xa3, sequence(alternatives(options.hosts))),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaSha256, der(0x03, Buffer.from([0]), signature));
  const base64 =
    certificate
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? '';
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
