import { describe, expect, it } from 'vitest';
import type { Addressee, AddressList, Person } from '../../../src/main/core/contract/index.ts';
import {
  doublesIn,
  matching,
  moved,
  suggestionsOf,
  withoutDoubles,
} from '../../../src/renderer/lib/addressees.ts';
import { id as text } from '../../../src/renderer/lib/i18n/id.ts';

const outside = (name: string, place = ''): Addressee => ({ accountId: null, name, place });
const inside = (accountId: string, name: string): Addressee => ({ accountId, name, place: '' });

const person = (accountId: string, name: string, post: string, more: Partial<Person> = {}): Person => ({
  accountId,
  username: accountId,
  name,
  frontTitle: 'Dra.',
  backTitle: '',
  nip: '19700101 199503 2 001',
  rank: '',
  post,
  unit: 'ORG',
  roles: ['drafter'],
  posts: [
    {
      id: `p-${accountId}`,
      status: 'definitif',
      title: post,
      unit: 'ORG',
      from: '2026-01-01',
      until: null,
      printed: post,
      valid: true,
    },
  ],
  revoked: false,
  activated: true,
  ...more,
});

const address = {
  kind: 'office',
  post: '',
  office: '',
  email: '',
  address: '',
  note: '',
  book: 'office',
} as const;
const book: AddressList = {
  entries: [
    { ...address, id: 'e-1', name: 'Camat Sukadana', place: 'Sukadana' },
    {
      ...address,
      id: 'e-2',
      kind: 'person',
      name: 'Ratna',
      post: 'Ketua',
      office: 'Yayasan Bakti',
      place: 'Metro',
    },
  ],
  groups: [
    {
      id: 'g-1',
      name: 'Rapat rutin',
      book: 'mine',
      members: [
        { type: 'entry', id: 'e-1' },
        { type: 'account', id: 'a-2' },
        { type: 'unit', id: 'ORG' },
        { type: 'account', id: 'me' },
        { type: 'entry', id: 'gone' },
        { type: 'entry', id: 'e-2' },
      ],
    },
  ],
  units: [
    {
      code: 'ORG',
      name: 'Bagian Organisasi',
      through: 'head',
      addressee: inside('a-2', 'Kepala Bagian Organisasi'),
    },
    { code: 'UM', name: 'Bagian Umum', through: 'nobody', addressee: outside('Kepala Bagian Umum') },
  ],
};
const people = [
  person('me', 'Siti', 'Sekretaris Daerah'),
  person('a-2', 'Budi', 'Kepala Bagian Organisasi'),
  person('a-3', 'Pergi', 'Kepala Lama', { revoked: true }),
];
const all = suggestionsOf(people, book, 'me', text, String);
const found = (query: string): string[] => matching(all, query).map((one) => `${one.kind} ${one.title}`);

describe('what is suggested', () => {
  it('is found by name, post, NIP, unit, book and group; never oneself, nor who has left', () => {
    expect(found('budi')).toEqual(['person Kepala Bagian Organisasi']);
    expect(found('197001011995')).toEqual(['person Kepala Bagian Organisasi']);
    expect(found('organisasi kepala')).toEqual([
      'person Kepala Bagian Organisasi',
      'unit Kepala Bagian Organisasi',
    ]);
    expect(found('RATNA')).toEqual(['entry Ketua Yayasan Bakti']);
    expect(found('siti')).toEqual([]);
    expect(found('kepala lama')).toEqual([]);
    expect(found('sukadana')[0]).toBe('entry Camat Sukadana');
    expect(matching(all, 'bagian umum')[0]?.detail).toContain('hanya dicetak');
  });

  it('puts what begins as it was typed first', () => {
    expect(found('ra')[0]).toBe('group Rapat rutin');
  });

  it('of a group is each member once, in its order', () => {
    const group = all.find((one) => one.kind === 'group');
    expect(group?.addressees.map(({ name }) => name)).toEqual([
      'Camat Sukadana',
      'Kepala Bagian Organisasi',
      'Ketua Yayasan Bakti',
    ]);
    expect(group?.detail).toBe('Kelompok · 3 penerima');
  });
});

describe('a list of addressees', () => {
  const held = [outside('Camat Sukadana', 'Sukadana'), inside('a-2', 'Kepala Bagian Organisasi')];

  it('takes nobody twice, by account or by words', () => {
    const next = [
      outside('camat  sukadana.', 'sukadana'),
      inside('a-2', 'Plt. Kepala'),
      outside('Baru'),
      outside('baru'),
    ];
    expect(withoutDoubles(held, next)).toEqual({ added: [outside('Baru')], doubles: 3 });
  });

  it('says where somebody is twice', () => {
    const list = [
      ...held,
      outside('CAMAT SUKADANA', 'Sukadana'),
      outside(''),
      outside(''),
      outside('Bupati'),
    ];
    expect(doublesIn(list, [outside('bupati')])).toEqual([null, null, 0, null, null, 'elsewhere']);
  });

  it('moves one and keeps the others', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    const list = ['a'];
    expect(moved(list, 0, -1)).toBe(list);
    expect(moved(list, 0, 1)).toBe(list);
  });
});
