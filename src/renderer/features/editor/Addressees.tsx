/** Addressees or copies: people of this vault by choice, everybody else by name. */
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Addressee, Person } from '../../../main/core/contract/index.ts';
import { fullName, outsideAddressee, personAsAddressee } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Missing, TextField } from '../../ui/fields.tsx';
import { Chip } from '../../ui/parts.tsx';

export function Addressees(props: {
  readonly part: 'to' | 'copy';
  readonly value: readonly Addressee[];
  readonly people: readonly Person[];
  /** The other list: nobody gets the same letter twice. */
  readonly elsewhere: readonly Addressee[];
  readonly error?: string | undefined;
  readonly onChange: (value: readonly Addressee[]) => void;
}): ReactElement {
  const text = useText();
  const { value, onChange, part } = props;
  const list = useRef<HTMLUListElement>(null);
  const missing = useId();
  const none = value.length === 0 && props.error !== undefined;
  const [added, setAdded] = useState<{ readonly row: number } | null>(null);
  const chosen = new Set([...value, ...props.elsewhere].map((addressee) => addressee.accountId));
  const free = props.people.filter((person) => !chosen.has(person.accountId));

  // A new row is there to be filled in: the focus goes to it.
  useEffect(() => {
    if (!added) return;
    list.current?.children[added.row]?.querySelector('input')?.focus();
  }, [added]);

  const replace = (index: number, change: Partial<Addressee>): void =>
    onChange(value.map((a, at) => (at === index ? { ...a, ...change } : a)));
  const name = part === 'to' ? text.editor.addresseeName : text.editor.copyName;
  const place = part === 'to' ? text.editor.addresseePlace : text.editor.copyPlace;

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
          {value.map((addressee, index) => (
            <li key={addressee.accountId ?? `row-${index}`} className="addressee">
              <div className="addressee-name">
                <TextField
                  label={name(index + 1)}
                  hideLabel
                  value={addressee.name}
                  placeholder={text.editor.addresseeName(index + 1)}
                  maxLength={200}
                  error={addressee.name.trim() === '' ? props.error : undefined}
                  onChange={(next) => replace(index, { name: next })}
                />
              </div>
              <div className="addressee-place" data-optional>
                <TextField
                  label={place(index + 1)}
                  hideLabel
                  value={addressee.place}
                  placeholder={text.editor.eventPlace}
                  maxLength={200}
                  onChange={(next) => replace(index, { place: next })}
                />
              </div>
              <Chip
                tone={addressee.accountId ? 'action' : 'plain'}
                icon={addressee.accountId ? 'people' : 'mail'}
              >
                {addressee.accountId ? text.editor.internal : text.editor.external}
              </Chip>
              <Button
                kind="quiet"
                icon="close"
                aria-label={text.editor.remove(addressee.name || text.editor.removeEmpty)}
                onPress={() => onChange(value.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      {none && <Missing id={missing}>{props.error}</Missing>}
      <div className="line">
        {free.length > 0 && (
          <MenuTrigger>
            <Button icon="people">
              {part === 'to' ? text.editor.addInternal : text.editor.addInternalCopy}
            </Button>
            <Popover className="popover" placement="bottom start">
              <Menu
                className="menu"
                aria-label={text.editor.choosePerson}
                onAction={(key) => {
                  const person = free.find((p) => p.accountId === key);
                  if (person) onChange([...value, personAsAddressee(person)]);
                }}
              >
                {free.map((person) => (
                  <MenuItem
                    key={person.accountId}
                    id={person.accountId}
                    className="menu-item"
                    textValue={`${person.post} ${person.name}`}
                  >
                    <strong>{person.post || person.name}</strong>
                    <span className="help">{fullName(person)}</span>
                  </MenuItem>
                ))}
              </Menu>
            </Popover>
          </MenuTrigger>
        )}
        <Button
          icon="plus"
          onPress={() => {
            setAdded({ row: value.length });
            onChange([...value, outsideAddressee]);
          }}
        >
          {part === 'to' ? text.editor.addOutside : text.editor.addOutsideCopy}
        </Button>
      </div>
    </fieldset>
  );
}
