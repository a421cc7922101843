import { describe, expect, test } from 'vitest';
import { integer, objectIdentifier, sequence, tlv } from '../../../src/main/core/pki/der/write.ts';
import { buildChain, parseCertificate } from '../../../src/main/core/pki/index.ts';
import { extension } from '../../../src/main/core/pki/x509/issue.ts';
import { fixedNow, issue, testPki } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';

/** Certificate policies along a path (RFC 5280 §6.1), below a root, two authorities deep. */

const any = '2.5.29.32.0';
const [gold, silver, other] = ['1.3.6.1.4.1.55555.1', '1.3.6.1.4.1.55555.2', '1.3.6.1.4.1.55555.3'];
const policies = (...names: readonly string[]): Buffer =>
  extension('2.5.29.32', false, sequence(...names.map((one) => sequence(objectIdentifier(one)))));
const mappings = (...pairs: readonly (readonly [string, string])[]): Buffer =>
  extension(
    '2.5.29.33',
    true,
    sequence(...pairs.map(([from, to]) => sequence(objectIdentifier(from), objectIdentifier(to)))),
  );
const constraints = (explicit: number | null, mapping: number | null): Buffer => {
  const part = (tag: number, value: number | null): Buffer[] =>
    value === null ? [] : [tlv(tag, Buffer.of(value))];
  return extension('2.5.29.36', true, sequence(...part(0x80, explicit), ...part(0x81, mapping)));
};
const inhibitAny = (skip: number): Buffer => extension('2.5.29.54', true, integer(skip));

const { root } = testPki();

/** What the path comes to, given the extensions of each certificate from the root's side. */
function outcome(first: readonly Buffer[], second: readonly Buffer[], leaf: readonly Buffer[]): string {
  const one = issue({ name: 'CA 1', issuer: root, ca: true, extra: first });
  const two = issue({ name: 'CA 2', issuer: one, ca: true, extra: second });
  const person = issue({ name: 'Orang', issuer: two, extra: leaf });
  const read = (who: TestCertificate): ReturnType<typeof parseCertificate> =>
    parseCertificate(who.certificate);
  const result = buildChain(read(person), [read(two), read(one)], [read(root)], fixedNow);
  return result.ok ? 'ok' : result.reason;
}

describe('a path whose policies', () => {
  test.each<[string, readonly Buffer[], readonly Buffer[], readonly Buffer[], string]>([
    ['nobody names, nobody asks for', [], [], [], 'ok'],
    ['are named, and nobody asks for', [policies(gold)], [policies(silver)], [policies(other)], 'ok'],
    [
      'are asked for and named throughout',
      [policies(gold), constraints(0, null)],
      [policies(gold)],
      [policies(gold)],
      'ok',
    ],
    [
      'are asked for, and one does not name any',
      [policies(gold), constraints(0, null)],
      [],
      [policies(gold)],
      'POLICIES',
    ],
    [
      'are asked for, and the last names another',
      [policies(gold), constraints(0, null)],
      [policies(gold)],
      [policies(silver)],
      'POLICIES',
    ],
    [
      'are asked for by the last but one, and the last names none',
      [policies(gold)],
      [policies(gold), constraints(0, null)],
      [],
      'POLICIES',
    ],
    ['are asked for behind the last', [constraints(3, null)], [], [], 'ok'],
    ['are asked for at the last', [constraints(2, null)], [], [], 'POLICIES'],
    ['are asked for by the last itself, which has none', [], [], [constraints(0, null)], 'POLICIES'],
    [
      'are asked for by the last itself, and hold',
      [policies(any)],
      [policies(gold)],
      [policies(gold), constraints(0, null)],
      'ok',
    ],
    ['are any policy', [policies(any), constraints(0, null)], [policies(any)], [policies(silver)], 'ok'],
    [
      'may not be any policy',
      [policies(any), constraints(0, null), inhibitAny(0)],
      [policies(any)],
      [policies(silver)],
      'POLICIES',
    ],
    [
      'may be any policy for one certificate',
      [policies(any), constraints(0, null), inhibitAny(1)],
      [policies(any)],
      [policies(silver)],
      'ok',
    ],
    [
      'are called otherwise below',
      [policies(gold), constraints(0, null), mappings([gold, silver])],
      [policies(silver)],
      [policies(silver)],
      'ok',
    ],
    [
      'are still called as above',
      [policies(gold), constraints(0, null), mappings([gold, silver])],
      [policies(gold)],
      [policies(gold)],
      'POLICIES',
    ],
    [
      'are called otherwise, though that is forbidden',
      [policies(gold), constraints(0, 0)],
      [policies(gold), mappings([gold, silver])],
      [policies(silver)],
      'POLICIES',
    ],
    [
      'any policy is called otherwise',
      [policies(any), mappings([any, silver])],
      [policies(silver)],
      [policies(silver)],
      'POLICIES',
    ],
  ])('%s', (_, first, second, leaf, expected) => {
    expect(outcome(first, second, leaf)).toBe(expected);
  });

  test('are very many', () => {
    const many = Array.from({ length: 400 }, (_, index) => `1.3.6.1.4.1.55555.9.${index}`);
    const pairs = many.flatMap((from) => [[from, gold] as const]);
    const began = performance.now();
    expect(
      outcome(
        [policies(...many), constraints(0, null), mappings(...pairs)],
        [policies(gold)],
        [policies(gold)],
      ),
    ).toBe('ok');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('cannot be read', () => {
    const broken = extension('2.5.29.36', true, sequence(tlv(0x80, Buffer.alloc(9, 1))));
    expect(() => outcome([broken], [], [])).toThrow();
  });
});
