/** One address: new, corrected or removed; what is in the book already is noticed before it is there twice. */
import { useState, type ReactElement } from 'react';
import {
  addressKinds,
  type AddressBook,
  type AddressEntry,
  type DoubleChoice,
  type NewAddress,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner } from '../../ui/parts.tsx';
import { BookChoice } from './BookChoice.tsx';
import { useMayWriteOfficeBook } from './use-book.ts';

const empty: NewAddress = {
  kind: 'office',
  name: '',
  post: '',
  office: '',
  place: '',
  email: '',
  address: '',
  note: '',
};

export function EditAddress(props: {
  readonly entry: AddressEntry | null;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.addresses;
  const sending = useSending();
  const mayOffice = useMayWriteOfficeBook();
  const [book, setBook] = useState<AddressBook>(props.entry?.book ?? (mayOffice ? 'office' : 'mine'));
  const [value, setValue] = useState<NewAddress>(props.entry ? withoutId(props.entry) : empty);
  const set = (part: Partial<NewAddress>): void => {
    setValue((before) => ({ ...before, ...part }));
    sending.forget();
  };
  const person = value.kind === 'person';
  const send = (doubles: DoubleChoice): void =>
    sending.send(
      value.name.trim() === '',
      () => eletter.addresses.save({ id: props.entry?.id ?? null, book, address: value, doubles }),
      () => {
        say(words.saved(value.name.trim()));
        noteChange();
        props.onClose();
      },
    );
  const remove = (id: string): void =>
    sending.send(
      false,
      () => eletter.addresses.remove({ id }),
      () => {
        say(words.removed(value.name));
        noteChange();
        props.onClose();
      },
    );
  return (
    <FormDialog
      title={props.entry ? words.editTitle : words.addTitle}
      wide
      sending={sending}
      confirm={words.save}
      shownAtField={['ADDRESS_DOUBLE']}
      onClose={props.onClose}
      onSubmit={() => send('ask')}
    >
      {!props.entry && mayOffice ? (
        <BookChoice value={book} onChange={setBook} />
      ) : (
        <p className="soft">
          {words.book}: {words.books[book]}
        </p>
      )}
      <SelectField
        label={words.kind}
        value={value.kind}
        choices={addressKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
        onChange={(kind) => set({ kind })}
      />
      <TextField
        label={person ? words.namePerson : words.nameOffice}
        value={value.name}
        startsFocused
        maxLength={300}
        {...(person ? {} : { placeholder: words.nameOfficeExample })}
        error={sending.tried && value.name.trim() === '' ? text.common.required : undefined}
        onChange={(name) => set({ name })}
      />
      {sending.error?.code === 'ADDRESS_DOUBLE' && (
        <Banner tone="unsure" live>
          <p>{words.doubleText}</p>
          <div className="line">
            <Button onPress={() => send('merge')}>{words.merge}</Button>
            <Button onPress={() => send('keep')}>{words.keepBoth}</Button>
          </div>
        </Banner>
      )}
      {person && (
        <div className="columns">
          <TextField
            label={words.post}
            value={value.post}
            help={words.postHelp}
            optional
            maxLength={200}
            onChange={(post) => set({ post })}
          />
          <TextField
            label={words.office}
            value={value.office}
            optional
            maxLength={200}
            onChange={(office) => set({ office })}
          />
        </div>
      )}
      <div className="columns">
        <TextField
          label={words.place}
          value={value.place}
          optional
          maxLength={200}
          onChange={(place) => set({ place })}
        />
        <TextField
          label={words.email}
          value={value.email}
          optional
          maxLength={200}
          onChange={(email) => set({ email })}
        />
      </div>
      <TextField
        label={words.address}
        value={value.address}
        optional
        maxLength={500}
        onChange={(address) => set({ address })}
      />
      <TextField
        label={words.note}
        value={value.note}
        optional
        maxLength={1000}
        onChange={(note) => set({ note })}
      />
      {props.entry && (
        <div className="line">
          <Button
            kind="danger"
            icon="bin"
            isDisabled={sending.pending}
            onPress={() => remove(props.entry?.id ?? '')}
          >
            {words.remove}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}

const withoutId = ({ kind, name, post, office, place, email, address, note }: AddressEntry): NewAddress => ({
  kind,
  name,
  post,
  office,
  place,
  email,
  address,
  note,
});
