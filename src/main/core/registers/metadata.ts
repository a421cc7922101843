import type { PrintedTable } from '../contract/printed-table.ts';
import { oneLine } from './tables.ts';

/** Letters of a period with the metadata that docs/srikandi-export.md describes, column by column. */
export interface LetterMetadata {
  readonly arah: 'masuk' | 'keluar';
  readonly id: string;
  readonly unit: string;
  readonly nomor_agenda: string;
  readonly tanggal_terima: string;
  readonly nomor_surat: string;
  readonly tanggal_surat: string;
  readonly jenis_naskah: string;
  readonly klasifikasi: string;
  readonly sifat: string;
  readonly urgensi: string;
  readonly hal: string;
  readonly pengirim: string;
  readonly unit_pengirim: string;
  readonly tujuan: string;
  readonly tembusan: string;
  readonly lampiran: string;
  readonly penanda_tangan: string;
  readonly waktu_tanda_tangan: string;
  readonly tingkat_tanda_tangan: string;
  readonly tanggal_kirim: string;
  readonly status: string;
  readonly sha256: string;
}
type Name = keyof LetterMetadata;

/** In the order of the file. */
const columns: readonly (readonly [Name, number, 'text' | 'date'])[] = [
  ['arah', 6, 'text'],
  ['id', 20, 'text'],
  ['unit', 8, 'text'],
  ['nomor_agenda', 8, 'text'],
  ['tanggal_terima', 8, 'date'],
  ['nomor_surat', 16, 'text'],
  ['tanggal_surat', 8, 'date'],
  ['jenis_naskah', 12, 'text'],
  ['klasifikasi', 8, 'text'],
  ['sifat', 8, 'text'],
  ['urgensi', 8, 'text'],
  ['hal', 30, 'text'],
  ['pengirim', 20, 'text'],
  ['unit_pengirim', 8, 'text'],
  ['tujuan', 25, 'text'],
  ['tembusan', 20, 'text'],
  ['lampiran', 8, 'text'],
  ['penanda_tangan', 20, 'text'],
  ['waktu_tanda_tangan', 14, 'text'],
  ['tingkat_tanda_tangan', 8, 'text'],
  ['tanggal_kirim', 8, 'date'],
  ['status', 10, 'text'],
  ['sha256', 30, 'text'],
];

const cleaned = (letter: LetterMetadata): LetterMetadata =>
  Object.fromEntries(columns.map(([name]) => [name, oneLine(letter[name])])) as unknown as LetterMetadata;

export function metadataTable(letters: readonly LetterMetadata[]): PrintedTable {
  return {
    title: '',
    facts: [],
    columns: columns.map(([label, weight, kind]) => ({ label, weight, kind })),
    rows: letters.map(cleaned).map((letter) => ({
      cells: columns.map(([name]) => letter[name]),
      batal: false,
    })),
    empty: '',
  };
}

/** One JSON object a line (UTF-8), with the same names in the same order. */
export const metadataLines = (letters: readonly LetterMetadata[]): Uint8Array =>
  new TextEncoder().encode(letters.map((one) => `${JSON.stringify(cleaned(one))}\n`).join(''));
