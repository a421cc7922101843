/** The address book as the editor and the book's own screen use it. */
import { useMemo } from 'react';
import {
  officeBookWriters,
  printedAddress,
  sameAddress,
  type Addressee,
  type AddressList,
  type Person,
} from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { suggestionsOf, type Suggestion } from '../../lib/addressees.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading, type Reading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';

interface BookInUse {
  readonly reading: Reading<AddressList>;
  readonly suggestions: readonly Suggestion[];
  readonly isKnown: (addressee: Addressee) => boolean;
  /** Into the office's book by those who may write it, else into one's own. */
  readonly keep: (addressee: Addressee) => void;
}

export function useMayWriteOfficeBook(): boolean {
  const roles = useSession()?.roles ?? [];
  return roles.some((role) => officeBookWriters.includes(role));
}

export function useBook(people: readonly Person[] | null): BookInUse {
  const text = useText();
  const language = useLanguage();
  const me = useSession()?.accountId;
  const reading = useReading('addresses', () => eletter.addresses.list({}));
  const writes = useMayWriteOfficeBook() ? 'office' : 'mine';
  const book = reading.value;
  const suggestions = useMemo(
    () => suggestionsOf(people ?? [], book, me, text, (n) => count(n, language)),
    [people, book, me, text, language],
  );
  const known = useMemo(
    () => new Set((book?.entries ?? []).map((entry) => sameAddress(printedAddress(entry)))),
    [book],
  );
  const keep = async ({ name, place }: Addressee): Promise<void> => {
    const blank = { post: '', office: '', email: '', address: '', note: '' };
    const address = { kind: 'office' as const, name, place, ...blank };
    const result = await eletter.addresses.save({ id: null, book: writes, address, doubles: 'merge' });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(text.chooser.kept(name));
    noteChange();
  };
  return {
    reading,
    suggestions,
    isKnown: (addressee) => addressee.accountId !== null || known.has(sameAddress(addressee)),
    keep: (addressee) => void keep(addressee),
  };
}
