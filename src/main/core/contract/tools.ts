import type { AuthorityCalls } from './authority.ts';
import type { Result } from './errors.ts';
import type { GatewayOrder, GatewaySettings } from './gateway.ts';
import type { Lowering, SignatureLevel } from './levels.ts';
import type { Language } from './people.ts';
import type { FieldLock } from './revision.ts';
import type { PaperReading, StatementCheck } from './statement.ts';
import type { TokenSummary } from './tokens.ts';
import type { SignatureReport, VerificationReport } from './verification.ts';

export type { Lowering, SignatureLevel } from './levels.ts';

/**
 * What the command line needs beside: the same application, no vault. These never get an IPC channel.
 * Bytes in, bytes out; the command line reads and writes the files.
 */
export interface ToolCalls extends AuthorityCalls {
  'tool.sign': {
    input: {
      pdf: Uint8Array;
      p12: Uint8Array;
      passphrase: string;
      options: ToolSignOptions;
      /** Whom to trust as issuers and timestamp authorities; null uses this machine's trust list. */
      trust: readonly Uint8Array[] | null;
    };
    output: SignedByTool;
  };
  /** As tool.sign for files where they lie, of any size and number; what goes wrong with one is its own result. */
  'tool.signFiles': {
    input: {
      files: readonly FileToSign[];
      p12: Uint8Array;
      passphrase: string;
      options: ToolSignOptions;
      trust: readonly Uint8Array[] | null;
    };
    output: { results: readonly SignedFile[] };
  };
  /** A document timestamp alone: this file was there, as it is, at that time. */
  'tool.timestamp': {
    input: {
      pdf: Uint8Array;
      tsa: string;
      trust: readonly Uint8Array[] | null;
      /** Of an encrypted file. */
      password: string | null;
    };
    output: LoneTimestamp;
  };
  /** What a PKCS #11 driver shows. */
  'tool.tokens': { input: { driver: string }; output: { tokens: readonly TokenSummary[] } };
  /** As tool.sign, with a key on a token. */
  'tool.tokenSign': {
    input: {
      pdf: Uint8Array;
      /** Path of the PKCS #11 library. */
      driver: string;
      /** Serial numbers as the token and the certificate give them; null where there is only one to choose. */
      token: string | null;
      certificate: string | null;
      pin: string;
      options: ToolSignOptions;
      trust: readonly Uint8Array[] | null;
    };
    output: SignedByTool;
  };
  /** By a gateway in the office, which holds the keys and lays out the signature itself. */
  'tool.gatewaySign': {
    input: { settings: GatewaySettings; order: GatewayOrder; trust: readonly Uint8Array[] | null };
    output: { pdf: Uint8Array; signature: SignatureReport };
  };
  /** Carries an archived file on: the timestamp authority's data, then a new document timestamp. */
  'tool.renew': {
    input: {
      pdf: Uint8Array;
      tsa: string;
      trust: readonly Uint8Array[] | null;
      /** A file whose newest timestamp is good for longer is left as it is. */
      withinDays: number;
      /** Of an encrypted file. */
      password: string | null;
    };
    output: Renewal;
  };
  'tool.checkBackup': { input: { path: string }; output: { madeAt: string; objects: number } };
  /** `cards`: of the offices whose word counts. */
  'tool.statementCheck': {
    input: { text: string; cards: readonly Uint8Array[] };
    output: StatementCheck;
  };
  /** As tool.statementCheck, of every code in a picture or a PDF. */
  'tool.statementScan': {
    input: { bytes: Uint8Array; cards: readonly Uint8Array[] };
    output: PaperReading;
  };
  /** Whether the cards can be read, before they are used on many files. */
  'tool.statementCards': { input: { cards: readonly Uint8Array[] }; output: { cards: number } };
  /** Has a certificate of the office vouch for its card. */
  'tool.certifyCard': {
    input: { card: Uint8Array; p12: Uint8Array; passphrase: string };
    output: { card: Uint8Array; certifiedBy: string };
  };
  'tool.typeset': {
    input: { letter: string; profile: string | null };
    output: { pdf: Uint8Array; pages: number };
  };
  /** What `tool.verify` finds, as PDF/A-2a. */
  'tool.report': {
    input: ToolCalls['tool.verify']['input'];
    output: { pdf: Uint8Array };
  };
  'tool.verify': {
    input: {
      file: string;
      bytes: Uint8Array;
      /** PEM or DER files; null uses this machine's trust list. */
      trust: readonly Uint8Array[] | null;
      at: string | null;
      language: Language;
      password: string | null;
      /** Ask the issuers' addresses about revocation; without it no connection is opened. */
      online?: boolean;
    };
    output: VerificationReport;
  };
}

