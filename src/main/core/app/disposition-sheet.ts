import type { Input, Output } from '../contract/api.ts';
import type { TaskState } from '../contract/disposition-life.ts';
import type { DispositionSheet, SheetDisposition } from '../contract/disposition-sheet.ts';
import { AppError } from '../contract/errors.ts';
import { agendaNumber } from '../contract/registers.ts';
import { openWords, requireKey } from '../letters/index.ts';
import { dispositionTree, letterDetail, sheetLetter, type DispositionNode } from '../queries/index.ts';
import { localDay, longDay, oneLine } from '../registers/index.ts';
import type { Profile } from '../typesetting/index.ts';
import type { Context } from './context.ts';
import { printedDispositions, seenLetter } from './disposition-tree.ts';
import { sheetFrame } from './registers.ts';

/** The disposition sheet of a letter (DOMAIN §4), as PDF. Indonesian, as the letter is. */

/** @throws AppError NOT_FOUND, LETTER_SEALED for a letter that is not the asker's to read. */
export async function sheet(
  context: Context,
  input: Input<'registers.sheet'>,
): Promise<Output<'registers.sheet'>> {
  const { read } = context.session().vault;
  const asker = context.asker();
  const letter = letterDetail(read, asker, input.id);
  const head = sheetLetter(read, input.id, asker.unit);
  if (!head) throw new AppError('NOT_FOUND');
  const { profile } = context;
  const dispositions = inOrder(
    dispositionTree(read, input.id, printedDispositions(read, asker, seenLetter(read, asker, input.id))),
  ).map((one) => partOf(context, input.id, one));
  const agenda =
    head.agendaSequence === null || head.agendaYear === null
      ? ''
      : agendaNumber(head.agendaSequence, head.agendaYear);
  const made: DispositionSheet = {
    facts: [
      ['Surat dari', head.senderPost],
      ['Nomor surat', head.number],
      ['Tanggal surat', head.date === '' ? '' : longDay(head.date)],
      ['Diterima', head.receivedOn === '' ? '' : longDay(head.receivedOn)],
      ['No. agenda', agenda],
      ['Sifat', `${profile.securityClasses[letter.security]}, ${profile.urgencies[letter.urgency]}`],
      ['Hal', letter.subject],
    ],
    presets: presetsOf(profile, dispositions),
    dispositions,
  };
  const blank = dispositions.length === 0;
  const leader = letter.deliveries.find((one) => one.internal && one.role === 'to')?.name ?? '';
  const frame = sheetFrame(context, leader === '' ? '' : `${leader},`, !blank);
  const facts = { book: 'disposition', format: 'pdf' };
  const { pdf } = await context.ports.pool.run('disposition', { ...frame, sheet: made });
  context.act({ action: 'register.exported', entity: 'letter', entityId: input.id, facts }, () => undefined);
  return { pdf };
}

/** Each disposition with those that pass it on right below it, and how deep it lies. */
function inOrder(
  nodes: readonly DispositionNode[],
): { readonly node: DispositionNode; readonly depth: number }[] {
  const known = new Set(nodes.map((one) => one.id));
  const below = Map.groupBy(nodes, (one) =>
    one.parent !== null && known.has(one.parent) ? one.parent : null,
  );
  const found: { node: DispositionNode; depth: number }[] = [];
  const waiting = (below.get(null) ?? []).map((node) => ({ node, depth: 0 })).toReversed();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    const { node, depth } = next;
    waiting.push(...(below.get(node.id) ?? []).map((one) => ({ node: one, depth: depth + 1 })).toReversed());
  }
  return found;
}

const stateWords: Readonly<Record<TaskState, string>> = {
  unread: 'belum dibaca',
  read: 'sudah dibaca',
  working: 'sedang dikerjakan',
  passed: 'diteruskan',
  done: 'selesai',
  cancelled: 'dibatalkan',
};

function partOf(
  context: Context,
  letterId: string,
  { node, depth }: { readonly node: DispositionNode; readonly depth: number },
): SheetDisposition {
  const { ring } = context.session();
  const said = ({ clear, sealed }: DispositionNode['note']): string =>
    sealed ? openWords(requireKey(ring, letterId), letterId, sealed) : (clear ?? '');
  return {
    depth,
    giver: node.giver,
    date: dayOf(node.givenAt),
    deadline: node.deadline === null ? '' : longDay(node.deadline),
    receivers: node.tasks.map((task) => ({
      name: task.receiver,
      lead: task.lead,
      state: stateOf(task),
    })),
    instructions: node.instructions,
    note: oneLine(said(node.note)),
    entries: node.entries.flatMap((entry) => {
      const words = oneLine(said(entry.words));
      return words === '' ? [] : [{ who: entry.who, date: dayOf(entry.at), words }];
    }),
  };
}

const dayOf = (instant: string): string => longDay(localDay(instant));

function stateOf(task: DispositionNode['tasks'][number]): string {
  const words = stateWords[task.state];
  if (task.state === 'done' && task.settledAt !== null) return `${words} ${dayOf(task.settledAt)}`;
  return task.state === 'working' && task.percent > 0 ? `${words} (${task.percent}%)` : words;
}

/** The instructions that the regulation profile knows, then those that only these dispositions name. */
function presetsOf(
  { dispositionInstructions }: Profile,
  dispositions: readonly SheetDisposition[],
): DispositionSheet['presets'] {
  const known = Object.entries(dispositionInstructions).map(([key, words]) => ({ key, label: words.id }));
  const used = new Set(dispositions.flatMap((one) => one.instructions));
  const others = [...used].filter((key) => !Object.hasOwn(dispositionInstructions, key));
  return [...known, ...others.map((key) => ({ key, label: key.replaceAll('-', ' ') }))];
}
