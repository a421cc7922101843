/**
 * Attachments of an outgoing letter. What is kept of a file is its pages as pictures (decision 0029): they are set on
 * numbered pages behind the letter and are signed together with it.
 */
export const attachmentTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff'] as const;
export type AttachmentType = (typeof attachmentTypes)[number];

const mebibyte = 1024 * 1024;
/** Octets of a file that is looked at; a page hands over no more. */
export const maximumAttachmentFile = 64 * mebibyte;
/** Octets of all attachments of one letter, as they stand in the signed PDF. */
export const maximumAttached = 100 * mebibyte;
/** From here on many mail servers refuse the letter. */
export const mailLimit = 20 * mebibyte;
export const maximumAttachmentPages = 100;
export const maximumLetterAttachmentPages = 200;
export const maximumAttachments = 30;
export const maximumAttachmentTitle = 200;

/** What a file brought that does not come along. */
export const leftOutParts = ['signatures', 'scripts', 'files', 'forms', 'comments', 'links'] as const;
export type LeftOut = (typeof leftOutParts)[number];

/** One page as it will stand behind the letter. */
export interface AttachedPage {
  /** Natural size in millimetres: it is made smaller to fit the paper, never larger. */
  readonly width: number;
  readonly height: number;
  /** Words of the page as far as its file tells them, cut short: what a screen reader is given for the picture. */
  readonly words: string;
}

/** An attachment as a letter's frozen content names it. */
export interface AttachedDocument {
  readonly title: string;
  /** SHA-256 of the kept pictures, lower-case hexadecimal. */
  readonly sha256: string;
  readonly pages: readonly AttachedPage[];
}

/** A page's picture: a baseline JPEG in three colours, or deflated rows of 16 greys, two pixels an octet. */
export interface PagePicture {
  readonly encoding: 'jpeg' | 'grey';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** A file as the pool found it. */
export interface AttachmentReading {
  readonly type: AttachmentType;
  readonly pages: readonly PreparedPage[];
  readonly leftOut: readonly LeftOut[];
}

export interface PreparedPage {
  readonly page: AttachedPage;
  readonly picture: PagePicture;
}

export interface Attachment {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly type: AttachmentType;
  readonly pages: number;
  /** Octets in the signed PDF. */
  readonly size: number;
  readonly leftOut: readonly LeftOut[];
}

export interface AttachmentList {
  /** In the order in which they stand behind the letter. */
  readonly items: readonly Attachment[];
  readonly size: number;
  readonly pages: number;
  /** What the line "Lampiran" says where nothing was typed; empty without attachments. */
  readonly line: string;
}

export interface AttachmentCalls {
  'attachments.list': { input: { id: string }; output: AttachmentList };
  /** `signedAnyway`: somebody was told that signatures do not survive. */
  'attachments.add': {
    input: { id: string; name: string; bytes: Uint8Array; signedAnyway: boolean };
    output: AttachmentList;
  };
  'attachments.rename': {
    input: { id: string; attachmentId: string; title: string };
    output: AttachmentList;
  };
  /** `place` counts from 0. */
  'attachments.move': {
    input: { id: string; attachmentId: string; place: number };
    output: AttachmentList;
  };
  'attachments.remove': { input: { id: string; attachmentId: string }; output: AttachmentList };
}

/** "3 lembar" for one attachment, "2 berkas" for several. */
export const attachmentLine = (attached: readonly { readonly pages: number }[]): string => {
  const [only] = attached;
  if (!only) return '';
  return attached.length === 1 ? `${only.pages} lembar` : `${attached.length} berkas`;
};
