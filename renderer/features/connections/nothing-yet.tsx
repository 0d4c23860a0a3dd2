import { Plus } from 'lucide-react';
import { useContext } from 'react';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyView } from '../../ui/empty-view.tsx';
import { LanguageContext } from '../../ui/moments.ts';
import { useText } from '../../ui/text.ts';
import { EmptyPicture } from './empty-picture.tsx';

/** The empty list teaches: what a connection is, and the way to the first one. */
export function NothingYet() {
  const { connections: text } = useText();
  const shell = useShell();
  const client = useClient();
  const providers = useKnown((known) => known.providers);
  const practice = useKnown((known) => known.practice);
  const language = useContext(LanguageContext);

  async function practise(): Promise<void> {
    const answer = practice.open ? null : await client.practice.open({});
    if (answer === null || answer.ok) shell.openWizard({ kind: 'connect', realm: 'practice' });
    else shell.tell(answer.problem);
  }

  const names = providers.filter((provider) => provider.hue !== 'other').map((provider) => provider.name);
  const systems = [...names.slice(0, 3), ...(names.length > 3 ? [text.empty.andOthers] : [])];
  return (
    <EmptyView
      picture={<EmptyPicture />}
      title={text.empty.title}
      acts={
        <>
          <Button
            look="main"
            size="big"
            icon={<Plus className="icon" aria-hidden />}
            onPress={() => shell.openWizard({ kind: 'connect', realm: 'vault' })}
          >
            {text.empty.connect}
          </Button>
          <Button
            size="big"
            onPress={() => {
              void practise();
            }}
          >
            {text.empty.practice}
          </Button>
        </>
      }
    >
      {text.empty.text(new Intl.ListFormat(language, { type: 'unit', style: 'long' }).format(systems))}
    </EmptyView>
  );
}
