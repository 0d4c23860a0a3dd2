import type * as crypto from 'node:crypto';

/**
 * node:crypto with a derivation that costs nothing: for tests of the order of things, which derive dozens of times.
 * Parameters still count, as they would; what the real ones give is shown where nothing stands in for them.
 */
export function withCheapScrypt(real: typeof crypto): typeof crypto {
  return {
    ...real,
    scrypt: ((password, salt, length, options, done) =>
      real.scrypt(password, salt, length, { ...options, N: Number(options.N) / 2 ** 13 }, done)) as (
      password: crypto.BinaryLike,
      salt: crypto.BinaryLike,
      length: number,
      options: crypto.ScryptOptions,
      done: (thrown: Error | null, key: Buffer) => void,
    ) => void as typeof crypto.scrypt,
  };
}
