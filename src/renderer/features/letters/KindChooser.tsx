import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { kindGroups, type ErrorShape, type Kind } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKinds } from '../../lib/kinds.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { kindsFor } from './kinds-for.ts';

/** A new letter begins with its kind: typed a little of, or looked for in its group. */
export function KindChooser({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const kinds = useKinds().filter((kind) => !kind.hidden);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const [query, setQuery] = useState('');
  const found = kindsFor(kinds, query, language);
  const chooser = useRef<HTMLDivElement>(null);

  const create = async (kind: Kind): Promise<void> => {
    if (pending) return;
    setPending(true);
    const result = await eletter.letters.create({ kind: kind.id });
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    noteChange();
    onClose();
    go({ at: 'letters', folder: 'drafts', id: result.value.id });
  };
  /** Arrows go from the field into the list and along it; Enter in the field takes the only one that is left. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const [only, another] = found;
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && only && !another) {
      event.preventDefault();
      void create(only);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target instanceof HTMLElement)) return;
    const stops = [...(chooser.current?.querySelectorAll<HTMLElement>('input, button.kind') ?? [])];
    const here = stops.indexOf(event.target);
    if (here === -1) return;
    event.preventDefault();
    stops[(here + step + stops.length) % stops.length]?.focus();
  };

  return (
    <Dialog title={text.letters.newTitle} onClose={onClose} onKeyDown={onKeyDown}>
      {error && <ErrorBanner error={error} />}
      <div className="stack kind-chooser" ref={chooser}>
        <TextField
          label={text.letters.findKind}
          placeholder={text.letters.findKindHint}
          type="search"
          value={query}
          startsFocused
          onChange={setQuery}
        />
        <div className="stack kind-list">
          {kindGroups.map((group) => {
            const members = found.filter((kind) => kind.group === group);
            return (
              members.length > 0 && (
                <section key={group} className="stack-tight" aria-labelledby={`kinds-${group}`}>
                  <h3 id={`kinds-${group}`} className="kind-group">
                    {text.letters.kindGroup[group]}
                  </h3>
                  <ul className="stack-tight">
                    {members.map((kind) => (
                      <li key={kind.id}>
                        <button type="button" className="kind" onClick={() => void create(kind)}>
                          <Icon name="draft" />
                          <span className="grow">
                            <strong>{kind.name[language]}</strong>
                            <span className="help kind-help">{kind.about[language]}</span>
                          </span>
                          <Icon name="chevron" small />
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              )
            );
          })}
          {kinds.length > 0 && found.length === 0 && <p role="status">{text.letters.noKind}</p>}
        </div>
      </div>
      <div className="line line-end">
        <Button onPress={onClose}>{text.common.cancel}</Button>
      </div>
    </Dialog>
  );
}
