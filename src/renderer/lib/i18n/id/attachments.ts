import type { AttachmentType, LeftOut } from '../../../../main/core/contract/index.ts';

/** Files behind a letter, in the editor. */
export const attachments = {
  attachments: {
    title: 'Berkas lampiran',
    add: 'Tambah berkas…',
    hint: 'PDF, JPEG, PNG, atau TIFF. Berkas boleh dijatuhkan di mana saja di layar ini.',
    about:
      'Halaman lampiran masuk ke surat sebagai gambar. Dengan begitu surat tetap berformat arsip (PDF/A-2a), dan yang ditandatangani persis yang terlihat.',
    fillsItself: (line: string) => `Terisi sendiri: ${line}.`,
    list: 'Daftar lampiran',
    name: (numeral: string) => `Judul lampiran ${numeral}`,
    facts: (pages: string, size: string) => `${pages} halaman · ${size}`,
    types: {
      'application/pdf': 'PDF',
      'image/jpeg': 'JPEG',
      'image/png': 'PNG',
      'image/tiff': 'TIFF',
    } satisfies Record<AttachmentType, string>,
    leftOut: (parts: string) => `Tidak ikut: ${parts}.`,
    parts: {
      signatures: 'tanda tangan elektronik',
      scripts: 'skrip dan tindakan',
      files: 'berkas di dalamnya',
      forms: 'isian formulir (nilainya tetap terlihat)',
      comments: 'catatan (gambarnya tetap terlihat)',
      links: 'tautan',
    } satisfies Record<LeftOut, string>,
    up: (title: string) => `Naikkan ${title}`,
    down: (title: string) => `Turunkan ${title}`,
    remove: (title: string) => `Hapus lampiran ${title}`,
    removed: (title: string) => `Lampiran “${title}” dihapus dari surat.`,
    total: (files: string, pages: string, size: string, most: string) =>
      `${files} lampiran, ${pages} halaman, ${size} dari ${most}`,
    tooLargeForMail: (limit: string) =>
      `Lampiran melewati ${limit}. Surat dapat ditandatangani dan disampaikan di sini, tetapi banyak server surel menolak kiriman sebesar ini.`,
    nearlyFull: (most: string) => `Hampir penuh: satu surat memuat paling banyak ${most} lampiran.`,
    preparing: (name: string) => `Menyiapkan ${name}…`,
    failed: (name: string) => `${name} tidak dilampirkan.`,
    attachAnyway: 'Tetap lampirkan',
    dismiss: 'Tutup',
  },
};
