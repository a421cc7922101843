import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { letterKinds, type ErrorShape, type LetterKind } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { Button } from '../../ui/Button.tsx';

/** A new letter begins with its kind. */
export function KindChooser({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const kinds = (): readonly HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>('button') ?? []),
  ];

  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = kinds();
    const here = all.findIndex((kind) => kind === document.activeElement);
    if (!step || here === -1) return;
    event.preventDefault();
    all[(here + step + all.length) % all.length]?.focus();
  };

  const create = async (kind: LetterKind): Promise<void> => {
    if (pending) return;
    setPending(true);
    const result = await eletter.letters.create({ kind });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    noteChange();
    onClose();
    go({ at: 'letters', folder: 'drafts', id: result.value.id });
  };

  return (
    <Dialog title={text.letters.newTitle} onClose={onClose} onKeyDown={onKeyDown}>
      {error && <ErrorBanner error={error} />}
      <ul className="stack-tight" ref={list}>
        {letterKinds.map((kind) => (
          <li key={kind}>
            <button type="button" className="kind" onClick={() => void create(kind)}>
              <Icon name="draft" />
              <span className="grow">
                <strong>{text.letters.kind[kind]}</strong>
                <span className="help kind-help">{text.letters.kindText[kind]}</span>
              </span>
              <Icon name="chevron" small />
            </button>
          </li>
        ))}
      </ul>
      <div className="line line-end">
        <Button onPress={onClose}>{text.common.cancel}</Button>
      </div>
    </Dialog>
  );
}
