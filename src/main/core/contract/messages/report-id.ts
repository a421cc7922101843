/** Texts for the problem codes of a verification report; both languages hold the same keys (a test compares). */
export const report: Readonly<Record<string, string>> = {
  // bentuk tanda tangan
  SIGNATURE_VALUE_UNREADABLE:
    'Kolom tanda tangan terisi, tetapi isinya tidak dapat dibaca sebagai tanda tangan.',
  SIGNATURE_DICTIONARY_AMBIGUOUS:
    'Tanda tangan menyebutkan hal yang sama dua kali ({key}) sehingga dapat dibaca berbeda oleh program lain. Tanda tangan ini dianggap rusak.',
  SIGNATURE_OUTSIDE_ITS_RANGE: 'Data tanda tangan berada di luar bagian berkas yang dicakupnya.',
  CONTENTS_MISSING: 'Tanda tangan ini tidak berisi nilai tanda tangan.',
  CONTENTS_EMPTY: 'Tempat tanda tangan sudah disiapkan, tetapi belum ada yang menandatangani.',
  BYTE_RANGE_MISSING: 'Tanda tangan tidak menyebutkan bagian berkas yang dicakupnya.',
  BYTE_RANGE_MALFORMED:
    'Keterangan tentang bagian berkas yang dicakup tanda tangan tidak tersusun dengan benar.',
  BYTE_RANGE_NOT_FROM_START: 'Tanda tangan tidak mencakup awal berkas.',
  BYTE_RANGE_OUTSIDE_FILE: 'Tanda tangan mengaku mencakup lebih dari isi berkas. Berkas mungkin terpotong.',
  BYTE_RANGE_GAP_WRONG:
    'Tanda tangan melewatkan lebih dari, atau selain, nilainya sendiri. Isi di tempat itu dapat saja diganti.',
  BYTE_RANGE_END_WRONG: 'Tanda tangan tidak mencakup dokumen sampai akhir versi yang ditandatangani.',
  BYTE_RANGE_OVERLAP: 'Dua tanda tangan mengaku menempati bagian berkas yang sama.',
  CMS_UNREADABLE: 'Nilai tanda tangan rusak dan tidak dapat dibaca.',
  CMS_SIGNER_COUNT: 'Nilai tanda tangan memuat {count} penanda tangan; seharusnya tepat satu.',
  CMS_CONTENT_NOT_DETACHED: 'Nilai tanda tangan membawa isi sendiri, bukan menandatangani berkas ini.',
  CMS_CONTENT_TYPE_WRONG: 'Nilai tanda tangan tidak dibuat untuk dokumen.',
  SUBFILTER_UNSUPPORTED: 'Tanda tangan jenis "{name}" belum dapat dinilai oleh versi ini.',

  // tanda tangan itu sendiri
  DIGEST_MISMATCH: 'Dokumen diubah setelah ditandatangani: sidik digitalnya tidak lagi cocok.',
  SIGNATURE_INVALID: 'Nilai tanda tangan tidak cocok dengan dokumen dan sertifikat ini.',
  ALGORITHMS_CONTRADICT: 'Keterangan tanda tangan tentang algoritma yang dipakai saling bertentangan.',
  SIGNED_ATTRIBUTES_WRONG: 'Keterangan yang wajib dilindungi oleh setiap tanda tangan tidak ada atau salah.',
  SIGNING_CERTIFICATE_MISMATCH:
    'Sertifikat ini bukan sertifikat yang dipakai penanda tangan. Sertifikat mungkin telah ditukar.',
  SIGNER_CERTIFICATE_MISSING:
    'Sertifikat penanda tangan tidak ada di dalam berkas sehingga tidak dapat dikatakan siapa yang menandatangani.',
  ALGORITHM_UNSUPPORTED: 'Tanda tangan memakai algoritma yang belum dapat diperiksa oleh versi ini.',
  SIGNING_CERTIFICATE_NOT_NAMED: 'Tanda tangan tidak melindungi keterangan tentang sertifikat miliknya.',

  // kepercayaan
  ISSUER_NOT_TRUSTED:
    'Penerbit "{issuer}" tidak ada dalam daftar kepercayaan, jadi belum diketahui apakah penanda tangan benar seperti yang tertulis dalam sertifikat.',
  CHAIN_BROKEN:
    'Sertifikat "{certificate}" ternyata tidak diterbitkan oleh penerbit yang disebutkannya, atau hal itu tidak dapat diperiksa.',
  CHAIN_RULE_BROKEN: 'Sertifikat "{certificate}" melanggar aturan yang ditetapkan penerbitnya.',
  CERTIFICATE_EXPIRED:
    'Sertifikat "{certificate}" kedaluwarsa pada {date}, dan tidak ada bukti bahwa tanda tangan dibuat sebelumnya.',
  CERTIFICATE_NOT_YET_VALID: 'Sertifikat "{certificate}" baru berlaku mulai {date}.',
  SIGNER_KEY_USAGE: 'Sertifikat "{certificate}" tidak diperuntukkan bagi tanda tangan dokumen.',
  TIMESTAMP_KEY_USAGE: 'Sertifikat "{certificate}" tidak diperuntukkan bagi stempel waktu.',
  DIGEST_WEAK: 'Tanda tangan bertumpu pada {algorithm} yang kini dapat dipalsukan.',
  KEY_WEAK: 'Kunci penanda tangan ({key}) terlalu pendek untuk dianggap aman sekarang.',
  CHAIN_ALGORITHM_WEAK: 'Sertifikat "{certificate}" bertumpu pada algoritma atau kunci yang tidak lagi aman.',
  CERTIFICATE_REVOKED:
    'Sertifikat "{certificate}" dicabut oleh penerbitnya pada {date}, dan tidak ada bukti bahwa tanda tangan dibuat sebelumnya.',
  ISSUER_REVOKED:
    'Sertifikat penerbit "{certificate}" dicabut pada {date}, dan tidak ada bukti bahwa tanda tangan dibuat sebelumnya.',
  REVOCATION_NOT_CHECKED:
    'Belum dapat diperiksa apakah sertifikat ditarik kembali (dicabut) oleh penerbitnya. Ini tidak berarti sertifikat dicabut.',
  REVOCATION_NOT_OFFERED:
    'Penerbit tidak mengumumkan daftar sertifikat yang ditarik kembali (dicabut), jadi tidak ada yang perlu diperiksa.',

  // setelah tanda tangan
  CHANGES_FORBIDDEN:
    'Setelah tanda tangan ini, berkas diubah dengan cara yang tidak dibolehkan oleh aturan mana pun.',
  CHANGES_BEYOND_LEVEL:
    'Setelah tanda tangan ini, berkas diubah melebihi yang dibolehkan oleh sertifikasi atau penanda tangan.',
  FIELD_LOCKED: 'Kolom "{field}" diubah padahal sudah dikunci oleh sebuah tanda tangan.',
  SIGNATURE_REMOVED:
    'Versi berkas yang lebih baru mengeluarkan tanda tangan ini dari kolomnya. Apa pun isi berkas sekarang, dokumen yang ditandatangani telah diubah sesudahnya.',
  EXTERNAL_CONTENT: 'Berkas ini mengambil isi dari berkas lain, yang tidak dilindungi tanda tangan.',
  CHANGES_NOT_JUDGED: 'Berkas ditambah setelah tanda tangan ini dengan cara yang tidak dapat dinilai.',
  FILE_NEEDS_REPAIR:
    'Susunan berkas tidak sebagaimana mestinya; program lain mungkin menampilkan sesuatu yang berbeda dari yang ditandatangani.',

  // catatan
  TIMESTAMP_INVALID:
    'Stempel waktu pada tanda tangan ini bukan miliknya sehingga waktu penandatanganan tidak terbukti.',
  TIMESTAMP_ORDER: 'Stempel waktu saling bertentangan: yang lebih dahulu menyebut waktu yang lebih kemudian.',
  TIMESTAMP_UNTRUSTED:
    'Tanda tangan ini memiliki stempel waktu yang penerbitnya tidak dipercaya atau tidak dapat diperiksa. Stempel itu tidak membuktikan waktu penandatanganan.',
  PICTURE_NOT_COMPARED:
    'Gambar halaman yang ditandatangani tidak dapat dibandingkan dengan yang sekarang; karena itu perubahan yang terlihat belum dinilai sepenuhnya',
  FIELD_VALUE_SHARED: 'Kolom "{field}" menampilkan tanda tangan yang sama sekali lagi.',
  BASELINE_SIGNING_TIME:
    'Waktu penandatanganan ditulis di tempat yang tidak dibolehkan standar PAdES. Tanda tangannya sendiri tidak terpengaruh.',
  BASELINE_DATE_MISSING:
    'Tanggal tanda tangan tidak dinyatakan sesuai standar PAdES. Tanda tangannya sendiri tidak terpengaruh.',
  BASELINE_CERT_ENTRY:
    'Sertifikat ditulis di tempat yang tidak dibolehkan standar PAdES. Tanda tangannya sendiri tidak terpengaruh.',
  BASELINE_ATTRIBUTE_ORDER:
    'Urutan keterangan yang dilindungi tidak sesuai standar PAdES. Tanda tangannya sendiri tidak terpengaruh.',
  BASELINE_REASON_TWICE:
    'Alasan penandatanganan dinyatakan dengan dua cara, yang tidak dibolehkan standar PAdES. Tanda tangannya sendiri tidak terpengaruh.',
  BASELINE_DICTIONARY:
    'Tanda tangan tidak dijelaskan sesuai standar PAdES. Tanda tangannya sendiri tidak terpengaruh.',

  // berkas
  FILE_UNREADABLE: 'Berkas tidak dapat dibaca sebagai PDF. Berkas mungkin rusak, terpotong, atau bukan PDF.',
  FILE_ENCRYPTED: 'Berkas dilindungi kata sandi; tanpa kata sandi itu berkas tidak dapat dibaca.',
  FILE_PASSWORD_WRONG: 'Kata sandi tidak membuka berkas ini.',
  FILE_ENCRYPTION_UNSUPPORTED: 'Berkas dienkripsi dengan cara yang belum dapat dibaca oleh versi ini.',
  UNREADABLE_HOLDS_SIGNATURE: 'Di dalam berkas ada jejak tanda tangan, tetapi tidak dapat dinilai.',
  FILE_REPAIR_NEEDED:
    'Susunan berkas tidak sebagaimana mestinya dan harus diperbaiki sebelum dapat diandalkan.',
  STRAY_SIGNATURE:
    'Berkas memuat data tanda tangan yang tidak ditunjuk oleh kolom tanda tangan mana pun. Tanda tangan mungkin telah dihapus atau diganti.',
  TOO_MANY_SIGNATURES:
    'Berkas memuat lebih banyak tanda tangan daripada yang dinilai versi ini; hanya yang pertama yang didaftar.',
  USAGE_RIGHTS_SIGNATURE:
    'Berkas memuat penanda hak pakai dari sebuah program PDF. Ini bukan tanda tangan seseorang.',

  // apa yang berubah dan di mana
  CHANGE_SIGNATURE_REMOVED: 'Tanda tangan dikeluarkan dari kolomnya',
  CHANGE_FOREIGN_BYTES: 'Data yang tidak termasuk versi yang sah dari berkas ini',
  CHANGE_TRAILING_BYTES: 'Data di belakang bagian yang ditandatangani',
  CHANGE_DSS: 'Bukti untuk pemeriksaan di kemudian hari ditambahkan (sertifikat, data pencabutan)',
  CHANGE_DOCUMENT_TIMESTAMP: 'Stempel waktu atas seluruh dokumen ditambahkan',
  CHANGE_METADATA: 'Keterangan tentang dokumen ({detail}) diubah; tidak tampil di halaman mana pun',
  CHANGE_EXTENSIONS: 'Catatan tentang fitur PDF yang dipakai ditambahkan',
  CHANGE_INTEGRITY_CODE: 'Kode keutuhan berkas terenkripsi diperbarui',
  CHANGE_NOTHING_SHOWN: 'Versi baru disimpan; tidak ada yang mengubah dokumen',
  CHANGE_SIGNATURE_ADDED: 'Tanda tangan lain ditambahkan',
  CHANGE_SIGNATURE_FIELD_ADDED: 'Kolom tanda tangan ditambahkan',
  CHANGE_TIMESTAMP_VISIBLE: 'Stempel waktu yang tampak ditambahkan',
  CHANGE_FIELD_FILLED: 'Kolom isian diisi',
  CHANGE_ANNOTATION_ADDED: 'Komentar ditambahkan ({detail})',
  CHANGE_ANNOTATION_CHANGED: 'Komentar diubah ({detail})',
  CHANGE_ANNOTATION_REMOVED: 'Komentar dihapus ({detail})',
  CHANGE_ANNOTATION_KIND:
    'Sesuatu yang dapat menutupi atau mengubah halaman ditambahkan, diubah, atau dihapus ({detail})',
  CHANGE_CATALOG_CHANGED: 'Susunan dokumen diubah ({detail})',
  CHANGE_CERTIFICATION_LATE: 'Sertifikasi ditambahkan padahal dokumen sudah ditandatangani',
  CHANGE_DOCUMENT_CHANGED: 'Dokumen itu sendiri diubah ({detail})',
  CHANGE_FIELD_ADDED: 'Kolom isian ditambahkan',
  CHANGE_FIELD_APPEARANCE: 'Gambar kolom isian ditukar sedangkan nilainya tetap',
  CHANGE_FIELD_REMOVED: 'Kolom isian dihapus',
  CHANGE_FIELD_STRUCTURE: 'Kolom isian disusun ulang ({detail})',
  CHANGE_FORM_CHANGED: 'Formulir secara keseluruhan diubah ({detail})',
  CHANGE_OBJECT_SHARED: 'Bagian yang juga dipakai di tempat lain dalam dokumen diubah',
  CHANGE_OBJECT_STREAM_CHANGED:
    'Bagian dokumen yang dikemas ditulis ulang sehingga dapat dibaca berbeda oleh program lain',
  CHANGE_PAGE_CHANGED: 'Sebuah halaman diubah ({detail})',
  CHANGE_PAGE_TREE: 'Halaman ditambahkan, dihapus, atau diurutkan ulang',
  CHANGE_PICTURE_CHANGED: 'Sebuah halaman tampak berbeda dari yang ditandatangani',
  CHANGE_CONTENT_COVERED: 'Sesuatu yang ditambahkan menutupi isi yang ditandatangani',
  CHANGE_CONTENT_REVEALED: 'Sesuatu yang dahulu menutupi isi yang ditandatangani telah disingkirkan',
  CHANGE_SIGNATURE_REPLACED: 'Sebuah tanda tangan diganti dengan yang lain',
  CHANGE_TOO_MUCH_TO_JUDGE: 'Perubahan terlalu banyak untuk dinilai',
  CHANGE_TRAILER_CHANGED: 'Akar berkas diubah ({detail})',
  CHANGE_WIDGET_FOREIGN: 'Unsur formulir yang bukan milik kolom yang dibolehkan diletakkan di halaman',
  WHERE_REVISION: 'versi {number}',
  WHERE_PAGE: 'halaman {number}',
  WHERE_FIELD: 'kolom "{name}"',
  WHERE_OBJECT: 'objek {number}',
  WHERE_BYTE: 'bita {offset}',
};
