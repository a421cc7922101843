import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAccount } from '../../../src/main/core/app/people.ts';
import type { DispositionTask, DispositionTree } from '../../../src/main/core/contract/dispositions.ts';
import type { SecurityClass } from '../../../src/main/core/contract/letters.ts';
import { settleReplied } from '../../../src/main/core/letters/index.ts';
import { sql } from '../../../src/main/core/vault/index.ts';
import { openDispositionDesk, type DispositionDesk } from '../../fixtures/disposition-desk.ts';

let desk: DispositionDesk;
beforeEach(async () => {
  desk = await openDispositionDesk('2026-11-23T02:00:00Z');
  for (const name of ['sender', 'leader', 'head', 'staff', 'clerk', 'deputy'])
    desk.addPerson(name, ['drafter', 'signer'], name === 'sender' ? 'BUPATI' : 'DINKES');
  desk.addPerson('registrar', ['registrar'], 'DINKES');
});
afterEach(() => desk.close());

const secret = 'katasangatrahasia';
const letter = (security: SecurityClass = 'biasa', deputies: readonly string[] = []): string =>
  desk.deliver({ from: 'sender', to: ['leader'], copies: ['clerk'], security, deputies });
const given = {
  parentTaskId: null,
  instructions: ['tindak-lanjuti', 'untuk-diketahui'],
  note: secret,
  deadline: '2026-11-25',
} as const;

/** By the leader. @returns the tasks, by receiver. */
function give(letterId: string, receivers: readonly string[]): ReadonlyMap<string, DispositionTask> {
  desk.be('leader');
  const { dispositions } = desk.done('dispositions.give', { ...given, letterId, receivers });
  const last = dispositions.at(-1);
  return new Map(last?.tasks.map((one) => [one.accountId, one]));
}
const treeFor = (name: string, letterId: string): DispositionTree => {
  desk.be(name);
  return desk.done('dispositions.tree', { letterId });
};
const taskId = (tasks: ReadonlyMap<string, DispositionTask>, name: string): string =>
  tasks.get(name)?.id ?? '';

