/** Who can be addressed, found while somebody types; and lists of addressees without doubles. Pure. */
import {
  foldWords,
  printedAddress,
  sameAddress,
  type Addressee,
  type AddressGroup,
  type AddressList,
  type GroupMember,
  type Person,
} from '../../main/core/contract/index.ts';
import { fullName, personAsAddressee } from './content.ts';
import type { Catalogue } from './i18n/id.ts';

export interface Suggestion {
  readonly key: string;
  /** `group` alone stands for several addressees. */
  readonly kind: 'person' | 'unit' | 'entry' | 'group';
  readonly title: string;
  readonly detail: string;
  readonly addressees: readonly Addressee[];
  /** What a group holds; null for a group itself. */
  readonly member: GroupMember | null;
  /** Every word of a query has to be in it. */
  readonly words: string;
}

/** In the order in which they are offered: people, units, the book, groups. */
export function suggestionsOf(
  people: readonly Person[],
  book: AddressList | null,
  me: string | undefined,
  text: Catalogue,
  say: (n: number) => string,
): readonly Suggestion[] {
  const others = people.filter((person) => person.accountId !== me && !person.revoked);
  const found: Suggestion[] = [];
  const offer = (one: Omit<Suggestion, 'words'>, more: readonly string[] = []): void =>
    void found.push({ ...one, words: foldWords([one.title, one.detail, ...more].join(' ')) });
  for (const person of others) {
    const posts = person.posts.filter((post) => post.valid).map((post) => post.printed);
    for (const [at, title] of (posts.length > 0 ? posts : [person.name]).entries()) {
      const nip = person.nip.replace(/\s/g, '');
      offer(
        {
          key: `person ${person.accountId} ${at}`,
          kind: 'person',
          title,
          detail: [fullName(person), nip === '' ? '' : `NIP ${nip}`].filter(Boolean).join(' · '),
          addressees: [{ accountId: person.accountId, name: title, place: '' }],
          member: { type: 'account', id: person.accountId },
        },
        [person.unit, person.nip],
      );
    }
  }
  if (!book) return found;
  const words = text.chooser;
  for (const unit of book.units) {
    if (unit.addressee.accountId !== null && unit.addressee.accountId === me) continue;
    const detail = {
      head: words.unitHead(unit.name, unit.addressee.name),
      registrar: words.unitRegistrar(unit.name),
      nobody: words.unitNobody(unit.name),
    }[unit.through];
    const member = { type: 'unit', id: unit.code } as const;
    const { addressee } = unit;
    offer(
      {
        key: `unit ${unit.code}`,
        kind: 'unit',
        title: addressee.name,
        detail,
        addressees: [addressee],
        member,
      },
      [unit.code],
    );
  }
  for (const entry of book.entries) {
    const printed = printedAddress(entry);
    const where = entry.book === 'office' ? words.entryOffice : words.entryMine;
    const name = printed.name === entry.name ? '' : entry.name;
    offer(
      {
        key: `entry ${entry.id}`,
        kind: 'entry',
        title: printed.name,
        detail: [name, entry.place, where].filter(Boolean).join(' · '),
        addressees: [printed],
        member: { type: 'entry', id: entry.id },
      },
      [entry.email, entry.address, entry.office],
    );
  }
  for (const group of book.groups) {
    const addressees = membersOf(group, others, book, me);
    const detail = words.group(say(addressees.length));
    offer({ key: `group ${group.id}`, kind: 'group', title: group.name, detail, addressees, member: null });
  }
  return found;
}

/** Each once, in the group's order; who is not there any more, or is oneself, is left out. */
function membersOf(
  group: AddressGroup,
  people: readonly Person[],
  book: AddressList,
  me: string | undefined,
): readonly Addressee[] {
  const all = group.members.flatMap(({ type, id }): readonly Addressee[] => {
    switch (type) {
      case 'account':
        return people.filter((person) => person.accountId === id).map(personAsAddressee);
      case 'unit':
        return book.units.filter((unit) => unit.code === id).map((unit) => unit.addressee);
      case 'entry':
        return book.entries.filter((entry) => entry.id === id).map(printedAddress);
    }
  });
  const others = all.filter((one) => one.accountId === null || one.accountId !== me);
  return withoutDoubles([], others).added;
}

export function matching(all: readonly Suggestion[], query: string): readonly Suggestion[] {
  const words = foldWords(query).split(' ');
  const first = words[0] ?? '';
  const found = all.filter((one) => words.every((word) => one.words.includes(word)));
  // What begins as it was typed comes first.
  const begins = (one: Suggestion): number => (foldWords(one.title).startsWith(first) ? 0 : 1);
  return found.toSorted((one, other) => begins(one) - begins(other));
}

const same = (one: Addressee, other: Addressee): boolean =>
  (one.accountId !== null && one.accountId === other.accountId) ||
  (one.name.trim() !== '' && sameAddress(one) === sameAddress(other));

/** Those that `held` does not have yet, each once. */
export function withoutDoubles(
  held: readonly Addressee[],
  next: readonly Addressee[],
): { readonly added: readonly Addressee[]; readonly doubles: number } {
  const accounts = new Set(held.flatMap((one) => one.accountId ?? []));
  const words = new Set(held.map(sameAddress));
  const added = next.filter((one) => {
    const known = (one.accountId !== null && accounts.has(one.accountId)) || words.has(sameAddress(one));
    if (one.accountId !== null) accounts.add(one.accountId);
    words.add(sameAddress(one));
    return !known;
  });
  return { added, doubles: next.length - added.length };
}

/** Of each addressee the number (from 0) of an earlier one that is the same, or `elsewhere`; else null. */
export function doublesIn(
  list: readonly Addressee[],
  elsewhere: readonly Addressee[],
): readonly (number | 'elsewhere' | null)[] {
  const places = new Map<string, number>();
  const keysOf = (one: Addressee): readonly string[] => [
    ...(one.accountId === null ? [] : [`account ${one.accountId}`]),
    ...(one.name.trim() === '' ? [] : [`words ${sameAddress(one)}`]),
  ];
  return list.map((one, at) => {
    const keys = keysOf(one);
    const before = keys.map((key) => places.get(key)).find((place) => place !== undefined);
    for (const key of keys) if (!places.has(key)) places.set(key, at);
    if (before !== undefined) return before;
    return elsewhere.some((other) => same(one, other)) ? 'elsewhere' : null;
  });
}

/** The list with one of its rows in another place; itself where that place is not in it. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, one);
}
