// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { DailyCopies } from '../../../renderer/features/backup/daily-copies.tsx';
import { MakeBackupDialog } from '../../../renderer/features/backup/make-dialog.tsx';
import { RestoreBackupDialog } from '../../../renderer/features/backup/restore-dialog.tsx';
import { FirstRun } from '../../../renderer/features/first-run/first-run.tsx';
import { VaultProblem } from '../../../renderer/features/problem/vault-problem.tsx';
import { BackupSection } from '../../../renderer/features/settings/backup-section.tsx';
import { datedIn } from '../../../renderer/ui/moments.ts';
import { drawn, everythingOnThePage, fill } from '../connect/drawn.tsx';
import { failed, fakeMain } from '../connect/fake-main.ts';

const passphrase = 'MARKER-passphrase-77 of words';
const nothing = (): void => undefined;
const field = (label: string): HTMLElement => screen.getByLabelText(label);

describe('making a backup', () => {
  it('asks twice, hands the passphrase to main alone, and says where the file is', async () => {
    const main = fakeMain();
    let closed = 0;
    const { user, shell } = await drawn(main, <MakeBackupDialog onClose={() => (closed += 1)} />);
    await fill(user, field('Passphrase'), passphrase);
    await fill(user, field('Passphrase, once more'), passphrase);
    expect(document.documentElement.outerHTML).not.toContain(passphrase);
    await user.click(screen.getByRole('button', { name: 'Choose where to save…' }));
    expect(main.of('backup.make')).toEqual([{ passphrase }]);
    await waitFor(() => expect(closed).toBe(1));
    expect(shell.tellDone).toHaveBeenCalledWith('Backup saved: /home/pm/Grantkeep backup 2026-11-25.age');
  });

  it.each([
    ['is too short', 'short one', 'short one', 'At least 12 characters.'],
    ['is not the same twice', passphrase, `${passphrase}.`, 'The two are not the same.'],
  ])('makes none while the passphrase %s, and says so', async (_, first, second, sentence) => {
    const main = fakeMain();
    const { user } = await drawn(main, <MakeBackupDialog onClose={nothing} />);
    await fill(user, field('Passphrase'), first);
    await fill(user, field('Passphrase, once more'), second);
    await user.click(screen.getByRole('button', { name: 'Choose where to save…' }));
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(main.of('backup.make')).toEqual([]);
    await fill(user, field('Passphrase'), 'x');
    expect(screen.queryByText(sentence)).toBeNull();
  });

  it('keeps what was typed when the file dialog was closed, and when the disk refused', async () => {
    const main = fakeMain();
    let closed = 0;
    const { user } = await drawn(main, <MakeBackupDialog onClose={() => (closed += 1)} />);
    await fill(user, field('Passphrase'), passphrase);
    await fill(user, field('Passphrase, once more'), passphrase);
    main.answerNext('backup.make', { ok: true, value: { savedTo: null } });
    main.answerNext('backup.make', failed('backup_folder_closed', { name: '/mnt/stick' }));
    await user.click(screen.getByRole('button', { name: 'Choose where to save…' }));
    await user.click(screen.getByRole('button', { name: 'Choose where to save…' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing can be written into /mnt/stick');
    expect(main.of('backup.make')).toEqual([{ passphrase }, { passphrase }]);
    expect(closed).toBe(0);
  });
});

describe('restoring a backup', () => {
  it('takes file and passphrase, and tries another passphrase on the same file', async () => {
    const main = fakeMain({ vault: { kind: 'absent', keychain: 'k' } });
    let closed = 0;
    const { user, shell } = await drawn(main, <RestoreBackupDialog onClose={() => (closed += 1)} />);
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect(main.of('backup.restore')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Choose the file…' }));
    await screen.findByText('Grantkeep backup 2026-11-25.age');
    await fill(user, field('Its passphrase'), 'not it');
    main.answerNext('backup.restore', failed('backup_passphrase'));
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect((await screen.findByRole('alert')).textContent).toContain('This passphrase does not open the backup.');
    expect(closed).toBe(0);
    await user.clear(field('Its passphrase'));
    await fill(user, field('Its passphrase'), passphrase);
    expect(document.documentElement.outerHTML).not.toContain(passphrase);
    await user.keyboard('{Enter}');
    expect(main.of('backup.restore')).toEqual([{ passphrase: 'not it' }, { passphrase }]);
    expect(main.of('backup.choose')).toHaveLength(1);
    await waitFor(() => expect(closed).toBe(1));
    expect(shell.say).toHaveBeenCalledWith('The backup was restored.');
  });

  it('keeps the file it has when the dialog for another one was closed', async () => {
    const main = fakeMain({ vault: { kind: 'absent', keychain: 'k' } });
    const { user } = await drawn(main, <RestoreBackupDialog onClose={nothing} />);
    await user.click(screen.getByRole('button', { name: 'Choose the file…' }));
    main.answerNext('backup.choose', { ok: true, value: { fileName: null } });
    await user.click(await screen.findByRole('button', { name: 'Choose another…' }));
    expect(screen.getByText('Grantkeep backup 2026-11-25.age')).toBeTruthy();
    expect(everythingOnThePage()).not.toContain('None chosen yet');
  });
});

describe('restoring a backup where there is no keychain', () => {
  const noKeychain = {
    kind: 'problem',
    problem: { code: 'keychain_absent', facts: {} },
    canSetAside: false,
    canUsePassphrase: true,
  } as const;

  it('asks for a passphrase for the vault, of its own and twice, and hands both to main', async () => {
    const main = fakeMain({ vault: noKeychain });
    const { user } = await drawn(main, <FirstRun />);
    await user.click(screen.getByRole('button', { name: /^Restore a backup/ }));
    await user.click(await screen.findByRole('button', { name: 'Choose the file…' }));
    await screen.findByText('Grantkeep backup 2026-11-25.age');
    await fill(user, field('Its passphrase'), passphrase);
    const restore = screen.getByRole('button', { name: 'Restore' });
    await user.click(restore);
    expect(screen.getByText('Too short: eight characters or more.')).toBeTruthy();
    await fill(user, field('New passphrase for this vault'), 'MARKER-of-this-vault');
    await user.click(restore);
    expect(screen.getByText('The two are not the same.')).toBeTruthy();
    expect(main.of('backup.restore')).toEqual([]);
    await fill(user, field('The same again'), 'MARKER-of-this-vault');
    expect(document.documentElement.outerHTML).not.toContain('MARKER');
    await user.click(restore);
    expect(main.of('backup.restore')).toEqual([{ passphrase, vaultPassphrase: 'MARKER-of-this-vault' }]);
  });
});

describe('the daily copies of a vault that does not open', () => {
  const madeAtMs = new Date(2026, 10, 24, 9, 12).getTime();
  const copies = [{ id: '2026-11-24T09-12-00-000Z', madeAtMs }];
  const moment = datedIn('en')(madeAtMs);
  const damaged = {
    kind: 'problem',
    problem: { code: 'vault_damaged', facts: {} },
    canSetAside: true,
  } as const;

  it('are offered by their moment, and put in place only after what that does was said', async () => {
    const main = fakeMain({ vault: damaged });
    main.answerNext('backup.copies', { ok: true, value: { copies, needsPassphrase: false } });
    const { user, shell } = await drawn(main, <VaultProblem vault={damaged} />);
    expect(moment).toBe('November 24, 09:12');
    await user.click(await screen.findByRole('button', { name: `Restore the copy of ${moment}` }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('The damaged vault is not deleted');
    expect(dialog.textContent).toContain('nothing renews by itself until you say');
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(main.of('backup.restoreCopy')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Restore this copy' }));
    expect(main.of('backup.restoreCopy')).toEqual([{ copyId: copies[0]!.id }]);
    await waitFor(() => expect(shell.tellDone).toHaveBeenCalledWith(expect.stringContaining('vault set aside 2026')));
  });

  it('say when one is damaged as well, and are asked for again after it', async () => {
    const main = fakeMain({ vault: damaged });
    main.answerNext('backup.copies', { ok: true, value: { copies, needsPassphrase: false } });
    main.answerNext('backup.restoreCopy', failed('copy_damaged'));
    const { user } = await drawn(main, <DailyCopies />);
    await user.click(await screen.findByRole('button', { name: `Restore the copy of ${moment}` }));
    await user.click(screen.getByRole('button', { name: 'Restore this copy' }));
    expect((await screen.findByRole('alert')).textContent).toContain('This copy is damaged as well');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('There is no daily copy that opens.')).toBeTruthy();
    expect(main.of('backup.copies')).toHaveLength(2);
  });

  it('of a vault under a passphrase are looked for with it, and put in place with it', async () => {
    const main = fakeMain({ vault: damaged });
    main.answerNext('backup.copies', { ok: true, value: { copies: [], needsPassphrase: true } });
    const { user } = await drawn(main, <DailyCopies />);
    const key = await screen.findByLabelText('The vault’s passphrase');
    expect(screen.queryByText('There is no daily copy that opens.')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Look for copies' }));
    expect(main.of('backup.copies')).toEqual([{}]);
    await fill(user, key, 'not it');
    main.answerNext('backup.copies', failed('wrong_passphrase'));
    await user.click(screen.getByRole('button', { name: 'Look for copies' }));
    expect(await screen.findByText(/^Wrong passphrase/)).toBeTruthy();
    await user.clear(key);
    await fill(user, key, passphrase);
    main.answerNext('backup.copies', { ok: true, value: { copies, needsPassphrase: false } });
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('button', { name: `Restore the copy of ${moment}` }));
    await user.click(screen.getByRole('button', { name: 'Restore this copy' }));
    expect(main.of('backup.copies').slice(0, 3)).toEqual([{}, { passphrase: 'not it' }, { passphrase }]);
    expect(main.of('backup.restoreCopy')).toEqual([{ copyId: copies[0]!.id, passphrase }]);
    expect(document.documentElement.outerHTML).not.toContain(passphrase);
  });

  it('tell what keeps them from being looked at, and are not asked for where they would cure nothing', async () => {
    const main = fakeMain({ vault: damaged });
    main.answerNext('backup.copies', failed('keychain_locked', { name: 'The keyring' }));
    await drawn(main, <DailyCopies />);
    expect(await screen.findByText('The keyring is locked.')).toBeTruthy();
    expect(screen.queryByText('There is no daily copy that opens.')).toBeNull();
    const full = { kind: 'problem', problem: { code: 'disk_full', facts: {} }, canSetAside: false } as const;
    const other = fakeMain({ vault: full });
    await drawn(other, <VaultProblem vault={full} />);
    expect(other.of('backup.copies')).toEqual([]);
  });
});

describe('the section in the settings', () => {
  it('makes a backup of an open vault and says how one is restored', async () => {
    const { user } = await drawn(fakeMain(), <BackupSection />);
    expect(screen.getByRole('heading', { name: 'Backup and restore' })).toBeTruthy();
    expect(everythingOnThePage()).toContain('There is no way around a forgotten one.');
    expect(everythingOnThePage()).toContain('Where there is no vault');
    await user.click(screen.getByRole('button', { name: 'Make a backup…' }));
    expect(await screen.findByRole('dialog', { name: 'Make a backup' })).toBeTruthy();
  });

  it('makes none while there is no open vault, and opens the data folder', async () => {
    const main = fakeMain({ vault: { kind: 'absent', keychain: 'k' } });
    const { user } = await drawn(main, <BackupSection />);
    await user.click(screen.getByRole('button', { name: 'Make a backup…' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    await user.click(screen.getByText('Open data folder'));
    expect(main.of('program.openDataFolder')).toEqual([{}]);
  });
});
