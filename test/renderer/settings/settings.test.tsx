// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Settings } from '../../../renderer/features/settings/settings.tsx';
import { PlatformContext, type Platform } from '../../../renderer/ui/keys.ts';
import { usualSettings, type Settings as Kept } from '../../../shared/model/settings.ts';
import type { VaultStatus } from '../../../shared/model/program.ts';
import { drawn } from '../connect/drawn.tsx';
import { failed, fakeMain } from '../connect/fake-main.ts';

const byKeychain: VaultStatus = { kind: 'open', keychain: 'GNOME Keyring', olderCopy: false };
const byPassphrase: VaultStatus = { ...byKeychain, passphrase: true };

async function opened(vault: VaultStatus, platform: Platform = 'darwin', kept: Kept = usualSettings) {
  const main = fakeMain({ vault });
  main.answerNext('settings.read', { ok: true, value: kept });
  const acts = { onSection: vi.fn(), onBack: vi.fn() };
  const view = await drawn(
    main,
    <PlatformContext value={platform}>
      <Settings section="security" {...acts} />
    </PlatformContext>,
  );
  await screen.findByText('Lock after');
  return { main, ...acts, ...view };
}

describe('settings, Security', () => {
  it('says where the key lives, by keychain or by passphrase', async () => {
    await opened(byKeychain);
    expect(screen.getByRole('main').textContent).toContain(
      'The vault’s key lives in GNOME Keyring, on this computer only.',
    );
  });

  it('says of a passphrase that nothing else has the key', async () => {
    await opened(byPassphrase);
    expect(screen.getByRole('main').textContent).toContain('sealed under your passphrase, and nowhere else');
  });

  it('without a passphrase claims nothing: every lock setting is unavailable and says why', async () => {
    const { shell, user } = await opened(byKeychain);
    expect(screen.getAllByText('Needs a passphrase: there is nothing to unlock with yet.')).toHaveLength(4);
    for (const control of screen.getAllByRole('switch')) expect((control as HTMLInputElement).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Set a passphrase…' }));
    expect(shell.setPassphrase).toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: 'Remove…' })).toBeNull();
  });

  it('keeps a change at once, and draws what main answered', async () => {
    const { main, user } = await opened(byPassphrase);
    main.answerNext('settings.keep', { ok: true, value: { ...usualSettings, lockOnSleep: false } });
    const sleep = screen.getByRole('switch', { name: 'Lock when the computer sleeps' });
    await user.click(sleep);
    expect(main.of('settings.keep')).toEqual([{ lockOnSleep: false }]);
    await waitFor(() => expect((sleep as HTMLInputElement).checked).toBe(false));
    main.answerNext('settings.keep', failed('internal'));
    await user.click(screen.getByRole('switch', { name: 'Lock with the screen' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong');
  });

  it.each([
    ['Lock after', '5 minutes', { lockAfterMinutes: 5 }],
    ['Lock after', 'Never', { lockAfterMinutes: null }],
    ['While locked', 'Renew nothing', { keepRenewingWhileLocked: false }],
    ['Clear the clipboard after', '10 seconds', { clipboardSeconds: 10 }],
  ])('%s can be "%s"', async (name, option, change) => {
    const { main, user } = await opened(byPassphrase);
    main.answerNext('settings.keep', { ok: true, value: { ...usualSettings, ...change } });
    await user.click(screen.getByRole('button', { name: new RegExp(name) }));
    await user.click(within(await screen.findByRole('listbox')).getByRole('option', { name: option }));
    await waitFor(() => expect(main.of('settings.keep')).toEqual([change]));
  });

  it('shows a value that was set elsewhere, and does not change it', async () => {
    await opened(byPassphrase, 'darwin', { ...usualSettings, lockAfterMinutes: 7 });
    const lockAfter = screen.getByRole('button', { name: /Lock after/ });
    expect(lockAfter.textContent).toBe('7 minutes');
    expect(lockAfter.querySelectorAll('svg')).toHaveLength(1);
  });

  it('on Linux says why the screen’s lock is not followed', async () => {
    await opened(byPassphrase, 'linux');
    expect(screen.getByText(/^Linux tells no program that its screen is locked/)).toBeTruthy();
    const screenLock = screen.getByRole('switch', { name: 'Lock with the screen' });
    expect((screenLock as HTMLInputElement).disabled).toBe(true);
  });

  it('leads back, and to what the program is', async () => {
    const { user, onBack, onSection } = await opened(byKeychain);
    await user.click(screen.getByRole('button', { name: 'About' }));
    expect(onSection).toHaveBeenCalledWith('about');
    await user.click(screen.getByRole('button', { name: 'Connections' }));
    expect(onBack).toHaveBeenCalled();
  });
});

describe('settings, About', () => {
  it('names version, licence and data folder, and opens it', async () => {
    const main = fakeMain({ vault: byKeychain });
    const { user } = await drawn(main, <Settings section="about" onSection={vi.fn()} onBack={vi.fn()} />);
    const page = screen.getByRole('main').textContent;
    for (const fact of ['0.1.0', 'MIT', '/home/pm/.config/Grantkeep']) expect(page).toContain(fact);
    await user.click(screen.getByRole('button', { name: 'Open data folder' }));
    expect(main.of('program.openDataFolder')).toEqual([{}]);
  });
});
