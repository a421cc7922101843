import { messages } from '../contract/messages/index.ts';
import { errorCodes } from '../contract/errors.ts';
import type { PrintedTable, TableColumn, TableRow } from '../contract/printed-table.ts';
import {
  pendencyAges,
  type ExpeditionEntry,
  type IncomingEntry,
  type OutgoingEntry,
  type Pendency,
  type PendencyCount,
  type PendencyKind,
  type RegisterAsk,
  type RegisterBook,
  type RegisterRow,
} from '../contract/registers.ts';
import type { Unit } from '../contract/people.ts';

/** The books as tables, with the columns and words of DOMAIN §4. Indonesian in either language of the screen. */

const column = (label: string, weight: number, kind: TableColumn['kind'] = 'text'): TableColumn => ({
  label,
  kind,
  weight,
});

const columns: Readonly<Record<RegisterBook, readonly TableColumn[]>> = {
  incoming: [
    column('No.', 3, 'number'),
    column('Tanggal terima', 7, 'date'),
    column('No. agenda', 6),
    column('Pengirim', 12),
    column('Nomor surat', 12),
    column('Tanggal surat', 7, 'date'),
    column('Isi ringkas', 22),
    column('Lampiran', 6),
    column('Diteruskan kepada', 14),
    column('Keterangan', 11),
  ],
  outgoing: [
    column('No.', 3, 'number'),
    column('Nomor surat', 15),
    column('Tanggal surat', 7, 'date'),
    column('Tanggal kirim', 7, 'date'),
    column('Kepada', 19),
    column('Isi ringkas', 28),
    column('Lampiran', 7),
    column('Keterangan', 14),
  ],
  expedition: [
    column('No.', 3, 'number'),
    column('No. ekspedisi', 7, 'number'),
    column('Tanggal', 7, 'date'),
    column('Nomor surat', 15),
    column('Tujuan', 20),
    column('Jumlah', 5, 'number'),
    column('Pembawa', 10),
    column('Penerima', 13),
    column('Pukul', 5, 'time'),
    column('Keterangan', 12),
  ],
};

const titles: Readonly<Record<RegisterBook, string>> = {
  incoming: 'BUKU AGENDA SURAT MASUK',
  outgoing: 'BUKU SURAT KELUAR',
  expedition: 'BUKU EKSPEDISI',
};

const closed = '(surat tertutup)';
const notShown = '(isi tidak ditampilkan bagi pencetak)';
/** As many names as a line has room for. */
const mostNames = 5;

export function bookTable(ask: RegisterAsk, unit: Unit, rows: readonly RegisterRow[]): PrintedTable {
  return {
    title: titles[ask.book],
    facts: [
      ['Unit kerja', unitName(unit)],
      ...(ask.book === 'outgoing' && ask.register !== null
        ? ([['Register', ask.register.replaceAll('-', ' ')]] as const)
        : []),
      ['Periode', `${longDay(ask.from)} sampai ${longDay(ask.until)}`],
    ],
    columns: columns[ask.book],
    rows: rows.map((row, index) => tidied(String(index + 1), row)),
    empty: 'Tidak ada catatan dalam periode ini.',
  };
}

const unitName = ({ code, name }: Unit): string => (name === code ? code : `${name} (${code})`);

function tidied(no: string, row: RegisterRow): TableRow {
  return { cells: [no, ...cellsOf(row)].map(oneLine), batal: row.batal };
}

function cellsOf(row: RegisterRow): string[] {
  if (row.book === 'incoming') return incomingCells(row);
  return row.book === 'outgoing' ? outgoingCells(row) : expeditionCells(row);
}

const subjectOf = (row: RegisterRow): string => row.subject ?? (row.sealed ? closed : notShown);

function incomingCells(row: IncomingEntry): string[] {
  const passed = row.passedTo.length === 0 ? '' : `disposisi: ${names(row.passedTo)}`;
  const to = [names(row.addressees), passed].filter((part) => part !== '').join('; ');
  const { receivedOn, agenda, sender, number, date, attachments } = row;
  return [receivedOn, agenda, sender, number, date, subjectOf(row), attachments, to, remarkOf(row)];
}

function outgoingCells(row: OutgoingEntry): string[] {
  // Held by hand, for a letter that the vault has not got: whom it is for stands on the paper.
  const told = row.state === 'batal' && row.subject === null && !row.sealed ? '' : subjectOf(row);
  const { number, date, sentOn, attachments } = row;
  return [number, date, sentOn, names(row.recipients), told, attachments, outgoingRemark(row)];
}

