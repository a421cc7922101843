/** What the command line says, in both languages. */
const id = {
  usage: `Pemakaian:
  eletter verify BERKAS... [--json] [--trust PEM_ATAU_FOLDER]... [--at ISO] [--password-file F] [--online]
  eletter sign BERKAS --p12 P12 --passphrase-file F --out HASIL [--level b|t|lt|lta] [--tsa URL] [--field NAMA]
               [--visible halaman,x,y,l,t] [--reason R] [--location L] [--certify no-changes|form-filling|annotations]
  eletter typeset SURAT.json --out HASIL.pdf [--profile BERKAS]
  eletter vault check [SET] | backup --to FOLDER | restore SET | rekey | salvage
               [--user NAMA --passphrase-file F] [--data FOLDER] [--json]
  eletter vault create KANTOR.json --passphrase-file F --signing-passphrase-file F [--policy-read VERSI] [--data FOLDER]
  eletter --version
Semua perintah menerima --lang id|en.`,
  unknown: 'Perintah tidak dikenal: {command}',
  missing: 'Argumen belum lengkap: {argument}',
  badValue: 'Nilai tidak sah untuk {argument}',
  online: 'Pemeriksaan daring belum tersedia; berkas diperiksa luring.',
  noUser: 'Akun {user} tidak ada di brankas ini.',
  whole: 'Brankas utuh: {objects} berkas surat terbaca, catatan audit lengkap.',
  notWhole:
    'Brankas TIDAK utuh. Basis data: {database}; berkas rusak: {damaged}; audit terputus pada: {link}.',
  anchorsAgree: 'Jangkar audit cocok: {anchors} jangkar, terakhir {last}.',
  noAnchors: 'Belum ada jangkar audit; jangkar pertama ditulis bersama cadangan berikutnya.',
  anchorsContradict: 'Jangkar audit MEMBANTAH catatan pada entri {at}: {what}.',
  contradictions: {
    rewritten: 'catatan ditulis ulang',
    'cut-off': 'bagian akhir catatan dihapus',
    'rolled-back': 'brankas dikembalikan ke keadaan lama',
  },
  setWhole: 'Cadangan {madeAt} utuh ({objects} berkas surat).',
  backedUp: 'Cadangan ditulis dan diperiksa: {path}',
  created:
    'Brankas dibuat. Cetak dan simpan kunci pemulihan ini; kunci ini tidak disimpan di mana pun:\n{key}',
  rekeyed: 'Kunci brankas diganti. Cadangan lama tetap terbuka dengan kata sandi pada waktu itu.',
  notDamaged: 'Brankas ini terbuka utuh; tidak ada yang perlu diselamatkan.',
  salvaged:
    'Diselamatkan {saved} baris. Tabel yang tidak utuh: {lost}. Basis data yang rusak disimpan di sampingnya.',
  policyFirst:
    'Baca kebijakan privasi di atas, lalu ulangi dengan --policy-read {version}. Belum ada yang dibuat.',
  restored: 'Cadangan dipulihkan.',
  restoredAside: 'Cadangan dipulihkan. Brankas lama disimpan di sampingnya.',
  signed: 'Ditandatangani: {file}',
  typeset: 'Disusun: {file} ({pages} halaman)',
  conclusions: {
    'TOTAL-PASSED': 'SAH: isi tidak berubah dan penanda tangan dipercaya.',
    INDETERMINATE: 'BELUM DAPAT DIPASTIKAN: lihat alasan di bawah.',
    'TOTAL-FAILED': 'TIDAK SAH: jangan dipercaya.',
    'NO-SIGNATURE': 'TANPA TANDA TANGAN elektronik.',
    UNREADABLE: 'TIDAK TERBACA sebagai PDF.',
  },
  unchanged: 'Isi tetap utuh',
  changed: 'Isi berubah atau tanda tangan rusak',
  unjudged: 'Keutuhan belum dapat dinilai',
  signer: 'Penanda tangan',
  issuer: 'Penerbit sertifikat',
  claimed: 'Waktu menurut penanda tangan',
  signature: 'Tanda tangan',
} as const;

type Texts = {
  readonly [K in keyof typeof id]: (typeof id)[K] extends string
    ? string
    : Readonly<Record<keyof (typeof id)[K], string>>;
};

const en: Texts = {
  usage: `Usage:
  eletter verify FILE... [--json] [--trust PEM_OR_DIR]... [--at ISO] [--password-file F] [--online]
  eletter sign FILE --p12 P12 --passphrase-file F --out OUT [--level b|t|lt|lta] [--tsa URL] [--field NAME]
               [--visible page,x,y,w,h] [--reason R] [--location L] [--certify no-changes|form-filling|annotations]
  eletter typeset LETTER.json --out OUT.pdf [--profile FILE]
  eletter vault check [SET] | backup --to FOLDER | restore SET | rekey | salvage
               [--user NAME --passphrase-file F] [--data FOLDER] [--json]
  eletter vault create OFFICE.json --passphrase-file F --signing-passphrase-file F [--policy-read VERSION] [--data FOLDER]
  eletter --version
Every command takes --lang id|en.`,
  unknown: 'Unknown command: {command}',
  missing: 'Missing argument: {argument}',
  badValue: 'Not a valid value for {argument}',
  online: 'Online checks are not available yet; the file is checked offline.',
  noUser: 'There is no account {user} in this vault.',
  whole: 'The vault is whole: {objects} letter files read, audit complete.',
  notWhole:
    'The vault is NOT whole. Database: {database}; damaged files: {damaged}; audit broken at: {link}.',
  anchorsAgree: 'The audit anchors agree: {anchors}, the last of {last}.',
  noAnchors: 'There is no audit anchor yet; the first is written with the next backup.',
  anchorsContradict: 'The audit anchors CONTRADICT the log at entry {at}: {what}.',
  contradictions: {
    rewritten: 'the log was rewritten',
    'cut-off': 'its end was cut off',
    'rolled-back': 'the vault was put back to an older state',
  },
  setWhole: 'Backup {madeAt} is whole ({objects} letter files).',
  backedUp: 'Backup written and verified: {path}',
  created: 'The vault is made. Print and keep this recovery key; it is stored nowhere:\n{key}',
  rekeyed: 'The vault has a new key. Old backups still open with the passphrases of their time.',
  notDamaged: 'This vault opens; there is nothing to salvage.',
  salvaged: '{saved} rows saved. Tables that are not whole: {lost}. The damaged database is kept beside it.',
  policyFirst:
    'Read the privacy policy above, then repeat with --policy-read {version}. Nothing has been made yet.',
  restored: 'Backup restored.',
  restoredAside: 'Backup restored. The old vault is kept beside it.',
  signed: 'Signed: {file}',
  typeset: 'Typeset: {file} ({pages} pages)',
  conclusions: {
    'TOTAL-PASSED': 'VALID: unchanged, and the signer is trusted.',
    INDETERMINATE: 'NOT CERTAIN: see the reasons below.',
    'TOTAL-FAILED': 'NOT VALID: do not trust it.',
    'NO-SIGNATURE': 'NO electronic SIGNATURE.',
    UNREADABLE: 'NOT READABLE as PDF.',
  },
  unchanged: 'The content is unchanged',
  changed: 'The content was changed or the signature is broken',
  unjudged: 'Whether it is unchanged could not be judged',
  signer: 'Signer',
  issuer: 'Certificate issuer',
  claimed: "Time by the signer's clock",
  signature: 'Signature',
};

export const commandLine = { id, en } as const;