describe('passing a letter on', () => {
  it('settles it for its addressee, reaches its receivers, and says who leads and by when', () => {
    const id = letter();
    give(id, ['head', 'staff']);
    expect(desk.done('home.counters', {})).toMatchObject({ notFollowedUp: 0, incomingUnread: 0, given: 1 });
    const [one] = treeFor('head', id).dispositions;
    expect(one).toMatchObject({
      accountId: 'leader',
      note: secret,
      deadline: '2026-11-25',
      parentTaskId: null,
    });
    expect(one?.tasks.map((task) => [task.accountId, task.lead, task.state])).toEqual([
      ['head', true, 'unread'],
      ['staff', false, 'unread'],
    ]);
    expect(desk.done('letters.list', { folder: 'dispositions' })).toMatchObject([
      { id, unread: true, task: { state: 'unread', deadline: '2026-11-25', overdue: false, lead: true } },
    ]);
    desk.clock.now = new Date('2026-11-25T17:00:00Z');
    expect(desk.done('letters.list', { folder: 'dispositions' })).toMatchObject([
      { task: { overdue: true } },
    ]);
    expect(desk.done('notices.list', {})).toMatchObject([
      { kind: 'disposition-given', letterId: id, senderName: 'Pegawai leader' },
    ]);
  });

  it('is refused to whoever it did not come to, to people who cannot receive it, and without anything to do', () => {
    const id = letter();
    const ask = (more: object) =>
      desk.ask('dispositions.give', { ...given, letterId: id, receivers: ['head'], ...more });
    desk.be('sender');
    expect(ask({})).toEqual({ ok: false, code: 'NOT_YOUR_TURN' });
    desk.be('staff');
    expect(ask({})).toEqual({ ok: false, code: 'NOT_FOUND' });
    desk.be('leader');
    expect(ask({ receivers: ['leader'] })).toEqual({ ok: false, code: 'DISPOSITION_RECEIVER_INVALID' });
    expect(ask({ receivers: ['head', 'head'] })).toEqual({ ok: false, code: 'DISPOSITION_RECEIVER_INVALID' });
    expect(ask({ receivers: [] })).toEqual({ ok: false, code: 'DISPOSITION_EMPTY' });
    expect(ask({ instructions: [], note: '  ' })).toEqual({ ok: false, code: 'DISPOSITION_EMPTY' });
    expect(ask({ instructions: ['tidak-ada'] })).toEqual({ ok: false, code: 'BAD_REQUEST' });
    expect(ask({ deadline: '2026-11-22' })).toEqual({ ok: false, code: 'DISPOSITION_DEADLINE_PAST' });
    desk.context
      .session()
      .vault.write((db) => db.run(sql`UPDATE letter SET state = 'revoked' WHERE id = ${id}`));
    expect(ask({})).toEqual({ ok: false, code: 'LETTER_NOT_IN_FORCE' });
    expect(desk.done('dispositions.tree', { letterId: id })).toEqual({
      dispositions: [],
      mayGive: false,
      inPlaceOf: '',
      maySheet: true,
    });
  });

  it('offers whom it accepts, and the eleven instructions of the regulation', () => {
    const id = letter();
    const tasks = give(id, ['head']);
    const ids = (parentTaskId: string | null): string[] =>
      desk.done('dispositions.people', { letterId: id, parentTaskId }).map((one) => one.accountId);
    expect(ids(null)).not.toEqual(expect.arrayContaining(['leader']));
    expect(ids(null)).not.toEqual(expect.arrayContaining(['head']));
    desk.be('head');
    expect(ids(taskId(tasks, 'head'))).toEqual(expect.arrayContaining(['staff', 'clerk']));
    expect(ids(taskId(tasks, 'head'))).not.toEqual(expect.arrayContaining(['leader']));
    expect(desk.done('dispositions.instructions', {})).toHaveLength(11);
  });

  it('is not seen by somebody who merely got a copy, and is by the registrar of the unit', () => {
    const id = letter();
    give(id, ['head']);
    expect(treeFor('clerk', id).dispositions).toEqual([]);
    expect(treeFor('sender', id).dispositions).toEqual([]);
    expect(treeFor('registrar', id).dispositions).toHaveLength(1);
    desk.addPerson('senders', ['registrar'], 'BUPATI');
    expect(treeFor('senders', id)).toMatchObject({ dispositions: [], maySheet: false });
    expect(treeFor('sender', id).maySheet).toBe(false);
    expect(treeFor('registrar', id).maySheet).toBe(true);
  });

  it('names those it went to as readers of a sealed letter to those who take part, and to no others', () => {
    const id = letter('terbatas');
    give(id, ['head']);
    const readers = (name: string): string[] => {
      desk.be(name);
      return desk.done('letters.readers', { id }).map((one) => one.accountId);
    };
    for (const name of ['leader', 'head']) expect(readers(name)).toContain('head');
    for (const name of ['sender', 'clerk']) {
      expect(readers(name)).toContain('leader');
      expect(readers(name)).not.toContain('head');
    }
  });

  it('is opened by reading the letter, and the letter cannot be withdrawn any more', () => {
    const id = letter();
    const tasks = give(id, ['head']);
    desk.be('head');
    desk.done('letters.markRead', { id });
    expect(treeFor('head', id).dispositions[0]?.tasks[0]).toMatchObject({ state: 'read', mine: true });
    expect(desk.done('notices.list', {})[0]?.readAt).not.toBeNull();
    desk.be('leader');
    expect(desk.ask('dispositions.cancel', { taskId: taskId(tasks, 'head'), text: '' })).toEqual({
      ok: false,
      code: 'DISPOSITION_MOVED_ON',
    });
    desk.be('sender');
    expect(desk.ask('letters.withdrawSent', { id, reason: 'Salah.' })).toEqual({
      ok: false,
      code: 'LETTER_ALREADY_READ',
    });
  });

  it('to oneself: a letter whose author passed it on cannot be withdrawn either', () => {
    const id = desk.deliver({ from: 'sender', to: ['sender'], security: 'biasa' });
    desk.be('sender');
    desk.done('dispositions.give', { ...given, letterId: id, receivers: ['head'] });
    expect(desk.ask('letters.withdrawSent', { id, reason: 'Salah.' })).toEqual({
      ok: false,
      code: 'LETTER_ALREADY_READ',
    });
  });
});

