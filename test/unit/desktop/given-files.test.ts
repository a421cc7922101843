import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maximumGiven } from '../../../src/main/core/contract/given.ts';
import { createGivenFiles, namedFiles, readGivenFile } from '../../../src/main/desktop/given-files.ts';

describe('the files that a command line names', () => {
  const named = (...rest: readonly string[]): readonly string[] =>
    namedFiles(['/opt/eletter/eletter', ...rest], '/home/siti', '/srv/eletter');

  it('are found beside options, each once and absolute', () => {
    expect(named('surat.pdf', '--lang=id', '/tmp/a b.pdf', './surat.pdf', '-psn_0_1')).toEqual([
      '/home/siti/surat.pdf',
      '/tmp/a b.pdf',
    ]);
  });

  it('are not the program, not the application, not an empty word', () => {
    expect(named('/srv/eletter', '', '.')).toEqual(['/home/siti']);
    expect(namedFiles([], '/', null)).toEqual([]);
    expect(namedFiles(['/opt/eletter', '/srv/eletter'], '/', null)).toEqual(['/srv/eletter']);
  });

  it('may look like options after a bare --, and options are never files before it', () => {
    expect(named('--remote-debugging-port=9222', '--cli', '--', '--cli', '-x.pdf')).toEqual([
      '/home/siti/--cli',
      '/home/siti/-x.pdf',
    ]);
  });

  it('may be addresses of this machine, never of another', () => {
    expect(named(pathToFileURL('/tmp/surat dinas.pdf').href)).toEqual(['/tmp/surat dinas.pdf']);
    expect(named('file://evil.example/share/a.pdf', 'file:///%zz', 'FILE://x/y')).toEqual([]);
  });
});

describe('a file that the system hands over', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'eletter-given-'));
    writeFileSync(at('surat.pdf'), '%PDF-1.7\nisi');
    writeFileSync(at('akhir.pdf'), Buffer.concat([Buffer.alloc(1000), Buffer.from('%PDF-1.7')]));
    writeFileSync(at('kata-sandi.txt'), 'rahasia');
    writeFileSync(at('kosong.pdf'), '');
    mkdirSync(at('map.pdf'));
    symlinkSync(at('putar.pdf'), at('putar.pdf'));
    symlinkSync(at('surat.pdf'), at('tautan.pdf'));
    writeFileSync(at('besar.pdf'), '%PDF-1.7');
    truncateSync(at('besar.pdf'), maximumGiven + 1);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read where it is a PDF', async () => {
    const { bytes, refusal } = await readGivenFile(at('surat.pdf'));
    expect(refusal).toBeNull();
    expect(Buffer.from(bytes ?? []).toString()).toBe('%PDF-1.7\nisi');
    expect((await readGivenFile(at('tautan.pdf'))).refusal).toBeNull();
    expect((await readGivenFile(at('akhir.pdf'))).bytes).toHaveLength(1008);
  });

  it.each([
    ['kata-sandi.txt', 'not-pdf'],
    ['kosong.pdf', 'not-pdf'],
    ['map.pdf', 'folder'],
    ['putar.pdf', 'unreadable'],
    ['besar.pdf', 'too-large'],
    ['tidak ada.pdf', 'missing'],
    ['surat.pdf/dalam.pdf', 'missing'],
    ['nol\0.pdf', 'unreadable'],
  ])('%j is refused: %s', async (name, refusal) => {
    expect(await readGivenFile(at(name))).toEqual({ bytes: null, refusal });
  });

  it.skipIf(process.platform === 'win32')(
    'a pipe and a device are refused at once (not on Windows)',
    async () => {
      execFileSync('mkfifo', [at('pipa.pdf')]);
      expect((await readGivenFile(at('pipa.pdf'))).refusal).toBe('special');
      expect((await readGivenFile('/dev/zero')).refusal).toBe('special');
    },
  );

  it('is told by name and read by a number, never by a path', async () => {
    let times = 0;
    const given = createGivenFiles(() => times++, 20);
    given.offer([at('surat.pdf')]);
    given.offer([at('kata-sandi.txt')]);
    given.offer([]);
    await delay(60);
    expect(times).toBe(1);
    const { files, more } = given.list();
    expect(more).toBe(0);
    expect(files.map(({ name }) => name)).toEqual(['surat.pdf', 'kata-sandi.txt']);
    expect(JSON.stringify(files)).not.toContain(folder);
    expect(given.list().files).toEqual([]);
    const [first, second] = files;
    expect((await given.read(first?.id ?? '')).bytes).toHaveLength(12);
    expect((await given.read(second?.id ?? '')).refusal).toBe('not-pdf');
    expect((await given.read(at('surat.pdf'))).refusal).toBe('missing');
  });

  it('is forgotten once the page is, but not before the page was told', async () => {
    const given = createGivenFiles(() => undefined, 0);
    given.offer([at('surat.pdf')]);
    given.forget();
    const [file] = given.list().files;
    expect((await given.read(file?.id ?? '')).refusal).toBeNull();
    given.forget();
    expect((await given.read(file?.id ?? '')).refusal).toBe('missing');
  });

  it('more than a table takes are counted, not taken', () => {
    const given = createGivenFiles(() => undefined, 0);
    given.offer(Array.from({ length: 1200 }, (_, index) => at(`${index}.pdf`)));
    const { files, more } = given.list();
    expect([files.length, more]).toEqual([1000, 200]);
  });
});
