import { createDecipheriv, hkdfSync, scryptSync } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { PassphraseSlot, VaultHeader } from '../../electron/vault/format.ts';

/** Every key of a vault, worked out from outside by the passphrase, as the format document says. */
export function keysOf(userDataFolder: string, passphrase: string): Record<string, Buffer> {
  const header = JSON.parse(readFileSync(join(userDataFolder, 'vault', 'vault.json'), 'utf8')) as VaultHeader;
  const slot = header.keySlots[0] as PassphraseSlot;
  const { n, r, p, salt } = slot.kdf;
  const options = { N: n, r, p, maxmem: 256 * n * r };
  const passphraseKey = scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, options);
  const sealed = Buffer.from(slot.sealedKey, 'base64');
  const iv = Buffer.from(slot.iv, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', passphraseKey, iv, { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(32));
  decipher.setAAD(Buffer.from(JSON.stringify(['grantkeep key slot', header.vaultId, 'passphrase'])));
  const vaultKey = Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()]);
  const derived = (what: string): Buffer =>
    Buffer.from(hkdfSync('sha256', vaultKey, header.vaultId, `grantkeep/1/${what}`, 32));
  return { passphraseKey, vaultKey, recordsKey: derived('records'), tallyKey: derived('tally') };
}

/** Which of these lie in what that process can read and write. */
export function foundIn(pid: number, needles: Record<string, Buffer>): string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${String(pid)}/mem`, 'r');
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  const overlap = 64;
  try {
    for (const line of readFileSync(`/proc/${String(pid)}/maps`, 'utf8').split('\n')) {
      const area = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (area === null) continue;
      const end = Number.parseInt(area[2]!, 16);
      for (let at = Number.parseInt(area[1]!, 16); at < end; at += chunk.length - overlap) {
        let length: number;
        try {
          length = readSync(memory, chunk, 0, Math.min(chunk.length, end - at), at);
        } catch {
          break; // a guard page, or gone meanwhile
        }
        const bytes = chunk.subarray(0, length);
        for (const [name, needle] of Object.entries(needles)) if (bytes.includes(needle)) found.add(name);
      }
    }
  } finally {
    closeSync(memory);
    chunk.fill(0);
  }
  return [...found].sort();
}
