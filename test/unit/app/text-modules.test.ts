import { expect, it } from 'vitest';
import type { Block } from '../../../src/main/core/contract/letters.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';
import { officeForEachTest } from '../../fixtures/office.ts';
import type { TestApp } from '../../fixtures/engine.ts';

let app: TestApp;
let head: TestPerson;
let drafter: TestPerson;
let registrar: TestPerson;
officeForEachTest('2026-11-22T03:00:00Z', async (office) => {
  ({ app, head } = office);
  drafter = await invite(app, 'konseptor', ['drafter']);
  registrar = await invite(app, 'agendaris', ['registrar'], { unit: 'DINKES' });
  await activate(app, drafter);
  await activate(app, registrar);
});

const body = (words: string): Block[] => [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
const save = (scope: 'own' | 'office', title: string, words = title) =>
  app.ask('modules.save', { id: null, scope, title, body: body(words) });
const titles = async () => (await app.ask('modules.list', {})).map(({ title, scope }) => [title, scope]);

it('are one’s own, or the office’s by a registrar or an administrator', async () => {
  await save('office', 'Penutup', 'Demikian disampaikan.');
  expect(await app.ask('modules.list', {})).toMatchObject([
    {
      title: 'Penutup',
      scope: 'office',
      unit: 'DINKES',
      mayChange: true,
      body: body('Demikian disampaikan.'),
    },
  ]);
  await be(app, drafter);
  await save('own', 'pembuka');
  expect(await titles()).toEqual([
    ['pembuka', 'own'],
    ['Penutup', 'office'],
  ]);
  expect(await app.refused('modules.save', { id: null, scope: 'office', title: 'X', body: body('x') })).toBe(
    'NOT_ALLOWED',
  );
  const [own, office] = await app.ask('modules.list', {});
  expect(office?.mayChange).toBe(false);
  expect(await app.refused('modules.remove', { id: office?.id ?? '' })).toBe('NOT_ALLOWED');
  expect(
    await app.refused('modules.save', { id: own?.id ?? '', scope: 'office', title: 'X', body: null }),
  ).toBe('NOT_ALLOWED');
  await be(app, head);
  expect(await titles()).toEqual([['Penutup', 'office']]);
  expect(await app.refused('modules.remove', { id: own?.id ?? '' })).toBe('NOT_FOUND');
});

it('are renamed without their text, and deleted; what the office has is audited', async () => {
  await save('office', 'Penutup', 'Demikian.');
  const [one] = await app.ask('modules.list', {});
  const id = one?.id ?? '';
  const renamed = await app.ask('modules.save', { id, scope: 'office', title: 'Penutup surat', body: null });
  expect(renamed).toMatchObject([{ id, title: 'Penutup surat', body: body('Demikian.') }]);
  expect(await app.ask('modules.remove', { id })).toEqual([]);
  expect(await app.refused('modules.remove', { id })).toBe('NOT_FOUND');
  await save('own', 'Rahasia saya');
  await be(app, head);
  const log = (await app.ask('audit.list', { before: null })).lines.filter(
    ({ entity }) => entity === 'module',
  );
  expect(log.map(({ action, facts }) => [action, facts['title']])).toEqual([
    ['module.removed', 'Penutup surat'],
    ['module.saved', 'Penutup surat'],
    ['module.saved', 'Penutup'],
  ]);
});

it('have a size', async () => {
  const input = { id: null, scope: 'own' as const, title: 'X', body: body('x'.repeat(200_000)) };
  expect(await app.refused('modules.save', input)).toBe('MODULE_TOO_LARGE');
});
