import { describe, expect, it } from 'vitest';
import type {
  ReportChange,
  ShownFile,
  ShownVersion,
  VerificationReport,
} from '../../../src/main/core/contract/index.ts';
import { orders, shownRows, tally, type ManyRow } from '../../../src/renderer/features/verify/many.ts';
import { alone, fieldWord, marksOf } from '../../../src/renderer/features/verify/marks.ts';
import { id } from '../../../src/renderer/lib/i18n/id.ts';

/** What is marked on the pages of a comparison, and what the table of many files shows. */

const version = (revision: number, pages: number): ShownVersion => ({
  revision,
  pdf: new Uint8Array(),
  pages,
  fields: [],
});

const shown = (more: Partial<ShownFile>): ShownFile => ({
  current: version(3, 2),
  signed: version(2, 2),
  pairs: [
    { signed: 1, current: 1, same: true },
    { signed: 2, current: 2, same: true },
  ],
  differences: [],
  notCompared: 0,
  ...more,
});

const change = (more: Partial<ReportChange>): ReportChange => ({
  what: 'Kolom diisi',
  where: 'halaman 2',
  verdict: 'permitted',
  rule: 'FIELD_FILLED',
  ...more,
});

describe('marks of a comparison', () => {
  const of = (file: ShownFile, changes: readonly ReportChange[] = []) =>
    marksOf(file, changes, id.viewing).map(({ number, kind, what, pair, area }) => ({
      number,
      kind,
      what,
      pair,
      area,
    }));

  it('begin with what the report lists, at its page and place', () => {
    const area = [10, 10, 90, 30] as const;
    expect(
      of(shown({}), [
        change({ at: { page: 2, area } }),
        change({ verdict: 'forbidden' }),
        change({ at: { page: 9, area: null } }),
      ]),
    ).toMatchObject([
      { number: 1, kind: 'permitted', pair: 1, area },
      { number: 2, kind: 'forbidden', pair: null, area: null },
      { number: 3, pair: null },
    ]);
  });

  it('leave out a picture that lies within a listed change, and no other', () => {
    const differences = [
      { pair: 1, area: [9, 12, 91, 31] as const },
      { pair: 0, area: [9, 12, 91, 31] as const },
      { pair: 1, area: [9, 12, 120, 31] as const },
    ];
    expect(
      of(shown({ differences }), [change({ at: { page: 2, area: [10, 10, 90, 30] } })]).slice(1),
    ).toMatchObject([
      { kind: 'seen', pair: 0 },
      { kind: 'seen', pair: 1, area: [9, 12, 120, 31] },
    ]);
  });

  it('hide nothing behind a change of the whole page', () => {
    const differences = [{ pair: 0, area: [9, 12, 91, 31] as const }];
    expect(of(shown({ differences }), [change({ at: { page: 1, area: null } })])).toHaveLength(2);
  });

  it('name pages that came, went or were replaced, once each', () => {
    const pairs = [
      { signed: 1, current: null, same: false },
      { signed: null, current: 1, same: false },
      { signed: 2, current: 2, same: false },
    ];
    const differences = [{ pair: 2, area: [0, 0, 9, 9] as const }];
    expect(of(shown({ pairs, differences })).map(({ what }) => what)).toEqual([
      id.viewing.pageRemoved,
      id.viewing.pageAdded,
      id.viewing.pageReplaced,
    ]);
  });

  it('are none where one version is shown', () => {
    expect(of(shown({ signed: null }), [change({})])).toEqual([]);
    expect(alone(2)).toEqual([
      { signed: null, current: 1, same: true },
      { signed: null, current: 2, same: true },
    ]);
  });
});

const report = (conclusion: VerificationReport['conclusion'], subject = 'CN=Siti'): VerificationReport => ({
  file: 'a.pdf',
  sha256: '0',
  conclusion,
  revisions: 1,
  problems: [],
  signatures:
    conclusion === 'NO-SIGNATURE' || conclusion === 'UNREADABLE'
      ? []
      : [
          {
            field: 'Kepala',
            kind: 'signature',
            subFilter: 'ETSI.CAdES.detached',
            level: 'B-B',
            indication: conclusion,
            subIndication: null,
            integrity: true,
            coversWholeFile: true,
            revision: 1,
            changesAfter: 'none',
            changes: [],
            digestAlgorithm: null,
            signatureAlgorithm: null,
            signer: { subject, issuer: 'CN=CA', serial: '1', notBefore: '', notAfter: '' },
            claimedTime: null,
            bestTime: null,
            trustAnchor: null,
            docMdp: null,
            psre: false,
            problems: [],
          },
        ],
});

describe('the word on a signature field', () => {
  it('is never better than the report', () => {
    expect(fieldWord(report('TOTAL-PASSED'), 'Kepala')).toEqual({ signer: 'Siti', tone: 'good', index: 0 });
    expect(fieldWord({ ...report('TOTAL-PASSED'), conclusion: 'TOTAL-FAILED' }, 'Kepala')?.tone).toBe(
      'unsure',
    );
    expect(fieldWord(report('INDETERMINATE'), 'Kepala')?.tone).toBe('unsure');
    expect(fieldWord(report('TOTAL-FAILED'), 'Kepala')?.tone).toBe('bad');
    expect(fieldWord(report('TOTAL-PASSED'), 'Kepala2')).toBeNull();
  });
});

describe('the table of many files', () => {
  const rows: readonly ManyRow[] = [
    { index: 0, name: 'surat 10.pdf', report: report('TOTAL-PASSED', 'CN=Budi Santoso') },
    { index: 1, name: 'surat 9.pdf', report: report('UNREADABLE') },
    { index: 2, name: 'Undangan.pdf', report: report('INDETERMINATE') },
    { index: 3, name: 'nota.pdf', report: report('NO-SIGNATURE') },
    { index: 4, name: 'akhir.pdf', report: null },
  ];
  const all = { shown: 'all', words: '', order: 'given', language: 'id' } as const;
  const places = (how: Partial<Parameters<typeof shownRows>[1]>): readonly number[] =>
    shownRows(rows, { ...all, ...how }).map(({ index }) => index);

  it('counts what it shows', () => {
    expect(tally(rows)).toEqual({ all: 5, good: 1, plain: 1, unsure: 1, bad: 1, waiting: 1 });
    expect(places({})).toEqual([0, 1, 2, 3, 4]);
    expect(places({ shown: 'bad' })).toEqual([1]);
    expect(places({ shown: 'waiting' })).toEqual([4]);
  });

  it('sorts by name as people do, or the worst first', () => {
    expect(places({ order: 'name' })).toEqual([4, 3, 1, 0, 2]);
    expect(places({ order: 'outcome' })).toEqual([1, 2, 3, 0, 4]);
    expect(orders).toContain('given');
  });

  it('finds files and signers in any case', () => {
    expect(places({ words: ' SURAT ' })).toEqual([0, 1]);
    expect(places({ words: 'budi' })).toEqual([0]);
    expect(places({ words: 'tidak ada' })).toEqual([]);
  });
});