describe('work on a disposition', () => {
  it('is noted, broken into steps, reported, returned, and reported again; the giver is told', () => {
    const id = letter();
    const task = { taskId: taskId(give(id, ['head']), 'head') };
    desk.be('head');
    desk.done('dispositions.open', task);
    desk.done('dispositions.addSubtask', { ...task, text: 'Kumpulkan data' });
    desk.done('dispositions.addSubtask', { ...task, text: 'Susun laporan' });
    const steps = () => treeFor('head', id).dispositions[0]?.tasks[0]?.subtasks ?? [];
    desk.done('dispositions.tickSubtask', { subtaskId: steps()[0]?.id ?? '', done: true });
    desk.done('dispositions.removeSubtask', { subtaskId: steps()[1]?.id ?? '' });
    expect(steps()).toMatchObject([{ text: 'Kumpulkan data', doneAt: '2026-11-23T02:00:00.000Z' }]);
    desk.done('dispositions.note', { ...task, text: 'Separuh jalan.', percent: 50 });
    desk.clock.now = new Date('2026-11-23T03:00:00Z');
    desk.done('dispositions.report', { ...task, text: 'Selesai semua.' });
    expect(desk.ask('dispositions.tickSubtask', { subtaskId: steps()[0]?.id ?? '', done: false })).toEqual({
      ok: false,
      code: 'DISPOSITION_MOVED_ON',
    });
    desk.be('leader');
    expect(desk.done('notices.list', {})[0]).toMatchObject({
      kind: 'disposition-reported',
      senderName: 'Pegawai head',
    });
    expect(treeFor('leader', id).dispositions[0]?.tasks[0]).toMatchObject({ percent: 100, may: ['return'] });
    desk.clock.now = new Date('2026-11-23T03:30:00Z');
    desk.done('dispositions.return', { ...task, text: 'Lampirannya?' });
    expect(treeFor('head', id).dispositions[0]?.tasks[0]).toMatchObject({ state: 'working', percent: 50 });
    expect(desk.done('notices.list', {})[0]).toMatchObject({ kind: 'disposition-returned' });
    desk.clock.now = new Date('2026-11-23T04:00:00Z');
    desk.done('dispositions.report', { ...task, text: 'Dengan lampiran.' });
    const [done] = treeFor('leader', id).dispositions[0]?.tasks ?? [];
    expect(done?.entries.map((one) => [one.kind, one.text])).toEqual([
      ['progress', 'Separuh jalan.'],
      ['report', 'Selesai semua.'],
      ['return', 'Lampirannya?'],
      ['report', 'Dengan lampiran.'],
    ]);
    for (const action of [
      'subtask-added',
      'subtask-done',
      'subtask-removed',
      'noted',
      'reported',
      'returned',
    ])
      expect([action, desk.audited(`disposition.${action}`) > 0]).toEqual([action, true]);
  });

  it('is not asked of words alone: empty ones are refused', () => {
    const task = { taskId: taskId(give(letter(), ['head']), 'head') };
    desk.be('head');
    desk.done('dispositions.open', task);
    for (const name of ['dispositions.report', 'dispositions.addSubtask'] as const)
      expect(desk.ask(name, { ...task, text: '  ' })).toEqual({ ok: false, code: 'BAD_REQUEST' });
    expect(desk.ask('dispositions.note', { ...task, text: '', percent: 3 })).toEqual({
      ok: false,
      code: 'BAD_REQUEST',
    });
  });

  it('passed on waits for those below, and a cancelled one goes back to who gave it', () => {
    const id = letter();
    const parentTaskId = taskId(give(id, ['head']), 'head');
    desk.be('head');
    desk.done('dispositions.open', { taskId: parentTaskId });
    const below = desk.done('dispositions.give', {
      ...given,
      letterId: id,
      parentTaskId,
      receivers: ['staff'],
    });
    const child = below.dispositions.find((one) => one.parentTaskId === parentTaskId)?.tasks[0]?.id ?? '';
    const report = { taskId: parentTaskId, text: 'Selesai.' };
    expect(desk.ask('dispositions.report', report)).toEqual({
      ok: false,
      code: 'DISPOSITION_PASSED_ON_OPEN',
    });
    desk.done('dispositions.cancel', { taskId: child, text: 'Keliru orang.' });
    desk.done('dispositions.report', report);
    desk.be('staff');
    expect(desk.ask('letters.get', { id })).toEqual({ ok: false, code: 'NOT_FOUND' });
    const [notice] = desk.done('notices.list', {});
    expect(notice).toMatchObject({
      kind: 'disposition-cancelled',
      letterId: null,
      subject: '',
      senderName: 'Pegawai head',
    });
  });

  it('cancelled for the last receiver makes the letter wait for its addressee again, and the next one leads', () => {
    const id = letter();
    const tasks = give(id, ['head', 'staff']);
    desk.done('dispositions.cancel', { taskId: taskId(tasks, 'head'), text: '' });
    expect(treeFor('leader', id).dispositions[0]?.tasks.map((one) => [one.state, one.lead])).toEqual([
      ['cancelled', false],
      ['unread', true],
    ]);
    expect(desk.done('home.counters', {}).notFollowedUp).toBe(0);
    desk.done('dispositions.cancel', { taskId: taskId(tasks, 'staff'), text: '' });
    expect(desk.done('home.counters', {}).notFollowedUp).toBe(1);
  });
});

