import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { AppSummary } from '../../../shared/model/app.ts';
import type { ProviderView } from '../../../shared/model/provider.ts';
import { useClient } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { useText } from '../../ui/text.ts';

/** Client ID and secret; or that there are none, since its tokens were made by hand. */
export function AppKeys({
  app,
  provider,
  onReplace,
}: {
  app: AppSummary;
  provider: ProviderView | undefined;
  onReplace: () => void;
}) {
  const words = useText().apps.detail;
  // Taken over from a colleague's set-up: no secret came along, and this provider needs one.
  const isMissing = !app.clientSecretSet && provider?.clientSecret === 'required';
  if (app.clientId === '') {
    return (
      <div className="set">
        <div className="grow">
          <div className="label">{words.personalTokens}</div>
          <div className="note dim">{words.personalTokensNote}</div>
        </div>
      </div>
    );
  }
  return (
    <>
      <div className="set">
        <div className="grow">
          <div className="label">{words.clientId}</div>
          <div className="mono selectable app-value">{app.clientId}</div>
        </div>
      </div>
      <div className="set">
        <div className="grow">
          <div className="label">{words.clientSecret}</div>
          <div className="note dim">
            {app.clientSecretSet ? words.secretSet : isMissing ? words.secretMissing : words.secretPublic}
          </div>
        </div>
        <Button onPress={onReplace}>{words.replace}</Button>
      </div>
    </>
  );
}

/** Where the browser comes back to. Main copies it, so that the clipboard's toast tells of it. */
export function AppRedirect({ app }: { app: AppSummary }) {
  const words = useText().apps.detail;
  const client = useClient();
  const shell = useShell();
  const [copied, setCopied] = useState(false);
  if (app.redirectUri === null) return null;

  async function copy(): Promise<void> {
    const answer = await client.apps.copyRedirect({ appId: app.id });
    setCopied(answer.ok);
    if (answer.ok) setTimeout(() => setCopied(false), 2000);
    else shell.tell(answer.problem);
  }

  return (
    <div className="set">
      <div className="grow">
        <div className="label">{words.redirect}</div>
        <div className="mono selectable app-value">{app.redirectUri}</div>
      </div>
      <Button size="small" icon={<Copy className="icon" aria-hidden />} done={copied} onPress={() => void copy()}>
        {copied ? words.copied : words.copy}
      </Button>
    </div>
  );
}

/** What was chosen where the provider's documents leave a corner open. */
export function AppChoices({ app, provider }: { app: AppSummary; provider: ProviderView }) {
  const words = useText().apps.detail;
  if (provider.choices.length === 0 || app.realm === 'practice') return null;
  return (
    <>
      <h2 className="subhead">{words.choices}</h2>
      <div className="card app-card-rows">
        {provider.choices.map(({ id, name, values }) => (
          <div key={id} className="set">
            <div className="grow label">{name}</div>
            <span>{(values.find((value) => value.id === app.choices[id]) ?? values[0])?.name}</span>
          </div>
        ))}
      </div>
    </>
  );
}
