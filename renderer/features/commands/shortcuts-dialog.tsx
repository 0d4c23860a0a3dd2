import { type Action, actions } from '../../../shared/model/actions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogSpace } from '../../ui/dialog.tsx';
import { useKeyNames } from '../../ui/keys.ts';
import { useText } from '../../ui/text.ts';

/** Every key there is, from the table of actions. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { actions: text } = useText();
  const keyNames = useKeyNames();
  const keyed = (on: Action['on']): (readonly [string, string])[] =>
    actions.flatMap((one) =>
      one.on === on && one.keys !== null ? [[keyNames(one.keys), text.names[one.id]] as const] : [],
    );
  const groups = [
    { title: text.shortcuts.program, rows: keyed('program') },
    { title: text.shortcuts.connection, rows: keyed('connection') },
    { title: text.shortcuts.lists, rows: text.shortcuts.listKeys },
  ];
  return (
    <Dialog
      title={text.shortcuts.title}
      onClose={onClose}
      closesOutside
      foot={
        <>
          <DialogSpace />
          <Button onPress={onClose} autoFocus>
            {text.shortcuts.close}
          </Button>
        </>
      }
    >
      {groups.map(({ title, rows }) => (
        <section key={title} className="shortcuts" aria-label={title}>
          <h3 className="subhead">{title}</h3>
          <dl>
            {rows.map(([keys, words]) => (
              <div key={keys} className="shortcut">
                <dt>
                  <kbd className="kbd">{keys}</kbd>
                </dt>
                <dd>{words.replace(/…$/, '')}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
