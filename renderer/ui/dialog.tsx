import type { ReactNode } from 'react';
import { Dialog as Frame, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogProps {
  title: string;
  /** The effect in one sentence, under the title. */
  lead?: ReactNode;
  /** A tile or a large mark at the start of the title. */
  tile?: ReactNode;
  children?: ReactNode;
  /** The foot: the softer way first, then `<DialogSpace />`, then Cancel (autoFocus) and the act named in full. */
  foot: ReactNode;
  /** Esc, and a press outside when `closesOutside`. */
  onClose: () => void;
  /** An act that cannot be taken back is an alertdialog. */
  grave?: boolean;
  closesOutside?: boolean;
  /** At work: Esc waits. */
  busy?: boolean;
}

/** A dialog over a scrim. It traps the focus and gives it back. Draw it only while it is open. */
export function Dialog(props: DialogProps) {
  const { title, lead, tile, children, foot, onClose, grave = false, closesOutside = false, busy = false } = props;
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={closesOutside && !busy}
      isKeyboardDismissDisabled={busy}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="dlg">
        <Frame className="dlg-in" role={grave ? 'alertdialog' : 'dialog'}>
          <div className="dlg-body scrolls">
            <div className="dlg-top">
              {tile}
              <div className="grow">
                <Heading slot="title" className="head">
                  {title}
                </Heading>
                {lead !== undefined && <div className="dlg-lead">{lead}</div>}
              </div>
            </div>
            {children}
          </div>
          <div className="dlg-foot">{foot}</div>
        </Frame>
      </Modal>
    </ModalOverlay>
  );
}

/** Pushes what follows to the end of a foot. */
export function DialogSpace() {
  return <span className="grow" />;
}