export interface SignedByTool {
  readonly pdf: Uint8Array;
  readonly level: SignatureLevel;
  readonly lowering: Lowering | null;
  /** What could make the letter look otherwise later, told before it was signed. */
  readonly risks: readonly SigningRisk[];
  /** The certificate's issuer says itself that it is no PSrE: an in-house CA or a test. */
  readonly uncertified: boolean;
}

/** Paths; the output is there whole or not at all, and replaced where it exists. */
export interface FileToSign {
  readonly input: string;
  readonly output: string;
}

export interface SignedFile extends FileToSign {
  readonly result: Result<Omit<SignedByTool, 'pdf'>>;
}

export type LoneTimestamp =
  | {
      readonly outcome: 'stamped';
      readonly pdf: Uint8Array;
      /** ISO instant, the authority's. */ readonly at: string;
    }
  /** The authority did not answer, or declined. */
  | { readonly outcome: 'later'; readonly lowering: Lowering };

export interface SigningRisk {
  readonly code: SigningRiskCode;
  /** `object 12`, `page 3`. */
  readonly where: string;
}

export type SigningRiskCode =
  /** A script can change what is shown. */
  | 'JAVASCRIPT'
  /** A form that some programs draw in place of the pages. */
  | 'XFA'
  /** A layer that is switched off, or shown only on screen or only in print. */
  | 'HIDDEN_LAYER'
  /** Layers, all of them shown. */
  | 'LAYERS'
  /** A page that no reader shows. */
  | 'UNUSED_PAGE'
  /** An annotation that may lie over the text. */
  | 'OVERLAY_ANNOTATION'
  /** An annotation that is not shown, or only in print. */
  | 'HIDDEN_ANNOTATION'
  /** A form field is set in a font that the file does not carry. */
  | 'FIELD_FONT_NOT_EMBEDDED'
  /** Who locked the file with a password did not grant the filling in of forms. */
  | 'NOT_GRANTED';

export type Renewal =
  | { readonly outcome: 'renewed'; readonly pdf: Uint8Array; /** ISO instant. */ readonly goodUntil: string }
  | { readonly outcome: 'not-due'; readonly goodUntil: string }
  | { readonly outcome: 'unsigned' }
  /** Somebody did not answer, so the file is better left for another day. */
  | { readonly outcome: 'later'; readonly lowering: Lowering };

export interface ToolSignOptions {
  readonly level: SignatureLevel;
  /** Where the key leaves a choice; absent: SHA-256 or the curve's own, PKCS #1 v1.5. */
  readonly digest?: 'sha256' | 'sha384' | 'sha512';
  readonly pss?: boolean;
  /** Address of the timestamp authority; needed beyond level b. */
  readonly tsa: string | null;
  /** Of an encrypted file; the signed one stays encrypted. */
  readonly password?: string | null;
  /** Sign although the file holds what is refused otherwise (PDF_RISKY). */
  readonly acceptRisks?: boolean;
  readonly field: string | null;
  readonly reason: string | null;
  readonly location: string | null;
  readonly certify: 'no-changes' | 'form-filling' | 'annotations' | null;
  /** For a new field: which form fields nobody may change after this signature. */
  readonly lock?: FieldLock | null;
  /** PDF points, origin at the lower left of the page; 1-based page. */
  readonly visible: {
    readonly page: number;
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  } | null;
}
