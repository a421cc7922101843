import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Kind, LetterContent, LetterRow } from '../../../src/main/core/contract/index.ts';
import { kindsFor } from '../../../src/renderer/features/letters/kinds-for.ts';
import { matches, shownState, wanted } from '../../../src/renderer/features/letters/rows.ts';
import { derCertificates, sha256Hex } from '../../../src/renderer/lib/certificates.ts';
import { classificationName } from '../../../src/renderer/lib/classification.ts';
import { fullName, withKind } from '../../../src/renderer/lib/content.ts';
import { hasErrors, noPassphrases, passphraseErrors, personErrors } from '../../../src/renderer/lib/forms.ts';
import { id as text } from '../../../src/renderer/lib/i18n/id.ts';
import { isEmpty, missingFields, problemLines } from '../../../src/renderer/lib/problems.ts';
import { groupTypedKey, recoveryGroups, sameGroup } from '../../../src/renderer/lib/recovery.ts';

const row: LetterRow = {
  id: '1',
  kind: 'surat-dinas',
  state: 'signed',
  urgency: 'biasa',
  security: 'biasa',
  onBehalfOf: null,
  subject: 'Undangan Rapat Évaluasi',
  number: '000.8/13-12/ORG/2026',
  date: '2026-11-22',
  senderName: 'Budi Santoso',
  senderUnit: 'DISKOMINFO',
  recipientNames: ['Camat Sukadana'],
  unread: true,
  awaiting: false,
  createdAt: '',
  updatedAt: '',
  signedAt: null,
};

describe('the filter of the letter list', () => {
  it('finds words in any order, without case, accents and separators', () => {
    for (const query of ['', 'rapat undangan', 'EVALUASI', '1312', '13-12', 'sukadana diskom', '000.8/13'])
      expect(matches(row, query), query).toBe(true);
    for (const query of ['rapat bogor', '1313']) expect(matches(row, query), query).toBe(false);
  });

  it('keeps only unread ones on request', () => {
    const read = { ...row, unread: false };
    expect(wanted([row, read], '', true)).toEqual([row]);
    const sent = { ...read, awaiting: true };
    expect(wanted([sent, read], '', true)).toEqual([sent]);
  });

  it('shows the state of the asker’s side', () => {
    expect(shownState(row, 'incoming').key).toBe('unread');
    expect(shownState(row, 'outgoing').key).toBe('signed');
    expect(shownState({ ...row, awaiting: true }, 'outgoing').key).toBe('awaiting');
    expect(shownState({ ...row, state: 'reserved' }, 'drafts').key).toBe('reserved');
  });
});

describe('the recovery key', () => {
  it('is shown in its own groups, or cut into groups of five', () => {
    expect(recoveryGroups('AB12-CD34-EF56')).toEqual(['AB12', 'CD34', 'EF56']);
    expect(recoveryGroups('ABCDEFGHIJKL')).toEqual(['ABCDE', 'FGHIJ', 'KL']);
    expect(recoveryGroups('')).toEqual([]);
  });

  it('is compared without case and separators, and nothing else', () => {
    expect(sameGroup(' ef 56', 'EF56')).toBe(true);
    expect(sameGroup('EF57', 'EF56')).toBe(false);
  });

  /** `|` marks the cursor, before and after. */
  const typed = (shown: string, forward = false): string => {
    const caret = shown.indexOf('|');
    const next = groupTypedKey(shown.replace('|', ''), caret, forward);
    return `${next.value.slice(0, next.caret)}|${next.value.slice(next.caret)}`;
  };

  it('is grouped while it is typed, whatever case and separators it comes in', () => {
    expect(typed('|')).toBe('|');
    expect(typed('a|')).toBe('A|');
    expect(typed('ABCD|')).toBe('ABCD|');
    expect(typed('ABCDe|')).toBe('ABCD E|');
    expect(typed('ab-cdef - gh\tij!|')).toBe('ABCD EFGH IJ|');
  });

  it('leaves the cursor behind the characters that it was behind', () => {
    expect(typed('ABx|CD EFGH')).toBe('ABX|C DEFG H');
    expect(typed('ABCDx| EFGH')).toBe('ABCD X|EFG H');
    expect(typed('AB|D EFGH')).toBe('AB|DE FGH');
    expect(typed('|ABCD E')).toBe('|ABCD E');
  });

  it('lets Backspace and Delete past the spaces', () => {
    // The space itself was deleted: Backspace stops before it, Delete steps over it.
    expect(typed('ABCD|EFGH')).toBe('ABCD| EFGH');
    expect(typed('ABCD|EFGH', true)).toBe('ABCD |EFGH');
    expect(typed('ABCD |FGH', true)).toBe('ABCD |FGH');
    expect(typed('ABCD|', true)).toBe('ABCD|');
  });
});

