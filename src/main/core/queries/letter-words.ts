import { attachmentLine } from '../contract/attachments.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent, TypesetLetter } from '../contract/letters.ts';
import { sql, type Sql } from '../vault/index.ts';
import { visible, type Asker } from './scope.ts';

/** What a letter says of itself in a book: for whoever may read the letter, and for nobody else. */
export interface LetterWords {
  readonly subject: string;
  readonly attachments: string;
  readonly recipients: readonly string[];
  readonly copies: readonly string[];
  readonly classification: string;
}

/** Columns of `letter` that `wordsOf` takes. */
export interface WordsRow {
  readonly letter_id: string | null;
  readonly readable: number;
  readonly content: string | null;
  readonly frozen: string | null;
  readonly sealed_content: Uint8Array | null;
  readonly sealed_frozen: Uint8Array | null;
}

/** Of `letter`, which may be joined from the left. */
export const wordColumns = (asker: Asker): Sql => sql`letter.id AS letter_id,
  coalesce(letter.id IS NOT NULL AND ${visible(asker)}, 0) AS readable,
  letter.content, letter.frozen, letter.sealed_content, letter.sealed_frozen`;

/** Null where the letter is not the asker's to read, or cannot be opened any more: its line stays in the book. */
export function wordsOf(row: WordsRow, asker: Asker): LetterWords | null {
  const id = row.letter_id;
  if (id === null || row.readable !== 1) return null;
  try {
    const frozen = row.sealed_frozen
      ? asker.ring.frozen(id, row.sealed_frozen)
      : parsed<TypesetLetter>(row.frozen);
    const draft = row.sealed_content
      ? asker.ring.content(id, row.sealed_content)
      : parsed<LetterContent>(row.content);
    const content = frozen?.content ?? draft;
    return content && said(content, frozen);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const parsed = <T>(json: string | null): T | null => (json ? (JSON.parse(json) as T) : null);

function said(content: LetterContent, frozen: TypesetLetter | null): LetterWords {
  const attached = (frozen?.attached ?? []).map(({ pages }) => ({ pages: pages.length }));
  return {
    subject: content.subject,
    attachments: content.attachments || attachmentLine(attached),
    recipients: content.recipients.map((one) => one.name),
    copies: content.copies.map((one) => one.name),
    classification: content.classification,
  };
}