const afterSigning: Partial<Readonly<Record<NonNullable<OutgoingEntry['letterState']>, string>>> = {
  withdrawn: 'Ditarik kembali',
  revoked: 'Dicabut',
  replaced: 'Diganti',
};

function outgoingRemark(row: OutgoingEntry): string {
  if (row.batal) return remarkOf(row);
  if (row.state === 'held') return row.remark === '' ? 'Dipesan' : `Dipesan: ${row.remark}`;
  if (row.state === 'reserved') return 'Belum selesai ditandatangani';
  const end = row.letterState === null ? undefined : afterSigning[row.letterState];
  return [end, told(row.remark)].filter((part) => part).join('. ');
}

function expeditionCells(row: ExpeditionEntry): string[] {
  const { sequence, handedAt, number, copies, carrier, receiver } = row;
  const destination = row.destination || closed;
  const [day, time] = [localDay(handedAt), localTime(handedAt)];
  return [String(sequence), day, number, destination, String(copies), carrier, receiver, time, remarkOf(row)];
}

function remarkOf(row: RegisterRow): string {
  const said = told(row.remark);
  if (!row.batal) return said;
  return said === '' ? 'BATAL' : `BATAL: ${said}`;
}

/** Of what the program says, or keeps closed, its words. */
function told(reason: string): string {
  if (reason === 'SEALED_REASON') return '(alasan tertutup)';
  const code = errorCodes.find((one) => one === reason);
  return code ? messages.id.errors[code] : reason;
}

function names(list: readonly string[]): string {
  const rest = list.length - mostNames;
  const shown = list.slice(0, mostNames).join('; ');
  return rest > 0 ? `${shown}; dan ${rest} lainnya` : shown;
}

const kindWords: Readonly<Record<PendencyKind, string>> = {
  notFollowedUp: 'Surat belum ditindaklanjuti',
  dispositions: 'Disposisi belum selesai',
  toReview: 'Menunggu paraf',
  toSign: 'Menunggu tanda tangan',
};

export function pendencyTable(pendency: Pendency, unit: Unit): PrintedTable {
  const ages = pendencyAges.map(({ from, to }) =>
    column(to === null ? `> ${from - 1} hari` : `${from}–${to} hari`, 6, 'number'),
  );
  const row = (name: string, post: string, code: string, one: PendencyCount, no: string): TableRow => ({
    batal: false,
    cells: [
      no,
      name,
      post,
      code,
      kindWords[one.kind],
      ...one.ages.map(String),
      String(one.all),
      one.kind === 'dispositions' ? String(one.overdue) : '',
    ].map(oneLine),
  });
  let no = 0;
  return {
    title: 'LAPORAN TUNGGAKAN',
    facts: [
      ['Unit kerja', `${unitName(unit)} dan unit di bawahnya`],
      ['Keadaan per', longDay(pendency.on)],
    ],
    columns: [
      column('No.', 3, 'number'),
      column('Nama', 15),
      column('Jabatan', 18),
      column('Unit', 7),
      column('Pekerjaan', 15),
      ...ages,
      column('Jumlah', 6, 'number'),
      column('Lewat tenggat', 7, 'number'),
    ],
    rows: [
      ...pendency.people.flatMap((person) =>
        person.counts.map((one) => row(person.name, person.post, person.unit, one, String((no += 1)))),
      ),
      ...pendency.total.map((one) => row('JUMLAH', '', '', one, '')),
    ],
    empty: 'Tidak ada yang tertunggak.',
  };
}

/**
 * Words of strangers on one line: no control characters, no halves of characters, no line breaks. Spaces at the ends
 * go, so that what begins like a formula is seen to.
 */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ')
    .trim();

const offset = 7 * 3_600_000;
const local = (instant: string): string => new Date(Date.parse(instant) + offset).toISOString();
/** Plain date and time of day of an instant in the regency (WIB, seven hours ahead of UTC all year). */
export const localDay = (instant: string): string => local(instant).slice(0, 10);
const localTime = (instant: string): string => local(instant).slice(11, 16);

const days = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: 'UTC' });
/** "22 November 2026". */
export const longDay = (date: string): string => days.format(new Date(`${date}T00:00:00Z`));
