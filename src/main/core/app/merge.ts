import { listPeople } from '../accounts/index.ts';
import { readCsv } from '../addresses/index.ts';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { MergeCheck, MergeDetail, MergePreview, MergeSummary } from '../contract/merge.ts';
import { variablesIn } from '../contract/variables.ts';
import {
  addMerge,
  listMerges,
  markMergeDiscarded,
  mergeLetters,
  readLetter,
  setState,
  type StoredLetter,
  type StoredMerge,
} from '../letters/index.ts';
import type { Context } from './context.ts';
import { myLetter, previewOf, sealingAuthor } from './drafting.ts';
import { contentOf, contentsOf, isError, mergeRows, suggestColumns } from './merge-rows.ts';

/** Letters to many, each with words of its own (mail merge); contract/merge.ts says what each call promises. */
const shownProblems = 200;
const shownSample = 3;

/** @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE once it is no draft any more. */
function pattern(context: Context, id: string): StoredLetter {
  const letter = myLetter(context, id);
  if (letter.state !== 'draft') throw new AppError('LETTER_NOT_EDITABLE');
  return letter;
}

const peopleOf = (context: Context) => listPeople(context.session().vault.read, context.today);

export function check(context: Context, input: Input<'merge.check'>): MergeCheck {
  const { content } = pattern(context, input.id);
  const table = readCsv(input.csv);
  const variables = variablesIn(content);
  const columns = input.columns ?? suggestColumns(table.header, variables);
  const { ready, problems } = columns
    ? mergeRows(content, table, columns, peopleOf(context))
    : {
        ready: [],
        problems: [{ code: 'NAME_COLUMN', row: null, column: '', first: null } as const],
      };
  const sorted = problems.toSorted(
    (one, other) => Number(isError(other)) - Number(isError(one)) || (one.row ?? 0) - (other.row ?? 0),
  );
  return {
    header: table.header,
    sample: table.rows.slice(0, shownSample).map(({ cells }) => cells.map((cell) => cell.slice(0, 200))),
    variables,
    columns,
    rows: table.rows.length,
    ready: ready.length,
    problems: sorted.slice(0, shownProblems),
    moreProblems: Math.max(0, sorted.length - shownProblems),
    encoding: table.encoding,
  };
}

export async function preview(context: Context, input: Input<'merge.preview'>): Promise<MergePreview> {
  const { content, authorId } = pattern(context, input.id);
  const { ready } = mergeRows(content, readCsv(input.csv), input.columns, peopleOf(context));
  const shown = ready[input.at];
  if (!shown) throw new AppError('NOT_FOUND');
  const { row, addressee } = shown;
  const letter = { content: contentOf(content, shown), authorId, frozen: null };
  return {
    row,
    addressee,
    subject: letter.content.subject,
    preview: await previewOf(context, letter, null),
  };
}

export function create(context: Context, input: Input<'merge.create'>): MergeSummary {
  const { accountId, ring } = context.session();
  const source = pattern(context, input.id);
  if (source.revision !== input.revision) throw new AppError('LETTER_CHANGED_ELSEWHERE');
  const { ready, problems } = mergeRows(source.content, readCsv(input.csv), input.columns, peopleOf(context));
  if (problems.some(({ code }) => code === 'TOGETHER_LONG'))
    throw new AppError('MERGE_TOO_LARGE', { max: '300 MB' });
  const wrong = new Set(problems.filter(isError).map(({ row }) => row));
  if (ready.length === 0 || (wrong.size > 0 && !input.leaveOut))
    throw new AppError('MERGE_ROWS_WRONG', { count: wrong.size });
  const { post, unit } = context.me();
  const facts = { letters: ready.length, leftOut: wrong.size };
  const contents = contentsOf(source.content, ready);
  const id = context.act(
    { action: 'merge.created', entity: 'letter', entityId: source.id, facts },
    (db, now) =>
      addMerge(db, ring, source.id, contents, { accountId, post, unit }, () => sealingAuthor(context), now),
  );
  return summary(context, stored(context, id));
}

/** @throws AppError NOT_FOUND, also for what somebody else made. */
function stored(context: Context, id: string): StoredMerge {
  const { vault, accountId } = context.session();
  const merge = listMerges(vault.read, accountId).find((one) => one.id === id);
  if (!merge) throw new AppError('NOT_FOUND');
  return merge;
}

/** Null where it is sealed to a key that its author lost. */
function letterOf(context: Context, id: string): StoredLetter | null {
  const { vault, ring } = context.session();
  try {
    return readLetter(vault.read, ring, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'LETTER_SEALED') return null;
    throw error;
  }
}

const summary = (context: Context, merge: StoredMerge): MergeSummary => ({
  ...merge,
  subject: letterOf(context, merge.sourceId)?.content.subject ?? '',
});

export function list(context: Context): MergeSummary[] {
  const { vault, accountId } = context.session();
  return listMerges(vault.read, accountId).map((merge) => summary(context, merge));
}

export function get(context: Context, input: Input<'merge.get'>): MergeDetail {
  const merge = stored(context, input.id);
  const rows = mergeLetters(context.session().vault.read, merge.id).map((row) => ({
    ...row,
    addressee: letterOf(context, row.letterId)?.content.recipients[0] ?? {
      accountId: null,
      name: '',
      place: '',
    },
  }));
  return { ...summary(context, merge), rows };
}

export function discard(context: Context, input: Input<'merge.discard'>): Output<'merge.discard'> {
  const { vault, ring } = context.session();
  const merge = stored(context, input.id);
  const drafts = mergeLetters(vault.read, merge.id).filter(({ state }) => state === 'draft');
  const facts = { letters: drafts.length };
  context.act({ action: 'merge.discarded', entity: 'letter', entityId: merge.sourceId, facts }, (db, now) => {
    for (const { letterId } of drafts) setState(db, readLetter(db, ring, letterId), 'discard', now);
    markMergeDiscarded(db, merge.id, now);
  });
  return { discarded: drafts.length };
}
