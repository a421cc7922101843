import type { SecurityClass } from './letters.ts';
import type { InsertionForm, NumberStyle } from './number-format.ts';

/** The number book (DOMAIN §3): one for each register, unit and year. */
export interface BookName {
  readonly register: string;
  readonly unit: string;
  readonly year: number;
}

/**
 * `reserved`: on its way to being signed. `held`: kept by hand for a paper letter or for later. `issued`: on a signed
 * letter. `batal`: never to be used.
 */
export const numberStates = ['reserved', 'held', 'issued', 'batal'] as const;
export type NumberState = (typeof numberStates)[number];

export interface NumberBook extends BookName {
  /** The last main sequence, or null while none was taken. */
  readonly last: number | null;
  /** The latest date on a main number, or empty. */
  readonly lastDate: string;
  readonly entries: number;
  readonly held: number;
  readonly batal: number;
  readonly closed: boolean;
  /** Whether the asker may hold, cancel, close and change its format. */
  readonly editable: boolean;
}

export interface NumberEntry {
  readonly id: string;
  readonly sequence: number;
  /** 0 for a main number; the n-th one inserted behind it (sisipan). */
  readonly insertion: number;
  readonly number: string;
  readonly state: NumberState;
  /** On the letter, YYYY-MM-DD; empty for numbers of before dates were kept. */
  readonly date: string;
  readonly letterId: string | null;
  /** Of the letter, or of what it was held for; null where it is not the asker's to read. */
  readonly subject: string | null;
  /** Why it is batal, or why it was taken by hand. */
  readonly reason: string;
  /** For whom it is held; empty for anybody of the unit. */
  readonly holder: string;
  /** Who took it by hand, who cancelled it; empty otherwise. */
  readonly by: string;
  /** Instants, ISO 8601 UTC. */
  readonly takenAt: string;
  readonly settledAt: string | null;
}

/** Where a page of entries ends: ask with it to go on. */
export interface NumberPlace {
  readonly sequence: number;
  readonly insertion: number;
}

export interface NumberPage {
  /** The newest number first; what is inserted stands after, that is above, its main number. */
  readonly entries: readonly NumberEntry[];
  readonly before: NumberPlace | null;
}

/** One format as an office keeps it. `unit` is empty for all units that have none of their own. */
export interface NumberFormat extends NumberStyle {
  readonly register: string;
  readonly unit: string;
  /** In force from this year on. */
  readonly year: number;
  /** The first sequence of a year. */
  readonly start: number;
}

export interface NumberFormats {
  /** By register: what the kinds of the regulation profile say; the first is shown as the default. */
  readonly shipped: Readonly<Record<string, readonly string[]>>;
  readonly own: readonly NumberFormat[];
}

/** Who may date a letter back: the registrar by holding an inserted number, or the signer as well. */
export const backDating = ['registrar', 'signer'] as const;
export interface NumberSettings {
  readonly backDating: (typeof backDating)[number];
}

export interface NewHold {
  readonly register: string;
  readonly unit: string;
  /** YYYY-MM-DD, today or before. */
  readonly date: string;
  readonly classification: string;
  readonly security: SecurityClass;
  /** What it is for. */
  readonly subject: string;
  readonly reason: string;
  /** The signer who may use it; null for anybody of the unit. */
  readonly holderId: string | null;
}

/** Which number a letter takes when it is signed; absent: the next one, dated today. */
export type NumberChoice =
  | { readonly held: string }
  /** An inserted number, where the office lets signers date back. */
  | { readonly date: string; readonly reason: string };

/** What a signer may choose for one draft. */
export interface UsableNumbers {
  readonly held: readonly {
    readonly id: string;
    readonly number: string;
    readonly date: string;
    readonly subject: string;
  }[];
  readonly mayDateBack: boolean;
}

type Nothing = Record<string, never>;

export interface NumberCalls {
  /** The books that the asker may see, the newest year first. */
  'numbers.books': {
    input: Nothing;
    output: {
      readonly books: readonly NumberBook[];
      readonly registers: readonly string[];
      readonly units: readonly string[];
    };
  };
  'numbers.entries': {
    input: BookName & {
      readonly state: NumberState | 'inserted' | null;
      /** Part of the number; empty: all. */
      readonly text: string;
      readonly before: NumberPlace | null;
    };
    output: NumberPage;
  };
  /** Keeps a number by hand; dated before the last one it is inserted. */
  'numbers.hold': { input: NewHold; output: NumberEntry };
  /** A held number that will not be used: batal, with its reason. */
  'numbers.cancel': { input: { id: string; reason: string }; output: NumberEntry };
  /** A year that is over takes no more numbers, or takes them again. */
  'numbers.setClosed': { input: BookName & { closed: boolean }; output: null };
  'numbers.formats': { input: Nothing; output: NumberFormats };
  /** From this year on; a format that could give a number twice is refused. */
  'numbers.saveFormat': { input: NumberFormat; output: NumberFormats };
  'numbers.settings': { input: Nothing; output: NumberSettings };
  'numbers.saveSettings': { input: NumberSettings; output: NumberSettings };
  /** For the letter's own author, before it is signed. */
  'numbers.usable': { input: { id: string }; output: UsableNumbers };
}

export type { InsertionForm };
