import { useContext, useState } from 'react';
import type { VaultStatus } from '../../../shared/model/program.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { OneOf } from '../../ui/one-of.tsx';
import { PlatformContext } from '../../ui/keys.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useText } from '../../ui/text.ts';
import { RemovePassphraseDialog } from '../lock/remove-dialog.tsx';
import { SettingRow } from './setting-row.tsx';
import { useSettings } from './use-settings.ts';

const minutesOffered = [1, 5, 15, 30, 60, 240];
const secondsOffered = [10, 30, 60, 120];

/** What is offered, and what is kept if that is another: a value set elsewhere is shown, not changed. */
const withKept = (offered: readonly number[], kept: number | null): number[] =>
  kept === null || offered.includes(kept) ? [...offered] : [...offered, kept].sort((a, b) => a - b);

export function SecuritySection() {
  const { settings: words } = useText();
  const { settings, problem, keep } = useSettings();
  const vault = useKnown((known) => known.vault);
  return (
    <>
      <h1 className="title">{words.sections.security}</h1>
      <KeyPlace vault={vault} />
      {problem !== null && <ProblemNote problem={problem} />}
      {settings !== null && <LockCard settings={settings} keep={keep} vault={vault} />}
      <PassphraseCard vault={vault} />
      {settings !== null && <ClipboardCard settings={settings} keep={keep} />}
    </>
  );
}

function KeyPlace({ vault }: { vault: VaultStatus }) {
  const { settings } = useText();
  const words = settings.security;
  const said =
    vault.kind === 'open'
      ? vault.passphrase === true
        ? words.keySealed()
        : words.keyLives(vault.keychain)
      : vault.kind === 'absent'
        ? words.keyWillLive(vault.keychain)
        : null;
  return (
    <p className="settings-key">
      <StateMark kind="locked" />
      {said === null ? (
        <span>{words.keyNowhere}</span>
      ) : (
        <span>
          {said[0]}
          <span className="label">{said[1]}</span>
          {said[2]}
        </span>
      )}
    </p>
  );
}

interface CardProps {
  settings: Settings;
  keep: (change: Partial<Settings>) => void;
}

function LockCard({ settings, keep, vault }: CardProps & { vault: VaultStatus }) {
  const words = useText().settings.security;
  const platform = useContext(PlatformContext);
  const canLock = vault.kind === 'open' && vault.passphrase === true;
  // Nothing is claimed that cannot be done: without a passphrase no switch here does anything.
  const reason = canLock ? null : words.needsPassphrase;
  const noScreen = platform === 'linux' ? words.noScreenOnLinux : null;
  return (
    <div className="card">
      <SettingRow name={words.lockAfter} note={words.lockAfterNote} reason={reason}>
        <OneOf
          label={words.lockAfter}
          disabled={!canLock}
          options={[
            ...withKept(minutesOffered, settings.lockAfterMinutes).map((count) => ({
              id: String(count),
              words: words.minutes(count),
            })),
            { id: 'never', words: words.never },
          ]}
          chosen={settings.lockAfterMinutes === null ? 'never' : String(settings.lockAfterMinutes)}
          onChoose={(id) => keep({ lockAfterMinutes: id === 'never' ? null : Number(id) })}
        />
      </SettingRow>
      <SettingRow name={words.lockOnSleep} reason={reason}>
        <Switch
          label={words.lockOnSleep}
          on={settings.lockOnSleep}
          disabled={!canLock}
          onChange={(lockOnSleep) => keep({ lockOnSleep })}
        />
      </SettingRow>
      <SettingRow name={words.lockOnScreen} reason={noScreen ?? reason}>
        <Switch
          label={words.lockOnScreen}
          on={settings.lockOnScreenLock && noScreen === null}
          disabled={!canLock || noScreen !== null}
          onChange={(lockOnScreenLock) => keep({ lockOnScreenLock })}
        />
      </SettingRow>
      <SettingRow name={words.whileLocked} note={words.whileLockedNote} reason={reason}>
        <OneOf
          label={words.whileLocked}
          disabled={!canLock}
          options={[
            { id: 'renews', words: words.renews },
            { id: 'waits', words: words.waits },
          ]}
          chosen={settings.keepRenewingWhileLocked ? 'renews' : 'waits'}
          onChoose={(id) => keep({ keepRenewingWhileLocked: id === 'renews' })}
        />
      </SettingRow>
    </div>
  );
}

function PassphraseCard({ vault }: { vault: VaultStatus }) {
  const words = useText().settings.security;
  const shell = useShell();
  const [removing, setRemoving] = useState(false);
  const isSet = vault.kind === 'open' && vault.passphrase === true;
  const canSet =
    vault.kind === 'open' || vault.kind === 'absent' || (vault.kind === 'problem' && vault.canUsePassphrase === true);
  return (
    <>
      <h2 className="settings-head">{words.passphrase}</h2>
      <div className="card">
        <SettingRow
          name={words.ask}
          note={isSet ? words.askNoteOpen : words.askNote}
          reason={canSet ? null : words.notOpen}
        >
          <div className="setting-acts">
            <Button unavailable={canSet ? null : words.notOpen} onPress={shell.setPassphrase}>
              {isSet ? words.change : words.set}
            </Button>
            {isSet && <Button onPress={() => setRemoving(true)}>{words.remove}</Button>}
          </div>
        </SettingRow>
      </div>
      {removing && vault.kind === 'open' && (
        <RemovePassphraseDialog keychain={vault.keychain} onClose={() => setRemoving(false)} />
      )}
    </>
  );
}

function ClipboardCard({ settings, keep }: CardProps) {
  const words = useText().settings.security;
  return (
    <>
      <h2 className="settings-head">{words.clipboard}</h2>
      <div className="card">
        <SettingRow name={words.clearAfter} note={words.clearAfterNote}>
          <OneOf
            label={words.clearAfter}
            options={withKept(secondsOffered, settings.clipboardSeconds).map((count) => ({
              id: String(count),
              words: words.seconds(count),
            }))}
            chosen={String(settings.clipboardSeconds)}
            onChoose={(id) => keep({ clipboardSeconds: Number(id) })}
          />
        </SettingRow>
      </div>
    </>
  );
}
