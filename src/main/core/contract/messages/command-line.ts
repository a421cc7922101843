/** What the command line says, in both languages. */
const id = {
  usage: `Pemakaian:
  eletter verify BERKAS_ATAU_FOLDER... [--json] [--trust PEM_ATAU_FOLDER]... [--at ISO] [--password-file F] [--online]
  eletter verify BERKAS --report LAPORAN.pdf
  eletter sign BERKAS --p12 P12 --passphrase-file F --out HASIL [--level b|t|lt|lta] [--tsa URL] [--field NAMA]
               [--visible halaman,x,y,l,t] [--reason R] [--location L] [--certify no-changes|form-filling|annotations]
               [--password-file F] [--accept-risks] [--lock all|include:ISIAN,...|exclude:ISIAN,...]
               [--lock-permit no-changes|form-filling|annotations]
               [--trust PEM_ATAU_FOLDER]... [--json]
  eletter sign BERKAS_ATAU_FOLDER... --p12 P12 --passphrase-file F --out FOLDER ...   (banyak berkas; yang sudah ada di FOLDER dilewati)
  eletter timestamp BERKAS --tsa URL --out HASIL [--trust PEM_ATAU_FOLDER]... [--password-file F] [--json]
  eletter renew BERKAS_ATAU_FOLDER... --tsa URL [--within HARI] [--trust PEM_ATAU_FOLDER]... [--password-file F] [--json]
       [--digest sha256|sha384|sha512] [--pss]
       ... --pkcs11 PUSTAKA [--token NOSERI] [--certificate NOSERI] --passphrase-file PIN   (ganti --p12; lihat eletter tokens PUSTAKA)
       ... --gateway PENGATURAN.json --passphrase-file F                                    (ganti --p12; BSrE Esign Client Service)
  eletter typeset SURAT.json --out HASIL.pdf [--profile BERKAS]
  eletter statement check TEKS_QR|BERKAS --card KARTU.json... [--json]
  eletter statement check --scan GAMBAR_ATAU_PDF... --card KARTU.json... [--json]
  eletter statement certify KARTU.json --p12 P12 --passphrase-file F --out KARTU.json
  eletter vault check [SET] | backup --to FOLDER | restore SET | rekey | salvage
               [--user NAMA --passphrase-file F] [--data FOLDER] [--json]
  eletter vault create KANTOR.json --passphrase-file F --signing-passphrase-file F [--policy-read VERSI] [--data FOLDER]
  eletter ca init FOLDER --organisation NAMA --passphrase-file F [--crl-url URL] [--ocsp-url URL]
  eletter ca issue FOLDER --csr CSR --out CERT.pem --passphrase-file F [--kind person|office] [--name NAMA] [--days N]
  eletter ca revoke FOLDER --serial HEX --passphrase-file F [--reason unspecified|key-compromise|affiliation-changed|superseded|cessation-of-operation]
  eletter ca crl FOLDER --out CRL --passphrase-file F [--root] [--days N] | ocsp FOLDER --request REQ --out RESP --passphrase-file F
  eletter ca list FOLDER --passphrase-file F   [--json] | leaflet FOLDER|ROOT.pem --out PDF
  eletter --version
Semua perintah menerima --lang id|en.`,
  unknown: 'Perintah tidak dikenal: {command}',
  missing: 'Argumen belum lengkap: {argument}',
  badValue: 'Nilai tidak sah untuk {argument}',
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
  signed: 'Ditandatangani: {file} ({level})',
  uncertifiedKnown: 'Tidak tersertifikasi: sertifikatnya dari CA internal atau CA uji, bukan PSrE Indonesia.',
  certified: 'Tersertifikasi: sertifikat dari penyelenggara (PSrE) Indonesia.',
  uncertified: 'Tidak tersertifikasi: penerbitnya tidak dikenal di sini sebagai PSrE Indonesia.',
  lowered: 'Tingkat {wanted} belum tercapai, tanda tangan berlaku pada {reached}: {why}',
  lowerings: {
    TSA_UNREACHABLE: 'layanan stempel waktu tidak menjawab',
    TSA_DECLINED: 'layanan stempel waktu menolak permintaan',
    TSA_ANSWER_TOO_LARGE: 'stempel waktu terlalu besar untuk tempatnya',
    REVOCATION_UNREACHABLE: 'status pencabutan sertifikat tidak dapat ditanyakan',
    REVOCATION_UNUSABLE: 'jawaban status pencabutan tidak dapat dipakai',
    REVOCATION_NOT_OFFERED: 'penerbit tidak menyediakan status pencabutan',
    ISSUER_UNREACHABLE: 'sertifikat penerbit tidak dapat diambil',
    GATEWAY_DECIDES: 'layanan tanda tangan memberi tingkat ini',
  },
  risk: 'Perhatian: {what} ({where}) [{code}]',
  risks: {
    JAVASCRIPT: 'skrip di dalam PDF dapat mengubah tampilannya',
    XFA: 'formulir XFA dapat tampil lain di program lain',
    HIDDEN_LAYER: 'ada lapisan yang tidak tampak atau hanya tampak di layar atau cetakan',
    LAYERS: 'isi tersusun dalam lapisan',
    UNUSED_PAGE: 'ada halaman yang tidak ditampilkan',
    OVERLAY_ANNOTATION: 'ada anotasi yang dapat menutupi isi',
    HIDDEN_ANNOTATION: 'ada anotasi yang tidak tampak',
    FIELD_FONT_NOT_EMBEDDED: 'fon sebuah isian formulir tidak tertanam',
    NOT_GRANTED: 'pemilik berkas tidak mengizinkan pengisian formulir',
  },
  renewed: 'Diperbarui: {file} (berlaku sampai {date})',
  notDue: 'Belum perlu: {file} (berlaku sampai {date})',
  notSigned: 'Tanpa tanda tangan: {file}',
  renewLater: 'Ditunda: {file}: {why}',
  notRenewed: 'GAGAL: {file}: {why}',
  notSignedFile: 'GAGAL: {file}: {why}',
  signedMany: '{signed} ditandatangani, {there} sudah ada, {failed} gagal.',
  stamped: 'Diberi stempel waktu: {file} ({at})',
  notStamped: 'Belum diberi stempel waktu: {why}',
  renewStopped: 'Layanan stempel waktu tidak menjawab; {count} berkas lain tidak dicoba.',
  renewals:
    '{renewed} diperbarui, {notDue} belum perlu, {unsigned} tanpa tanda tangan, {later} ditunda, {failed} gagal.',
  typeset: 'Disusun: {file} ({pages} halaman)',
  statementGenuine: 'ASLI: {office} menerbitkan surat dengan data ini.',
  statementUnknown:
    'BELUM DAPAT DIPASTIKAN: kunci {key} bukan milik kantor yang kartunya diberikan. Datanya tidak ditampilkan.',
  statementForged: 'PALSU: mengaku dari {office}, tetapi tidak dibuat oleh kantor itu. Jangan dipercaya.',
  statementWithdrawn:
    'JANGAN DIPERCAYA: kunci {office} ini sudah tidak dipakai sejak {until}, sedangkan tanggal suratnya sesudah itu.',
  statementWarnings: {
    LOOKALIKE: 'Perhatian: ada huruf atau angka yang hanya menyerupai huruf Latin. Periksa ejaannya.',
    OLD_KEY: 'Dibuat dengan kunci lama kantor itu, dari masa kunci itu masih dipakai.',
  },
  cardCertified: 'Kartu disahkan: {file} oleh {subject}',
  scanPage: 'Halaman {page}: ',
  scanBroken: 'Kode QR ini mengaku pernyataan surat, tetapi isinya rusak atau tidak lengkap.',
  scanOther: 'Kode QR lain, bukan pernyataan surat: {text}',
  scanNothing: 'Tidak ada kode QR yang terbaca.',
  scanPartly: 'Hanya {read} dari {pages} halaman dibaca.',
  statementNumber: 'Nomor',
  statementDate: 'Tanggal',
  statementSender: 'Pengirim',
  statementSigner: 'Penanda tangan',
  statementSubject: 'Hal',
  statementWithheld: '(tidak dicantumkan, surat tertutup)',
  statementLimits:
    'Yang TIDAK dibuktikan: kata-kata lain pada kertas. Bandingkan data di atas dengan kertasnya; untuk isinya, periksa PDF yang ditandatangani. Pernyataan ini sendiri tidak tersertifikasi; apakah tanda tangan suratnya tersertifikasi tertulis di kaki suratnya dan di hasil pemeriksaan PDF-nya.',
  caMade:
    'CA internal dibuat di {folder}. Sidik jari SHA-256 akar: {fingerprint}\nTanda tangannya tidak tersertifikasi. Simpan salinan ca.eletter; tanpa itu pencabutan tidak mungkin.',
  caIssued: 'Diterbitkan (tidak tersertifikasi): {subject}\nNomor seri {serial}, berkas {file}',
  caRevoked: 'Dicabut: {serial} sejak {at}. Terbitkan CRL baru sekarang.',
  caListed: 'CRL ditulis: {file} ({revoked} dicabut), berlaku sampai {nextUpdate}',
  caLeaflet:
    'Lembar sidik jari ditulis: {file}\nSidik jari SHA-256 akar: {fingerprint}\nTanda tangan di bawahnya tidak tersertifikasi.',
  caAnswered: 'Jawaban OCSP ditulis: {file}',
  caGood: 'berlaku',
  tokenKeys: '{count} sertifikat',
  tokenLocked: 'PIN TERKUNCI',
  caRevokedAt: 'dicabut {at}',
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
  eletter verify FILE_OR_DIR... [--json] [--trust PEM_OR_DIR]... [--at ISO] [--password-file F] [--online]
  eletter verify FILE --report REPORT.pdf
  eletter sign FILE --p12 P12 --passphrase-file F --out OUT [--level b|t|lt|lta] [--tsa URL] [--field NAME]
               [--visible page,x,y,w,h] [--reason R] [--location L] [--certify no-changes|form-filling|annotations]
               [--password-file F] [--accept-risks] [--lock all|include:FIELD,...|exclude:FIELD,...]
               [--lock-permit no-changes|form-filling|annotations]
               [--trust PEM_OR_DIR]... [--json]
  eletter sign FILE_OR_FOLDER... --p12 P12 --passphrase-file F --out FOLDER ...   (many files; what is in FOLDER already is passed over)
  eletter timestamp FILE --tsa URL --out OUT [--trust PEM_OR_FOLDER]... [--password-file F] [--json]
  eletter renew FILE_OR_DIR... --tsa URL [--within DAYS] [--trust PEM_OR_DIR]... [--password-file F] [--json]
       [--digest sha256|sha384|sha512] [--pss]
       ... --pkcs11 LIBRARY [--token SERIAL] [--certificate SERIAL] --passphrase-file PIN   (instead of --p12; see eletter tokens LIBRARY)
       ... --gateway SETTINGS.json --passphrase-file F                                      (instead of --p12; BSrE Esign Client Service)
  eletter typeset LETTER.json --out OUT.pdf [--profile FILE]
  eletter statement check QR_TEXT|FILE --card CARD.json... [--json]
  eletter statement check --scan PICTURE_OR_PDF... --card CARD.json... [--json]
  eletter statement certify CARD.json --p12 P12 --passphrase-file F --out CARD.json
  eletter vault check [SET] | backup --to FOLDER | restore SET | rekey | salvage
               [--user NAME --passphrase-file F] [--data FOLDER] [--json]
  eletter vault create OFFICE.json --passphrase-file F --signing-passphrase-file F [--policy-read VERSION] [--data FOLDER]
  eletter ca init FOLDER --organisation NAME --passphrase-file F [--crl-url URL] [--ocsp-url URL]
  eletter ca issue FOLDER --csr CSR --out CERT.pem --passphrase-file F [--kind person|office] [--name NAME] [--days N]
  eletter ca revoke FOLDER --serial HEX --passphrase-file F [--reason unspecified|key-compromise|affiliation-changed|superseded|cessation-of-operation]
  eletter ca crl FOLDER --out CRL --passphrase-file F [--root] [--days N] | ocsp FOLDER --request REQ --out RESP --passphrase-file F
  eletter ca list FOLDER --passphrase-file F   [--json] | leaflet FOLDER|ROOT.pem --out PDF
  eletter --version
Every command takes --lang id|en.`,
  unknown: 'Unknown command: {command}',
  missing: 'Missing argument: {argument}',
  badValue: 'Not a valid value for {argument}',
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
  signed: 'Signed: {file} ({level})',
  uncertifiedKnown:
    'Not certified (tidak tersertifikasi): the certificate is of an in-house or a test CA, not of an Indonesian PSrE.',
  certified: 'Certified (tersertifikasi): a certificate of an Indonesian provider (PSrE).',
  uncertified: 'Not certified (tidak tersertifikasi): the issuer is not known here as an Indonesian PSrE.',
  lowered: 'Level {wanted} was not reached, the signature stands at {reached}: {why}',
  lowerings: {
    TSA_UNREACHABLE: 'the timestamp authority did not answer',
    TSA_DECLINED: 'the timestamp authority declined',
    TSA_ANSWER_TOO_LARGE: 'the timestamp is too large for its place',
    REVOCATION_UNREACHABLE: 'nobody answered whether the certificate is revoked',
    REVOCATION_UNUSABLE: 'the answer about revocation cannot be used',
    REVOCATION_NOT_OFFERED: 'the issuer publishes no revocation data',
    ISSUER_UNREACHABLE: "the issuer's certificate could not be fetched",
    GATEWAY_DECIDES: 'the signing service gave this level',
  },
  risk: 'Beware: {what} ({where}) [{code}]',
  risks: {
    JAVASCRIPT: 'a script in the PDF can change what it shows',
    XFA: 'an XFA form may look otherwise in another program',
    HIDDEN_LAYER: 'a layer is not shown, or only on screen or in print',
    LAYERS: 'the content is set in layers',
    UNUSED_PAGE: 'a page is not shown',
    OVERLAY_ANNOTATION: 'an annotation may cover the content',
    HIDDEN_ANNOTATION: 'an annotation is not shown',
    FIELD_FONT_NOT_EMBEDDED: 'the font of a form field is not embedded',
    NOT_GRANTED: 'the owner of the file does not allow forms to be filled in',
  },
  renewed: 'Renewed: {file} (good until {date})',
  notDue: 'Not due: {file} (good until {date})',
  notSigned: 'No signature: {file}',
  renewLater: 'Put off: {file}: {why}',
  notRenewed: 'FAILED: {file}: {why}',
  notSignedFile: 'FAILED: {file}: {why}',
  signedMany: '{signed} signed, {there} there already, {failed} failed.',
  stamped: 'Timestamped: {file} ({at})',
  notStamped: 'Not timestamped yet: {why}',
  renewStopped: 'The timestamp authority does not answer; {count} more files were not tried.',
  renewals:
    '{renewed} renewed, {notDue} not due, {unsigned} without signature, {later} put off, {failed} failed.',
  typeset: 'Typeset: {file} ({pages} pages)',
  statementGenuine: 'GENUINE: {office} issued a letter with these data.',
  statementUnknown: 'UNDETERMINED: key {key} is of no office whose card was given. Its data are not shown.',
  statementForged: 'FORGED: it claims to be from {office}, which did not make it. Do not trust it.',
  statementWithdrawn: 'DO NOT TRUST IT: {office} gave this key up on {until}, and the letter is dated later.',
  statementWarnings: {
    LOOKALIKE: 'Beware: some letters or digits only look Latin. Check the spelling.',
    OLD_KEY: 'Made with an old key of that office, of the time when it was in use.',
  },
  cardCertified: 'Card certified: {file} by {subject}',
  scanPage: 'Page {page}: ',
  scanBroken: 'This QR code claims to be a statement, but it is broken or incomplete.',
  scanOther: 'Another QR code, no statement: {text}',
  scanNothing: 'No QR code could be read.',
  scanPartly: 'Only {read} of {pages} pages were read.',
  statementNumber: 'Number',
  statementDate: 'Date',
  statementSender: 'Sender',
  statementSigner: 'Signer',
  statementSubject: 'Subject',
  statementWithheld: '(not told, sealed letter)',
  statementLimits:
    'NOT proven: the other words on the paper. Compare the data above with it; for its content, verify the signed PDF. This statement itself is not certified (tidak tersertifikasi); whether the signature of the letter is stands in its footer and in the report on its PDF.',
  caMade:
    'In-house CA made in {folder}. SHA-256 fingerprint of the root: {fingerprint}\nIts signatures are not certified (tidak tersertifikasi). Keep a copy of ca.eletter; nothing can be revoked without it.',
  caIssued: 'Issued (not certified, tidak tersertifikasi): {subject}\nSerial number {serial}, file {file}',
  caRevoked: 'Revoked: {serial} since {at}. Publish a new CRL now.',
  caListed: 'CRL written: {file} ({revoked} revoked), good until {nextUpdate}',
  caLeaflet:
    'Fingerprint leaflet written: {file}\nSHA-256 fingerprint of the root: {fingerprint}\nSignatures under it are not certified (tidak tersertifikasi).',
  caAnswered: 'OCSP answer written: {file}',
  caGood: 'good',
  tokenKeys: '{count} certificates',
  tokenLocked: 'PIN LOCKED',
  caRevokedAt: 'revoked {at}',
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
