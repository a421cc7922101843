/** Addressees or copies: found while typing, each a row that can be corrected, moved and kept in the book. */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { Addressee } from '../../../main/core/contract/index.ts';
import { doublesIn, moved, withoutDoubles, type Suggestion } from '../../lib/addressees.ts';
import { outsideAddressee } from '../../lib/content.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Missing } from '../../ui/fields.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { AddresseeChooser } from './AddresseeChooser.tsx';
import { AddresseeRow } from './AddresseeRow.tsx';

/** Rows on the screen at once: hundreds of fields would make every key slow. */
const pageSize = 20;
/** As many as a letter takes of each. */
const most = 500;

export function Addressees(props: {
  readonly part: 'to' | 'copy';
  readonly value: readonly Addressee[];
  readonly suggestions: readonly Suggestion[];
  /** The other list: nobody gets the same letter twice. */
  readonly elsewhere: readonly Addressee[];
  readonly error?: string | undefined;
  readonly onChange: (value: readonly Addressee[]) => void;
  /** Keeps one in the address book; absent where that is not known yet. */
  readonly onKeep: ((addressee: Addressee) => void) | null;
  /** Is it in the book, or a person of this vault? */
  readonly isKnown: (addressee: Addressee) => boolean;
  readonly onMerge?: (() => void) | undefined;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { value, onChange, part } = props;
  const list = useRef<HTMLUListElement>(null);
  const missing = useId();
  const none = value.length === 0 && props.error !== undefined;
  const [page, setPage] = useState(0);
  /** Where the focus goes once the row is there. */
  const [focus, setFocus] = useState<{ readonly row: number } | null>(null);
  const pages = Math.max(1, Math.ceil(value.length / pageSize));
  const here = Math.min(page, pages - 1);
  const first = here * pageSize;
  const doubles = doublesIn(value, props.elsewhere);

  useEffect(() => {
    if (!focus) return;
    list.current?.querySelector<HTMLInputElement>(`[data-row="${focus.row}"] input`)?.focus();
  }, [focus]);

  const goTo = (row: number, focused: boolean): void => {
    setPage(Math.floor(row / pageSize));
    if (focused) setFocus({ row });
  };
  const add = (next: readonly Addressee[], name: string): void => {
    if (next.length === 0) {
      say(text.chooser.empty, 'note');
      return;
    }
    const { added, doubles: already } = withoutDoubles([...value, ...props.elsewhere], next);
    if (value.length + added.length > most) {
      say(text.chooser.tooMany(count(most, language)), 'note');
      return;
    }
    if (already > 0)
      say(
        added.length === 0
          ? text.chooser.already(name)
          : text.chooser.addedSome(count(added.length, language), count(already, language)),
        'note',
      );
    if (added.length === 0) return;
    onChange([...value, ...added]);
    goTo(value.length + added.length - 1, false);
  };
  const move = (from: number, to: number): void => {
    const next = moved(value, from, to);
    if (next === value) return;
    onChange(next);
    goTo(to, true);
    say(text.chooser.moved(next[to]?.name ?? '', count(to + 1, language)), 'note');
  };
  const keys = (event: KeyboardEvent, row: number): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(row, row + (event.key === 'ArrowUp' ? -1 : 1));
  };

  return (
    <fieldset
      className="stack-tight"
      data-field={part === 'to' ? 'recipients' : 'copies'}
      {...(none ? { 'aria-describedby': missing } : {})}
    >
      <legend>
        {part === 'to' ? text.editor.recipients : text.editor.copies}
        {part === 'copy' && <span className="label-note"> ({text.common.optional})</span>}
      </legend>
      {value.length > 0 && (
        <ul className="stack-tight" ref={list}>
          {value.slice(first, first + pageSize).map((addressee, index) => {
            const row = first + index;
            return (
              <li key={addressee.accountId ?? `row-${row}`} data-row={row}>
                {/* Keys reach the row from each of its fields. */}
                <div role="presentation" onKeyDown={(event) => keys(event, row)}>
                  <AddresseeRow
                    part={part}
                    row={row}
                    last={row === value.length - 1}
                    value={addressee}
                    double={doubles[row] ?? null}
                    error={props.error}
                    onChange={(change) =>
                      onChange(value.map((one, at) => (at === row ? { ...one, ...change } : one)))
                    }
                    onMove={(by) => move(row, row + by)}
                    onRemove={() => onChange(value.toSpliced(row, 1))}
                    onKeep={
                      props.onKeep && !props.isKnown(addressee) && addressee.name.trim() !== ''
                        ? () => props.onKeep?.(addressee)
                        : null
                    }
                  />
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {pages > 1 && <Pager at={here} size={pageSize} all={value.length} onChange={setPage} />}
      {none && <Missing id={missing}>{props.error}</Missing>}
      <div className="chooser">
        <AddresseeChooser
          label={text.chooser.label[part]}
          suggestions={props.suggestions}
          onChoose={({ addressees, title }) => add(addressees, title)}
          onFree={(name) => add([{ ...outsideAddressee, name }], name)}
        />
        <Button
          icon="plus"
          onPress={() => {
            onChange([...value, outsideAddressee]);
            goTo(value.length, true);
          }}
        >
          {part === 'to' ? text.editor.addOutside : text.editor.addOutsideCopy}
        </Button>
        {props.onMerge && (
          <Button icon="table" onPress={props.onMerge}>
            {text.merge.open}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
