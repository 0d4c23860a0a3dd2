import { type ReactNode, useMemo, useState } from 'react';
import type { ConnectionSummary } from '../../../shared/model/connection.ts';
import { useClient, useKnown } from '../../program.tsx';
import { useShell } from '../../shell-acts.ts';
import { useText } from '../../ui/text.ts';
import { RemoveDialog } from '../revoke/remove-dialog.tsx';
import { RevokeDialog } from '../revoke/revoke-dialog.tsx';
import { ActsContext, RenamingContext } from './acts-context.ts';
import type { ConnectionActs } from './acts.tsx';

type Asking = { what: 'revoke' | 'remove'; connection: ConnectionSummary };

/** The acts for whatever room is below, and the dialogs they ask with. */
export function ConnectionActsProvider({ children }: { children: ReactNode }) {
  const shell = useShell();
  const client = useClient();
  const { connections: text } = useText();
  const providers = useKnown((known) => known.providers);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);

  const acts = useMemo<ConnectionActs>(
    () => ({
      copy: (connection, form) => shell.copyToken(connection.id, form),
      renew: (connection) => {
        void client.connections.renew({ connectionId: connection.id }).then((answer) => {
          // A failure that the connection itself now tells of is not told twice.
          if (!answer.ok && !isOfConnection(answer.problem.code)) shell.tell(answer.problem);
        });
      },
      test: (connection) => {
        void client.connections.test({ connectionId: connection.id }).then((answer) => {
          if (!answer.ok) shell.tell(answer.problem);
          else shell.tellDone(text.test.told(connection.label, answer.value.account, answer.value.scopeMissing));
        });
      },
      signIn: (connection) => shell.openWizard({ kind: 'sign_in_again', connectionId: connection.id }),
      diagnose: (connection) => shell.go({ room: 'diagnose', connectionId: connection.id }),
      rename: (connection) => {
        shell.show(connection.id);
        setRenaming(connection.id);
      },
      revoke: (connection) => setAsking({ what: 'revoke', connection }),
      remove: (connection) => setAsking({ what: 'remove', connection }),
      replaceSecret: (connection) => shell.go({ room: 'apps', appId: connection.appId }),
    }),
    [client, shell, text],
  );
  const renamed = useMemo(() => ({ id: renaming, onDone: () => setRenaming(null) }), [renaming]);
  const provider = providers.find(({ id }) => id === asking?.connection.providerId);

  return (
    <ActsContext value={acts}>
      <RenamingContext value={renamed}>{children}</RenamingContext>
      {asking?.what === 'revoke' && (
        <RevokeDialog
          connection={asking.connection}
          provider={provider}
          onClose={() => setAsking(null)}
          onRemoveInstead={() => setAsking({ what: 'remove', connection: asking.connection })}
        />
      )}
      {asking?.what === 'remove' && (
        <RemoveDialog
          connection={asking.connection}
          provider={provider}
          onClose={() => setAsking(null)}
          onRevokeInstead={() => setAsking({ what: 'revoke', connection: asking.connection })}
        />
      )}
    </ActsContext>
  );
}

/** Codes that end in the connection's own `failure`, where banner and row tell them. */
function isOfConnection(code: string): boolean {
  return !['not_found', 'vault_not_open', 'practice_closed', 'internal', 'bad_input', 'changed_meanwhile'].includes(
    code,
  );
}
