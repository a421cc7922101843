import { writeCsv } from '../addresses/index.ts';
import { listPeople, listUnits, titledName } from '../accounts/index.ts';
import type { EngineCalls, Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import { messages } from '../contract/messages/index.ts';
import type { Unit } from '../contract/people.ts';
import type { PrintedTable } from '../contract/printed-table.ts';
import {
  maximumExportedRows,
  maximumPrintedRows,
  pendencyAges,
  pendencyKinds,
  type Pendency,
  type PendencyCount,
  type RegisterAsk,
  type RegisterExport,
  type RegisterPage,
} from '../contract/registers.ts';
import type { SheetFrame } from '../ports.ts';
import { letterFacts, openWork, registerPage, registerRows, type LetterFacts } from '../queries/index.ts';
import {
  bookTable,
  localDay,
  longDay,
  metadataLines,
  metadataTable,
  pendencyTable,
  writeWorkbook,
  type LetterMetadata,
} from '../registers/index.ts';
import { plainDate, type Context } from './context.ts';
import { requireScope, scopeOf } from './numbers.ts';

/** The office's books: looked at, printed, taken out as files. Who sees a unit's books is as with its number book. */

export function choices(context: Context): Output<'registers.choices'> {
  const { sees } = scopeOf(context);
  const units = listUnits(context.session().vault.read).filter((unit) => sees(unit.code));
  const registers = Object.values(context.profile.kinds).map((kind) => kind.register);
  return { units, registers: [...new Set(registers)] };
}

export function page(context: Context, input: Input<'registers.page'>): RegisterPage {
  requireScope(context, input.unit);
  return registerPage(context.session().vault.read, context.asker(), input, input.before);
}

export function pendency(context: Context, input: Input<'registers.pendency'>): Pendency {
  requireScope(context, input.unit);
  const { read } = context.session().vault;
  const below = unitsBelow(listUnits(read), input.unit);
  const people = listPeople(read, context.today).filter((one) => below.has(one.unit));
  const work = openWork(
    read,
    people.map((one) => one.accountId),
    context.today,
  );
  const countsOf = (account: string | null): PendencyCount[] =>
    pendencyKinds.flatMap((kind) => {
      const found = work.filter((one) => one.kind === kind && (account === null || one.account === account));
      const sum = (of: (one: (typeof found)[number]) => number): number =>
        found.reduce((total, one) => total + of(one), 0);
      const ages = pendencyAges.map((_, age) => sum((one) => (one.age === age ? one.count : 0)));
      const all = sum((one) => one.count);
      return all === 0 ? [] : [{ kind, ages, all, overdue: sum((one) => one.overdue) }];
    });
  return {
    on: context.today,
    people: people
      .map((one) => ({
        name: titledName(one),
        post: one.post,
        unit: one.unit,
        counts: countsOf(one.accountId),
      }))
      .filter((one) => one.counts.length > 0),
    total: countsOf(null),
  };
}

/** A unit and those below it. */
function unitsBelow(units: readonly Unit[], top: string): ReadonlySet<string> {
  const found = new Set([top]);
  // A unit's parent may be listed after it: as often as something was added.
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { code, parent } of units) if (parent !== null && found.has(parent)) found.add(code);
  }
  return found;
}

export async function print(
  context: Context,
  input: Input<'registers.print'>,
): Promise<Output<'registers.print'>> {
  const table =
    input.what === 'book'
      ? tableOf(context, input.ask, maximumPrintedRows)
      : pendencySheet(context, input.unit);
  const printed = await bookPdf(context, table, input.what);
  note(context, input.what === 'book' ? input.ask.book : 'pendency', unitOf(input), 'print', table);
  return printed;
}

export async function exportFile(
  context: Context,
  input: RegisterExport,
): Promise<EngineCalls['registers.export']['output']> {
  if (input.what === 'metadata') return exportMetadata(context, input);
  const most = input.format === 'pdf' ? maximumPrintedRows : maximumExportedRows;
  const table =
    input.what === 'book' ? tableOf(context, input.ask, most) : pendencySheet(context, input.unit);
  const bytes =
    input.format === 'pdf'
      ? (await bookPdf(context, table, input.what)).pdf
      : asTable(context, table, input.format);
  note(context, input.what === 'book' ? input.ask.book : 'pendency', unitOf(input), input.format, table);
  return { bytes };
}

const unitOf = (input: Input<'registers.print'>): string =>
  input.what === 'book' ? input.ask.unit : input.unit;

const asTable = (context: Context, table: PrintedTable, format: 'csv' | 'xlsx'): Uint8Array =>
  format === 'csv' ? asCsv(table) : writeWorkbook(table, context.ports.clock.now());

