/** The expedition book: letters handed over to addressees outside this vault (DOMAIN §4). */

/** One addressee of a letter by its place in the letter. */
export interface DispatchParty {
  readonly role: 'to' | 'copy';
  readonly place: number;
}

export interface NewDispatch extends DispatchParty {
  /** As the book shall say it. Of a sealed letter it is not kept: whom it names is part of its words. */
  readonly destination: string;
  readonly copies: number;
  /** Who took it there, or how it went: a courier, the post. */
  readonly carrier: string;
  /** Who took it; may be empty, such as for a letter by post. */
  readonly receiver: string;
  /** Instant, ISO 8601 UTC; not before it was signed, not after now. */
  readonly handedAt: string;
}

export interface Dispatch extends NewDispatch {
  readonly year: number;
  /** In the book of the sender's unit and that year, without a gap. */
  readonly sequence: number;
  readonly batal: boolean;
  /** Why it is batal. */
  readonly reason: string;
  /** Who wrote it into the book. */
  readonly by: string;
}

export interface DispatchState {
  /** Addressees outside this vault, in the letter's order. */
  readonly outside: readonly (DispatchParty & {
    readonly name: string;
    /** Instant of the latest handover that counts; null while there is none. */
    readonly sentAt: string | null;
  })[];
  /** Newest first. */
  readonly dispatches: readonly Dispatch[];
  /** Whether the asker may record: its author, or a registrar of the sender's unit, while it is in force. */
  readonly may: boolean;
}

export const maximumDispatches = 200;

export interface DispatchCalls {
  /** Only for those who may record, or could while it was in force; nothing for other readers. */
  'dispatch.list': { input: { id: string }; output: DispatchState };
  /**
   * @throws AppError NOT_FOUND for a letter or an addressee that is not there to be recorded; LETTER_NOT_EDITABLE for
   * one that is not in force; DISPATCH_TIME_WRONG.
   */
  'dispatch.record': { input: { id: string; entries: readonly NewDispatch[] }; output: DispatchState };
  /** The number stays as batal. @throws AppError NOT_FOUND. */
  'dispatch.void': {
    input: { id: string; year: number; sequence: number; reason: string };
    output: DispatchState;
  };
}
