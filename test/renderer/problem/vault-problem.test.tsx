// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PracticeBand } from '../../../renderer/features/practice/practice-band.tsx';
import { OlderCopyBanner } from '../../../renderer/features/problem/older-copy-banner.tsx';
import { VaultProblem } from '../../../renderer/features/problem/vault-problem.tsx';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { english } from '../../../shared/text/catalogue.ts';
import { drawn } from '../connect/drawn.tsx';
import { fakeMain } from '../connect/fake-main.ts';
import { connection } from '../connect/samples.ts';

const codes = [
  'key_missing',
  'key_wrong',
  'vault_damaged',
  'vault_newer',
  'vault_foreign',
  'vault_in_use',
  'disk_full',
  'disk_error',
  'disk_read_only',
  'keychain_absent',
  'keychain_locked',
  'keychain_denied',
  'keychain_silent',
] satisfies ErrorCode[];

function problemWith(code: ErrorCode, canSetAside = false): Extract<VaultStatus, { kind: 'problem' }> {
  return { kind: 'problem', problem: { code, facts: { name: 'the system keychain' } }, canSetAside };
}

describe('a vault that does not open', () => {
  it.each(codes)(
    'says for %s what is wrong and what to do, and lets the person try again or practise',
    async (code) => {
      const vault = problemWith(code);
      const main = fakeMain({ vault });
      const { user, shell } = await drawn(main, <VaultProblem vault={vault} />);
      const { what, next } = english.errors[code](vault.problem.facts);
      const page = screen.getByRole('main').textContent;
      expect(page).toContain(what);
      expect(page).toContain(next);
      if (code !== 'keychain_absent') expect(english.welcome.problem.title[code]).toBeTruthy();
      await user.click(screen.getByRole('button', { name: 'Try again' }));
      expect(main.of('program.retryVault')).toEqual([{}]);
      await user.click(screen.getByRole('button', { name: /Open practice|Practice first/ }));
      await waitFor(() => expect(shell.openWizard).toHaveBeenCalledWith({ kind: 'connect', realm: 'practice' }));
      expect(screen.queryByRole('button', { name: /Set this vault aside/ })).toBeNull();
    },
  );

  it('has four different sentences for a keychain that is absent, locked, denied and silent (F15 to F19)', () => {
    const sentences = (['keychain_absent', 'keychain_locked', 'keychain_denied', 'keychain_silent'] as const).map(
      (code) => {
        const { what, next } = english.errors[code]({ name: 'GNOME Keyring' });
        return `${what} ${next}`;
      },
    );
    expect(new Set(sentences).size).toBe(4);
    expect(sentences.every((sentence) => sentence.includes('GNOME Keyring'))).toBe(true);
  });

  it.each(['keychain_locked', 'keychain_denied', 'keychain_silent'] as const)(
    'for %s offers a passphrase only where no vault is here yet',
    async (code) => {
      const here = problemWith(code);
      const first = await drawn(fakeMain({ vault: here }), <VaultProblem vault={here} />);
      expect(screen.queryByRole('button', { name: /Protect it with a passphrase/ })).toBeNull();
      cleanup();
      const none = { ...here, canUsePassphrase: true } as const;
      const { user, shell } = await drawn(fakeMain({ vault: none }), <VaultProblem vault={none} />);
      await user.click(screen.getByRole('button', { name: 'Protect it with a passphrase instead…' }));
      expect(shell.setPassphrase).toHaveBeenCalled();
      expect(first.shell.setPassphrase).not.toHaveBeenCalled();
    },
  );

  it('sets a vault aside only after saying that nothing is deleted and where it goes', async () => {
    const vault = problemWith('vault_damaged', true);
    const main = fakeMain({ vault });
    const { user, shell } = await drawn(main, <VaultProblem vault={vault} />);
    await user.click(screen.getByRole('button', { name: 'Set this vault aside and start a new one…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('Nothing is deleted.');
    expect(dialog.textContent).toContain('/home/pm/.config/Grantkeep');
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(main.of('program.setVaultAside')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Set aside and start anew' }));
    expect(main.of('program.setVaultAside')).toEqual([{}]);
    await waitFor(() => expect(shell.say).toHaveBeenCalledWith(expect.stringContaining('set-aside')));
  });
});

describe('an older copy', () => {
  it('asks before it is used, and is silent about a vault that is up to date', async () => {
    const main = fakeMain({ vault: { kind: 'open', keychain: 'k', olderCopy: true } });
    const { user } = await drawn(main, <OlderCopyBanner />);
    await user.click(screen.getByRole('button', { name: 'Use this copy' }));
    expect(main.of('program.useOlderCopy')).toEqual([{}]);
    act(() => main.push({ vault: { kind: 'open', keychain: 'k', olderCopy: false } }));
    expect(screen.queryByRole('button', { name: 'Use this copy' })).toBeNull();
  });
});

describe('the practice band', () => {
  it('says that nothing is real, where it lives, and that closing takes everything along', async () => {
    const main = fakeMain({
      practice: { open: true, hosts: ['127.0.0.1:43117'], systems: [] },
      connections: [connection({ realm: 'practice' }), connection({ id: 'c2' })],
    });
    const { user } = await drawn(main, <PracticeBand />);
    expect(screen.getByText('Practice. Nothing here is real.')).toBeTruthy();
    expect(screen.getByText(/127\.0\.0\.1:43117/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Close practice' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('the one practice connection too');
    expect(main.of('practice.close')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Close practice' }));
    expect(main.of('practice.close')).toEqual([{}]);
  });
});
