import { describe, expect, it } from 'vitest';
import { reportsAsCsv, type VerificationReport } from '../../../src/main/core/contract/index.ts';

const report = (file: string): VerificationReport => ({
  file,
  sha256: 'ab',
  conclusion: 'UNREADABLE',
  revisions: 0,
  signatures: [],
  problems: [{ code: 'FILE_UNREADABLE', message: 'ia berkata "tidak"\r\n=1+1' }],
});

describe('a table of reports', () => {
  it.each(['=1+1.pdf', '+1.pdf', '-1.pdf', '@sum.pdf', '  =1.pdf', '\t=1.pdf', '＝1.pdf'])(
    'lets no name become a formula: %j',
    (name) => {
      const [, row = ''] = reportsAsCsv([report(name)], 'id').split('\r\n');
      expect(row.startsWith(`"'`)).toBe(true);
    },
  );

  it('quotes, and keeps one row a file', () => {
    const lines = reportsAsCsv([report('a.pdf'), report('b.pdf')], 'en').split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('"ia berkata ""tidak""  =1+1"');
    expect(lines[0]?.startsWith('\ufeff"File","SHA-256"')).toBe(true);
  });
});