describe('a deputy', () => {
  it.each(['biasa', 'terbatas'] as const)(
    'acts in place of a receiver and of a giver, class %s; the audit names both',
    (security) => {
      desk.standIn('deputy', 'leader');
      const id = letter(security, ['deputy']);
      desk.be('deputy');
      expect(desk.done('dispositions.tree', { letterId: id })).toMatchObject({
        mayGive: true,
        inPlaceOf: 'Pegawai leader, S.Kom.',
      });
      desk.done('dispositions.give', { ...given, letterId: id, receivers: ['head'] });
      expect(treeFor('leader', id).dispositions[0]).toMatchObject({
        accountId: 'leader',
        deputyName: 'Pegawai deputy, S.Kom.',
      });
      const line = desk.context
        .session()
        .vault.read.get<{ actor_id: string; on_behalf_of: string }>(
          sql`SELECT actor_id, on_behalf_of FROM audit WHERE action = 'disposition.given'`,
        );
      expect(line).toEqual({ actor_id: 'deputy', on_behalf_of: 'leader' });
    },
  );

  it('does nothing in a class that no deputy reads', () => {
    desk.standIn('deputy', 'leader');
    const id = letter('rahasia');
    desk.be('deputy');
    expect(desk.ask('dispositions.tree', { letterId: id })).toEqual({ ok: false, code: 'NOT_FOUND' });
    const tasks = give(id, ['head']);
    desk.be('deputy');
    expect(desk.ask('dispositions.cancel', { taskId: taskId(tasks, 'head'), text: '' })).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
  });
});

