import type { RevisionWish } from '../contract/revision.ts';
import type { SigningRisk } from '../contract/tools.ts';
import type { Signer } from '../pki/index.ts';

export type { VisibleMark } from '../contract/revision.ts';

/** What is to be written, and who is told of what was found. */
export interface RevisionOptions extends RevisionWish {
  /** Told once, before the key is used, of what could make the letter look otherwise later. */
  readonly warn?: (risks: readonly SigningRisk[]) => void;
}

/** Who signs what, and how it is to look. */
export interface SignOptions extends RevisionOptions {
  readonly signer: Signer;
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
