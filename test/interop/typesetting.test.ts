import { describe, expect, it } from 'vitest';
import { names, paragraph, sample, sentence, table } from '../unit/typesetting/support.ts';
import { flat, pdfOf, run, textOf } from './typesetting-support.ts';

const pageText = (file: string, page: number): string =>
  flat(textOf(file, '-layout', '-f', String(page), '-l', String(page)));

describe.each(['surat-dinas', 'nota-dinas', 'surat-undangan'])('%s', (name) => {
  const letter = sample(name);
  const { file } = pdfOf(letter);

  it('is a sound, tagged PDF/A-2a with its title', () => {
    expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
    const info = run('pdfinfo', file);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toContain(letter.content.subject);
    const metadata = run('pdfinfo', '-meta', file);
    expect(metadata).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(metadata).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(run('qpdf', '--json', file)).toMatch(/"\/Lang": "u:id/);
    const structure = run('pdfinfo', '-struct', file);
    expect(structure).toContain('Figure');
  });

  it('embeds a subset of every font', () => {
    const fonts = run('pdffonts', file).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+.* yes +yes +yes +\d+ +\d+$/);
  });

  it('reads as what was written', () => {
    const text = flat(textOf(file));
    const { content, letterhead, signer } = letter;
    const parts = [
      letterhead.government,
      letterhead.office,
      letter.number,
      '22 November 2026',
      content.subject,
      'Ditandatangani secara elektronik oleh:',
      signer.name,
      signer.rank,
      `NIP ${signer.nip}`,
      ...content.recipients.map((recipient) => recipient.name),
      ...content.copies.map((copy) => copy.name),
      ...content.body.flatMap((block) =>
        block.type === 'paragraph'
          ? [block.content.map((item) => (item.type === 'text' ? item.text : ' ')).join('')]
          : [],
      ),
    ];
    for (const part of parts) expect(text).toContain(flat(part));
  });
});

describe('particulars', () => {
  it('prints weekday, time, place and agenda of an invitation between opening and closing', () => {
    const text = flat(textOf(pdfOf(sample('surat-undangan')).file, '-layout'));
    expect(text).toMatch(
      /untuk hadir pada: hari, tanggal : Senin, 30 November 2026 waktu : 09\.00 WIB – selesai tempat : .*acara : .*Mengingat/,
    );
  });

  it('names the true issuer and never calls an uncertified signature certified', () => {
    const letter = { ...sample('nota-dinas'), issuer: 'CA Uji $& Coba' };
    const uncertified = flat(textOf(pdfOf(letter).file));
    expect(uncertified).toContain('diterbitkan oleh CA Uji $& Coba.');
    expect(uncertified).toContain('tidak tersertifikasi');
    expect(uncertified).toContain('Pasal 5 ayat (1) UU Nomor 11 Tahun 2008');
    const certified = flat(textOf(pdfOf({ ...letter, certified: true }).file));
    expect(certified).not.toContain('tidak tersertifikasi');
    const preview = flat(textOf(pdfOf({ ...letter, issuer: '', number: '', certified: true }).file));
    expect(preview).toContain('ditetapkan saat surat ditandatangani');
    expect(preview).toContain('(nomor terbit saat ditandatangani)');
    expect(preview).not.toContain('tersertifikasi yang');
    for (const text of [uncertified, certified, preview]) expect(text).not.toMatch(/BSrE|https?:/);
  });

  it('keeps markup, scripts and templates as text', () => {
    const hostile =
      '*x* _y_ #panic("a") #import "/etc/passwd": z $x$ ${a} {issuer} `r` <lab> @ref // c /* d */ \\ ~ ]}';
    const letter = sample('nota-dinas', {
      subject: hostile,
      body: [paragraph(hostile), paragraph('= judul')],
    });
    const { file } = pdfOf({ ...letter, signer: { ...letter.signer, post: hostile } });
    const text = flat(textOf(file)).replace(/\s/g, '');
    // Hal, Dari, the body, and the post over the signature box.
    expect(text.split(hostile.replace(/\s/g, '')).length - 1).toBe(4);
    expect(text).toContain('=judul');
  });
});

