import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { DailyCopies } from '../../../electron/services/daily-copies.ts';
import type { OpenedVault } from '../../../electron/services/vault-ports.ts';
import { PracticeShelf } from '../../../electron/vault/practice-shelf.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { appRecord, connectionRecord } from '../../support/vault-rig.ts';

const hourMs = 3_600_000;
const noon = new Date(2026, 10, 25, 12).getTime();
const putting = [{ put: 'connection', record: connectionRecord('a', 'one') }] as const;
const removing = [{ remove: 'connection', connectionId: 'a' }] as const;

function world() {
  const clock = new ManualClock(noon);
  const asked: string[] = [];
  const logged: unknown[] = [];
  const state = { full: false, closed: false };
  const vault: OpenedVault = Object.assign(new PracticeShelf(), {
    olderCopy: false,
    slots: {
      needsPassphrase: false,
      check: () => Promise.resolve(),
      set: () => Promise.resolve(true),
      remove: () => Promise.resolve(),
    },
    copiesFollow: () => void asked.push('follow'),
    fill: () => undefined,
    vaultId: '0'.repeat(32),
    commitNumber: 1,
    acceptOlderCopy: () => Promise.resolve(),
    close: () => Promise.resolve(),
    copyOfToday: () => (asked.push('copy'), state.full ? Promise.reject(new AppError('disk_full')) : Promise.resolve()),
    tidyCopies: () => (asked.push('tidy'), Promise.resolve()),
  });
  const copies = new DailyCopies({
    vault: () => (state.closed ? null : vault),
    clock,
    log: { write: (event, fields) => void logged.push([event, fields?.code]) },
  });
  const fill = (): void => vault.commit([{ put: 'app', record: { ...appRecord('one'), realm: 'practice' } }]);
  return { clock, asked, logged, state, vault, copies, fill };
}

describe('when daily copies are made', () => {
  it('at the start, and then with the first commit of each day', async () => {
    const { clock, asked, copies, fill } = world();
    fill();
    copies.opened();
    copies.committed(putting);
    await copies.settled();
    expect(asked).toEqual(['follow', 'tidy', 'copy']);
    clock.advance(11 * hourMs);
    copies.committed(putting);
    clock.advance(2 * hourMs);
    copies.committed(putting);
    copies.committed(putting);
    await copies.settled();
    expect(asked).toEqual(['follow', 'tidy', 'copy', 'copy']);
  });

  it('with the first commit of a vault that was empty when it opened', async () => {
    const { asked, copies, fill } = world();
    copies.opened();
    await copies.settled();
    fill();
    copies.committed(putting);
    copies.committed(putting);
    await copies.settled();
    expect(asked).toEqual(['follow', 'tidy', 'copy', 'copy']);
  });

  it('tidied with every commit that removes, and with no other', async () => {
    const { asked, copies, fill } = world();
    fill();
    copies.opened();
    copies.committed(removing);
    copies.committed(putting);
    copies.committed([...putting, ...removing]);
    await copies.settled();
    expect(asked).toEqual(['follow', 'tidy', 'copy', 'tidy', 'tidy']);
  });

  it('not while an older copy is open, whose ways in they follow, and at once when it is accepted', async () => {
    const { asked, copies, vault, fill } = world();
    fill();
    Object.assign(vault, { olderCopy: true });
    copies.opened();
    copies.committed(removing);
    await copies.settled();
    expect(asked).toEqual(['follow']);
    Object.assign(vault, { olderCopy: false });
    copies.opened();
    await copies.settled();
    expect(asked).toEqual(['follow', 'follow', 'tidy', 'copy']);
  });

  it('not while a lock has closed the vault, which breaks nothing, and as soon as it is open again', async () => {
    const { asked, logged, copies, state, fill } = world();
    fill();
    state.closed = true;
    copies.opened();
    copies.committed(removing);
    await copies.waysChanged();
    expect([asked, logged]).toEqual([[], []]);
    state.closed = false;
    copies.opened();
    await copies.settled();
    expect(asked).toEqual(['follow', 'tidy', 'copy']);
  });

  it('followed to another way in before that is answered, after the copy that is under way', async () => {
    const { asked, copies, vault, fill } = world();
    fill();
    let made: () => void = () => undefined;
    vault.copyOfToday = () => new Promise((resolve) => (made = resolve));
    copies.opened();
    const changed = copies.waysChanged().then(() => asked.push('answered'));
    await vi.waitFor(() => expect(asked).toEqual(['follow', 'tidy']));
    made();
    await changed;
    expect(asked).toEqual(['follow', 'tidy', 'follow', 'answered']);
  });

  it('again an hour after one that failed, which is logged and stops nothing', async () => {
    const { clock, asked, logged, copies, state, fill } = world();
    fill();
    state.full = true;
    copies.opened();
    copies.committed(putting);
    await copies.settled();
    expect(logged).toEqual([['daily copy not made', 'disk_full']]);
    state.full = false;
    clock.advance(hourMs);
    copies.committed(putting);
    copies.committed(putting);
    await copies.settled();
    expect(asked).toEqual(['follow', 'tidy', 'copy', 'copy']);
  });
});
