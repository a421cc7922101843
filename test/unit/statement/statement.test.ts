import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import type { SecurityClass, TypesetLetter } from '../../../src/main/core/contract/letters.ts';
import { securityClasses } from '../../../src/main/core/contract/letters.ts';
import {
  checkStatement,
  exportStatementKey,
  importStatementKey,
  letterDigest,
  makeStatement,
  newStatementKey,
  hasLookalikes,
  makeCard,
  publicKeyOf,
  readCard,
  writeCard,
} from '../../../src/main/core/statement/index.ts';
import { fromBase45, toBase45 } from '../../../src/main/core/statement/base45.ts';
import { sampleLetter } from '../../fixtures/letters.ts';

const key = newStatementKey();
const office = makeCard('Sekretariat Daerah', key, []);
const other = makeCard('Dinas Lain', newStatementKey(), []);
const letter = sampleLetter(1);
const sealedAs = (security: SecurityClass, subject: string): TypesetLetter => ({
  ...letter,
  content: { ...letter.content, security, subject },
});
const made = (one: TypesetLetter = letter): string => makeStatement(one, key) ?? '';
const bytesOf = (text: string): Buffer => fromBase45(text.slice(5)) ?? Buffer.alloc(0);
const factsOf = (text: string) => {
  const check = checkStatement(text, [other, office]);
  if (check.outcome !== 'genuine') throw new Error(check.outcome);
  return check.facts;
};

