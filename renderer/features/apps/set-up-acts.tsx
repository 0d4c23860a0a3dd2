import { useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import { useClient, useProvider } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useText } from '../../ui/text.ts';
import { ShareDialog } from './share-dialog.tsx';

interface SetUpActsProps {
  apps: readonly AppSummary[];
  /** The one that is looked at. */
  appId: string | null;
  unavailable: string | null;
}

/** Set-ups for colleagues: out into a file, and in out of one. Main asks which file and whether its hosts are right. */
export function SetUpActs({ apps, appId, unavailable }: SetUpActsProps) {
  const { apps: text } = useText();
  const words = text.setUp;
  const client = useClient();
  const shell = useShell();
  const [sharing, setSharing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Practice is nobody else's, and tokens made by hand hang on no registration.
  const shareable = apps.filter((app) => app.realm === 'vault' && app.clientId !== '');

  const app = shareable.find((one) => one.id === appId);
  const provider = useProvider(app?.providerId ?? '');

  async function saveProvider(id: string): Promise<void> {
    const answer = await client.apps.saveProvider({ appId: id });
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok && answer.value.saved) shell.tellDone(words.providerSaved);
  }

  async function takeOver(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const answer = await client.setUp.takeOver({});
    setBusy(false);
    if (!answer.ok) {
      // Whoever pressed Cancel a moment ago knows it.
      if (answer.problem.code !== 'not_confirmed') setProblem(answer.problem);
      return;
    }
    const [first] = answer.value.appIds;
    if (first === undefined) return;
    shell.tellDone(words.taken(answer.value.appIds.length));
    shell.go({ room: 'apps', appId: first });
  }

  return (
    <div className="set-up-acts" role="group" aria-label={words.label}>
      {problem !== null && <ProblemNote problem={problem} />}
      <div className="set-up-buttons">
        {shareable.length > 0 && (
          <Button size="small" look="plain" onPress={() => setSharing(true)}>
            {words.share}
          </Button>
        )}
        {app !== undefined && provider?.discovery != null && (
          <Button size="small" look="plain" onPress={() => void saveProvider(app.id)}>
            {words.saveProvider}
          </Button>
        )}
        <Button size="small" look="plain" busy={busy} unavailable={unavailable} onPress={() => void takeOver()}>
          {words.takeOver}
        </Button>
      </div>
      {sharing && <ShareDialog apps={shareable} appId={appId} onClose={() => setSharing(false)} />}
    </div>
  );
}
