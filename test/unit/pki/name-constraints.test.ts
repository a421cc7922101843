import { expect, test } from 'vitest';
import { buildChain, parseCertificate } from '../../../src/main/core/pki/index.ts';
import {
  explicit,
  ia5String,
  implicit,
  octetStringOf,
  sequence,
} from '../../../src/main/core/pki/der/write.ts';
import { extension, indonesianName } from '../../../src/main/core/pki/x509/issue.ts';
import { fixedNow, issue, testPki } from '../../fixtures/pki.ts';

/** RFC 5280 §4.2.1.10: an issuer that may only certify some names. */

const mail = (text: string): Buffer => implicit(1, ia5String(text));
const host = (text: string): Buffer => implicit(2, ia5String(text));
const uri = (text: string): Buffer => implicit(6, ia5String(text));
const ip = (...octets: readonly number[]): Buffer => implicit(7, octetStringOf(Buffer.from(octets)));
const other = (): Buffer => implicit(8, ia5String('1.2'));
const folder = (organisation: string): Buffer =>
  explicit(4, sequence(...parts(indonesianName({ organisation, commonName: '' })).slice(0, 2)));

/** The first two parts of our test names: country and organisation. */
function parts(name: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 2; at < name.length; at += 2 + (name[at + 1] ?? 0)) {
    found.push(name.subarray(at, at + 2 + (name[at + 1] ?? 0)));
  }
  return found;
}

const trees = (tag: number, ...bases: readonly Buffer[]): Buffer =>
  bases.length === 0 ? Buffer.alloc(0) : explicit(tag, ...bases.map((base) => sequence(base)));
const constraints = (permitted: readonly Buffer[], excluded: readonly Buffer[]): Buffer =>
  extension('2.5.29.30', true, sequence(trees(0, ...permitted), trees(1, ...excluded)));

function outcome(
  permitted: readonly Buffer[],
  excluded: readonly Buffer[],
  names: readonly Buffer[],
): string {
  const { root } = testPki();
  const bound = issue({
    name: 'CA Terikat',
    issuer: root,
    ca: true,
    extra: [constraints(permitted, excluded)],
  });
  const extra = names.length === 0 ? [] : [extension('2.5.29.17', false, sequence(...names))];
  const leaf = issue({ name: 'Siti', issuer: bound, extra });
  const read = (one: typeof leaf): ReturnType<typeof parseCertificate> => parseCertificate(one.certificate);
  const result = buildChain(read(leaf), [read(bound)], [read(root)], fixedNow);
  return result.ok ? 'ok' : result.reason;
}

const ours = 'Pemkab Lampung Timur (uji)';

test.each([
  ['the organisation that it may certify', [folder(ours)], [], [], 'ok'],
  ['letter case does not matter', [folder(ours.toUpperCase())], [], [], 'ok'],
  ['another organisation', [folder('Pemkab Lain')], [], [], 'NAME_CONSTRAINTS'],
  ['an organisation that it must not certify', [], [folder(ours)], [], 'NAME_CONSTRAINTS'],
  ['one that it must not certify, but another', [], [folder('Pemkab Lain')], [], 'ok'],
  ['a host below', [host('lampung.example')], [], [host('a.lampung.example')], 'ok'],
  [
    'a host that only ends alike',
    [host('lampung.example')],
    [],
    [host('xlampung.example')],
    'NAME_CONSTRAINTS',
  ],
  ['an excluded host', [], [host('lampung.example')], [host('a.Lampung.example')], 'NAME_CONSTRAINTS'],
  ['an address at the host', [mail('lampung.example')], [], [mail('siti@lampung.example')], 'ok'],
  [
    'an address below the host',
    [mail('lampung.example')],
    [],
    [mail('siti@a.lampung.example')],
    'NAME_CONSTRAINTS',
  ],
  ['an address below a dot', [mail('.lampung.example')], [], [mail('siti@a.lampung.example')], 'ok'],
  ['one address', [mail('siti@a.example')], [], [mail('budi@a.example')], 'NAME_CONSTRAINTS'],
  ['a web address', [uri('.lampung.example')], [], [uri('https://u@a.lampung.example:8/x')], 'ok'],
  [
    'a web address elsewhere',
    [uri('.lampung.example')],
    [],
    [uri('https://a.example/.lampung.example')],
    'NAME_CONSTRAINTS',
  ],
  ['an address in the network', [ip(10, 1, 0, 0, 255, 255, 0, 0)], [], [ip(10, 1, 9, 9)], 'ok'],
  ['an address outside', [ip(10, 1, 0, 0, 255, 255, 0, 0)], [], [ip(10, 2, 9, 9)], 'NAME_CONSTRAINTS'],
  ['names of another kind are free', [host('lampung.example')], [], [mail('siti@a.example')], 'ok'],
  ['a kind that is not understood', [other()], [], [other()], 'NAME_CONSTRAINTS_UNSUPPORTED'],
] as const)('%s', (_, permitted, excluded, names, expected) => {
  expect(outcome(permitted, excluded, names)).toBe(expected);
});
