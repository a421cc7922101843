import type { ReactElement } from 'react';
import { useText } from '../lib/i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      text.keys.groups.everywhere,
      [
        ['Ctrl+N', text.keys.newLetter],
        ['Ctrl+Shift+N', text.incoming.keyRegister],
        ['Ctrl+K  /', text.search.keyOpen],
        ['F6', text.keys.nextPane],
        ['Esc', text.keys.back],
        ['?', text.keys.sheet],
      ],
    ],
    [
      text.keys.groups.list,
      [
        ['j  ↓', text.keys.down],
        ['k  ↑', text.keys.up],
        ['Enter', text.keys.open],
        ['n', text.keys.nextUnread],
        ['a', text.review.keyApprove],
        ['d', text.dispositions.keyGive],
        ['x', text.batch.keyChoose],
        ['Shift+X', text.batch.keyChooseRange],
        ['/', text.keys.filter],
        ['e', text.archive.filing.key],
      ],
    ],
    [
      text.keys.groups.writing,
      [
        ['Ctrl+B', text.keys.bold],
        ['Ctrl+I', text.keys.italic],
        ['Ctrl+Z', text.keys.undo],
        ['Ctrl+S', text.writing.versions.key],
        ['Ctrl+Enter', text.keys.sign],
      ],
    ],
    [
      text.viewing.keyGroup,
      [
        ['n', text.viewing.next],
        ['p', text.viewing.previous],
        ['j', text.viewing.nextPage],
        ['k', text.viewing.previousPage],
        ['s', text.viewing.swap],
        ['+  −  0', text.viewing.zoom],
      ],
    ],
  ];
  return (
    <Dialog title={text.keys.title} onClose={onClose}>
      {groups.map(([name, keys]) => (
        <section key={name} className="stack-tight">
          <h3>{name}</h3>
          <dl className="facts key-facts">
            {keys.map(([key, meaning]) => (
              <div key={key} className="key-row">
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <div className="line line-end">
        <Button startsFocused onPress={onClose}>
          {text.common.close}
        </Button>
      </div>
    </Dialog>
  );
}