/** The first row names the columns. What a spreadsheet could take for a formula is made text. */
function asCsv(table: PrintedTable): Uint8Array {
  // Signs of full width count as formulas in some spreadsheets; the others writeCsv sees to.
  const safe = (cell: string): string => (/^[\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell);
  return writeCsv([
    table.columns.map((column) => column.label),
    ...table.rows.map((row) => row.cells.map(safe)),
  ]);
}

/** @throws AppError REGISTER_TOO_LONG {max}. */
function tableOf(context: Context, ask: RegisterAsk, most: number): PrintedTable {
  requireScope(context, ask.unit);
  const rows = registerRows(context.session().vault.read, context.asker(), ask, most + 1);
  if (rows.length > most) throw new AppError('REGISTER_TOO_LONG', { max: most });
  return bookTable(ask, unitNamed(context, ask.unit), rows);
}

const pendencySheet = (context: Context, unit: string): PrintedTable =>
  pendencyTable(pendency(context, { unit }), unitNamed(context, unit));

/** A unit of the number book may be gone from the tree; its code stays its name. */
const unitNamed = (context: Context, code: string): Unit =>
  listUnits(context.session().vault.read).find((one) => one.code === code) ?? {
    code,
    name: code,
    parent: null,
  };

/** What stands around a sheet; signed by whoever keeps the book, which is whoever prints it. */
export function sheetFrame(context: Context, post: string, named = true): SheetFrame {
  const now = context.ports.clock.now();
  const letterhead = context.letterhead();
  const me = context.me();
  const place = letterhead.place || context.profile.city;
  return {
    ...context.inForce.page,
    letterhead,
    createdAt: now.toISOString(),
    foot: `Dicetak dari E-Letter pada ${longDay(plainDate(now))}`,
    keeper: {
      dated: `${place}, ${named ? longDay(plainDate(now)) : '........................'}`,
      post,
      name: named ? titledName(me) : '',
      nip: named ? me.nip : '',
    },
  };
}

/** Milliseconds: the thickest book takes about seven seconds, on a busy PC many more. */
const longestSetting = 180_000;

/** A book is signed by whoever keeps it, a report by whoever made it. */
const signedAs = { book: 'Pengelola buku,', pendency: 'Pembuat laporan,' } as const;

const bookPdf = (
  context: Context,
  table: PrintedTable,
  what: keyof typeof signedAs,
): Promise<{ pdf: Uint8Array }> =>
  context.ports.pool.run('book', { ...sheetFrame(context, signedAs[what]), table }, longestSetting);

function note(context: Context, book: string, unit: string, format: string, table: PrintedTable): void {
  const facts = { book, unit, format, rows: table.rows.length };
  context.act({ action: 'register.exported', entity: 'register', entityId: book, facts }, () => undefined);
}

/** An archivist's or a registrar's: administrators keep the office and not its letters. @throws AppError NOT_ALLOWED. */
function exportMetadata(
  context: Context,
  input: RegisterExport & { readonly what: 'metadata' },
): EngineCalls['registers.export']['output'] {
  const { roles } = context.me();
  if (!roles.includes('registrar') && !roles.includes('archivist')) throw new AppError('NOT_ALLOWED');
  requireScope(context, input.unit);
  const found = letterFacts(
    context.session().vault.read,
    context.asker(),
    input.unit,
    input,
    maximumExportedRows + 1,
  );
  if (found.length > maximumExportedRows)
    throw new AppError('REGISTER_TOO_LONG', { max: maximumExportedRows });
  const letters = found.map((one) => metadataOf(context, input.unit, one));
  const table = metadataTable(letters);
  note(context, 'metadata', input.unit, input.format, table);
  if (input.format === 'jsonl') return { bytes: metadataLines(letters) };
  const now = context.ports.clock.now();
  return { bytes: input.format === 'csv' ? asCsv(table) : writeWorkbook(table, now, false) };
}

const states: Partial<Readonly<Record<LetterFacts['state'], string>>> = {
  signed: 'ditandatangani',
  withdrawn: 'ditarik',
  revoked: 'dicabut',
  replaced: 'diganti',
  registered: 'terdaftar',
  voided: 'batal',
};

function metadataOf(context: Context, unit: string, one: LetterFacts): LetterMetadata {
  const { words } = one;
  return {
    arah: one.direction === 'in' ? 'masuk' : 'keluar',
    id: one.id,
    unit,
    nomor_agenda: one.agenda,
    tanggal_terima: one.receivedOn,
    nomor_surat: one.number,
    tanggal_surat: one.date,
    jenis_naskah: context.profile.kinds[one.kind]?.label ?? one.kind,
    klasifikasi: words?.classification ?? '',
    sifat: messages.id.security[one.security],
    urgensi: context.profile.urgencies[one.urgency],
    hal: words?.subject ?? '(tertutup)',
    pengirim: one.senderPost,
    unit_pengirim: one.senderUnit,
    tujuan: words?.recipients.join('; ') ?? '',
    tembusan: words?.copies.join('; ') ?? '',
    lampiran: words?.attachments ?? '',
    penanda_tangan: one.signer,
    waktu_tanda_tangan: one.signedAt,
    tingkat_tanda_tangan: one.level,
    tanggal_kirim: one.sentAt === '' ? '' : localDay(one.sentAt),
    status: states[one.state] ?? one.state,
    sha256: one.sha256,
  };
}
