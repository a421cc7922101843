import type { RegisterExport } from './registers.ts';
import type { AddressBook } from './addresses.ts';
import type { ArchiveDesktopCalls } from './archive.ts';
import type { Language } from './people.ts';
import type { GivenBytes, GivenList } from './given.ts';
import type { TemplateDesktopCalls } from './templates.ts';
import type { VerificationReport } from './verification.ts';

type Nothing = Record<string, never>;

/** A file that a person chose or dropped; the password of an encrypted one, else null. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly password: string | null;
}

interface SavedFile {
  readonly saved: boolean;
  /** Without its folder; empty when nothing was saved. */
  readonly fileName: string;
}

/** What only the desktop can do; no path ever comes from, or goes to, the page. */
export interface DesktopCalls extends ArchiveDesktopCalls, TemplateDesktopCalls {
  'desktop.saveLetter': { input: { id: string }; output: { saved: boolean; fileName: string } };
  /** Shows the file of the last save of this letter in the system's file manager. */
  'desktop.showSaved': { input: { id: string }; output: { shown: boolean } };
  'desktop.mailLetter': { input: { id: string }; output: { handedOver: boolean } };
  /** Asks for a folder in the system's dialog. */
  'desktop.chooseBackupFolder': { input: Nothing; output: { chosen: boolean } };
  /** Asks for a token's driver in the system's dialog. */
  'desktop.chooseDriver': { input: Nothing; output: { chosen: boolean } };
  /** Asks for a backup set in the system's dialog and restores it. */
  'desktop.restoreBackup': { input: Nothing; output: { restored: boolean; keptAside: boolean } };
  /** Asks where, then writes the log as JSON lines beside its detached signature (CMS). */
  'desktop.exportAudit': {
    input: { signingPassphrase: string };
    output: { saved: boolean; fileName: string };
  };
  /** Asks where, then writes everything the vault holds on the person as a ZIP. */
  'desktop.exportMyData': { input: Nothing; output: { saved: boolean; fileName: string } };
  /** Asks where, then writes an address book as CSV. */
  'desktop.saveAddresses': { input: { book: AddressBook }; output: SavedFile };
  /** Asks where, then writes a book of the office, the pendency report, or the letters' metadata. */
  'desktop.saveRegister': { input: RegisterExport; output: SavedFile };
  /** Asks where, then writes the disposition sheet of a letter as PDF. */
  'desktop.saveDispositionSheet': { input: { id: string }; output: SavedFile };
  /** Asks where, then writes one row (CSV) or one report (JSON) per file. */
  'desktop.exportReports': {
    input: { format: 'csv' | 'json'; language: Language; reports: readonly VerificationReport[] };
    output: { saved: boolean; fileName: string };
  };
  /** Asks where, then writes the report on this file as PDF. */
  'desktop.saveReport': { input: GivenFile; output: { saved: boolean; fileName: string } };
  /** Files that the system handed over since the last question: opened by double click, or named at the start. */
  'desktop.givenFiles': { input: Nothing; output: GivenList };
  /** Reads one of them; nothing but a PDF is. */
  'desktop.readGiven': { input: { id: string }; output: GivenBytes };
  /** Asks where, then writes this office's card. */
  'desktop.saveCard': { input: Nothing; output: { saved: boolean; fileName: string } };
  /** Prints what the page has laid out for print. */
  'desktop.print': { input: Nothing; output: { printed: boolean } };
  /** The authority's files: asks where, then writes one. `saved` false: the person changed their mind. */
  'desktop.saveLeaflet': { input: Nothing; output: SavedFile };
  'desktop.saveAnchor': { input: Nothing; output: SavedFile };
  'desktop.saveCertificate': { input: { serial: string }; output: SavedFile };
  /** Makes a new revocation list once it is known where to. */
  'desktop.saveRevocations': {
    input: { of: 'issuing' | 'root'; passphrase: string };
    output: SavedFile & { readonly nextUpdate: string };
  };
  'desktop.saveAuthorityCopy': { input: { passphrase: string }; output: SavedFile };
  'desktop.testNotice': { input: Nothing; output: { shown: boolean } };
  'desktop.quit': { input: Nothing; output: null };
}
