/** Top two levels of the classification of Permendagri 83/2022, offered while a code is typed. */
import type { Language } from '../../main/core/contract/index.ts';

type Code = readonly [code: string, id: string, en: string];

const codes: readonly Code[] = [
  ['000', 'Umum', 'General'],
  ['000.1', 'Ketatausahaan dan rumah tangga', 'Administration and household'],
  ['000.2', 'Perlengkapan', 'Equipment'],
  ['000.3', 'Pengadaan', 'Procurement'],
  ['000.4', 'Perpustakaan', 'Libraries'],
  ['000.5', 'Kearsipan', 'Archives'],
  ['000.6', 'Persandian', 'Cryptography'],
  ['000.7', 'Perencanaan', 'Planning'],
  ['000.8', 'Organisasi dan tata laksana', 'Organisation and procedures'],
  ['000.9', 'Penelitian', 'Research'],
  ['100', 'Pemerintahan', 'Government'],
  ['100.1', 'Otonomi daerah', 'Regional autonomy'],
  ['100.2', 'Pemerintahan umum', 'General government'],
  ['100.3', 'Hukum', 'Law'],
  ['200', 'Politik', 'Politics'],
  ['300', 'Keamanan dan ketertiban', 'Security and order'],
  ['300.1', 'Satuan polisi pamong praja', 'Civil service police'],
  ['300.2', 'Penanggulangan bencana', 'Disaster response'],
  ['400', 'Kesejahteraan rakyat', 'Welfare'],
  ['400.1', 'Daerah tertinggal', 'Disadvantaged regions'],
  ['400.2', 'Pemberdayaan perempuan dan perlindungan anak', 'Women and child protection'],
  ['400.3', 'Pendidikan', 'Education'],
  ['400.4', 'Olahraga', 'Sport'],
  ['400.5', 'Kepemudaan', 'Youth'],
  ['400.6', 'Kebudayaan', 'Culture'],
  ['400.7', 'Kesehatan', 'Health'],
  ['400.8', 'Agama', 'Religion'],
  ['400.9', 'Sosial', 'Social affairs'],
  ['400.10', 'Pemberdayaan desa', 'Village empowerment'],
  ['400.11', 'Pertamanan', 'Parks'],
  ['400.12', 'Kependudukan dan pencatatan sipil', 'Civil registration'],
  ['400.13', 'Keluarga berencana', 'Family planning'],
  ['400.14', 'Hubungan masyarakat', 'Public relations'],
  ['500', 'Perekonomian', 'Economy'],
  ['500.1', 'Ketahanan pangan', 'Food security'],
  ['500.2', 'Perdagangan', 'Trade'],
  ['500.3', 'Koperasi dan UKM', 'Co-operatives and small business'],
  ['500.4', 'Kehutanan', 'Forestry'],
  ['500.5', 'Kelautan dan perikanan', 'Sea and fisheries'],
  ['500.6', 'Pertanian', 'Agriculture'],
  ['500.7', 'Peternakan', 'Livestock'],
  ['500.8', 'Perkebunan', 'Plantations'],
  ['500.9', 'Perindustrian', 'Industry'],
  ['500.10', 'Energi dan sumber daya mineral', 'Energy and minerals'],
  ['500.11', 'Perhubungan', 'Transport'],
  ['500.12', 'Komunikasi dan informatika', 'Communication and information'],
  ['500.13', 'Pariwisata', 'Tourism'],
  ['500.14', 'Statistik', 'Statistics'],
  ['500.15', 'Ketenagakerjaan', 'Labour'],
  ['500.16', 'Penanaman modal', 'Investment'],
  ['500.17', 'Pertanahan', 'Land'],
  ['500.18', 'Transmigrasi', 'Transmigration'],
  ['600', 'Pekerjaan umum', 'Public works'],
  ['600.1', 'Pekerjaan umum', 'Public works'],
  ['600.2', 'Perumahan', 'Housing'],
  ['600.3', 'Tata ruang', 'Spatial planning'],
  ['600.4', 'Lingkungan hidup', 'Environment'],
  ['700', 'Pengawasan', 'Oversight'],
  ['800', 'Kepegawaian', 'Personnel'],
  ['800.1', 'Sumber daya manusia', 'Human resources'],
  ['800.2', 'Pendidikan dan pelatihan', 'Training'],
  ['900', 'Keuangan', 'Finance'],
];

export const classificationCodes = (
  language: Language,
): readonly { readonly code: string; readonly name: string }[] =>
  codes.map(([code, id, en]) => ({ code, name: language === 'id' ? id : en }));

/** Name of the code itself or of its nearest parent: "000.8.3" → "Organisasi dan tata laksana". */
export function classificationName(code: string, language: Language): string | null {
  const parts = code.trim().split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const found = codes.find(([candidate]) => candidate === parts.slice(0, length).join('.'));
    if (found) return language === 'id' ? found[1] : found[2];
  }
  return null;
}
