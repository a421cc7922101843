import type { LetterState } from './lifecycle.ts';
import type { NumberState } from './numbering.ts';
import type { Unit } from './people.ts';

/** The books of an office (DOMAIN §4): what came in, what went out, what was handed over. One unit's at a time. */
export const registerBooks = ['incoming', 'outgoing', 'expedition'] as const;
export type RegisterBook = (typeof registerBooks)[number];

/** Plain dates, both included. */
export interface RegisterPeriod {
  readonly from: string;
  readonly until: string;
}

export interface RegisterAsk extends RegisterPeriod {
  readonly book: RegisterBook;
  readonly unit: string;
  /** Of the outgoing book only this register of numbers; null: all of the unit's. */
  readonly register: string | null;
}

interface RegisterEntry {
  /** Unlike any other row's of the same book. */
  readonly key: string;
  /** Null where the letter is not the asker's to read. */
  readonly letterId: string | null;
  /** What it is about; null where that is not the asker's to read. */
  readonly subject: string | null;
  /** Of a class whose words are sealed. */
  readonly sealed: boolean;
  readonly attachments: string;
  /** The number stays in the book and counts for nothing. */
  readonly batal: boolean;
  /** Why it is batal, or what was noted beside it. */
  readonly remark: string;
}

/** One line of the agenda. Dates are plain dates. */
export interface IncomingEntry extends RegisterEntry {
  readonly book: 'incoming';
  readonly agenda: string;
  readonly receivedOn: string;
  readonly sender: string;
  readonly number: string;
  readonly date: string;
  /** Posts of the addressees in this vault. */
  readonly addressees: readonly string[];
  /** Posts of those to whom they passed it on, the lead first. */
  readonly passedTo: readonly string[];
}

export interface OutgoingEntry extends RegisterEntry {
  readonly book: 'outgoing';
  readonly number: string;
  readonly date: string;
  /** The day on which it first went to somebody; empty while it has not. */
  readonly sentOn: string;
  readonly recipients: readonly string[];
  readonly state: NumberState;
  readonly letterState: LetterState | null;
}

export interface ExpeditionEntry extends RegisterEntry {
  readonly book: 'expedition';
  readonly sequence: number;
  /** Instant, ISO 8601 UTC. */
  readonly handedAt: string;
  readonly number: string;
  readonly destination: string;
  readonly copies: number;
  readonly carrier: string;
  readonly receiver: string;
}

export type RegisterRow = IncomingEntry | OutgoingEntry | ExpeditionEntry;

/** Where a page ends: ask with it to go on. */
export interface RegisterPlace {
  /** Empty in books whose order is that of their numbers. */
  readonly day: string;
  readonly register: string;
  readonly year: number;
  readonly sequence: number;
  readonly insertion: number;
}

export interface RegisterPage {
  /** Newest first. */
  readonly rows: readonly RegisterRow[];
  readonly before: RegisterPlace | null;
}

/** As people write a number of the agenda. */
export const agendaNumber = (sequence: number, year: number): string => `${sequence}/${year}`;

/** Days that work has been lying, as the report groups them. `to` null: no end. */
export const pendencyAges = [
  { from: 0, to: 1 },
  { from: 2, to: 3 },
  { from: 4, to: 7 },
  { from: 8, to: 30 },
  { from: 31, to: null },
] as const;

export const pendencyKinds = ['notFollowedUp', 'dispositions', 'toReview', 'toSign'] as const;
export type PendencyKind = (typeof pendencyKinds)[number];

export interface PendencyCount {
  readonly kind: PendencyKind;
  /** One for each of `pendencyAges`. */
  readonly ages: readonly number[];
  readonly all: number;
  /** Of dispositions: past their deadline. */
  readonly overdue: number;
}

export interface PendencyPerson {
  readonly name: string;
  readonly post: string;
  readonly unit: string;
  /** Only kinds of which something lies with the person. */
  readonly counts: readonly PendencyCount[];
}

/** Work that lies with the people of a unit and of those below it: numbers, and nothing of any letter. */
export interface Pendency {
  /** The plain date on which it was counted. */
  readonly on: string;
  readonly people: readonly PendencyPerson[];
  readonly total: readonly PendencyCount[];
}

export const tableFormats = ['pdf', 'csv', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];
export const metadataFormats = ['csv', 'xlsx', 'jsonl'] as const;
export type MetadataFormat = (typeof metadataFormats)[number];

/** What leaves the vault as a file. */
export type RegisterExport =
  | { readonly what: 'book'; readonly ask: RegisterAsk; readonly format: TableFormat }
  | { readonly what: 'pendency'; readonly unit: string; readonly format: TableFormat }
  /** What came in and went out, in the shape of docs/srikandi-export.md. */
  | (RegisterPeriod & {
      readonly what: 'metadata';
      readonly unit: string;
      readonly format: MetadataFormat;
    });

/** To be printed. */
export type RegisterSheet =
  { readonly what: 'book'; readonly ask: RegisterAsk } | { readonly what: 'pendency'; readonly unit: string };

/** More rows than these make no book that anybody prints, or no file that a spreadsheet opens with ease. */
export const maximumPrintedRows = 2000;
export const maximumExportedRows = 100_000;

const fileNames: Readonly<Record<RegisterBook, string>> = {
  incoming: 'agenda surat masuk',
  outgoing: 'buku surat keluar',
  expedition: 'buku ekspedisi',
};

/** "buku ekspedisi SETDA 2026-01-01 sd 2026-12-31.xlsx". */
export function registerFileName(input: RegisterExport): string {
  if (input.what === 'pendency') return `tunggakan ${input.unit}.${input.format}`;
  const { from, until } = input.what === 'book' ? input.ask : input;
  const name =
    input.what === 'book' ? `${fileNames[input.ask.book]} ${input.ask.unit}` : `metadata surat ${input.unit}`;
  return `${name} ${from} sd ${until}.${input.format}`;
}

type Nothing = Record<string, never>;

export interface RegisterCalls {
  /** Units whose books the asker may see, and the registers of numbers. */
  'registers.choices': {
    input: Nothing;
    output: { readonly units: readonly Unit[]; readonly registers: readonly string[] };
  };
  /** @throws AppError UNIT_UNKNOWN: also of a unit that is not the asker's to see. */
  'registers.page': { input: RegisterAsk & { before: RegisterPlace | null }; output: RegisterPage };
  'registers.pendency': { input: { unit: string }; output: Pendency };
  /** @throws AppError REGISTER_TOO_LONG {max}. */
  'registers.print': { input: RegisterSheet; output: { pdf: Uint8Array } };
  /** The disposition sheet of a letter; without any disposition one to be filled in by hand. */
  'registers.sheet': { input: { id: string }; output: { pdf: Uint8Array } };
}

export interface RegisterFileCalls {
  /** @throws AppError REGISTER_TOO_LONG {max}. */
  'registers.export': { input: RegisterExport; output: { bytes: Uint8Array } };
}
