import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** While something irreversible runs, Esc does not close. */
  readonly busy?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export function Dialog({ title, onClose, children, wide, busy, onKeyDown }: DialogProps): ReactElement {
  return (
    <ModalOverlay
      className="shade"
      isOpen
      isKeyboardDismissDisabled={busy ?? false}
      onOpenChange={(open) => {
        if (!open && !busy) onClose();
      }}
    >
      <Modal className={wide ? 'dialog-frame dialog-wide' : 'dialog-frame'}>
        <AriaDialog className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {/* Keys reach the dialog from every field within it, and before a button takes Ctrl+Enter for its own Enter. */}
          <div
            className="stack"
            role="presentation"
            onKeyDownCapture={(event) => {
              onKeyDown?.(event);
              if (event.isDefaultPrevented()) event.stopPropagation();
            }}
          >
            {children}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
