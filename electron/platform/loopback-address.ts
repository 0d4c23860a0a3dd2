/** A redirect address of this computer, taken apart. */
export interface LoopbackAddress {
  /** As it stands in the address, and so in `Host`. */
  readonly name: '127.0.0.1' | '[::1]' | 'localhost';
  /** What has to be bound. A name of two families needs both, or the free one is anybody's (B6). */
  readonly binds: readonly ('127.0.0.1' | '::1')[];
  readonly port: number;
  /** As a browser sends it: compared byte for byte. */
  readonly path: string;
  /** The same address with another port (RFC 8252 section 7.3). */
  withPort(port: number): string;
}

const bindsOf = {
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
  localhost: ['127.0.0.1', '::1'],
} as const;

/** Characters of RFC 3986 only: any other one comes back from a browser in another spelling, and would not be known. */
const shape =
  /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::(\d{1,5}))?((?:\/[\w.~!$&'()*+,;=:@%/-]*)?)((?:\?[\w.~!$&'()*+,;=:@%/?-]*)?)$/;

/** Null: nothing that a browser could come back to here. */
export function loopbackAddress(redirectUri: string): LoopbackAddress | null {
  const [, name, portText, path = '', query = ''] = shape.exec(redirectUri) ?? [];
  if (name !== '127.0.0.1' && name !== '[::1]' && name !== 'localhost') return null;
  const port = Number(portText ?? '80');
  if (port < 1 || port > 65_535) return null;
  // A browser walks `/a/../b` before it asks, so such an address would wait in vain.
  if (path !== '' && new URL(`http://${name}${path}`).pathname !== path) return null;
  return {
    name,
    binds: bindsOf[name],
    port,
    path: path === '' ? '/' : path,
    withPort: (other) => `http://${name}:${other}${path}${query}`,
  };
}

/** What a browser may put in `Host` for it: it leaves the port of http out. */
export function hostsOf(name: LoopbackAddress['name'], port: number): readonly string[] {
  return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`];
}
