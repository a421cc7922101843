import type { FileAction, FileState, ProposalAction, ProposalKind, ProposalState } from './archive-life.ts';
import type { SecurityClass } from './letters.ts';

type Nothing = Record<string, never>;

/** What becomes of a file when its retention is over (JRA): destroyed, judged again, kept for good. */
export const fates = ['musnah', 'dinilai-kembali', 'permanen'] as const;
export type Fate = (typeof fates)[number];

/** Whole years; both count from the day on which the file is closed, one after the other. */
export interface Retention {
  readonly active: number;
  readonly inactive: number;
  readonly fate: Fate;
}

export const maximumYears = 100;
/** From so many years on ANRI has to approve a destruction. */
export const yearsForAnri = 10;

/** A code of the classification with its place in the tree. Without retention its files are never due. */
export interface ClassificationCode {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly retention: Retention | null;
}

export interface ClassificationNode extends ClassificationCode {
  /** Files of this very code that the asker may see, and the letters in them. */
  readonly files: number;
  readonly letters: number;
}

export interface ClassificationTree {
  readonly nodes: readonly ClassificationNode[];
  /** Still the tree that came with the application: two levels, without retention. */
  readonly shipped: boolean;
}

/** `row` as a spreadsheet counts it, the header being 1. */
export interface ClassificationProblem {
  readonly row: number;
  readonly code:
    | 'CELLS'
    | 'CODE_EMPTY'
    | 'CODE_FORM'
    | 'NAME_EMPTY'
    | 'TOO_LONG'
    | 'DOUBLE'
    | 'PARENT_MISSING'
    | 'CYCLE'
    | 'RETENTION_HALF'
    | 'YEARS'
    | 'FATE';
  /** The cell that it is about, or the code of the row. */
  readonly value: string;
}

export interface ClassificationImport {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Codes that the table does not have: dropped, and kept because files or other codes need them. */
  readonly dropped: number;
  readonly kept: number;
  readonly problems: readonly ClassificationProblem[];
  readonly written: boolean;
}

/**
 * Where a file is in its life today. `running`: open. Then by its retention: `active`, `inactive`, `due`;
 * `no-retention`: closed, and its code has none. The rest repeat its state.
 */
export const filePhases = [
  'running',
  'active',
  'inactive',
  'due',
  'no-retention',
  'proposed',
  'destroyed',
  'transferred',
] as const;
export type FilePhase = (typeof filePhases)[number];

export const fileFilters = ['all', ...filePhases, 'held'] as const;
export type FileFilter = (typeof fileFilters)[number];

export interface NewFile {
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly year: number;
  /** Plain date. */
  readonly openedOn: string;
}

export interface ArchiveFileRow extends NewFile {
  readonly id: string;
  readonly codeName: string;
  readonly state: FileState;
  readonly phase: FilePhase;
  readonly held: boolean;
  readonly closedOn: string | null;
  readonly retention: Retention | null;
  /** Plain dates: the first day on which it is inactive, and the first on which it is due. */
  readonly inactiveFrom: string | null;
  readonly dueFrom: string | null;
  readonly letters: number;
}

/** The record of a letter in a file: what stays when the letter is destroyed. */
export interface FiledLetter {
  readonly id: string;
  /** May the asker open it? */
  readonly opens: boolean;
  readonly number: string | null;
  readonly date: string | null;
  readonly sender: string;
  /** Null of a sealed letter. */
  readonly subject: string | null;
  readonly security: SecurityClass;
  /** Instants. */
  readonly filedAt: string;
  readonly destroyedAt: string | null;
  /** Another file that still keeps it: then destroying this one leaves the letter. */
  readonly alsoIn: readonly { readonly title: string; readonly unit: string }[];
}

export interface FileHold {
  readonly id: string;
  readonly reason: string;
  readonly since: string;
  readonly by: string;
  readonly liftedAt: string | null;
  readonly liftedBy: string;
  readonly liftReason: string;
}

export interface ArchiveFile extends ArchiveFileRow {
  /** At most `maximumShownLetters`. */
  readonly items: readonly FiledLetter[];
  readonly holds: readonly FileHold[];
  readonly proposals: readonly ProposalRow[];
  readonly may: readonly FileAction[];
}

export const maximumShownLetters = 500;
export const maximumProposedFiles = 500;
export const maximumPanel = 9;

/** Where a letter lies, and where the asker may put it. */
export interface LetterFiling {
  readonly filed: readonly {
    readonly id: string;
    readonly code: string;
    readonly title: string;
    readonly unit: string;
    readonly state: FileState;
    /** May the asker open the file's own page? */
    readonly opens: boolean;
    /** May the asker take it out, or put it elsewhere? */
    readonly movable: boolean;
  }[];
  readonly choices: readonly {
    readonly id: string;
    readonly code: string;
    readonly title: string;
    readonly unit: string;
    readonly year: number;
  }[];
  /** Codes that begin like the letter's own come first; this is the letter's. */
  readonly classification: string;
}

