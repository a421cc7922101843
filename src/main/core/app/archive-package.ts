import { createHash } from 'node:crypto';
import { writeCsv } from '../addresses/index.ts';
import type { EngineCalls } from '../contract/api.ts';
import type { FiledLetter, NotPacked } from '../contract/archive.ts';
import { AppError } from '../contract/errors.ts';
import { makeZip, type ZipEntry } from '../privacy/index.ts';
import { lettersIn } from '../queries/index.ts';
import { minutesPdf, proposal } from './archive-proposals.ts';
import { requireSame, type Context } from './context.ts';
import type { IncomingType } from '../contract/incoming.ts';
import { keptFile } from './inbox.ts';
import { exportedTogether } from './suspicion.ts';

/**
 * What is handed over: the PDFs as they are, what is known of each, and the digests to compare. A letter that is sealed
 * to others is named and left out: nobody's role opens it.
 */
const readme = `Paket penyerahan arsip, dibuat dengan E-Letter Lampung Timur

  manifest.json       kantor, nomor berita acara, jumlah berkas dan surat
  berita-acara.pdf    berita acara penyerahan
  surat.csv           satu baris untuk setiap surat
  surat.json          isi yang sama untuk komputer
  sha256.txt          sidik setiap PDF; periksa dengan: sha256sum -c sha256.txt
  pdf/                dokumen asli, satu folder untuk setiap berkas

Kolom surat.csv dan surat.json: kode_berkas, judul_berkas, unit, tahun, ditutup, nomor, tanggal, pengirim, hal,
klasifikasi_keamanan, dokumen (kosong: tidak ada dalam paket), sha256, alasan (SEALED: tertutup bagi yang membuat
paket; NO_DOCUMENT: tidak ada dokumen; DESTROYED: sudah dimusnahkan; DAMAGED: berkasnya
rusak atau hilang).

Package of archives handed over, made with E-Letter Lampung Timur: manifest, berita acara, one row for each letter
(CSV and JSON, the columns as above), SHA-256 of each PDF, and the original PDFs, a folder for each file. An empty
document column comes with the reason: SEALED to others, NO_DOCUMENT, DESTROYED, DAMAGED or missing.
`;

const columns = [
  'kode_berkas',
  'judul_berkas',
  'unit',
  'tahun',
  'ditutup',
  'nomor',
  'tanggal',
  'pengirim',
  'hal',
  'klasifikasi_keamanan',
  'dokumen',
  'sha256',
  'alasan',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** The ZIP is made in memory. */
const mostBytes = 1024 * 1024 * 1024;
/** Letters after which others get their turn. */
const atOnce = 10;

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
/** A name that every file system takes. */
const safe = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'berkas';

/** @throws AppError NOT_FOUND without a berita acara penyerahan, also of one withdrawn after it; PACKAGE_TOO_LARGE {max}. */
export async function packageOf(
  context: Context,
  input: { readonly id: string },
): Promise<EngineCalls['archive.package']['output']> {
  const session = context.session();
  const shown = proposal(context, input);
  const handsOver = shown.state === 'recorded' || shown.state === 'executed';
  if (shown.kind !== 'transfer' || !handsOver || !shown.minutes) throw new AppError('NOT_FOUND');
  const rows: Row[] = [];
  const files: ZipEntry[] = [];
  const digests: string[] = [];
  let bytes = 0;
  let letters = 0;
  for (const [place, file] of shown.list.entries()) {
    const folder = `pdf/${String(place + 1).padStart(3, '0')}-${safe(`${file.code}-${file.title}`)}`;
    // The page shows the first of many; the package has all.
    const items = lettersIn(
      session.vault.read,
      context.asker(),
      file.id,
      null,
      false,
      Number.MAX_SAFE_INTEGER,
    );
    for (const [index, letter] of items.entries()) {
      letters += 1;
      if (letters % atOnce === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        requireSame(context, session);
      }
      const found = documentOf(context, letter);
      const name = `${folder}/${String(index + 1).padStart(4, '0')}-${safe(letter.number ?? 'tanpa-nomor')}.${'bytes' in found ? endings[found.type] : 'pdf'}`;
      const digest = 'bytes' in found ? createHash('sha256').update(found.bytes).digest('hex') : '';
      if ('bytes' in found) {
        bytes += found.bytes.length;
        if (bytes > mostBytes) throw new AppError('PACKAGE_TOO_LARGE', { max: '1 GB' });
        files.push({ path: name, content: found.bytes });
        digests.push(`${digest}  ${name}`);
      }
      rows.push({
        kode_berkas: file.code,
        judul_berkas: file.title,
        unit: file.unit,
        tahun: String(file.year),
        ditutup: file.closedOn ?? '',
        nomor: letter.number ?? '',
        tanggal: letter.date ?? '',
        pengirim: letter.sender,
        hal: letter.subject ?? '',
        klasifikasi_keamanan: letter.security,
        dokumen: 'bytes' in found ? name : '',
        sha256: digest,
        alasan: 'bytes' in found ? '' : found.leftOut,
      });
    }
  }
  const { government, office } = context.letterhead();
  const now = context.ports.clock.now();
  const manifest = {
    government,
    office,
    minutes: shown.minutes,
    made: now.toISOString(),
    files: shown.list.length,
    letters,
    documents: files.length,
    leftOut: letters - files.length,
  };
  const entries: ZipEntry[] = [
    { path: 'README.txt', content: readme },
    { path: 'manifest.json', content: json(manifest) },
    { path: 'berita-acara.pdf', content: minutesPdf(context, input).pdf },
    { path: 'surat.csv', content: writeCsv([columns, ...rows.map((row) => columns.map((one) => row[one]))]) },
    { path: 'surat.json', content: json(rows) },
    { path: 'sha256.txt', content: digests.map((line) => `${line}\n`).join('') },
    ...files,
  ];
  const zip = makeZip(entries, now);
  const facts = { letters: files.length, leftOut: manifest.leftOut };
  context.act({ action: 'archive.packaged', entity: 'archive', entityId: input.id, facts }, (db) =>
    exportedTogether(db, session.accountId, files.length, now),
  );
  return { zip, fileName: `penyerahan-arsip-${shown.minutes.date}.zip` };
}

/** As it came; what came from outside need not be a PDF. */
const endings: Readonly<Record<IncomingType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'application/zip': 'zip',
};

function documentOf(
  context: Context,
  letter: FiledLetter,
): { readonly bytes: Uint8Array; readonly type: IncomingType } | { readonly leftOut: NotPacked } {
  if (letter.destroyedAt !== null) return { leftOut: 'DESTROYED' };
  if (!letter.opens) return { leftOut: 'SEALED' };
  try {
    return keptFile(context, letter.id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'LETTER_SEALED') return { leftOut: 'SEALED' };
    if (error.code === 'OBJECT_DAMAGED') return { leftOut: 'DAMAGED' };
    if (error.code === 'NOT_FOUND') return { leftOut: 'NO_DOCUMENT' };
    throw error;
  }
}