describe('of a sealed letter', () => {
  const rows = (): string =>
    ['disposition', 'disposition_entry', 'disposition_subtask']
      .flatMap((table) =>
        desk.context
          .session()
          .vault.read.all<Record<string, unknown>>({ text: `SELECT * FROM ${table}`, values: [] }),
      )
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
      .join('\n');

  it('every word is sealed, its receivers can read it, and a cancelled one cannot any more; the others still can', () => {
    const id = letter('terbatas');
    const tasks = give(id, ['head', 'staff']);
    const task = { taskId: taskId(tasks, 'head') };
    desk.be('head');
    desk.done('dispositions.open', task);
    desk.done('dispositions.note', { ...task, text: `${secret} satu`, percent: null });
    desk.done('dispositions.addSubtask', { ...task, text: `${secret} dua` });
    expect(rows()).not.toContain(secret);
    const keyOf = (): string =>
      JSON.stringify(
        desk.context
          .session()
          .vault.read.all(sql`SELECT account_id, how FROM letter_key WHERE letter_id = ${id} ORDER BY 1`),
      );
    expect(keyOf()).toContain('{"account_id":"staff","how":"disposition"}');
    desk.be('leader');
    desk.done('dispositions.cancel', { taskId: taskId(tasks, 'staff'), text: secret });
    expect(keyOf()).not.toContain('staff');
    desk.be('staff');
    expect(desk.ask('letters.get', { id })).toEqual({ ok: false, code: 'NOT_FOUND' });
    const [one] = treeFor('head', id).dispositions;
    expect(one?.note).toBe(secret);
    expect(one?.tasks[0]).toMatchObject({
      entries: [{ text: `${secret} satu` }],
      subtasks: [{ text: `${secret} dua` }],
    });
    expect(one?.tasks[1]?.entries).toMatchObject([{ kind: 'cancel', text: secret }]);
    expect(rows()).not.toContain(secret);
  });

  it('nobody without a key is given it, and nobody who holds a part loses access to it', () => {
    const id = letter('terbatas');
    desk.be('leader');
    desk.context
      .session()
      .vault.write((db) => db.run(sql`DELETE FROM account_key WHERE account_id = 'staff'`));
    desk.be('leader');
    expect(desk.ask('dispositions.give', { ...given, letterId: id, receivers: ['staff'] })).toEqual({
      ok: false,
      code: 'READER_NOT_READY',
    });
    give(id, ['head']);
    desk.be('sender');
    for (const accountId of ['head', 'leader'])
      expect(desk.ask('letters.withdraw', { id, accountId })).toEqual({ ok: false, code: 'READER_HAS_TASK' });
  });
});

