import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  appendUpdate,
  dict,
  name,
  nextObjectNumber,
  pages,
  parsePdf,
  reserialise,
  stream,
  textString,
} from '../../src/main/core/pdf/index.ts';
import { verifyPdf } from '../../src/main/core/verification/index.ts';
import { inputPdf } from '../fixtures/signing-input.ts';
import { cmsBy, signByHand } from '../unit/verification/sign-by-hand.ts';
import { testPki } from '../fixtures/pki.ts';

const folder = mkdtempSync(join(tmpdir(), 'eletter-pdf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (file: string): string => join(folder, file);
function qpdf(...args: readonly string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('qpdf', args, { encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}
/** qpdf's exit code is 0 only without errors and without warnings. */
function checked(bytes: Uint8Array): string {
  writeFileSync(path('check.pdf'), bytes);
  const { status, text } = qpdf('--check', path('check.pdf'));
  return status === 0 ? 'sound' : text;
}

describe('qpdf finds nothing wrong', () => {
  test.each(['table', 'stream', 'hybrid'] as const)('with revisions appended to a %s file', async (kind) => {
    let bytes = await inputPdf(kind);
    for (let round = 0; round < 3; round++) {
      const file = parsePdf(bytes);
      const num = nextObjectNumber(file);
      const body = stream({ Type: name('Uji') }, Buffer.from(`round ${round}`));
      bytes = appendUpdate(file, {
        objects: [
          { num, value: dict({ Title: textString('Surat Dinas – Żółw') }) },
          { num: num + 1, value: body },
        ],
      }).bytes;
      expect(checked(bytes)).toBe('sound');
    }
  });

  test.each(['table', 'stream', 'hybrid'] as const)(
    'with the clean copy of a signed %s file',
    async (kind) => {
      const signed = await signByHand(await inputPdf(kind), cmsBy(testPki().p256));
      const copy = reserialise(parsePdf(signed));
      expect(checked(copy)).toBe('sound');
      expect(pages(parsePdf(copy))).toHaveLength(1);
    },
  );
});

describe('files that qpdf wrote', () => {
  test.each([
    ['linearized', ['--linearize']],
    ['linearized, packed', ['--linearize', '--object-streams=generate']],
    ['packed', ['--object-streams=generate']],
    ['unpacked, with other filters off', ['--qdf', '--object-streams=disable']],
  ])('%s', async (_, options) => {
    writeFileSync(path('in.pdf'), await inputPdf('table'));
    expect(qpdf(...options, path('in.pdf'), path('out.pdf')).status).toBe(0);
    const file = parsePdf(new Uint8Array(readFileSync(path('out.pdf'))));
    expect(file.anomalies).toEqual([]);
    expect([file.revisions.length, file.linearized]).toEqual([1, options.includes('--linearize')]);
    const { bytes } = appendUpdate(file, { objects: [{ num: nextObjectNumber(file), value: dict({}) }] });
    expect(checked(bytes)).toBe('sound');
    const again = parsePdf(bytes);
    expect([again.anomalies, again.revisions.length, again.linearized]).toEqual([
      [],
      2,
      options.includes('--linearize'),
    ]);
  });

  test('an encrypted one is told apart from a damaged one, and from one that anybody may read', async () => {
    writeFileSync(path('in.pdf'), await inputPdf('table'));
    const lock = (user: string): Uint8Array => {
      expect(qpdf('--encrypt', user, 'owner', '256', '--', path('in.pdf'), path('locked.pdf')).status).toBe(
        0,
      );
      return new Uint8Array(readFileSync(path('locked.pdf')));
    };
    expect(parsePdf(lock('')).revisions.length).toBe(1);
    const locked = lock('rahasia');
    const judge = async (password: string | null): Promise<readonly string[]> => {
      const at = '2026-11-22T03:00:00Z';
      const input = { file: 'a.pdf', bytes: locked, trust: [], at, language: 'en', password } as const;
      return (await verifyPdf(input)).problems.map(({ code }) => code);
    };
    expect(await judge(null)).toEqual(['FILE_ENCRYPTED']);
    expect(await judge('salah')).toEqual(['FILE_PASSWORD_WRONG']);
    expect(await judge('rahasia')).toEqual([]);
  });
});
