import { describe, expect, it } from 'vitest';
import { printedAddress, type NewAddress } from '../../../src/main/core/contract/addresses.ts';
import type { TestApp } from '../../fixtures/engine.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

let app: TestApp;
let head: TestPerson;
officeForEachTest('2026-11-23T02:00:00Z', (office) => {
  ({ app, head } = office);
});

const address = (name: string, place = '', rest: Partial<NewAddress> = {}): NewAddress => ({
  kind: 'office',
  name,
  place,
  post: '',
  office: '',
  email: '',
  address: '',
  note: '',
  ...rest,
});
const save = (one: NewAddress, book: 'office' | 'mine' = 'office') =>
  app.ask('addresses.save', { id: null, book, address: one, doubles: 'ask' });
const csv = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the address book', () => {
  it('of the office is written by registrars and administrators, and read by everybody', async () => {
    const camat = await save(address('Camat Sukadana', 'Sukadana'));
    const drafter = await invite(app, 'penulis', ['drafter'], { unit: 'SETDA' });
    const registrar = await invite(app, 'agendaris', ['registrar'], { unit: 'SETDA' });
    await activate(app, drafter);
    const { entries } = await app.ask('addresses.list', {});
    expect(entries).toEqual([camat]);
    const input = { id: camat.id, book: 'office', address: address('X'), doubles: 'keep' } as const;
    expect(await app.refused('addresses.save', input)).toBe('NOT_ALLOWED');
    expect(await app.refused('addresses.remove', { id: camat.id })).toBe('NOT_ALLOWED');
    const group = { name: 'Semua', members: [{ type: 'entry', id: camat.id }] } as const;
    expect(await app.refused('addresses.saveGroup', { id: null, book: 'office', group })).toBe('NOT_ALLOWED');
    const table = { csv: csv('Nama\nA'), book: 'office', group: '', write: true } as const;
    expect(await app.refused('addresses.import', table)).toBe('NOT_ALLOWED');

    // One's own book is nobody else's.
    const own = await save(address('Yayasan Bakti'), 'mine');
    const mine = await app.ask('addresses.saveGroup', {
      id: null,
      book: 'mine',
      group: { name: 'Mitra', members: [{ type: 'entry', id: own.id }, ...group.members] },
    });
    await activate(app, registrar);
    const seen = await app.ask('addresses.list', {});
    expect(seen.entries.map(({ name }) => name)).toEqual(['Camat Sukadana']);
    expect(seen.groups).toEqual([]);
    expect(await app.refused('addresses.remove', { id: own.id })).toBe('NOT_FOUND');
    expect(await app.refused('addresses.removeGroup', { id: mine.id })).toBe('NOT_FOUND');
    expect(await app.refused('addresses.saveGroup', { id: mine.id, book: 'mine', group })).toBe('NOT_FOUND');
    const stolen = { name: 'Curi', members: [{ type: 'entry', id: own.id }] } as const;
    expect(await app.refused('addresses.saveGroup', { id: null, book: 'mine', group: stolen })).toBe(
      'NOT_FOUND',
    );
    expect((await save(address('Lurah A'))).book).toBe('office');
    await app.ask('addresses.remove', { id: camat.id });
  });

  it('notices who is in it already, and puts the two together', async () => {
    const first = await save(address('Camat Sukadana', 'Sukadana', { email: 'camat@x.id' }));
    const again = address('CAMAT  SUKADANA.', 'sukadana', { note: 'baru' });
    const input = { id: null, book: 'office', address: again, doubles: 'ask' } as const;
    expect(await app.refused('addresses.save', input)).toBe('ADDRESS_DOUBLE');
    const merged = await app.ask('addresses.save', { ...input, doubles: 'merge' });
    expect(merged).toMatchObject({ id: first.id, name: first.name, email: 'camat@x.id', note: 'baru' });
    const kept = await app.ask('addresses.save', { ...input, doubles: 'keep' });
    expect(kept.id).not.toBe(first.id);
    // One's own book is another book.
    expect((await save(again, 'mine')).book).toBe('mine');

    // In a group the two become one as well.
    const other = await save(address('Camat Lama', 'Sukadana'));
    const members = [other, kept, first].map(({ id }) => ({ type: 'entry', id }) as const);
    const group = await app.ask('addresses.saveGroup', {
      id: null,
      book: 'office',
      group: { name: 'Camat', members },
    });
    await app.ask('addresses.remove', { id: kept.id });
    await app.ask('addresses.save', {
      id: other.id,
      book: 'office',
      doubles: 'merge',
      address: address('Camat Sukadana', 'Sukadana'),
    });
    const { groups, entries } = await app.ask('addresses.list', {});
    expect(groups).toEqual([{ ...group, members: [{ type: 'entry', id: first.id }] }]);
    expect(entries.filter((one) => one.book === 'office')).toHaveLength(1);
  });

  it('goes out as a table and comes back as it was', async () => {
    const odd = [
      address('=HYPERLINK("x")', '-', { email: '+62', note: "'=1", address: '@a "b", c; d' }),
      address('Budi', 'Metro', { kind: 'person', post: 'Ketua', office: 'Yayasan Bakti' }),
    ];
    for (const one of odd) await save(one);
    const { csv: written, fileName } = await app.ask('addresses.export', { book: 'office' });
    expect(fileName).toBe('buku-alamat.csv');
    expect(new TextDecoder().decode(written)).toContain(`"'=HYPERLINK(""x"")"`);
    const same = await app.ask('addresses.import', { csv: written, book: 'office', group: '', write: true });
    expect(same).toMatchObject({ added: 0, changed: 0, same: 2 });
    const before = (await app.ask('addresses.list', {})).entries;
    for (const { id } of before) await app.ask('addresses.remove', { id });
    await app.ask('addresses.import', { csv: written, book: 'office', group: 'Tamu', write: true });
    const { entries, groups } = await app.ask('addresses.list', {});
    const words = (all: readonly NewAddress[]) => all.map((one) => ({ ...one, id: '' }));
    expect(words(entries)).toEqual(words(before));
    expect(groups[0]?.members.map(({ id }) => entries.find((one) => one.id === id)?.name)).toEqual([
      '=HYPERLINK("x")',
      'Budi',
    ]);
  });

  it('says what is wrong with a table before anything is written', async () => {
    const text = `Nama;Tempat;Jenis\nCamat A;X;\n;X;\nCAMAT A;x;instansi\nB;X;apa\nC;X;orang;lebih\n=D;X\n${'E'.repeat(301)};X`;
    const input = { csv: csv(text), book: 'office', group: '', write: false } as const;
    const told = await app.ask('addresses.import', input);
    expect(told).toMatchObject({ added: 2, changed: 0, same: 0, written: false });
    expect(told.problems.map(({ row, code, column }) => [row, code, column].join(' ').trim())).toEqual([
      '3 NAME_EMPTY Nama',
      '4 DOUBLE',
      '5 KIND_UNKNOWN Jenis',
      '6 CELLS',
      '7 FORMULA Nama',
      '8 TOO_LONG Nama',
    ]);
    expect((await app.ask('addresses.list', {})).entries).toEqual([]);
    expect(await app.refused('addresses.import', { ...input, csv: csv('Kode\n1') })).toBe(
      'CSV_COLUMN_MISSING',
    );
  });

  it('prints a post where there is one', () => {
    const person = { kind: 'person', post: 'Ketua', office: 'Yayasan Bakti' } as const;
    expect(printedAddress(address('Budi', 'Metro', person)).name).toBe('Ketua Yayasan Bakti');
    expect(printedAddress(address('Budi', 'Metro', { kind: 'person', office: 'X' })).name).toBe('Budi');
    expect(printedAddress(address('Camat A', 'A')).name).toBe('Camat A');
  });
});