describe('a statement', () => {
  it('comes back with what the letter says', () => {
    expect(checkStatement(made(), [other, office])).toEqual({
      outcome: 'genuine',
      office: office.name,
      facts: {
        number: letter.number,
        date: letter.date,
        sender: letter.letterhead.office,
        signer: letter.signer.name,
        subject: letter.content.subject,
        digest: letterDigest(letter).toString('hex'),
      },
      warnings: [],
    });
  });

  it('stays checkable after its office has another key, but not for letters of later days', () => {
    const [old, until] = [{ publicKey: publicKeyOf(key) }, letter.date];
    const renewed = makeCard(office.name, newStatementKey(), [{ ...old, until }]);
    expect(checkStatement(made(), [renewed])).toMatchObject({ outcome: 'genuine', warnings: ['OLD_KEY'] });
    const dayBefore = new Date(Date.parse(letter.date) - 86_400_000).toISOString().slice(0, 10);
    const earlier = makeCard(office.name, newStatementKey(), [{ ...old, until: dayBefore }]);
    expect(checkStatement(made(), [earlier])).toEqual({
      outcome: 'withdrawn-key',
      office: office.name,
      until: dayBefore,
    });
  });

  it.each([
    ['Cyrillic in the sender', { office: 'Sekretari\u0430t Daerah' }],
    ['Greek', { office: 'S\u0395KRETARIAT' }],
    ['full width', { office: '\uff33ekretariat' }],
    ['mathematical letters', { office: '\u{1d5e6}ekretariat' }],
    ['a dotless i', { office: 'Sekretar\u0131at' }],
  ])('warns of letters that only look Latin: %s', (_, head) => {
    const text = makeStatement({ ...letter, letterhead: { ...letter.letterhead, ...head } }, key) ?? '';
    expect(checkStatement(text, [office])).toMatchObject({ outcome: 'genuine', warnings: ['LOOKALIKE'] });
  });

  it('does not warn of what Indonesian and its neighbours write', () => {
    for (const name of ['Café Résumé 12 № ½ – “Ñusantara”', 'Žižkov, Łódź, Nguyễn'])
      expect(hasLookalikes(name), name).toBe(false);
    expect(hasLookalikes('\u0661\u0662')).toBe(true);
  });

  it('is the same text for the same letter, also with a key that was kept', () => {
    expect(makeStatement(letter, importStatementKey(exportStatementKey(key)))).toBe(made());
  });

  it('survives what scanners put around it', () => {
    expect(factsOf(`${made()}\r\n`)).toEqual(factsOf(made()));
  });

  it('is refused with any bit of any byte changed', () => {
    const bytes = bytesOf(made());
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bit of [1, 0x80]) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (bytes[at] ?? 0) ^ bit;
        expect(outcomeOf(`ELT1:${toBase45(flipped)}`, [office, other]), `byte ${at}`).not.toBe('genuine');
      }
    }
  });

  it('is refused cut short, lengthened, or with other characters', () => {
    const text = made();
    for (const bad of [
      '',
      'ELT1:',
      text.slice(0, -1),
      `${text}0`,
      `${text}000`,
      text.toLowerCase(),
      `X${text}`,
    ])
      expect(outcomeOf(bad, [office])).toBe('STATEMENT_UNREADABLE');
    expect(outcomeOf(`ELT1:${'0'.repeat(1_000_000)}`, [office])).toBe('STATEMENT_UNREADABLE');
  });

  it('is no proof to whoever knows only other offices', () => {
    expect(outcomeOf(made(), [other])).toBe('unknown-office');
    expect(outcomeOf(made(), [])).toBe('unknown-office');
  });

  it('is forged where it names the key of another office', () => {
    const bytes = bytesOf(made());
    const foreign = bytesOf(makeStatement(letter, newStatementKey()) ?? '');
    bytes.copy(foreign, 2, 2, 10);
    expect(outcomeOf(`ELT1:${toBase45(foreign)}`, [office])).toBe('forged');
  });

  it('keeps to 200 bytes and a code of 57 modules, cutting long texts between characters', () => {
    const long = {
      ...sealedAs('biasa', 'Undangan rapat koordinasi percepatan penyaluran bantuan 👩‍🌾 '.repeat(8)),
      number: `000.8.3/${'9'.repeat(40)}/SETDA/2026`,
      letterhead: { ...letter.letterhead, office: 'Sekretariat Daerah Kabupaten Lampung Timur '.repeat(5) },
      signer: { ...letter.signer, name: 'ꦱꦸꦫꦠ꧀'.repeat(40) },
    };
    const text = made(long);
    expect(bytesOf(text).length).toBeLessThanOrEqual(200);
    expect(bytesOf(text).length).toBeGreaterThan(185);
    expect(encode(text, { ecc: 'M', border: 0 }).size).toBe(57);
    const facts = factsOf(text);
    expect(facts.number).toBe(long.number);
    for (const [cut, whole] of [
      [facts.subject, long.content.subject],
      [facts.sender, long.letterhead.office],
      [facts.signer, long.signer.name],
    ] as const) {
      expect(cut?.endsWith('…')).toBe(true);
      expect(whole.startsWith(cut?.slice(0, -1) ?? '?')).toBe(true);
    }
  });

  it('cuts the longest first and leaves short texts whole', () => {
    const facts = factsOf(made(sealedAs('biasa', 'Panjang sekali '.repeat(20))));
    expect(facts).toMatchObject({ sender: letter.letterhead.office, signer: letter.signer.name });
    expect(facts.subject).toMatch(/^Panjang sekali Panjang .*…$/);
  });

  it('is not made for a number that would have to be cut', () => {
    expect(makeStatement({ ...letter, number: '9'.repeat(60) }, key)).not.toBeNull();
    expect(makeStatement({ ...letter, number: '9'.repeat(61) }, key)).toBeNull();
  });

  it.each(securityClasses.filter((one) => one !== 'biasa'))(
    'of class %s does not tell the subject',
    (security) => {
      const text = made(sealedAs(security, 'Mutasi pejabat'));
      expect(factsOf(text).subject).toBeNull();
      expect(bytesOf(text).includes('Mutasi')).toBe(false);
    },
  );

  it('shows nothing that hides or reorders', () => {
    const facts = factsOf(made(sealedAs('biasa', 'Rapat\u202e\u200b dinas\u0007\n besok')));
    expect(facts.subject).toBe('Rapat dinas besok');
  });
});

