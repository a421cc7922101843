import type { ReactElement } from 'react';
import { addressBooks, type AddressBook } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { SelectField } from '../../ui/fields.tsx';

/** For those who may write the office's book as well as their own. */
export function BookChoice(props: {
  readonly value: AddressBook;
  readonly onChange: (book: AddressBook) => void;
}): ReactElement {
  const { book, books } = useText().addresses;
  return (
    <SelectField
      label={book}
      value={props.value}
      choices={addressBooks.map((value) => ({ value, label: books[value] }))}
      onChange={props.onChange}
    />
  );
}
