import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TokenMatch } from '../../shared/model/token-match.ts';
import type { ConnectionRecord, ConnectionSecrets, PastTokens, TokenKind, Vault } from '../vault/records.ts';
import type { Realms } from './realms.ts';
import { hashesOf, hashOf } from './token-trail.ts';

/** Connections looked at between two turns of the loop: thousands of trails are unsealed for one search. */
const atOnce = 50;
const mostMatches = 50;

/**
 * Which connection a token out of a log is of. What was pasted is hashed at once and kept nowhere; what comes back
 * names the connection, the generation and its times, and nothing else.
 */
export async function findToken(realms: Realms, pasted: string): Promise<{ matches: TokenMatch[] }> {
  const wanted = wantedOf(pasted);
  const matches: TokenMatch[] = [];
  if (wanted.size === 0) return { matches };
  let looked = 0;
  for (const vault of realms.all()) {
    for (const { id } of vault.connections()) {
      looked += 1;
      if (looked % atOnce === 0) await nextTurn();
      // Removed, or the vault closed, while others had their turn.
      const connection = realms.all().includes(vault) ? vault.connection(id) : null;
      if (connection !== null) matches.push(...matchesIn(vault, connection, wanted));
      if (matches.length >= mostMatches) return { matches: matches.slice(0, mostMatches) };
    }
  }
  return { matches };
}

/**
 * The beginnings of hashes that it may stand for. A fingerprint is eight digits of one, often written in two halves; a
 * token may come with what logs put round it. Each reading is tried, since a token may look like anything.
 */
function wantedOf(pasted: string): Set<string> {
  const text = pasted.trim();
  const wanted = new Set<string>();
  if (text === '') return wanted;
  const joined = text.replaceAll(/[\s:-]/g, '').toLowerCase();
  if (/^[0-9a-f]{8}$/.test(joined) || /^[0-9a-f]{64}$/.test(joined)) wanted.add(joined);
  const word = text.split(/\s+/).at(-1) ?? '';
  const bare = word.replaceAll(/^["'`([]+|["'`)\],;]+$/g, '');
  for (const reading of [text, word, bare, bare.slice(bare.indexOf('=') + 1), bare.slice(bare.indexOf(':') + 1)])
    if (reading !== '') wanted.add(hashOf(reading));
  return wanted;
}

function matchesIn(vault: Vault, connection: ConnectionRecord, wanted: ReadonlySet<string>): TokenMatch[] {
  const held = vault.connectionSecrets(connection.id);
  const trail = withHeld(vault.tokenTrail(connection.id), connection, held);
  const inUse = held === null ? [] : hashesOf(held);
  const found = new Map<string, { token: TokenKind; hash: string }>();
  for (const { tokens } of trail)
    for (const { kind, hash } of tokens)
      if (isWanted(hash, wanted)) found.set(`${kind} ${hash}`, { token: kind, hash });
  return [...found.values()].map(({ token, hash }) => {
    const isInUse = inUse.some((one) => one.hash === hash);
    return { connectionId: connection.id, token, ...lifeOf(trail, token, hash, isInUse, connection) };
  });
}

const isWanted = (hash: string, wanted: ReadonlySet<string>): boolean =>
  wanted.has(hash) || wanted.has(hash.slice(0, 8));

/** What was stored before trails were kept has none: its tokens in use stand for their generation. */
function withHeld(
  trail: readonly PastTokens[],
  { generation, issuedAtMs, createdAtMs }: ConnectionRecord,
  held: ConnectionSecrets | null,
): readonly PastTokens[] {
  if (held === null || trail[0]?.generation === generation) return trail;
  return [{ generation, issuedAtMs: issuedAtMs ?? createdAtMs, tokens: hashesOf(held) }, ...trail];
}

/** A refresh token that is kept through renewals stands in the generation that brought it alone, so its end is looked for. */
function lifeOf(
  trail: readonly PastTokens[],
  kind: TokenKind,
  hash: string,
  isInUse: boolean,
  { generation, revocation }: ConnectionRecord,
): Omit<TokenMatch, 'connectionId' | 'token'> {
  const place = trail.findLastIndex(({ tokens }) => tokens.some((one) => one.kind === kind && one.hash === hash));
  const first = trail[place];
  const next = trail
    .slice(0, place)
    .findLast(({ tokens }) => tokens.some((one) => one.kind === kind && one.hash !== hash));
  const fromGeneration = first?.generation ?? generation;
  const toGeneration = next === undefined || isInUse ? generation : next.generation - 1;
  const state = isInUse ? 'in_use' : next === undefined ? 'gone' : 'replaced';
  return {
    fromGeneration,
    toGeneration: kind === 'refresh_token' ? Math.max(fromGeneration, toGeneration) : fromGeneration,
    issuedAtMs: first?.issuedAtMs ?? null,
    replacedAtMs: isInUse ? null : (next?.issuedAtMs ?? revocation?.atMs ?? null),
    state,
  };
}