describe('a letter to a unit', () => {
  const through = async (code: string) =>
    (await app.ask('addresses.list', {})).units.find((unit) => unit.code === code);

  it('goes to the post that heads it, else to its registrar, else to nobody', async () => {
    await app.ask('units.save', { code: 'ORG', name: 'Bagian Organisasi', parent: null });
    expect(await through('ORG')).toMatchObject({
      through: 'nobody',
      addressee: { accountId: null, name: 'Kepala Bagian Organisasi' },
    });
    const { accountId: registrar } = await invite(app, 'agenda', ['registrar'], {
      unit: 'ORG',
      post: 'Arsiparis',
    });
    expect(await through('ORG')).toMatchObject({
      through: 'registrar',
      addressee: { accountId: registrar, name: 'Kepala Bagian Organisasi' },
    });
    await invite(app, 'subbag', ['drafter'], { unit: 'ORG', post: 'Kepala Subbagian Tata Usaha' });
    const { accountId } = await invite(app, 'kabag', ['signer'], {
      unit: 'ORG',
      post: 'Kepala Bagian Organisasi',
    });
    expect(await through('ORG')).toMatchObject({
      through: 'head',
      addressee: { accountId, name: 'Kepala Bagian Organisasi' },
    });
    expect((await through('SETDA'))?.addressee).toMatchObject({
      accountId: head.accountId,
      name: 'Sekretaris Daerah',
    });
    await be(app, head);
    await app.ask('people.revoke', { accountId, accountPassphrase: head.accountPassphrase });
    expect((await through('ORG'))?.addressee.name).toBe('Kepala Subbagian Tata Usaha');
  });

  it('that somebody heads for the time being says so', async () => {
    await app.ask('units.save', { code: 'DINKES', name: 'Dinas Kesehatan', parent: null });
    const { accountId } = await invite(app, 'plt', ['signer'], { unit: 'SETDA', post: 'Asisten Umum' });
    const post = { status: 'plt', title: 'Kepala Dinas Kesehatan', unit: 'DINKES' } as const;
    await app.ask('people.addPost', { accountId, post: { ...post, from: '2026-01-01', until: null } });
    expect((await through('DINKES'))?.addressee).toEqual({
      accountId,
      name: 'Plt. Kepala Dinas Kesehatan',
      place: '',
    });
  });
});