export interface ProposalRow {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly madeAt: string;
  readonly by: string;
  readonly files: number;
  /** It waits for the asker. */
  readonly mine: boolean;
}

export interface PanelMember {
  readonly accountId: string;
  readonly name: string;
  readonly post: string;
  /** Null: not answered yet. */
  readonly agrees: boolean | null;
  readonly reason: string;
  readonly at: string | null;
}

export interface Minutes {
  /** Taken from nothing: the office enters it by hand. */
  readonly number: string;
  readonly date: string;
  /** Of a transfer: who takes the files. */
  readonly receiver: string;
  readonly receiverName: string;
}

export interface Proposal extends ProposalRow {
  readonly note: string;
  readonly list: readonly (ArchiveFileRow & { readonly items: readonly FiledLetter[] })[];
  readonly panel: readonly PanelMember[];
  readonly approver: { readonly accountId: string; readonly name: string; readonly post: string };
  readonly approvedAt: string | null;
  /** Retention of ten years or more is among it. */
  readonly needsAnri: boolean;
  readonly anri: { readonly number: string; readonly date: string } | null;
  readonly minutes: Minutes | null;
  /** The asker may have the berita acara as PDF: an archivist, or somebody named in the proposal. */
  readonly opensMinutes: boolean;
  readonly executedAt: string | null;
  /** Why it was rejected or withdrawn, by whom. */
  readonly ended: { readonly reason: string; readonly by: string; readonly at: string } | null;
  readonly may: readonly ProposalAction[];
}

/** Why a letter is not in a package. */
export type NotPacked = 'SEALED' | 'NO_DOCUMENT' | 'DESTROYED' | 'DAMAGED';

export interface ArchiveCalls {
  'archive.tree': { input: Nothing; output: ClassificationTree };
  /** Columns code, name, parent, active, inactive, fate. `replace`: codes that it does not have are dropped. */
  'archive.importTree': {
    input: { csv: Uint8Array; replace: boolean; write: boolean };
    output: ClassificationImport;
  };
  'archive.files': {
    input: { filter: FileFilter; text: string; code: string; before: number };
    output: {
      readonly files: readonly ArchiveFileRow[];
      readonly total: number;
      readonly units: readonly string[];
    };
  };
  'archive.file': { input: { id: string }; output: ArchiveFile };
  /** A new one with `id` null. */
  'archive.saveFile': { input: { id: string | null; file: NewFile }; output: ArchiveFile };
  'archive.close': { input: { id: string; date: string }; output: ArchiveFile };
  'archive.reopen': { input: { id: string }; output: ArchiveFile };
  'archive.hold': { input: { id: string; reason: string }; output: ArchiveFile };
  'archive.lift': { input: { id: string; reason: string }; output: ArchiveFile };
  'archive.filing': { input: { id: string }; output: LetterFiling };
  /** Puts a letter into a file; one that lies in another file of the same unit moves. */
  'archive.fileLetter': { input: { id: string; fileId: string }; output: LetterFiling };
  'archive.unfileLetter': { input: { id: string; fileId: string }; output: LetterFiling };
  'archive.proposals': { input: Nothing; output: readonly ProposalRow[] };
  'archive.proposal': { input: { id: string }; output: Proposal };
  'archive.propose': {
    input: {
      kind: ProposalKind;
      fileIds: readonly string[];
      panel: readonly string[];
      approverId: string;
      note: string;
    };
    output: Proposal;
  };
  'archive.vote': { input: { id: string; agrees: boolean; reason: string }; output: Proposal };
  'archive.approve': {
    input: { id: string; anri: { number: string; date: string } | null };
    output: Proposal;
  };
  'archive.refuse': { input: { id: string; reason: string }; output: Proposal };
  'archive.withdraw': { input: { id: string; reason: string }; output: Proposal };
  'archive.record': { input: { id: string; minutes: Minutes }; output: Proposal };
  /** Destroys, or marks as handed over. */
  'archive.execute': { input: { id: string; accountPassphrase: string }; output: Proposal };
}

export interface ArchiveFileCalls {
  'archive.exportTree': { input: Nothing; output: { csv: Uint8Array; fileName: string } };
  'archive.minutes': { input: { id: string }; output: { pdf: Uint8Array; fileName: string } };
  /** PDFs as they are, metadata, digests, manifest. */
  'archive.package': { input: { id: string }; output: { zip: Uint8Array; fileName: string } };
}

interface Saved {
  readonly saved: boolean;
  readonly fileName: string;
}

export interface ArchiveDesktopCalls {
  'desktop.saveTree': { input: Nothing; output: Saved };
  'desktop.saveMinutes': { input: { id: string }; output: Saved };
  'desktop.savePackage': { input: { id: string }; output: Saved };
}
