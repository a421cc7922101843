/** What a disposition sheet (lembar disposisi, DOMAIN §4) shows, in words ready to be set. Dates are plain dates. */
export interface SheetReceiver {
  readonly name: string;
  readonly lead: boolean;
  /** In words, such as "sedang dikerjakan (40%)". */
  readonly state: string;
}

export interface SheetDisposition {
  /** 0 for one that an addressee gave; one more for each time it was passed on. */
  readonly depth: number;
  readonly giver: string;
  readonly date: string;
  readonly deadline: string;
  readonly receivers: readonly SheetReceiver[];
  /** Keys of the preset instructions, in the order of the sheet. */
  readonly instructions: readonly string[];
  readonly note: string;
  /** Reports and what else was said, oldest first. */
  readonly entries: readonly { readonly who: string; readonly date: string; readonly words: string }[];
}

export interface DispositionSheet {
  /** From, number, date, received, agenda number, class, urgency, subject: label and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly presets: readonly { readonly key: string; readonly label: string }[];
  readonly dispositions: readonly SheetDisposition[];
}
