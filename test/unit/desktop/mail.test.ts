import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mailDraft } from '../../../src/main/desktop/mail.ts';

describe('a mail draft', () => {
  const pdf = randomBytes(5000);
  const fileName =
    "000.8.3-1-SETDA-2026 - Undangan rapat évaluasi 'akhir' tahun yang panjang sekali (revisi).pdf";
  const text = mailDraft({ pdf, fileName }).toString('utf8');

  it('is unsent, names nobody, and carries the PDF whole', () => {
    expect(text).toMatch(/^X-Unsent: 1\r\n/);
    expect(text).not.toMatch(/^(From|To|Cc):/m);
    const encoded = text.split(/filename\*=.*\r\n\r\n/)[1]?.split('\r\n--')[0] ?? '';
    expect(Buffer.from(encoded.replaceAll('\r\n', ''), 'base64').equals(pdf)).toBe(true);
  });

  it('keeps every header line short and the name intact (RFC 2047, RFC 2231)', () => {
    const subject = /^Subject: (.*(?:\r\n .*)*)/m.exec(text)?.[1] ?? '';
    for (const line of subject.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
    const decoded = [...subject.matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)]
      .map((match) => Buffer.from(match[1] ?? '', 'base64').toString())
      .join('');
    expect(`${decoded}.pdf`).toBe(fileName);
    expect(decodeURIComponent(/filename\*=UTF-8''(\S+)/.exec(text)?.[1] ?? '')).toBe(fileName);
  });
});
