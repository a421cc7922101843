import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  noticeKinds,
  permissions,
  type AuditCheck,
  type AuditLine,
  type Notice,
} from '../../../src/main/core/contract/index.ts';
import { sentencesOf, worst } from '../../../src/renderer/features/audit/check.ts';
import { actionOf, factsOf, withNewest } from '../../../src/renderer/features/audit/lines.ts';
import { subjectOf } from '../../../src/renderer/features/letters/rows.ts';
import { shownNotice } from '../../../src/renderer/features/notices/shown-notice.ts';
import { unitTree } from '../../../src/renderer/features/people/unit-tree.ts';
import { initials } from '../../../src/renderer/lib/content.ts';
import { id as text } from '../../../src/renderer/lib/i18n/id.ts';

const line = (seq: number, part: Partial<AuditLine> = {}): AuditLine => ({
  seq,
  at: '2026-11-22T08:05:00.000Z',
  actor: 'Siti Rahmawati',
  onBehalfOf: '',
  action: 'letter.signed',
  entity: 'letter',
  entityId: 'x',
  facts: {},
  ...part,
});

/** Every act that the application records: names with a dot in its sources that are no calls and no files. */
function actionsInUse(): readonly string[] {
  const folder = join(import.meta.dirname, '../../../src/main/core/app');
  const found = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/'([a-z]+\.[a-z][a-z-]+)'/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  const calls: readonly string[] = Object.keys(permissions);
  return [...new Set(found)].filter(
    (name) =>
      (!calls.includes(name) || name === 'letter.read') &&
      !/^tool\.|\.(?:json|csv|ts|db|eletter)$/.test(name),
  );
}

describe('the audit log in words', () => {
  it('has words for every act that core records', () => {
    const actions = actionsInUse();
    for (const known of ['letter.reservation-ended', 'trust.added', 'account.unlock-failed', 'post.added'])
      expect(actions).toContain(known);
    expect(Object.keys(text.audit.actions).toSorted()).toEqual(actions.toSorted());
    expect(actions.filter((action) => actionOf(line(1, { action }), text) === action)).toEqual([]);
  });

  it('shows facts by name, dates in words, roles and classes by theirs, and free words as typed', () => {
    const facts = { number: '000.8/1/ORG/2026', psre: false, roles: 'drafter, signer', until: '2026-11-30' };
    expect(factsOf(line(1, { facts }), text, 'id')).toEqual([
      ['nomor', '000.8/1/ORG/2026'],
      ['PSrE Indonesia', 'Tidak'],
      ['peran', 'Konseptor, Penanda tangan'],
      ['sampai', '30 November 2026'],
    ]);
    const given = line(1, { entity: 'account', entityId: 'b', facts: { to: 'b', until: 'x' } });
    expect(factsOf(given, text, 'id', (one) => (one === 'b' ? 'Budi' : null))).toEqual([
      ['orang', 'Budi'],
      ['ke', 'Budi'],
      ['sampai', 'x'],
    ]);
    const made = line(1, { facts: { origin: 'test' } });
    expect(factsOf(made, text, 'id')).toEqual([['asal', 'identitas uji']]);
    const reason = factsOf(line(1, { facts: { reason: 'salah rahasia', lain: 3 } }), text, 'id');
    expect(reason).toEqual([
      ['alasan', 'salah rahasia'],
      ['lain', '3'],
    ]);
  });

  it('puts a newer page on top of what was seen, and leaves no gap unseen', () => {
    const page = (...seqs: number[]) => ({ lines: seqs.map((seq) => line(seq)), before: 1, total: 9 });
    const seqs = (lines: readonly AuditLine[]) => lines.map((one) => one.seq);
    expect(seqs(withNewest([], page(9, 8)))).toEqual([9, 8]);
    expect(
      seqs(
        withNewest(
          [8, 7, 6, 5].map((seq) => line(seq)),
          page(9, 8, 7),
        ),
      ),
    ).toEqual([9, 8, 7, 6, 5]);
    expect(
      seqs(
        withNewest(
          [3, 2].map((seq) => line(seq)),
          page(9, 8),
        ),
      ),
    ).toEqual([9, 8]);
  });

  it('judges chain, anchors and agreement each in a sentence', () => {
    const whole: AuditCheck = {
      entries: 12,
      brokenLink: null,
      anchors: 2,
      lastAnchor: '2026-11-22T08:05:00Z',
      contradiction: null,
      at: null,
    };
    const said = sentencesOf(whole, text, 'id');
    expect(said).toHaveLength(3);
    expect(said[1]?.text).toContain('22 November 2026, 15.05 WIB');
    expect(worst(said)).toBe('good');
    const alone = sentencesOf({ ...whole, anchors: 0, lastAnchor: null }, text, 'id');
    expect(worst(alone)).toBe('unsure');
    const broken = sentencesOf({ ...whole, brokenLink: 7 }, text, 'id');
    expect(broken[0]?.text).toContain('7');
    expect(worst(broken)).toBe('bad');
    for (const contradiction of ['rewritten', 'cut-off', 'rolled-back'] as const) {
      const found = sentencesOf({ ...whole, contradiction, at: 9 }, text, 'id');
      expect(worst(found), contradiction).toBe('bad');
      expect(found[2]?.text, contradiction).toContain('9');
    }
  });
});

