/** Files from outside the vault: chosen, dropped, or opened by double click. */

/** Largest one that is read for a check, in octets. */
export const maximumGiven = 200 * 1024 * 1024;

/** Why a file that the system named is not opened. */
export type GivenRefusal =
  | 'missing'
  | 'folder'
  /** A pipe, a device, a socket. */
  | 'special'
  | 'not-pdf'
  | 'too-large'
  | 'unreadable';

/** Files that the system handed over since the last question, by name; paths stay with the desktop. */
export interface GivenList {
  readonly files: readonly { readonly id: string; readonly name: string }[];
  /** So many more were named, and are not taken. */
  readonly more: number;
}

/** Either is null. */
export interface GivenBytes {
  readonly bytes: Uint8Array | null;
  readonly refusal: GivenRefusal | null;
}
