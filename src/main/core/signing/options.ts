import type { Signer } from '../pki/index.ts';

/** Who signs what, and how it is to look. */
export interface SignOptions {
  readonly signer: Signer;
  /** Claimed in /M, and the moment for which the certificate is checked. */
  readonly time: Date;
  /** Zone in which /M is written, minutes east of UTC; default 420 (WIB). */
  readonly offsetMinutes?: number;
  /** An empty signature field of this name is used, else a new one is made; absent: a new, free name. */
  readonly field?: string;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly contactInfo?: string;
  readonly visible?: VisibleMark;
  /** A certification signature (ISO 32000-2 §12.8.2.2): what may be done to the file afterwards. */
  readonly certify?: 'no-changes' | 'form-filling' | 'annotations';
}

export interface VisibleMark {
  /** 1 is the first page. */
  readonly page: number;
  /** Points; the origin is the lower left corner of the page as it is shown. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly lines: readonly string[];
  /** A TrueType font that has every character of `lines`; its used part is embedded. */
  readonly font: Uint8Array;
}