describe('notices', () => {
  const notice: Notice = {
    id: '1',
    kind: 'letter-arrived',
    letterId: 'x',
    subject: 'Rapat',
    senderName: 'Budi',
    number: null,
    security: 'biasa',
    urgent: false,
    suspicion: null,
    count: 0,
    event: null,
    createdAt: '',
    readAt: null,
  };

  it('of every kind say something and lead somewhere', () => {
    const leads = noticeKinds.map((kind) => shownNotice({ ...notice, kind }, text, 'id').leadsTo);
    expect(leads).toMatchObject([
      { folder: 'incoming', id: 'x' },
      { folder: 'toReview', id: 'x' },
      { folder: 'toSign', id: 'x' },
      { folder: 'drafts', id: 'x' },
      { folder: 'drafts', id: 'x' },
      { folder: 'incoming', id: 'x' },
      { folder: 'outgoing', id: 'x' },
      { folder: 'dispositions', id: 'x' },
      { folder: 'given', id: 'x' },
      { folder: 'dispositions', id: 'x' },
      { folder: 'dispositions', id: null },
      { folder: 'drafts', id: 'x' },
      { section: 'audit' },
      { section: 'mydata' },
      { section: 'mydata' },
      { section: 'authority' },
      { section: 'certificates' },
      { at: 'search', id: 'x' },
      { folder: 'incoming', id: 'x' },
      { folder: 'dispositions', id: 'x' },
    ]);
    for (const kind of noticeKinds) expect(shownNotice({ ...notice, kind }, text, 'id').title).not.toBe('');
  });

  it('name what made somebody suspicious, and a sealed letter by its class', () => {
    const many = { ...notice, kind: 'suspicious-activity', suspicion: 'failed-unlocks', count: 7 } as const;
    expect(shownNotice(many, text, 'id').title).toMatch(/7 .*Budi/);
    const sealed = shownNotice({ ...notice, subject: '', security: 'rahasia' }, text, 'id');
    expect(sealed.about).toContain('Rahasia');
  });
});

describe('names', () => {
  it('puts children below their parents, and loses nobody', () => {
    const unit = (code: string, parent: string | null) => ({ code, name: code, parent });
    const placed = unitTree([unit('B', 'A'), unit('A', null), unit('C', 'GONE'), unit('D', 'B')]);
    expect(placed.map(({ unit: { code }, depth }) => [code, depth])).toEqual([
      ['A', 0],
      ['B', 1],
      ['D', 2],
      ['C', 0],
    ]);
    expect(unitTree([unit('X', 'Y'), unit('Y', 'X')])).toHaveLength(2);
  });

  it('gives initials of any name', () => {
    expect(initials('Siti Rahmawati')).toBe('SR');
    expect(initials('Dra. Siti Rahmawati, M.Si.')).toBe('SR');
    expect(initials('Budi')).toBe('B');
    expect(initials('  ')).toBe('');
    expect(initials('i Wayan  Putra')).toBe('IP');
  });

  it('tells a letter without a subject from a sealed one', () => {
    const row = { subject: '', security: 'rahasia', state: 'signed' } as Parameters<typeof subjectOf>[0];
    expect(subjectOf(row, text)).toBe(text.letters.sealedSubject);
    expect(subjectOf({ ...row, state: 'draft' }, text)).toBe(text.letters.noSubject);
  });
});
