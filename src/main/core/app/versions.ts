import { listPeople, titledName } from '../accounts/index.ts';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent, LetterDetail } from '../contract/letters.ts';
import type { LetterVersion } from '../contract/versions.ts';
import { listVersions, readVersion, saveContent, type StoredLetter } from '../letters/index.ts';
import { rulesOf } from '../typesetting/index.ts';
import type { Context } from './context.ts';
import { myLetter } from './drafting.ts';
import { detailOf } from './letter-life.ts';
import { keepNow } from './keeping.ts';

/** What a draft said before: its author keeps, compares and brings back. */
export function list(context: Context, input: Input<'versions.list'>): LetterVersion[] {
  const { vault, accountKey } = context.session();
  const letter = myLetter(context, input.id);
  const names = new Map(listPeople(vault.read, context.today).map((one) => [one.accountId, titledName(one)]));
  return listVersions(vault.read, accountKey, letter.id).map(
    ({ number, reason, note, at, accountId, revision }) => ({
      number,
      reason,
      note,
      by: names.get(accountId) ?? '',
      at,
      current: revision === letter.revision,
    }),
  );
}

/** @throws AppError NOT_FOUND. */
export function read(context: Context, input: Input<'versions.read'>): LetterContent {
  const { vault, accountKey } = context.session();
  return readVersion(vault.read, accountKey, myLetter(context, input.id).id, input.number).content;
}

/** @throws AppError LETTER_CHANGED_ELSEWHERE when it is not `revision` that is saved. */
export function keep(context: Context, input: Input<'versions.keep'>): Output<'versions.keep'> {
  const letter = unchanged(context, input);
  const now = context.ports.clock.now();
  const number = context
    .session()
    .vault.write((db) => keepNow(context, db, letter, 'asked', now, input.note));
  return { number };
}

/**
 * An older version's words in the place of the present ones, which are kept first. The class stays: words that were
 * sealed since are not opened by looking back.
 * @throws AppError LETTER_CHANGED_ELSEWHERE, LETTER_NOT_EDITABLE, KIND_UNKNOWN, NOT_FOUND.
 */
export function restore(context: Context, input: Input<'versions.restore'>): LetterDetail {
  const { vault, ring, accountKey } = context.session();
  const letter = unchanged(context, input);
  const { content } = readVersion(vault.read, accountKey, letter.id, input.number);
  rulesOf(context.profile, content.kind);
  const facts = { number: input.number };
  context.act(
    { action: 'letter.version-restored', entity: 'letter', entityId: letter.id, facts },
    (db, now) => {
      keepNow(context, db, letter, 'restore', now);
      const words = { ...content, security: letter.security };
      // Its class stays, so nothing is sealed that was not.
      const nobody = (): never => {
        throw new AppError('LETTER_SEALED');
      };
      saveContent(db, ring, letter, nobody, input.revision, words, now);
    },
  );
  return detailOf(context, letter.id);
}

function unchanged(
  context: Context,
  input: { readonly id: string; readonly revision: number },
): StoredLetter {
  const letter = myLetter(context, input.id);
  if (letter.revision !== input.revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
  return letter;
}
