// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { PassphraseDialog } from '../../../renderer/features/lock/passphrase-dialog.tsx';
import { RemovePassphraseDialog } from '../../../renderer/features/lock/remove-dialog.tsx';
import { strengthOf } from '../../../renderer/features/lock/strength.ts';
import { drawn, everythingOnThePage } from '../connect/drawn.tsx';
import { failed, fakeMain } from '../connect/fake-main.ts';

const words = 'drawbridge lantern';
const isOpen = { kind: 'open', keychain: 'k', olderCopy: false } as const;
const input = (label: string): HTMLInputElement => screen.getByLabelText(label);

async function opened(vault: Parameters<typeof fakeMain>[0] = {}) {
  const main = fakeMain(vault);
  const onClose = vi.fn();
  return { main, onClose, ...(await drawn(main, <PassphraseDialog onClose={onClose} />)) };
}

describe('setting a passphrase', () => {
  it('says before it is set that nobody can reset it, and hands it over once both are the same', async () => {
    const { main, onClose, user, shell } = await opened({ vault: isOpen });
    expect(screen.getByRole('dialog').textContent).toContain('only a backup helps');
    await user.type(input('New passphrase'), words);
    await user.type(input('The same again'), 'drawbridge lanterns');
    await user.click(screen.getByRole('button', { name: 'Set passphrase' }));
    expect(screen.getByText('The two are not the same.')).toBeTruthy();
    expect(main.of('passphrase.set')).toEqual([]);
    await user.clear(input('The same again'));
    await user.type(input('The same again'), words);
    await user.click(screen.getByRole('button', { name: 'Set passphrase' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(main.of('passphrase.set')).toEqual([{ passphrase: words }]);
    expect(shell.tellDone).toHaveBeenCalledWith(expect.stringContaining('The passphrase is set.'));
  });

  it('takes none that is shorter than eight, and asks nobody', async () => {
    const { main, user } = await opened({ vault: isOpen });
    await user.type(input('New passphrase'), 'short');
    await user.type(input('The same again'), 'short');
    await user.click(screen.getByRole('button', { name: 'Set passphrase' }));
    expect(screen.getByText(/^Too short/)).toBeTruthy();
    expect(main.of('passphrase.set')).toEqual([]);
  });

  it('changing it asks for the current one, and marks that one when it is wrong', async () => {
    const { main, onClose, user } = await opened({ vault: { ...isOpen, passphrase: true } });
    await user.type(input('New passphrase'), words);
    await user.type(input('The same again'), words);
    await user.click(screen.getByRole('button', { name: 'Change passphrase' }));
    expect(screen.getByText('Type the current passphrase.')).toBeTruthy();
    await user.type(input('Current passphrase'), 'not the one');
    main.answerNext('passphrase.set', failed('wrong_passphrase'));
    await user.click(screen.getByRole('button', { name: 'Change passphrase' }));
    expect(await screen.findByText(/^Wrong passphrase/)).toBeTruthy();
    expect(input('Current passphrase').value).toBe('');
    expect(onClose).not.toHaveBeenCalled();
    expect(main.of('passphrase.set')).toEqual([{ passphrase: words, current: 'not the one' }]);
  });

  it('without a keychain says that the vault is made with it now', async () => {
    const problem = { code: 'keychain_absent', facts: { name: 'Secret Service' } } as const;
    await opened({ vault: { kind: 'problem', problem, canSetAside: false, canUsePassphrase: true } });
    expect(screen.getByRole('dialog').textContent).toContain('It protects the vault without a keychain.');
  });

  it('says what the disk said, and keeps what was typed for another try', async () => {
    const { main, user } = await opened({ vault: isOpen });
    main.answerNext('passphrase.set', failed('disk_full'));
    await user.type(input('New passphrase'), words);
    await user.type(input('The same again'), words);
    await user.click(screen.getByRole('button', { name: 'Set passphrase' }));
    expect((await screen.findByRole('alert')).textContent).toContain('no space left');
    expect(input('New passphrase').value).toBe(words);
    expect(document.documentElement.outerHTML).not.toContain(words);
    expect(everythingOnThePage()).toContain(words);
  });
});

describe('removing it', () => {
  it('says first that locking goes with it, and where the key goes', async () => {
    const main = fakeMain({ vault: { ...isOpen, passphrase: true } });
    const onClose = vi.fn();
    const { user } = await drawn(main, <RemovePassphraseDialog keychain="GNOME Keyring" onClose={onClose} />);
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain('goes back to GNOME Keyring');
    expect(dialog.textContent).toContain('Locking is not possible any more');
    main.answerNext('passphrase.remove', failed('keychain_locked', { name: 'GNOME Keyring' }));
    await user.type(input('Current passphrase'), `${words}{Enter}`);
    expect((await screen.findByRole('alert')).textContent).toContain('GNOME Keyring is locked.');
    await user.type(input('Current passphrase'), `${words}{Enter}`);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(main.of('passphrase.remove')).toEqual([{ current: words }, { current: words }]);
  });
});

describe('the hint on strength', () => {
  it.each([
    ['', 'too_short'],
    ['seven77', 'too_short'],
    ['👨‍👩‍👧a', 'too_short'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['12345678901234567890', 'weak'],
    ['abcdefghijklmnopqrstuvwxyz', 'weak'],
    ['qmvx83!t', 'short'],
    ['drawbridge lamp', 'fair'],
    ['drawbridge lantern owl sandal', 'long'],
  ])('calls "%s" %s', (passphrase, strength) => {
    expect(strengthOf(passphrase)).toBe(strength);
  });
});
