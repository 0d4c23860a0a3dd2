// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FirstRun } from '../../../renderer/features/first-run/first-run.tsx';
import { drawn } from '../connect/drawn.tsx';
import { failed, fakeMain } from '../connect/fake-main.ts';

const absent = { kind: 'absent', keychain: 'this computer’s keychain' } as const;

describe('the first run', () => {
  it('says where the key will live before anything is stored, and Enter connects', async () => {
    const main = fakeMain({ vault: absent });
    const { user, shell } = await drawn(main, <FirstRun />);
    expect(screen.getByText('Your vault’s key will live in this computer’s keychain.')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(shell.openWizard).toHaveBeenCalledWith({ kind: 'connect', realm: 'vault' });
  });

  it('offers only what exists: connect, restore and practise', async () => {
    await drawn(fakeMain({ vault: absent }), <FirstRun />);
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual([
      expect.stringContaining('Connect an account'),
      expect.stringContaining('Restore a backup'),
      expect.stringContaining('Practice first'),
    ]);
  });

  it('restores a backup, and not where there is no safe place for what it holds', async () => {
    const { user } = await drawn(fakeMain({ vault: absent }), <FirstRun />);
    await user.click(screen.getByRole('button', { name: /^Restore a backup/ }));
    expect((await screen.findByRole('dialog')).textContent).toContain('older copy by nature');
    cleanup();
    const problem = { code: 'keychain_absent', facts: {} } as const;
    const blocked = await drawn(fakeMain({ vault: { kind: 'problem', problem, canSetAside: false } }), <FirstRun />);
    await blocked.user.click(screen.getByRole('button', { name: /^Restore a backup/ }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('opens practice and then its wizard; a failure is said and nothing opens', async () => {
    const main = fakeMain({ vault: absent });
    const { user, shell } = await drawn(main, <FirstRun />);
    main.answerNext('practice.open', failed('internal'));
    await user.click(screen.getByRole('button', { name: /^Practice first/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong');
    expect(shell.openWizard).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: /^Practice first/ }));
    await waitFor(() => expect(shell.openWizard).toHaveBeenCalledWith({ kind: 'connect', realm: 'practice' }));
  });

  it('without a keychain offers a passphrase first, and stores nothing by offering it (F16)', async () => {
    const problem = { code: 'keychain_absent', facts: {} } as const;
    const main = fakeMain({ vault: { kind: 'problem', problem, canSetAside: false, canUsePassphrase: true } });
    const { user, shell } = await drawn(main, <FirstRun />);
    const offer = screen.getByRole('button', { name: /^Protect it with a passphrase instead/ });
    expect(document.activeElement).toBe(offer);
    await user.click(offer);
    expect(shell.setPassphrase).toHaveBeenCalled();
    expect(main.of('passphrase.set')).toEqual([]);
  });

  it('says of a vault under a passphrase where its key is', async () => {
    await drawn(fakeMain({ vault: { kind: 'open', keychain: 'k', olderCopy: false, passphrase: true } }), <FirstRun />);
    expect(screen.getByText('Your vault’s key is sealed under your passphrase.')).toBeTruthy();
  });

  it('without a keychain says what to do, does not connect, and still lets one practise', async () => {
    const problem = { code: 'keychain_absent', facts: {} } as const;
    const main = fakeMain({ vault: { kind: 'problem', problem, canSetAside: false } });
    const { user, shell } = await drawn(main, <FirstRun />);
    expect(screen.getByText(/There is no keychain on this system/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Connect an account/ }));
    expect(shell.openWizard).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(main.of('program.retryVault')).toEqual([{}]);
    await user.click(screen.getByRole('button', { name: /^Practice first/ }));
    await waitFor(() => expect(shell.openWizard).toHaveBeenCalledWith({ kind: 'connect', realm: 'practice' }));
  });
});
