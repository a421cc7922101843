import { longDate } from './dates.ts';

/** A berita acara of the archive: what was destroyed or handed over, by whom it was judged. Dates are plain, `…At` instants. */
export interface MinutesInput {
  readonly kind: 'destruction' | 'transfer';
  readonly government: string;
  readonly office: string;
  readonly place: string;
  readonly number: string;
  readonly date: string;
  readonly receiver: string;
  readonly receiverName: string;
  readonly anri: { readonly number: string; readonly date: string } | null;
  readonly proposer: MinutesPerson;
  readonly approver: MinutesPerson;
  readonly approvedAt: string;
  readonly panel: readonly (MinutesPerson & { readonly at: string })[];
  readonly files: readonly {
    readonly code: string;
    readonly codeName: string;
    readonly title: string;
    readonly unit: string;
    readonly year: number;
    readonly closedOn: string;
    readonly retention: { readonly active: number; readonly inactive: number; readonly fate: string } | null;
    readonly letters: readonly {
      readonly number: string;
      readonly date: string;
      readonly sender: string;
      /** Null: sealed. */
      readonly subject: string | null;
      /** Another file keeps it. */
      readonly stays: boolean;
    }[];
  }[];
  /** Instant of the page. */
  readonly at: string;
}

interface MinutesPerson {
  readonly name: string;
  readonly post: string;
}

const day = (date: string): string => (date === '' ? '–' : longDate(date));
/** The day in western Indonesia (UTC+7, no daylight saving time). */
const dayOf = (instant: string): string =>
  instant === '' ? '–' : longDate(new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10));

/** What resources/templates/berita-acara.typ takes. */
export function minutesView(input: MinutesInput, fonts: readonly string[]): object {
  const destruction = input.kind === 'destruction';
  const letters = input.files.reduce((sum, file) => sum + file.letters.length, 0);
  const stays = input.files.some((file) => file.letters.some((one) => one.stays));
  return {
    fonts,
    title: destruction ? 'BERITA ACARA PEMUSNAHAN ARSIP' : 'BERITA ACARA PENYERAHAN ARSIP STATIS',
    government: input.government,
    office: input.office,
    number: input.number,
    opening: destruction
      ? `Pada tanggal ${day(input.date)}, bertempat di ${input.place}, dilaksanakan pemusnahan ${input.files.length} berkas yang memuat ${letters} surat sebagaimana daftar di bawah ini, yang masa simpannya sudah habis menurut jadwal retensi arsip.`
      : `Pada tanggal ${day(input.date)}, bertempat di ${input.place}, diserahkan ${input.files.length} berkas yang memuat ${letters} surat sebagaimana daftar di bawah ini kepada ${input.receiver}, yang diterima oleh ${input.receiverName}.`,
    steps: [
      `Diusulkan oleh ${named(input.proposer)}.`,
      // One line each: a line that is too long would be cut.
      ...input.panel.map(
        (one) => `Dinilai dan disetujui oleh ${named(one)}, panitia penilai, pada ${dayOf(one.at)}.`,
      ),
      `Disetujui oleh ${named(input.approver)} pada ${dayOf(input.approvedAt)}.`,
      ...(input.anri ? [`Persetujuan ANRI nomor ${input.anri.number} tanggal ${day(input.anri.date)}.`] : []),
    ],
    remark: destruction
      ? `Isi surat dalam daftar dihapus dari brankas surat kantor ini; nomor, tanggal, pengirim, hal, dan sidik dokumennya tetap dicatat.${stays ? ' Surat bertanda * masih disimpan dalam berkas lain dan belum dihapus.' : ''}`
      : 'Berkas diserahkan sebagai paket yang memuat dokumen asli, keterangannya, dan daftar sidik SHA-256.',
    files: input.files.map((file, index) => ({
      title: `${index + 1}. ${file.code} ${file.codeName}: ${file.title} (${file.unit}, ${file.year})`,
      facts: `Ditutup ${day(file.closedOn)}${file.retention ? ` · retensi aktif ${file.retention.active} tahun, inaktif ${file.retention.inactive} tahun, ${file.retention.fate.replace('-', ' ')}` : ''} · ${file.letters.length} surat`,
      letters: file.letters.map((letter, place) => [
        String(place + 1),
        `${letter.number === '' ? '–' : letter.number}${letter.stays ? ' *' : ''}`,
        day(letter.date),
        letter.sender,
        letter.subject ?? '(tertutup)',
      ]),
    })),
    closing: 'Berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.',
    place: `${input.place}, ${day(input.date)}`,
    signers: destruction
      ? [
          ...input.panel.map((one) => ({ label: 'Panitia penilai', name: one.name, post: one.post })),
          { label: 'Menyetujui', ...input.approver },
          { label: 'Pengusul', ...input.proposer },
        ]
      : [
          { label: 'Yang menyerahkan', ...input.proposer },
          { label: 'Yang menerima', name: input.receiverName, post: input.receiver },
          { label: 'Menyetujui', ...input.approver },
        ],
  };
}

const named = ({ name, post }: MinutesPerson): string => (post === '' ? name : `${name}, ${post}`);