describe('a revoked account', () => {
  it('is counted before; the giver takes back what its receiver can no longer do', () => {
    const id = letter();
    const task = { taskId: taskId(give(id, ['head']), 'head'), text: '' };
    desk.be('head');
    desk.done('dispositions.open', task);
    desk.be('boss');
    expect(desk.done('people.beforeRevoking', { accountId: 'head' })).toMatchObject({ tasks: 1 });
    closeAccount(desk.context, 'head');
    expect(treeFor('leader', id).dispositions[0]?.tasks[0]).toMatchObject({ gone: true, may: ['take'] });
    desk.done('dispositions.take', task);
    expect(desk.done('home.counters', {})).toMatchObject({ notFollowedUp: 1, given: 0 });
  });

  it.each([
    ['biasa', 'registrar', ['sender', 'staff']],
    ['terbatas', 'sender', ['registrar', 'staff']],
  ] as const)(
    'of an addressee who has done nothing leaves its letter of class %s to the %s',
    (security, to, others) => {
      const id = letter(security);
      const leader = { id, accountId: 'leader' };
      const lists = (name: string): string[] => {
        desk.be(name);
        const rows = desk.done('letters.list', { folder: 'notFollowedUp' }).map((one) => one.id);
        expect(desk.done('home.counters', {}).notFollowedUp).toBe(rows.length);
        return rows;
      };
      const settling = { ...leader, how: 'not-needed', reason: 'Cukup' } as const;
      expect(lists(to)).toEqual([]);
      expect(desk.ask('incoming.settle', settling).ok).toBe(false);
      desk.be('boss');
      expect(desk.done('people.beforeRevoking', { accountId: 'leader' })).toMatchObject({ unsettled: 1 });
      closeAccount(desk.context, 'leader');
      for (const other of others) {
        expect(lists(other)).toEqual([]);
        expect(desk.ask('incoming.settle', settling).ok).toBe(false);
        expect(desk.ask('dispositions.give', { ...given, letterId: id, receivers: ['head'] }).ok).toBe(false);
      }
      expect(lists(to)).toEqual([id]);
      expect(desk.done('incoming.read', { id }).followUps).toMatchObject([{ left: true, mine: false }]);
      desk.done('incoming.settle', settling);
      expect(lists(to)).toEqual([]);
      desk.done('incoming.reopen', leader);
      expect(lists(to)).toEqual([id]);
      expect(treeFor(to, id)).toMatchObject({ mayGive: true, inPlaceOf: 'Pegawai leader, S.Kom.' });
      const receivers = desk.done('dispositions.people', { letterId: id, parentTaskId: null });
      expect(receivers.map((one) => one.accountId)).not.toContain(to);
      const tree = desk.done('dispositions.give', { ...given, letterId: id, receivers: ['head'] });
      expect(tree.dispositions).toMatchObject([{ accountId: 'leader', deputyName: `Pegawai ${to}, S.Kom.` }]);
      expect(lists(to)).toEqual([]);
      // Reported to whoever gave it in that place, and there again once nobody has it any more.
      const [task] = tree.dispositions[0]?.tasks ?? [];
      expect(task?.may).toContain('cancel');
      expect(desk.done('home.counters', {})).toMatchObject({ given: 1 });
      desk.done('dispositions.cancel', { taskId: task?.id ?? '', text: 'Keliru' });
      expect(lists(to)).toEqual([id]);
    },
  );

  it('of an addressee: an answer by whoever took care of the letter settles it', () => {
    const id = letter();
    desk.be('leader');
    desk.done('incoming.claim', { id, accountId: 'leader', takeOver: false });
    desk.be('boss');
    closeAccount(desk.context, 'leader');
    desk.be('registrar');
    const { id: reply } = desk.done('incoming.reply', { id, evenThough: false });
    expect(desk.done('incoming.read', { id }).followUps).toMatchObject([
      { claimedByMe: true, claimedFrom: 'Pegawai leader', settledHow: null },
    ]);
    desk.context
      .session()
      .vault.write((db) =>
        settleReplied(db, reply, { own: ['registrar'], principals: [] }, 'registrar', desk.clock.now),
      );
    expect(desk.done('incoming.read', { id }).followUps).toMatchObject([{ settledHow: 'replied' }]);
  });

  it.each([
    ['biasa', 'registrar'],
    ['terbatas', 'sender'],
  ] as const)(
    'of an addressee who gave it leaves nothing stuck: class %s is reported to the %s',
    (security, to) => {
      const id = letter(security);
      const task = { taskId: taskId(give(id, ['head']), 'head'), text: 'Selesai.' };
      desk.be('boss');
      closeAccount(desk.context, 'leader');
      desk.be(to);
      expect(desk.done('letters.list', { folder: 'given' }).map((one) => one.id)).toEqual([id]);
      desk.be('head');
      expect(treeFor('head', id).dispositions[0]?.reportsTo).toContain(to);
      desk.done('dispositions.open', task);
      desk.done('dispositions.report', task);
      desk.be(to);
      expect(desk.done('notices.list', {})).toMatchObject([{ kind: 'disposition-reported', letterId: id }]);
      desk.done('dispositions.return', task);
    },
  );

  it('in the middle leaves what it passed on to whoever stands above', () => {
    const id = letter();
    const parentTaskId = taskId(give(id, ['head']), 'head');
    desk.be('head');
    desk.clock.now = new Date('2026-11-23T03:00:00Z');
    desk.done('dispositions.open', { taskId: parentTaskId });
    desk.done('dispositions.give', { ...given, letterId: id, parentTaskId, receivers: ['staff'] });
    desk.be('boss');
    closeAccount(desk.context, 'head');
    const may = treeFor('leader', id).dispositions.flatMap((one) => one.tasks.map((task) => task.may));
    expect(may).toEqual([['take'], ['cancel']]);
  });
});
