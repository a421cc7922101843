import type { Signer } from '../pki/index.ts';
import type { SigningRisk } from '../contract/tools.ts';

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
  /** Of an encrypted file; the signed one stays encrypted in the same way. */
  readonly password?: string | null;
  /** The signer was told of what is refused otherwise (PDF_RISKY) and signs all the same. */
  readonly acceptRisks?: boolean;
  /** Told once, before the key is used, of what could make the letter look otherwise later. */
  readonly warn?: (risks: readonly SigningRisk[]) => void;
  /** What the CMS carries beside what is signed, such as a signature timestamp. */
  readonly unsigned?: UnsignedAttributes;
}

/** Attributes that can only be made once the signature value is there (RFC 5652 §5.3). */
export interface UnsignedAttributes {
  /** Room to keep free in /Contents for them. */
  readonly octets: number;
  /** DER of each Attribute; none where there is nothing to add. */
  attributes(signatureValue: Uint8Array): Promise<readonly Uint8Array[]>;
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
  /**
   * Modules of a QR code in rows, true for dark, without the quiet zone. Drawn at the left as squares, not as a
   * picture, so that it stays sharp in print.
   */
  readonly qr?: readonly (readonly boolean[])[];
  /** JPEG, or PNG of eight bits that is not interlaced; drawn between the code and the text. */
  readonly image?: Uint8Array;
  /** A TrueType font that has every character of `lines`; its used part is embedded. */
  readonly font: Uint8Array;
}
