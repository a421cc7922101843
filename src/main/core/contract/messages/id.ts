import type { ErrorCode } from '../errors.ts';
import { report } from './report-id.ts';

const errors: Readonly<Record<ErrorCode, string>> = {
  BAD_REQUEST: 'Permintaan tidak lengkap atau tidak sah: {field}. Tidak ada yang diubah.',
  NOT_ALLOWED: 'Akun Anda tidak berwenang untuk tindakan ini.',
  NOT_FOUND: 'Data yang diminta tidak ditemukan.',
  INTERNAL:
    'Terjadi kesalahan di dalam aplikasi. Data Anda tetap seperti semula; rinciannya ada di catatan teknis.',
  TIMED_OUT: 'Pekerjaan ini terlalu lama dan dihentikan. Tidak ada yang diubah.',
  VAULT_MISSING: 'Brankas surat belum dibuat di folder data ini.',
  VAULT_EXISTS: 'Folder data ini sudah berisi brankas surat.',
  VAULT_LOCKED: 'Brankas surat terkunci. Masuklah dengan kata sandi Anda.',
  VAULT_IN_USE:
    'Brankas surat sedang dibuka oleh aplikasi lain di komputer ini. Tutup dahulu, lalu coba lagi.',
  VAULT_DAMAGED:
    'Brankas surat tidak dapat dibaca utuh: {part}. Tidak ada yang dihapus; pulihkan dari cadangan atau hubungi petugas TI.',
  VAULT_FROM_FUTURE:
    'Brankas ini dibuat oleh versi aplikasi yang lebih baru (skema {found}, aplikasi ini {known}). Perbarui aplikasi; isi brankas tidak disentuh.',
  VAULT_NETWORK_DRIVE: 'Brankas tidak boleh berada di drive jaringan. Pilih folder pada komputer ini.',
  DISK_FULL: 'Ruang penyimpanan penuh. Perubahan terakhir tidak disimpan; yang sudah tersimpan tetap aman.',
  FOLDER_NOT_WRITABLE: 'Folder data tidak dapat ditulisi. Minta petugas TI memberi izin tulis.',
  OBJECT_DAMAGED: 'Berkas surat di brankas rusak atau hilang. Surat lain tidak terpengaruh.',
  BACKUP_TORN:
    'Cadangan ini tidak lengkap atau rusak: {part}. Brankas yang ada tidak disentuh; coba cadangan yang lain.',
  BACKUP_NOT_VERIFIED:
    'Cadangan yang baru ditulis tidak sama dengan brankas ({part}) sehingga dibuang. Cadangan sebelumnya tetap ada; periksa media penyimpannya.',
  BACKUP_FROM_FUTURE:
    'Cadangan ini dibuat oleh versi aplikasi yang lebih baru. Perbarui aplikasi, lalu pulihkan lagi.',
  REKEY_NOT_READY:
    'Kunci brankas belum dapat diganti: {missing} akun belum pernah masuk sejak pembaruan aplikasi. Minta mereka masuk satu kali dahulu.',
  PASSPHRASE_WRONG: 'Kata sandi salah. Periksa huruf besar dan tata letak papan ketik.',
  PASSPHRASE_WEAK: 'Kata sandi terlalu pendek: sedikitnya {min} karakter.',
  RECOVERY_KEY_MISTYPED:
    'Kunci pemulihan belum lengkap atau ada yang salah ketik. Bandingkan tiap kelompok dengan lembar yang dicetak.',
  RECOVERY_KEY_WRONG: 'Kunci pemulihan ini bukan kunci brankas ini, atau sudah diganti dengan yang baru.',
  PASSPHRASE_NOT_NEW: 'Kata sandi baru harus berbeda dari yang sekarang.',
  PASSPHRASES_EQUAL: 'Kata sandi tanda tangan harus berbeda dari kata sandi akun.',
  SIGNING_PASSPHRASE_WRONG: 'Kata sandi tanda tangan salah.',
  USERNAME_TAKEN: 'Nama pengguna ini sudah dipakai.',
  TOO_MANY_ATTEMPTS:
    'Terlalu banyak kata sandi salah. Coba lagi {seconds} detik lagi; percobaan ini dicatat untuk administrator.',
  ACCOUNT_REVOKED: 'Akun ini sudah dicabut.',
  LAST_ADMINISTRATOR: 'Brankas harus memiliki sedikitnya satu administrator yang aktif.',
  POST_DATES_WRONG: 'Tanggal berakhir tidak boleh mendahului tanggal mulai.',
  POST_MISSING: 'Tidak ada jabatan yang berlaku hari ini. Minta administrator mengisinya.',
  UNIT_UNKNOWN: 'Unit {unit} belum terdaftar.',
  UNIT_CYCLE: 'Unit {unit} tidak dapat berada di bawah unitnya sendiri.',
  DEPUTY_INVALID: 'Pengganti harus orang lain, sudah aktif, dan masa tugasnya sah.',
  ROLES_EMPTY: 'Pilih sedikitnya satu peran.',
  KEY_NOT_RESTORED:
    'Kunci akun lama tidak dapat dibuka. Surat tertutup dapat dibagikan kembali oleh penulis atau penerima lain.',
  NOTHING_TO_RESTORE: 'Kunci akun ini sudah lengkap; tidak ada yang perlu dikembalikan.',
  REQUEST_OPEN: 'Permintaan penghapusan Anda masih menunggu jawaban.',
  REQUEST_CLOSED: 'Permintaan ini sudah dijawab atau ditarik.',
  ANSWER_INCOMPLETE: 'Penolakan harus menyebut alasan dan dasar hukumnya.',
  POLICY_NOT_ACKNOWLEDGED: 'Kebijakan privasi yang berlaku belum dibaca dan dinyatakan sudah dibaca.',
  ACTIVATION_NEEDED: 'Akun ini belum diaktifkan: baca kebijakan privasi dan buat kata sandi Anda sendiri.',
  P12_PASSPHRASE_WRONG: 'Kata sandi berkas sertifikat (.p12) salah.',
  P12_CIPHER_UNSUPPORTED:
    'Berkas sertifikat dienkripsi dengan cara yang belum didukung ({cipher}). Kata sandinya mungkin benar; ekspor ulang dengan AES-256.',
  P12_UNREADABLE: 'Berkas ini bukan berkas sertifikat PKCS#12 yang utuh.',
  P12_NO_KEY: 'Berkas sertifikat ini tidak berisi kunci privat.',
  KEY_MISMATCH: 'Kunci privat tidak cocok dengan sertifikatnya.',
  KEY_UNSUPPORTED: 'Jenis kunci {algorithm} belum didukung.',
  CERTIFICATE_EXPIRED: 'Sertifikat sudah kedaluwarsa sejak {date}.',
  CERTIFICATE_NOT_YET_VALID: 'Sertifikat baru berlaku mulai {date}.',
  CERTIFICATE_WRONG_USAGE: 'Sertifikat ini tidak diperuntukkan bagi tanda tangan dokumen.',
  CERTIFICATE_UNREADABLE: 'Sertifikat tidak dapat dibaca.',
  IDENTITY_MISSING: 'Anda belum memiliki sertifikat tanda tangan. Impor berkas .p12 atau buat identitas uji.',
  LETTER_INCOMPLETE: 'Surat belum lengkap: {field}.',
  LETTER_CHANGED_ELSEWHERE:
    'Surat ini sudah diubah di tempat lain. Muat ulang untuk melihat versi terbaru; tulisan Anda masih ada di layar.',
  LETTER_NOT_EDITABLE: 'Surat ini tidak lagi berupa konsep sehingga tidak dapat diubah.',
  LETTER_TOO_LARGE: 'Surat terlalu besar (batas {max}).',
  SEARCH_NO_WORDS: 'Yang diketik hanya tanda baca. Ketik sebuah kata, atau bagian dari nomor surat.',
  SEARCH_TOO_LONG:
    'Pencarian terlalu panjang: paling banyak {words} kata dan {max} huruf. Pakai kata-kata yang paling khas saja.',
  SEARCH_TOO_MANY: 'Sudah ada {max} pencarian tersimpan. Hapus yang tidak dipakai lagi.',
  LETTER_SEALED: 'Surat ini tertutup bagi akun Anda. Penulisnya dapat memberi akses.',
  LETTER_NOT_SUBMITTED:
    'Surat ini meminta paraf atau tanda tangan orang lain. Ajukan dahulu, lalu tunggu giliran Anda.',
  LETTER_ALREADY_READ:
    'Surat sudah dibuka atau ditangani penerimanya sehingga tidak dapat ditarik. Cabut atau ganti dengan surat baru.',
  NOT_YOUR_TURN:
    'Belum giliran Anda, atau bagian Anda sudah selesai. Muat ulang daftar untuk melihat keadaannya.',
  DEPUTY_NOT_NOW: 'Anda mewakili {name} hanya dari {from} sampai {until}.',
  REVIEWER_INVALID:
    '{name} tidak dapat memberi paraf pada surat ini. Pilih pegawai aktif dengan peran pemeriksa atau penanda tangan, bukan penulisnya sendiri, masing-masing satu kali.',
  SIGNER_INVALID:
    '{name} tidak dapat menandatangani surat ini. Pilih pegawai aktif dengan peran penanda tangan, masing-masing satu kali.',
  READER_NOT_READY: '{name} belum mengaktifkan akunnya sehingga surat tertutup belum dapat disegel untuknya.',
  READER_IS_PARTY: 'Penulis surat selalu dapat membaca suratnya.',
  READER_HAS_TASK:
    'Orang ini masih memegang atau memberi disposisi atas surat ini. Selesaikan atau batalkan disposisinya dahulu.',
  LETTER_NOT_IN_FORCE: 'Surat ini tidak berlaku lagi, jadi tidak dapat didisposisikan.',
  DISPOSITION_EMPTY: 'Pilih sedikitnya satu penerima, dan satu perintah atau tulis catatan.',
  DISPOSITION_RECEIVER_INVALID:
    '{name} tidak dapat menerima disposisi ini. Pilih pegawai aktif, masing-masing satu kali, bukan pemberi disposisi atau orang di atasnya, dan bukan yang masih memegang disposisi yang sama.',
  DISPOSITION_DEADLINE_PAST: 'Batas waktu {date} sudah lewat. Pilih hari ini atau sesudahnya.',
  DISPOSITION_MOVED_ON: 'Disposisi ini sudah berubah. Muat ulang untuk melihat keadaannya sekarang.',
  DISPOSITION_PASSED_ON_OPEN:
    'Yang Anda teruskan belum selesai. Tunggu laporannya, atau batalkan yang belum dibaca.',
  BATCH_OPEN: 'Masih ada tanda tangan banyak surat yang belum selesai. Lanjutkan atau singkirkan dahulu.',
  BATCH_MISSING: 'Tidak ada tanda tangan banyak surat yang sedang menunggu.',
  BATCH_RUNNING: 'Tanda tangan banyak surat sedang berjalan. Jeda dahulu.',
  BATCH_PAUSED: 'Tanda tangan banyak surat sedang dijeda. Lanjutkan dengan kata sandi tanda tangan.',
  BATCH_MOVED_ON:
    'Giliran sudah pindah ke surat lain. Surat ini tidak disentuh; lihat surat yang tampil sekarang.',
  BATCH_CERTIFICATE_OTHER: 'Nomor surat ini dipesan untuk sertifikat lain. Lanjutkan surat ini tersendiri.',
  REGISTER_TOO_LONG:
    'Terlalu banyak catatan: paling banyak {max}. Pilih masa yang lebih pendek, atau simpan sebagai CSV atau XLSX.',
  DISPATCH_TIME_WRONG: 'Waktu penyerahan tidak boleh sebelum surat ditandatangani atau di masa depan.',
  ADDRESS_DOUBLE: 'Nama dan tempat ini sudah ada di buku alamat.',
  ADDRESS_BOOK_FULL: 'Buku alamat penuh: paling banyak {max} alamat.',
  GROUP_DOUBLE: 'Sudah ada kelompok dengan nama ini.',
  GROUP_FULL: 'Kelompok terlalu besar: paling banyak {max} anggota.',
  CSV_NOT_TEXT: 'Berkas ini bukan CSV. Di Excel pilih “Simpan Sebagai”, lalu “CSV UTF-8 (dibatasi koma)”.',
  CSV_EMPTY: 'Tabel ini kosong. Baris pertama harus judul kolom, lalu satu baris untuk setiap penerima.',
  CSV_TOO_LARGE: 'Berkas terlalu besar: paling banyak {max}.',
  CSV_TOO_MANY_ROWS: 'Tabel terlalu panjang: paling banyak {max} baris.',
  CSV_TOO_MANY_COLUMNS: 'Tabel terlalu lebar: paling banyak {max} kolom.',
  CSV_QUOTES: 'Tanda kutip pada baris {row} tidak ditutup atau tidak pada tempatnya. Simpan ulang tabelnya.',
  CSV_COLUMN_MISSING: 'Tabel ini tidak punya kolom “{column}”.',
  MERGE_ROWS_WRONG: '{count} baris belum benar. Perbaiki tabelnya, atau pilih untuk melewati baris itu.',
  MERGE_COLUMNS_WRONG: 'Kolom yang dipilih tidak cocok lagi dengan tabel atau suratnya. Periksa pilihannya.',
  MERGE_TOO_LARGE:
    'Semua surat ini bersama-sama terlalu besar (batas {max}). Bagi tabelnya menjadi beberapa bagian, atau pendekkan suratnya.',
  GLYPH_MISSING:
    'Karakter {characters} tidak ada dalam huruf yang tersedia. Ganti karakter itu sebelum menandatangani.',
  VARIABLE_UNKNOWN:
    'Variabel {names} pada {field} tidak dikenal atau tidak ada isinya. Ganti dengan tulisan, atau isi dahulu datanya.',
  MODULE_TOO_LARGE: 'Naskah baku ini terlalu panjang (batas {max}). Simpan bagian yang lebih pendek.',
  MODULES_FULL: 'Naskah baku sudah {max} buah. Hapus dahulu yang tidak dipakai lagi.',
  TYPESET_FAILED: 'Surat tidak dapat disusun menjadi PDF. Konsep tetap tersimpan.',
  LETTER_FILE_INVALID: 'Berkas surat tidak sah pada {field}.',
  NUMBER_FORMAT_INVALID:
    'Format nomor ini tidak dapat dipakai: harus ada tepat satu nomor urut, hanya penanda yang dikenal, dan ada tanda seperti “/” atau “-” di antara penanda dan di samping nomor urut.',
  NUMBER_FORMAT_COLLIDES:
    'Nomor yang sama dapat terjadi dua kali: buku {register} unit {unit} tahun {year} juga dapat memuat {example}. Ubah format salah satunya.',
  NUMBER_BOOK_STARTED:
    'Buku {register} unit {unit} tahun {year} sudah berjalan; nomor urut pertamanya tidak dapat diubah lagi.',
  NUMBER_BOOK_OPEN: 'Nomor {number} tahun ini masih terbuka. Pakai atau batalkan dahulu.',
  NUMBER_YEAR_CLOSED: 'Buku nomor unit {unit} tahun {year} sudah ditutup.',
  NUMBER_YEAR_RUNNING: 'Hanya tahun yang sudah berakhir yang dapat ditutup.',
  NUMBER_DATE_PASSED:
    'Nomor terakhir buku ini bertanggal {date}. Surat bertanggal lebih awal memerlukan nomor sisipan dari tata usaha.',
  NUMBER_DATE_FUTURE: 'Tanggal surat tidak boleh sesudah hari ini.',
  NUMBER_DATE_NOT_ALLOWED:
    'Di kantor ini nomor untuk tanggal yang sudah lewat diberikan oleh tata usaha. Mintalah nomor sisipan.',
  NUMBER_HELD_OTHER:
    'Nomor {number} dipesan untuk register, unit, klasifikasi, tingkat keamanan, atau penanda tangan lain. Surat tidak ditandatangani.',
  KIND_UNKNOWN: 'Profil peraturan yang berlaku tidak mengenal jenis naskah “{kind}”.',
  KIND_IN_USE:
    'Jenis naskah “{kind}” sudah dipakai surat di brankas ini sehingga tidak dapat dihapus. Sembunyikan saja.',
  KIND_NUMBERS_COLLIDE:
    'Format nomor ini dapat menghasilkan nomor yang sama dengan “{kind}” yang berada di buku nomor lain. Beri pembeda, misalnya /ST/.',
  TEMPLATES_CHANGED_ELSEWHERE:
    'Templat naskah sudah diubah di tempat lain. Perubahan Anda masih tersimpan; muat ulang untuk melihat versi terbaru.',
  ARMS_UNREADABLE: 'Gambar ini bukan PNG, JPEG, atau SVG yang utuh.',
  ARMS_UNSAFE:
    'SVG ini memuat sesuatu yang tidak boleh ikut ke dalam surat ({part}). Simpan ulang sebagai PNG atau SVG polos.',
  ARMS_TOO_LARGE: 'Gambar terlalu besar (batas {megabytes} MB dan {megapixels} megapiksel). Perkecil dahulu.',
  PROFILE_INVALID: 'Profil peraturan tidak sah pada {field}.',
  CLASSIFICATION_UNKNOWN:
    'Kode klasifikasi {code} tidak ada dalam daftar. Pilih kode yang ada, atau impor daftar lengkapnya.',
  CLASSIFICATION_ROWS_WRONG:
    '{count} hal pada tabel ini belum benar. Tidak ada yang disimpan; perbaiki barisnya lalu impor lagi.',
  FILE_NOT_OPEN: 'Berkas “{title}” sudah ditutup. Buka kembali dahulu, atau pilih berkas lain.',
  FILE_STATE:
    'Keadaan berkas “{title}” sudah berubah sehingga langkah ini tidak dapat dilakukan. Muat ulang untuk melihatnya.',
  ARCHIVE_HELD:
    'Berkas “{title}” sedang ditahan. Selama itu isinya tidak dapat dikeluarkan, kodenya tidak dapat diganti, dan berkas tidak dapat dibuka kembali, diusulkan, atau dimusnahkan.',
  ARCHIVE_NOT_DUE: 'Berkas “{title}” belum habis masa simpannya, atau nasib akhirnya bukan untuk usul ini.',
  ARCHIVE_DATE: 'Tanggal harus antara {from} dan {to}.',
  ANRI_MISSING: 'Retensi {years} tahun atau lebih: isi nomor dan tanggal persetujuan ANRI.',
  PANEL_INVALID:
    'Pilih anggota panitia penilai yang aktif, bukan pengusul dan bukan yang menyetujui, masing-masing satu kali.',
  APPROVER_INVALID:
    'Yang menyetujui harus orang aktif dengan peran administrator atau penanda tangan, bukan pengusul dan bukan anggota panitia.',
  PROPOSAL_STATE:
    'Langkah ini tidak dapat dilakukan: usul ini sudah berada pada langkah lain. Muat ulang untuk melihatnya.',
  PROPOSAL_CHANGED:
    'Sejak berita acara dibuat, surat yang akan dimusnahkan sudah berubah karena ada yang kini disimpan, atau tidak lagi disimpan, dalam berkas lain. Tidak ada yang dimusnahkan. Tarik usul ini, lalu usulkan kembali berkasnya.',
  LETTER_DESTROYED: 'Isi surat ini sudah dimusnahkan. Yang tersisa hanya catatannya.',
  LETTER_NOT_FILEABLE: 'Hanya surat yang sudah ditandatangani atau surat masuk yang dapat diberkaskan.',
  PACKAGE_TOO_LARGE: 'Paket terlalu besar (batas {max}). Bagi usul penyerahan menjadi beberapa bagian.',
  PDF_UNREADABLE: 'Berkas tidak dapat dibaca sebagai PDF.',
  PDF_ENCRYPTED: 'PDF ini dilindungi kata sandi. Masukkan kata sandinya untuk membukanya.',
  PDF_PASSWORD_WRONG: 'Kata sandi tidak dapat membuka PDF ini.',
  PDF_ENCRYPTION_UNSUPPORTED:
    'PDF ini dienkripsi dengan cara yang tidak didukung di sini, misalnya hanya untuk penerima tertentu.',
  PDF_RISKY:
    'PDF ini memuat sesuatu yang dapat mengubah tampilannya setelah ditandatangani ({risk}, {where}). PDF tidak ditandatangani.',
  PDF_TOO_LARGE: 'PDF terlalu besar (batas {max}).',
  PDF_ALREADY_CERTIFIED: 'PDF ini disahkan tanpa mengizinkan tanda tangan tambahan.',
  SIGN_FAILED: 'Penandatanganan gagal. Tidak ada berkas yang ditulis.',
  EARLIER_SIGNATURE_BROKEN:
    'Tanda tangan sebelumnya pada surat ini tidak utuh atau tidak berlaku lagi. Surat tidak ditandatangani; periksa berkasnya lewat Verifikasi.',
  LEVEL_UNSUPPORTED: 'Tingkat tanda tangan {level} belum tersedia dalam versi ini.',
  FILE_UNREADABLE: 'Berkas {file} tidak dapat dibaca.',
  FILE_NOT_WRITTEN: 'Berkas {file} tidak dapat ditulis. Berkas yang ada tidak berubah.',
  NETWORK_NOT_CONFIGURED: 'Tindakan ini memerlukan jaringan, yang tidak diatur.',
  NETWORK_FAILED: 'Server {host} tidak menjawab dengan benar ({reason}).',
  TIMESTAMP_REFUSED:
    'Jawaban layanan stempel waktu tidak dapat dipercaya ({reason}). Tidak ada berkas yang ditulis; periksa alamat layanan, daftar kepercayaan, dan jam komputer.',
  CERTIFICATE_REVOKED: 'Sertifikat sudah dicabut sejak {date}. Tidak ada berkas yang ditulis.',
  CHAIN_INCOMPLETE:
    'Rantai sertifikat tidak lengkap: sertifikat penerbit {issuer} tidak ditemukan. Tidak ada berkas yang ditulis.',
  RENEWAL_REFUSED: 'Berkas ini tidak diperbarui ({reason}). Isinya tidak disentuh.',
  CSR_UNREADABLE: 'Ini bukan permintaan sertifikat (PKCS#10) yang utuh dan bernama.',
  CSR_SIGNATURE_BAD: 'Permintaan sertifikat tidak ditandatangani oleh kuncinya sendiri. Mintalah yang baru.',
  CA_UNREADABLE: 'Berkas CA internal tidak dapat dibaca utuh. Pulihkan dari cadangan.',
  CA_EXISTS: 'Di sini sudah ada CA internal.',
  CA_IN_USE: 'CA internal sedang dipakai proses lain. Tunggu sampai selesai.',
  CA_PASSPHRASE_WRONG: 'Kata sandi CA internal salah.',
  CA_SERIAL_UNKNOWN: 'CA ini tidak pernah menerbitkan sertifikat bernomor seri {serial}.',
  CA_ALREADY_REVOKED: 'Sertifikat {serial} sudah dicabut sejak {date}.',
  CA_IS_COPY:
    'Berkas ini salinan: CA internalnya tersimpan di brankas surat. Terbitkan, cabut, dan buat daftar pencabutan di aplikasi.',
  CA_MISSING: 'Kantor ini belum memiliki CA internal.',
  CA_ANCHOR_UNREADABLE: 'Berkas ini bukan sertifikat akar CA internal.',
  CA_HOLDER_ASKS:
    'Pemegang sertifikat ini orang di brankas ini. Penggantinya diminta sendiri oleh orang itu di Setelan › Sertifikat saya.',
  CSR_OPEN: 'Permintaan sertifikat Anda yang sebelumnya belum dijawab.',
  TOKEN_DRIVER_UNUSABLE:
    'Pustaka PKCS#11 {file} tidak dapat dipakai. Pasang pengandar token yang cocok dengan komputer ini.',
  TOKEN_ABSENT: 'Token tidak ditemukan. Pasang token atau kartu, lalu coba lagi.',
  TOKEN_PIN_WRONG: 'PIN token salah. Beberapa kali salah akan mengunci token.',
  TOKEN_PIN_LAST_TRY: 'PIN token salah. Tinggal satu kali percobaan sebelum token terkunci.',
  TOKEN_PIN_LOCKED: 'PIN token terkunci. Buka kuncinya dengan PUK atau hubungi penerbit token.',
  TOKEN_REMOVED:
    'Token dicabut atau terputus saat dipakai. Surat ini belum ditandatangani; pasang token lalu coba lagi.',
  TOKEN_KEY_MISSING: 'Kunci untuk sertifikat ini tidak ada di token.',
  TOKEN_KEY_AMBIGUOUS: 'Beberapa sertifikat di token dapat dipakai. Pilih satu dengan nomor serinya.',
  TOKEN_FAILED: 'Token menolak menandatangani ({reason}). Surat ini belum ditandatangani.',
  GATEWAY_LOGIN_REFUSED:
    'Layanan tanda tangan menolak nama pengguna atau kata sandi aplikasi. Administrator perlu memeriksa pengaturannya.',
  GATEWAY_NOT_REGISTERED: 'Penanda tangan ini belum terdaftar di layanan tanda tangan.',
  GATEWAY_PASSPHRASE_WRONG: 'Passphrase sertifikat salah.',
  GATEWAY_CERTIFICATE_INACTIVE: 'Sertifikat di layanan tanda tangan tidak dapat dipakai (status {status}).',
  GATEWAY_MOVED:
    'Layanan tanda tangan kantor telah diganti (kini {host}). Tidak ada yang dikirim. Tambahkan lagi sertifikat Anda di Pengaturan.',
  GATEWAY_REFUSED: 'Layanan tanda tangan menolak permintaan (kode {status}). Tidak ada berkas yang disimpan.',
  GATEWAY_ANSWER_UNUSABLE:
    'Jawaban layanan tanda tangan tidak dapat dipakai ({reason}). Tidak ada berkas yang disimpan.',
  ANCHOR_UNREADABLE: 'Berkas ini bukan sertifikat PEM atau DER yang utuh.',
  ANCHOR_NOT_CA: 'Sertifikat {subject} bukan sertifikat penerbit (CA).',
  ANCHOR_NOT_PSRE:
    'Sertifikat {subject} milik CA internal, bukan PSrE Indonesia. Tambahkan tanpa tanda PSrE.',
  TRUST_FILE_CHANGED:
    'Daftar kepercayaan di komputer ini berubah di luar aplikasi. Administrator perlu memeriksanya.',
  STATEMENT_UNREADABLE:
    'Ini bukan pernyataan dari kode QR surat E-Letter, atau teksnya tidak lengkap. Pindai ulang seluruh kode.',
  SCAN_UNREADABLE:
    'Berkas ini bukan gambar PNG, JPEG, atau PDF yang utuh. Pindai atau potret ulang suratnya.',
  SCAN_TOO_LARGE:
    'Berkas terlalu besar: paling banyak {megabytes} MB dan {megapixels} megapiksel. Pindai dengan 300 dpi.',
  OFFICE_CARD_UNREADABLE: 'Berkas ini bukan kartu kantor yang sah.',
  OFFICE_TAKES_ANOTHER:
    'Kartu ini mengaku menggantikan kunci “{name}”. Bandingkan sidik jarinya dengan kantor itu; bila namanya memang berganti, hapus dahulu kartu yang lama.',
  OFFICE_CARD_UNCERTIFIED:
    'Tidak ada sertifikat tepercaya yang menjamin kartu ini. Cocokkan sidik jarinya dengan kantor itu.',
  OFFICE_FINGERPRINT_DIFFERS:
    'Sidik jari tidak sama dengan sidik jari pada kartu kantor. Kartu tidak ditambahkan.',
  ATTACHMENT_TYPE:
    'Berkas ini bukan PDF, JPEG, PNG, atau TIFF yang dikenal. Simpan dahulu sebagai PDF, lalu lampirkan.',
  ATTACHMENT_BROKEN:
    'Berkas ini rusak atau tidak utuh. Buka di aplikasi asalnya dan simpan ulang sebagai PDF.',
  ATTACHMENT_ENCRYPTED:
    'PDF ini dikunci. Buka dengan kata sandinya, cetak atau simpan ulang sebagai PDF tanpa kata sandi, lalu lampirkan.',
  ATTACHMENT_SIGNED:
    'PDF ini bertanda tangan elektronik ({count}). Di dalam surat hanya tampilan halamannya yang ikut; tanda tangannya tidak dapat diperiksa lagi.',
  ATTACHMENT_TOO_LARGE:
    'Berkas terlalu besar: paling banyak {megabytes} MB, dan {megapixels} megapiksel untuk satu gambar. Pindai dengan 300 dpi.',
  ATTACHMENT_PAGES: 'Berkas ini lebih dari {max} halaman. Bagi menjadi beberapa lampiran.',
  ATTACHMENT_NOT_DRAWN:
    'Halaman {page} tidak dapat digambar utuh, jadi berkas ini tidak dilampirkan. Cetak sebagai PDF dari aplikasi asalnya, lalu coba lagi.',
  ATTACHMENTS_FULL:
    'Lampiran satu surat paling banyak {files} berkas, {pages} halaman, dan {megabytes} MB. Kurangi dahulu, atau kirim sisanya dengan surat lain.',
  INCOMING_TYPE:
    'Berkas ini bukan PDF, JPEG, PNG, atau TIFF yang dikenal. Pindai atau simpan dahulu sebagai PDF, atau catat tanpa berkas.',
  INCOMING_BROKEN:
    'Berkas ini rusak atau tidak utuh. Pindai ulang, minta pengirim mengirim lagi, atau catat dahulu tanpa berkas. Isian Anda tetap ada.',
  INCOMING_LOCKED:
    'PDF ini terkunci dengan kata sandi. Minta versi tanpa kata sandi, atau simpan apa adanya: isinya tidak dapat dilihat, dicari, atau diperiksa di sini.',
  INCOMING_TOO_LARGE:
    'Berkas terlalu besar: paling banyak {megabytes} MB untuk satu surat, dan {megapixels} megapiksel untuk satu gambar. Pindai dengan 200–300 dpi.',
  INCOMING_MIXED:
    'Satu surat terdiri atas satu PDF, satu TIFF, atau beberapa gambar JPEG/PNG. PDF dan gambar tidak dapat dicampur.',
  INCOMING_PAGES:
    'Berkas ini lebih dari {max} halaman. Bagi menjadi beberapa surat atau simpan lampirannya terpisah.',
  INCOMING_DOUBLE:
    'Surat ini mungkin sudah tercatat. Periksa dahulu; jika memang surat lain, tandai "Tetap catat".',
  INCOMING_RECEIVER: 'Penerima yang dipilih tidak ada lagi. Pilih pejabat lain.',
  INCOMING_DATE: 'Tanggal diterima tidak boleh sesudah hari ini.',
  INCOMING_YEAR:
    'Nomor agenda ini milik buku tahun {year}, jadi tanggal diterima harus tetap di tahun itu. Jika tahunnya salah, batalkan catatan ini lalu catat lagi.',
  INCOMING_NO_UNIT:
    'Anda belum memiliki jabatan dengan unit kerja, jadi tidak ada buku agenda untuk surat ini. Hubungi administrator.',
  INCOMING_SETTLED:
    'Surat ini sudah ditindaklanjuti, jadi catatannya tidak diubah lagi. Buka kembali tindak lanjutnya bila memang perlu.',
  INCOMING_CLAIMED: 'Surat ini sedang ditangani oleh {name}. Ambil alih hanya bila sudah disepakati.',
  INCOMING_REPLY_BEGUN:
    'Jawaban surat ini sedang disiapkan oleh {name}. Bicarakan dahulu, atau buat jawaban lain bila memang perlu.',
};