describe('long letters', () => {
  it('repeats the header row of a 40-row table and loses no row', () => {
    const { file, pages } = pdfOf(
      sample('surat-dinas', { body: [paragraph('Daftar:'), table(40), paragraph(sentence(30))] }),
    );
    expect(pages).toBe(2);
    for (const page of [1, 2]) expect(pageText(file, page)).toContain('No. Perangkat Daerah');
    const text = flat(textOf(file, '-layout'));
    for (let row = 1; row <= 40; row += 1) expect(text).toContain(`${row} Perangkat Daerah nomor ${row} `);
    expect(run('pdfinfo', '-struct', file).match(/\bTH\b/g)?.length).toBe(2);
    expect(run('qpdf', '--check', file)).toContain('No syntax');
  });

  it('sets a body of five pages: kop once, numbers from the second page, one signature', () => {
    const body = Array.from({ length: 22 }, (_, i) => paragraph(`Butir ${i + 1}: ${sentence(75)}`));
    const { file, pages } = pdfOf(sample('surat-dinas', { body }));
    expect(pages).toBe(5);
    const text = flat(textOf(file));
    for (let i = 1; i <= 22; i += 1) expect(text).toContain(`Butir ${i}: `);
    expect(text.match(/PEMERINTAH KABUPATEN LAMPUNG TIMUR/g)).toHaveLength(1);
    expect(text.match(/Ditandatangani secara elektronik oleh:/g)).toHaveLength(1);
    expect(pageText(file, 1)).not.toMatch(/– ?1 ?–/);
    for (let page = 2; page <= 5; page += 1)
      expect(pageText(file, page)).toMatch(new RegExp(`– ?${page} ?–`));
  });

  it.each([
    ['a long closing', []],
    ['a closing of one line', [paragraph('Demikian.')]],
  ])('never leaves the signature without two lines of the text: %s', (_, closing) => {
    let crossed = 0;
    for (let words = 200; words <= 330; words += 10) {
      const { file, pages } = pdfOf(
        sample('surat-dinas', { body: [paragraph('Pembuka.'), paragraph(sentence(words)), ...closing] }),
      );
      if (pages === 1) continue;
      crossed += 1;
      const lines = textOf(file, '-layout', '-f', '2', '-l', '2')
        .split('\n')
        .map((line) => line.trim());
      const post = lines.findIndex((line) => line.startsWith('Kepala Dinas'));
      const body = lines.slice(0, post).filter((line) => line !== '' && !line.startsWith('–'));
      expect(body.length, `${words} words`).toBeGreaterThanOrEqual(2);
    }
    expect(crossed).toBeGreaterThan(3);
  });

  it('does not print the signature over a body that ends in a table or a heading', () => {
    for (const last of [table(3), { type: 'heading', content: [{ type: 'text', text: 'Akhir' }] } as const]) {
      const { file } = pdfOf(sample('surat-dinas', { body: [paragraph('Isi.'), last] }));
      const text = flat(textOf(file));
      const end = text.indexOf(last.type === 'table' ? 'nomor 3' : 'Akhir');
      expect(end).toBeGreaterThan(0);
      expect(text.indexOf('Ditandatangani secara elektronik oleh:')).toBeGreaterThan(end);
      const boxes = run('pdftotext', '-bbox', file, '-');
      const top = (word: string): number =>
        Number(new RegExp(`yMin="([\\d.]+)"[^>]*>${word}<`).exec(boxes)?.[1]);
      expect(top('Ditandatangani')).toBeGreaterThan(top(last.type === 'table' ? 'Isi\\.' : 'Akhir') + 20);
    }
  });
});

describe('names in every shipped script', () => {
  const all = Object.values(names);
  const letter = sample('surat-dinas', {
    recipients: all.map((name) => ({ accountId: null, name, place: 'Sukadana' })),
    body: [paragraph('Isi.')],
  });
  const { file } = pdfOf(letter);

  it('embeds the fonts they need', () => {
    const fonts = run('pdffonts', file);
    for (const script of ['Arabic', 'Javanese', 'Balinese', 'Sundanese', 'NotoSans-', 'Thai'])
      expect(fonts).toContain(script);
    expect(run('qpdf', '--check', file)).toContain('No syntax');
  });

  it('keeps their text searchable', () => {
    const text = flat(textOf(file)).normalize('NFC');
    for (const name of [names.latin, names.vietnamese, names.greek, names.cyrillic, names.thai])
      expect(text).toContain(name);
    // Joined and stacked scripts: every letter of the name is there, whatever order a reader's software gives them.
    const letters = new Set(text);
    for (const name of all)
      for (const letter_ of name) expect(letters.has(letter_) || letter_ === ' ', letter_).toBe(true);
  });
});