describe('certificate files', () => {
  const der = Uint8Array.from([0x30, 0x03, 1, 2, 3]);
  const pem = (bytes: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`;

  it('gives every certificate of a PEM file, or the DER bytes themselves', () => {
    const two = new TextEncoder().encode(`${pem(der)}komentar\n${pem(Uint8Array.of(9))}`);
    expect(derCertificates(two)).toEqual([der, Uint8Array.of(9)]);
    expect(derCertificates(der)).toEqual([der]);
    expect(derCertificates(new Uint8Array())).toEqual([]);
  });

  it('leaves out a block that is not base64 or never ends', () => {
    const broken =
      '-----BEGIN CERTIFICATE-----\n*not*\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nAAAA';
    expect(derCertificates(new TextEncoder().encode(broken))).toEqual([]);
  });

  it('spells the fingerprint as the contract does', async () => {
    expect(await sha256Hex(der)).toBe(createHash('sha256').update(der).digest('hex'));
  });
});

describe('forms', () => {
  const person = {
    username: 'siti.r',
    name: 'Siti',
    frontTitle: '',
    backTitle: '',
    nip: '',
    rank: '',
    post: 'Kabag',
    unit: 'ORG',
  };

  it('accept a whole person and name each wrong field', () => {
    expect(hasErrors(personErrors(person, text))).toBe(false);
    expect(personErrors({ ...person, username: 'Siti R' }, text)['username']).toBe(
      text.person.usernameInvalid,
    );
    expect(personErrors({ ...person, nip: '123' }, text)['nip']).toBe(text.person.nipInvalid);
    expect(personErrors({ ...person, unit: 'ORG/1' }, text)['unit']).toBe(text.person.unitInvalid);
    expect(personErrors({ ...person, post: ' ' }, text)['post']).toBe(text.common.required);
  });

  it('hold both passphrases to their length, to their repetition, and apart', () => {
    const good = {
      account: 'dua belas huruf',
      accountAgain: 'dua belas huruf',
      signing: 'sepuluh huruf',
      signingAgain: 'sepuluh huruf',
    };
    expect(hasErrors(passphraseErrors(good, text))).toBe(false);
    expect(passphraseErrors(noPassphrases, text)['account']).toBe(text.passphrases.tooShort(12));
    expect(passphraseErrors({ ...good, signing: good.account }, text)['signing']).toBe(
      text.passphrases.equal,
    );
    expect(passphraseErrors({ ...good, signingAgain: 'x' }, text)['signingAgain']).toBe(
      text.passphrases.notSame,
    );
  });
});

describe('the content of a letter', () => {
  const content: LetterContent = {
    kind: 'surat-dinas',
    classification: '',
    urgency: 'biasa',
    security: 'biasa',
    postId: null,
    attachments: '',
    subject: 'x',
    recipients: [],
    copies: [],
    body: [],
    event: null,
  };

  const both = (words: string) => ({ id: words, en: words });
  const kind: Kind = {
    id: 'nota-dinas',
    label: 'Nota Dinas',
    name: both('Nota Dinas'),
    about: both('Antarpejabat'),
    group: 'internal',
    shape: 'memo',
    addressees: 'required',
    event: false,
    fields: [],
  };

  it('gains an event as an invitation and keeps it while another kind is tried', () => {
    const invitation = withKind(content, { ...kind, id: 'surat-undangan', event: true });
    expect(invitation.event).not.toBeNull();
    expect(withKind(invitation, kind).event).toEqual(invitation.event);
    const basis = { name: 'dasar', label: both('Dasar'), form: 'list', required: true } as const;
    const order = withKind(content, { ...kind, id: 'surat-tugas', fields: [basis] });
    expect(order.details).toEqual({});
    const filled = { ...order, details: { dasar: 'x' } };
    expect(withKind(withKind(filled, kind), { ...kind, fields: [basis] }).details).toEqual({ dasar: 'x' });
  });

  it('finds a kind by any of its words', () => {
    const order = {
      ...kind,
      id: 'surat-tugas',
      name: both('Surat Tugas'),
      about: both('Menugaskan pegawai'),
    };
    expect(kindsFor([kind, order], '', 'id')).toHaveLength(2);
    expect(kindsFor([kind, order], 'PEGAWAI tugas', 'id')).toEqual([order]);
    expect(kindsFor([kind, order], 'sertifikat', 'id')).toEqual([]);
  });

  it('lacks fields, each named once in the form’s words, an event by its own fields', () => {
    const lacks = (field: string) => ({ code: 'LETTER_INCOMPLETE', params: { field } }) as const;
    const glyph = { code: 'GLYPH_MISSING', params: { character: '☃' } } as const;
    const event = { date: '2026-11-22', time: ' ', place: '', agenda: 'Rapat' };
    const problems = [lacks('subject'), glyph, lacks('event')];
    expect(missingFields(problems, { ...content, event })).toEqual(['subject', 'event.time', 'event.place']);
    expect(missingFields(problems, content)).toEqual(['subject', 'event']);
    expect(
      problemLines(
        problems,
        { ...content, event },
        (field) => text.fields[field] ?? field,
        (error) => error.code,
      ),
    ).toEqual(['Hal', 'Waktu acara', 'Tempat acara', 'GLYPH_MISSING']);
  });

  it('is written where it is still empty', () => {
    const paragraph = { type: 'paragraph', content: [] } as const;
    expect(isEmpty(content, 'classification')).toBe(true);
    expect(isEmpty(content, 'subject')).toBe(false);
    expect(isEmpty(content, 'recipients')).toBe(true);
    expect(isEmpty({ ...content, body: [paragraph] }, 'body')).toBe(true);
    expect(
      isEmpty({ ...content, body: [{ ...paragraph, content: [{ type: 'text', text: 'x' }] }] }, 'body'),
    ).toBe(false);
  });

  it('names a person with titles and a code by its nearest parent', () => {
    expect(fullName({ name: 'Siti', frontTitle: 'Dr.', backTitle: 'M.Si.' })).toBe('Dr. Siti, M.Si.');
    expect(classificationName('000.8.3.1', 'id')).toBe('Organisasi dan tata laksana');
    expect(classificationName('1234', 'id')).toBeNull();
  });
});