/** What the desktop says in a notification. */
const notices = {
  askedTitle: 'Giliran Anda: surat dari {sender}',
  askedBody: '{subject}',
  backTitle: 'Surat Anda kembali',
  backBody: '{subject}. Buka untuk membaca catatannya.',
  signedTitle: 'Surat Anda sudah ditandatangani',
  signedBody: '{number} · {subject}',
  searchHitTitle: 'Surat baru cocok dengan pencarian Anda',
  searchHitBody: '{subject}',
  supersededTitle: 'Surat dari {sender} tidak berlaku lagi',
  supersededBody: '{number} · {subject}',
  dispositionTitle: 'Disposisi dari {sender}',
  dispositionBody: '{subject}',
  dispositionReportedTitle: '{sender} melaporkan disposisi selesai',
  dispositionReturnedTitle: '{sender} meminta disposisi dilanjutkan',
  dispositionCancelledTitle: 'Disposisi dibatalkan',
  dispositionCancelledBody: 'Satu disposisi untuk Anda dibatalkan sebelum dibaca.',
  arrivedTitle: 'Surat masuk dari {sender}',
  arrivedBody: '{subject}',
  sealedTitle: 'Surat masuk ({security})',
  sealedBody: 'Masuk ke E-Letter untuk membacanya.',
  suspicionTitle: 'Kegiatan yang perlu diperiksa',
  suspicionBody: 'Buka catatan audit di E-Letter.',
  certificateTitle: 'Sertifikat kantor',
  certificateBody: 'Ada permintaan atau jawaban tentang sertifikat. Masuk ke E-Letter untuk melihatnya.',
  requestTitle: 'Permintaan hak atas data',
  requestBody: 'Buka E-Letter untuk membacanya.',
  interruptedTitle: 'Penandatanganan terputus',
  interruptedBody: 'Nomor {number} sudah dipesan. Buka surat untuk melanjutkan atau membatalkannya.',
  manyTitle: '{count} pemberitahuan baru',
  manyBody: 'Buka E-Letter untuk membacanya.',
  lockedTitle: 'Ada kabar surat baru',
  lockedBody: 'Masuk ke E-Letter untuk membacanya.',
  summaryTitle: 'Yang menunggu Anda',
  summaryToSign: '{count} tanda tangan',
  summaryToReview: '{count} paraf',
  summaryIncomingUnread: '{count} surat masuk belum dibaca',
  summaryNotFollowedUp: '{count} surat belum ditindaklanjuti',
  summaryDispositionsOpen: '{count} disposisi',
  summaryCopiesUnread: '{count} tembusan',
  stillUnread: 'Belum dibaca: surat dari {sender}',
  stillNotFollowedUp: 'Belum ditindaklanjuti: surat dari {sender}',
  stillToReview: 'Masih menunggu paraf Anda: surat dari {sender}',
  stillToSign: 'Masih menunggu tanda tangan Anda: surat dari {sender}',
  stillDisposition: 'Disposisi belum selesai',
  overdueTitle: 'Disposisi lewat batas waktu',
  stillBody: '{subject}',
  stillSealedTitle: 'Masih menunggu Anda: satu surat ({security})',
  stillSealedBody: 'Masuk ke E-Letter untuk melihatnya.',
  testTitle: 'Pemberitahuan berfungsi',
  testBody: 'Surat masuk akan diberitahukan seperti ini.',
} as const;

/** Security classes as they are printed and shown. */
const security = {
  biasa: 'Biasa',
  terbatas: 'Terbatas',
  rahasia: 'Rahasia',
  'sangat-rahasia': 'Sangat Rahasia',
} as const;

export const id = { errors, report, notices, security } as const;
