import type { VaultStatus } from '../shared/model/program.ts';
import './features/lock/lock.css';
import { Banner } from './ui/banner.tsx';
import { useText } from './ui/text.ts';

/** Draws itself only while the keychain is silent: a question of its own may stand behind this window (B43). */
export function KeychainWait({ vault }: { vault: VaultStatus }) {
  const { shell } = useText();
  const waitingFor = vault.kind === 'open' || vault.kind === 'absent' ? vault.waitingFor : undefined;
  if (waitingFor === undefined) return null;
  return (
    <div className="keychain-wait" role="status">
      <Banner state="retry" what={shell.waitingFor(waitingFor)} next={shell.waitingForNext} />
    </div>
  );
}
