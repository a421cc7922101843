/** Groups of addressees, in the order in which they are printed. */
import { useState, type ReactElement } from 'react';
import {
  maximumMembers,
  type AddressBook,
  type AddressGroup,
  type GroupMember,
} from '../../../main/core/contract/index.ts';
import { moved, type Suggestion } from '../../lib/addressees.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Chip, Empty } from '../../ui/parts.tsx';
import { AddresseeChooser } from '../editor/AddresseeChooser.tsx';
import { BookChoice } from './BookChoice.tsx';
import { useMayWriteOfficeBook } from './use-book.ts';

export function Groups(props: {
  readonly groups: readonly AddressGroup[];
  readonly suggestions: readonly Suggestion[];
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.addresses;
  const mayOffice = useMayWriteOfficeBook();
  const [editing, setEditing] = useState<AddressGroup | 'new' | null>(null);
  return (
    <>
      <div className="line">
        <p className="soft grow">{words.groupsText}</p>
        <Button icon="plus" kind="primary" onPress={() => setEditing('new')}>
          {words.addGroup}
        </Button>
      </div>
      {props.groups.length === 0 && <Empty icon="people">{words.groupsEmpty}</Empty>}
      {props.groups.length > 0 && (
        <ul className="ledger" aria-label={words.groupList}>
          {props.groups.map((group) => (
            <li key={group.id} className="delivery">
              <span className="grow">
                {group.name}
                <span className="help delivery-times">
                  {words.memberCount(count(group.members.length, language))}
                </span>
              </span>
              {group.book === 'mine' && (
                <Chip tone="plain" icon="person">
                  {words.books.mine}
                </Chip>
              )}
              {(group.book === 'mine' || mayOffice) && (
                <Button kind="quiet" aria-label={words.editOf(group.name)} onPress={() => setEditing(group)}>
                  {words.edit}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <EditGroup
          group={editing === 'new' ? null : editing}
          suggestions={props.suggestions}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

const keyOf = (member: GroupMember): string => `${member.type} ${member.id}`;

function EditGroup(props: {
  readonly group: AddressGroup | null;
  readonly suggestions: readonly Suggestion[];
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.addresses;
  const errorText = useErrorText();
  const sending = useSending();
  const mayOffice = useMayWriteOfficeBook();
  const [name, setName] = useState(props.group?.name ?? '');
  const [book, setBook] = useState<AddressBook>(props.group?.book ?? (mayOffice ? 'office' : 'mine'));
  const [members, setMembers] = useState<readonly GroupMember[]>(props.group?.members ?? []);
  const chosen = new Set(members.map(keyOf));
  const offered = props.suggestions.filter((one) => one.member !== null && !chosen.has(keyOf(one.member)));
  const wordsOf = (member: GroupMember): Suggestion | undefined =>
    props.suggestions.find((one) => one.member !== null && keyOf(one.member) === keyOf(member));
  const done = (said: string): void => {
    say(said);
    noteChange();
    props.onClose();
  };
  const full = members.length >= maximumMembers;
  return (
    <FormDialog
      title={props.group ? words.editOf(props.group.name) : words.addGroup}
      wide
      sending={sending}
      confirm={words.save}
      shownAtField={['GROUP_DOUBLE']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          name.trim() === '',
          () =>
            eletter.addresses.saveGroup({
              id: props.group?.id ?? null,
              book,
              group: { name: name.trim(), members },
            }),
          () => done(words.saved(name.trim())),
        )
      }
    >
      <TextField
        label={words.groupName}
        value={name}
        placeholder={words.groupNameExample}
        startsFocused={props.group === null}
        maxLength={200}
        error={sending.tried && name.trim() === '' ? text.common.required : sending.at('GROUP_DOUBLE')}
        onChange={(next) => {
          setName(next);
          sending.forget();
        }}
      />
      {!props.group && mayOffice && <BookChoice value={book} onChange={setBook} />}
      <fieldset className="stack-tight">
        <legend>{words.members}</legend>
        {members.length === 0 && <p className="soft">{words.noMembers}</p>}
        {members.length > 0 && (
          <ol className="ledger batch-list" aria-label={words.members} tabIndex={0}>
            {members.map((member, at) => {
              const found = wordsOf(member);
              const title = found?.title ?? words.gone;
              return (
                <li key={keyOf(member)} className="delivery">
                  <span className="addressee-number">{at + 1}</span>
                  <span className="grow">
                    {title}
                    <span className="help delivery-times">{found?.detail}</span>
                  </span>
                  <Button
                    kind="quiet"
                    icon="up"
                    isDisabled={at === 0}
                    aria-label={words.moveUp(title)}
                    onPress={() => setMembers(moved(members, at, at - 1))}
                  />
                  <Button
                    kind="quiet"
                    icon="down"
                    isDisabled={at === members.length - 1}
                    aria-label={words.moveDown(title)}
                    onPress={() => setMembers(moved(members, at, at + 1))}
                  />
                  <Button
                    kind="quiet"
                    icon="close"
                    aria-label={words.takeOut(title)}
                    onPress={() => setMembers(members.toSpliced(at, 1))}
                  />
                </li>
              );
            })}
          </ol>
        )}
        {full ? (
          <p className="help">{errorText({ code: 'GROUP_FULL', params: { max: maximumMembers } })}</p>
        ) : (
          <AddresseeChooser
            label={words.addMember}
            suggestions={offered}
            onChoose={({ member }) => member && setMembers([...members, member])}
          />
        )}
      </fieldset>
      {props.group && (
        <div className="line">
          <Button
            kind="danger"
            icon="bin"
            isDisabled={sending.pending}
            onPress={() =>
              sending.send(
                false,
                () => eletter.addresses.removeGroup({ id: props.group?.id ?? '' }),
                () => done(words.groupRemoved(props.group?.name ?? '')),
              )
            }
          >
            {words.removeGroup}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}
