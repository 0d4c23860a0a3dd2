import { describe, expect, it } from 'vitest';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { english } from '../../../shared/text/catalogue.ts';
import type { TrayItem } from '../../../electron/services/ports.ts';
import { trayMenu } from '../../../electron/services/tray-menu.ts';
import { fixed, hour, minute, noonMs, refused, retrying, summary } from '../../support/connection-summary.ts';

const menu = (connections: ConnectionSummary[], vault: VaultStatus['kind'] = 'open', canLock = false) =>
  trayMenu({ vault, canLock }, connections, noonMs, english);
const wordsOf = (items: readonly TrayItem[]): string[] =>
  items.map((item) => (item.kind === 'line' ? '—' : item.words));
const actOf = (items: readonly TrayItem[], words: string) =>
  items.flatMap((item) => (item.kind === 'act' && item.words.startsWith(words) ? [item] : []))[0];

describe('the tray menu', () => {
  it('says how many work and how many need somebody, in its first line and its tooltip', () => {
    const three = [summary('a'), summary('b'), retrying('c'), refused('d')];
    expect(menu(three)).toMatchObject({ needsYou: true, tooltip: 'Grantkeep: 3 work, 1 needs you' });
    expect(menu(three).items[0]).toEqual({ kind: 'words', words: '3 work, 1 needs you' });
    expect(menu([summary('a'), summary('b')])).toMatchObject({ needsYou: false, tooltip: 'Grantkeep: All 2 work' });
  });

  it('lists what needs somebody first, then by name, with the word of the state and the time left', () => {
    const lines = wordsOf(
      menu([
        summary('z', { label: 'Zoo' }),
        summary('a', { label: 'alpha', expiresAtMs: noonMs + 2 * hour + 5 * minute + 9_000, issuedAtMs: noonMs }),
        refused('m', { label: 'Mid', expiresAtMs: noonMs - 1 }),
        fixed('f', hour, 30_000, { label: 'Fixed' }),
        summary('u', { label: 'Unstated', expiresAtMs: null }),
        summary('r', { label: 'Revoked', condition: 'revoked' }),
      ]).items,
    );
    expect(lines).toEqual([
      '3 work, 2 need you',
      '—',
      'Fixed: Needs you, less than a minute left',
      'Mid: Sign in again',
      'alpha: Working, 2h 05m left',
      'Revoked: Revoked',
      'Unstated: Expiry unknown',
      'Zoo: Working, 40m left',
      '—',
      'Renew all that are due',
      '—',
      'Open Grantkeep',
      'Quit',
    ]);
  });

  it('shows ten, and leads to the window for more', () => {
    const all = Array.from({ length: 11 }, (_, number) => summary(String(number).padStart(2, '0')));
    expect(actOf(menu(all).items, english.notices.tray.more)?.act).toEqual({ do: 'show', connectionId: null });
    expect(wordsOf(menu(all).items).filter((words) => words.startsWith('Label'))).toHaveLength(10);
    expect(actOf(menu(all.slice(1)).items, english.notices.tray.more)).toBeUndefined();
  });

  it('copies where there is a token to hand out, and shows the connection where there is none', () => {
    const acts = (one: ConnectionSummary) => actOf(menu([one]).items, 'Label')?.act;
    expect(acts(summary('a'))).toEqual({ do: 'copy', connectionId: 'a' });
    expect(acts(refused('a'))).toEqual({ do: 'copy', connectionId: 'a' });
    // Ended, but it renews: copying renews it first.
    expect(acts(summary('a', { expiresAtMs: noonMs - 1 }))).toEqual({ do: 'copy', connectionId: 'a' });
    for (const one of [
      refused('a', { expiresAtMs: noonMs }),
      fixed('a', hour, 0),
      summary('a', { condition: 'revoked' }),
      summary('a', { fingerprint: null }),
    ]) {
      expect(acts(one)).toEqual({ do: 'show', connectionId: 'a' });
    }
  });

  it('counts what is due, and offers to renew it only when something is', () => {
    const due = [retrying('a'), summary('b', { expiresAtMs: noonMs + minute }), summary('c', { expiresAtMs: noonMs })];
    const of = (connections: ConnectionSummary[]) => actOf(menu(connections).items, 'Renew all');
    expect(of([...due, summary('d'), refused('e')])).toMatchObject({
      words: 'Renew all that are due (3)',
      available: true,
    });
    expect(of([summary('d'), refused('e'), fixed('f', hour, minute)])).toMatchObject({ available: false });
  });

  it('has nothing of practice', () => {
    const practice = menu([refused('p', { realm: 'practice' })]);
    expect(practice.needsYou).toBe(false);
    expect(JSON.stringify(practice)).not.toContain('Label p');
  });

  it.each(['opening', 'absent', 'problem'] as const)('names and counts nothing while the vault is %s', (kind) => {
    const closed = menu([refused('a'), summary('b')], kind);
    expect(closed).toMatchObject({ needsYou: false, tooltip: 'Grantkeep: The vault is not open' });
    expect(JSON.stringify(closed)).not.toMatch(/Label|\b1\b/);
  });

  it('offers to lock where there is something to unlock with, and locked it tells nothing', () => {
    const whats = (shown: ReturnType<typeof menu>) =>
      shown.items.flatMap((item) => (item.kind === 'act' ? [item.act.do] : []));
    expect(whats(menu([summary('b')]))).not.toContain('lock');
    expect(whats(menu([summary('b')], 'open', true))).toContain('lock');
    const locked = menu([refused('a'), summary('b')], 'locked');
    expect(locked).toMatchObject({ needsYou: false, tooltip: 'Grantkeep: Locked' });
    expect(whats(locked)).not.toContain('lock');
    expect(JSON.stringify(locked)).not.toMatch(/Label|\b1\b/);
  });
});