describe('the digest of a letter', () => {
  it('changes with its words, and not with the order of keys, ids or the statement', () => {
    const digest = letterDigest(letter);
    const turned = Object.fromEntries(Object.entries(letter).toReversed()) as unknown as TypesetLetter;
    expect(letterDigest({ ...turned, statement: 'ELT1:X', issuer: 'CA lain', certified: true })).toEqual(
      digest,
    );
    const withIds = letter.content.recipients.map((one) => ({ ...one, accountId: 'a' }));
    expect(letterDigest({ ...letter, content: { ...letter.content, recipients: withIds } })).toEqual(digest);
    expect(letterDigest(sealedAs('biasa', 'Laporan bulanan!'))).not.toEqual(digest);
    const printed = [{ official: letter.signer, behalf: null }];
    const together = letterDigest({ ...letter, signers: printed });
    expect(together).not.toEqual(digest);
    const accounts = {
      signers: [{ accountId: 'a', postId: 'p', behalf: null }],
      review: { hierarchy: ['a'], coordination: [] },
    };
    expect(
      letterDigest({ ...letter, signers: printed, content: { ...letter.content, ...accounts } }),
    ).toEqual(together);
    expect(letterDigest({ ...letter, number: '1' })).not.toEqual(digest);
  });
});

describe('an office card', () => {
  it('comes back as it was written', () => {
    expect(readCard(writeCard(office))).toEqual(office);
    const until = '2026-01-31';
    const previous = [{ publicKey: publicKeyOf(newStatementKey()), until }];
    const renewed = makeCard('Dinas', key, previous);
    expect(readCard(writeCard({ ...renewed, certification: Buffer.from('x') }))).toEqual({
      ...renewed,
      certification: Buffer.from('x'),
    });
    // Handed out before cards had more than a key.
    const first = { ...office, signature: null };
    expect(readCard(writeCard(first))).toEqual(first);
  });

  it('is refused where anything in it is not what its key signed', () => {
    const previous = [{ publicKey: publicKeyOf(newStatementKey()), until: '2026-01-31' }];
    const good = JSON.parse(writeCard(makeCard('Dinas', key, previous)).toString()) as Record<
      string,
      unknown
    >;
    const bad = [
      { ...good, name: 'Dinas Lain' },
      { ...good, previous: [] },
      { ...good, previous: [{ ...previous[0], until: '2026-12-31' }] },
      { ...good, previous: 'x' },
      { ...good, previous: [null] },
      { ...good, previous: Array.from({ length: 51 }, () => (good['previous'] as unknown[])[0]) },
      { ...good, publicKey: publicKeyOf(newStatementKey()).toString('base64') },
      { ...good, signature: 'AAAA' },
      { ...good, signature: 7 },
      { ...good, certification: 7 },
      { ...good, version: 3 },
    ];
    expect(readCard(Buffer.from(JSON.stringify(good))).name).toBe('Dinas');
    for (const one of bad)
      expect(() => readCard(Buffer.from(JSON.stringify(one)))).toThrow('OFFICE_CARD_UNREADABLE');
  });

  it.each([
    ['no JSON', 'surat'],
    ['a list', '[]'],
    ['another format', JSON.stringify({ format: 'x', version: 1, name: 'A', publicKey: '' })],
    ['no key', JSON.stringify({ format: 'eletter-office-card', version: 1, name: 'A', publicKey: 'AAAA' })],
    ['an RSA key', card(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)],
    ['a hiding name', card(createPublicKey(key), 'Dinas\u202e')],
    ['too much', ' '.repeat(80_000)],
  ])('with %s is refused', (_, text) => {
    expect(() => readCard(Buffer.from(text))).toThrow('OFFICE_CARD_UNREADABLE');
  });
});

function card(publicKey: ReturnType<typeof createPublicKey>, name = 'Dinas'): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return JSON.stringify({ format: 'eletter-office-card', version: 1, name, publicKey: spki });
}

function outcomeOf(text: string, offices: Parameters<typeof checkStatement>[1]): string {
  try {
    return checkStatement(text, offices).outcome;
  } catch (error) {
    return error instanceof Error ? error.message : 'thrown';
  }
}
