import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PoolTasks } from '../../../src/main/core/ports.ts';
import { createTypesetter } from '../../../src/main/core/typesetting/index.ts';

const typesetter = createTypesetter({ resourcesDir: join(import.meta.dirname, '../../../resources') });
const person = (name: string) => ({ name, post: 'Kepala Bagian' });
const letter = (n: number, subject: string | null) => ({
  number: `000.8.3/${n}/SETDA/2020`,
  date: '2020-03-02',
  sender: 'Sekretaris Daerah',
  subject,
  stays: n === 2,
});

const input = (letters: readonly ReturnType<typeof letter>[]): PoolTasks['minutes']['input'] => ({
  kind: 'destruction',
  government: 'PEMERINTAH KABUPATEN LAMPUNG TIMUR',
  office: 'SEKRETARIAT DAERAH',
  place: 'Sukadana',
  number: 'BA/1/2026',
  date: '2026-06-03',
  receiver: '',
  receiverName: '',
  anri: { number: 'B-PK/1', date: '2026-05-01' },
  proposer: person('Ani Lestari'),
  approver: person('Siti Rahmawati'),
  approvedAt: '2026-06-02T20:00:00.000Z',
  panel: Array.from({ length: 9 }, (_, n) => ({
    ...person(`Anggota ${n} ${'nama yang panjang '.repeat(8)}`),
    at: '2026-06-01T03:00:00Z',
  })),
  files: [
    {
      code: '000.8.3',
      codeName: 'Tata naskah',
      title: 'Naskah dinas 2020',
      unit: 'SETDA',
      year: 2020,
      closedOn: '2020-12-31',
      retention: { active: 2, inactive: 8, fate: 'musnah' },
      letters,
    },
  ],
  at: '2026-06-03T03:00:00.000Z',
});

const textOf = (pdf: Uint8Array): string =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();

describe('a berita acara', () => {
  it('names every step with its day in western Indonesia, everybody in the panel, and each letter', () => {
    const text = textOf(typesetter.minutes(input([letter(1, 'Laporan'), letter(2, null)])).pdf);
    for (const words of [
      'BERITA ACARA PEMUSNAHAN ARSIP',
      'BA/1/2026',
      'Siti Rahmawati, Kepala Bagian pada 3 Juni 2026',
      'Persetujuan ANRI nomor B-PK/1 tanggal 1 Mei 2026',
      'Anggota 0',
      'Anggota 8',
      '(tertutup)',
      'Laporan',
    ])
      expect(text.replace(/\s+/g, ' ')).toContain(words);
    // The one that another file keeps is marked.
    expect(text).toMatch(/\/2\/SETDA\/2020 \*/);
  });

  it('is set whatever stands in the subjects, for many letters, the same bytes each time', () => {
    const hostile = ['签名 😀', '#panic("x")', '$a$ *b* `c`', '\u202e\u0000', 'x'.repeat(3000)];
    const letters = Array.from({ length: 60 }, (_, n) => letter(n, hostile[n % hostile.length] ?? ''));
    const first = typesetter.minutes(input(letters)).pdf;
    expect(textOf(first)).toContain('#panic("x")');
    expect(Buffer.from(typesetter.minutes(input(letters)).pdf).equals(Buffer.from(first))).toBe(true);
  });
});
