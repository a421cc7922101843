import type { Addressee } from './letters.ts';
import type { Role } from './people.ts';

type Nothing = Record<string, never>;

/** `office`: everybody reads it, `officeBookWriters` write it. `mine`: one person's own. */
export const addressBooks = ['office', 'mine'] as const;
export type AddressBook = (typeof addressBooks)[number];
export const officeBookWriters: readonly Role[] = ['registrar', 'administrator'];

export const addressKinds = ['office', 'person'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** Who letters go to outside this vault. All but the name may be empty. */
export interface NewAddress {
  readonly kind: AddressKind;
  /** Of an office: as printed after "Yth.". Of a person: the name. */
  readonly name: string;
  /** Of a person: the post, and the office that it belongs to. */
  readonly post: string;
  readonly office: string;
  /** As printed after "di". */
  readonly place: string;
  readonly email: string;
  readonly address: string;
  readonly note: string;
}

export interface AddressEntry extends NewAddress {
  readonly id: string;
  readonly book: AddressBook;
}

/** A person of this vault (account), a unit of it (code), or an entry of the book. Groups hold no groups. */
export interface GroupMember {
  readonly type: 'account' | 'unit' | 'entry';
  readonly id: string;
}

/** Addressees under one name, in the order in which they are printed. */
export interface NewGroup {
  readonly name: string;
  readonly members: readonly GroupMember[];
}

export interface AddressGroup extends NewGroup {
  readonly id: string;
  readonly book: AddressBook;
}

export const maximumMembers = 500;
export const maximumAddresses = 10_000;
/** Of an imported file, in bytes and in rows below the header. */
export const maximumCsv = 5 * 1024 * 1024;
export const maximumCsvRows = 5000;

/**
 * To whom a letter to a unit goes: to the post that heads it; while nobody holds that, its registrar receives it;
 * `nobody`: it is printed, and delivered to no one.
 */
export interface UnitAddress {
  readonly code: string;
  readonly name: string;
  readonly through: 'head' | 'registrar' | 'nobody';
  readonly addressee: Addressee;
}

export interface AddressList {
  readonly entries: readonly AddressEntry[];
  readonly groups: readonly AddressGroup[];
  readonly units: readonly UnitAddress[];
}

/** What is to be done where the book has this name and place already: say so, put the two together, keep both. */
export const doubleChoices = ['ask', 'merge', 'keep'] as const;
export type DoubleChoice = (typeof doubleChoices)[number];

/** `row` as a spreadsheet counts it, the header being 1. */
export interface ImportProblem {
  readonly row: number;
  readonly code: 'CELLS' | 'NAME_EMPTY' | 'KIND_UNKNOWN' | 'TOO_LONG' | 'DOUBLE' | 'FORMULA';
  /** Heading of the column that it is about; empty where it is about the whole row. */
  readonly column: string;
}

export interface AddressImport {
  readonly added: number;
  /** In the book already, with something else in it. */
  readonly changed: number;
  readonly same: number;
  /** Rows that were left out, and texts that look like formulas. */
  readonly problems: readonly ImportProblem[];
  readonly written: boolean;
}

export interface AddressCalls {
  'addresses.list': { input: Nothing; output: AddressList };
  /** @throws AppError NOT_ALLOWED for the office's book, ADDRESS_DOUBLE when asked to say so. */
  'addresses.save': {
    input: { id: string | null; book: AddressBook; address: NewAddress; doubles: DoubleChoice };
    output: AddressEntry;
  };
  'addresses.remove': { input: { id: string }; output: null };
  'addresses.saveGroup': {
    input: { id: string | null; book: AddressBook; group: NewGroup };
    output: AddressGroup;
  };
  'addresses.removeGroup': { input: { id: string }; output: null };
  /**
   * Reads a table of addresses; `write` false only says what would come of it. With `group` all of its rows become
   * members of the group of that name, in the table's order.
   */
  'addresses.import': {
    input: { csv: Uint8Array; book: AddressBook; group: string; write: boolean };
    output: AddressImport;
  };
}

/** The same words, however they were typed: case, spaces and full stops do not tell two addressees apart. */
export const foldWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,]+/g, ' ')
    .trim();

/** Who counts as the same addressee where there is no account to tell. */
export const sameAddress = (one: { readonly name: string; readonly place: string }): string =>
  `${foldWords(one.name)}|${foldWords(one.place)}`;

/** As printed after "Yth.": a letter goes to the post (DOMAIN §1), to a name only where there is no post. */
export function printedAddress(entry: NewAddress): Addressee {
  const post = [entry.post, entry.office].filter((part) => part.trim() !== '').join(' ');
  const name = entry.kind === 'person' && entry.post.trim() !== '' ? post : entry.name;
  return { accountId: null, name, place: entry.place };
}
