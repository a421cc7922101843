import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addDeputy } from '../../../src/main/core/accounts/index.ts';
import { announce, announceAtUnlock } from '../../../src/main/core/app/announcing.ts';
import { lockScreen, seal } from '../../../src/main/core/app/locking.ts';
import { readSettings, remind, saveSettings } from '../../../src/main/core/app/reminders.ts';
import { onChanges, startTicking, stopTicking } from '../../../src/main/core/app/ticking.ts';
import { read as readWaiting } from '../../../src/main/core/app/waiting.ts';
import type { SecurityClass, Urgency } from '../../../src/main/core/contract/letters.ts';
import { fallAfter, forgetParafs } from '../../../src/main/core/letters/steps.ts';
import { takeUnannounced } from '../../../src/main/core/notifications/index.ts';
import { remindOnce } from '../../../src/main/core/notifications/reminders.ts';
import { recordAcknowledgement } from '../../../src/main/core/privacy/index.ts';
import { sql } from '../../../src/main/core/vault/index.ts';
import { openDesk, type Desk } from './desk.ts';

/** What waits past its time is said once to each person it waits for, whatever clocks and restarts do in between. */
let desk: Desk;
const start = new Date('2026-11-22T03:00:00Z');
const hour = 3_600_000;
const after = (hours: number): string => new Date(start.getTime() + hours * hour).toISOString();

beforeEach(async () => {
  desk = await openDesk();
  desk.vault.write((db) => {
    for (const one of ['boss', 'staff'])
      recordAcknowledgement(db, one, desk.context.policies.current, 'id', desk.clock.now);
  });
});
afterEach(() => {
  stopTicking(desk.context);
  vi.useRealTimers();
  desk.close();
});

const clockAt = (hours: number): void => {
  desk.clock.now = new Date(start.getTime() + hours * hour);
};

/** A letter that came in for somebody. */
function arrived(
  id: string,
  to: string,
  options: { urgency?: Urgency; security?: SecurityClass; at?: string } = {},
): void {
  const { urgency = 'biasa', security = 'biasa', at = start.toISOString() } = options;
  desk.vault.write((db) => {
    db.run(sql`INSERT INTO letter (id, kind, state, urgency, security, subject, author_id, revision, content, created_at,
        updated_at, sender_post) VALUES (${id}, 'surat-dinas', 'registered', ${urgency}, ${security}, ${`Hal ${id}`},
        'boss', 1, '{"recipients":[]}', ${at}, ${at}, 'Camat Sukadana')`);
    db.run(sql`INSERT INTO letter_party (letter_id, role, place, account_id, name, town, unit, delivered_at, position,
        security, author_id)
      SELECT ${id}, 'to', 0, ${to}, '', '', '', ${at}, position, security, 'boss' FROM letter WHERE id = ${id}`);
  });
}

function disposed(
  id: string,
  letter: string,
  to: string,
  deadline: string | null,
  at = start.toISOString(),
): void {
  desk.vault.write((db) => {
    db.run(sql`UPDATE letter_party SET read_at = ${at}, settled_at = ${at} WHERE letter_id = ${letter}`);
    db.run(sql`INSERT INTO disposition (id, letter_id, giver_id, given_by, instructions, deadline, given_at)
      VALUES (${id}, ${letter}, 'boss', 'boss', '[]', ${deadline}, ${at})`);
    db.run(sql`INSERT INTO disposition_task (id, disposition_id, letter_id, position, security, giver_id, account_id,
        place, lead, state, deadline, given_at)
      SELECT ${id}, ${id}, id, position, security, 'boss', ${to}, 0, 1, 'unread', ${deadline}, ${at}
      FROM letter WHERE id = ${letter}`);
  });
}

const change = (statement: ReturnType<typeof sql>): void => void desk.vault.write((db) => db.run(statement));

/** What the person was reminded of, all in all. */
function reminded(accountId: string): string[] {
  return desk.vault.read
    .all<{ event: string; letter_id: string }>(
      sql`SELECT event, letter_id FROM reminder WHERE account_id = ${accountId} ORDER BY at, letter_id, event`,
    )
    .map((row) => `${row.event} ${row.letter_id}`);
}

function look(accountId: string): void {
  desk.enter(accountId);
  remind(desk.context, desk.vault, desk.context.asker());
}

describe('a reminder', () => {
  it('comes once, when the time of its urgency is over', () => {
    arrived('l-1', 'staff', { urgency: 'amat-segera' });
    arrived('l-2', 'staff', { urgency: 'segera' });
    arrived('l-3', 'staff');
    const seen: string[] = [];
    for (const hours of [0, 23.9, 24.1, 47.9, 48.1, 119.9, 120.1, 500]) {
      clockAt(hours);
      look('staff');
      look('staff');
      seen.push(`${hours}: ${reminded('staff').length}`);
    }
    expect(seen).toEqual([
      '0: 0',
      '23.9: 0',
      '24.1: 1',
      '47.9: 1',
      '48.1: 2',
      '119.9: 2',
      '120.1: 3',
      '500: 3',
    ]);
    expect(desk.notices('staff').map((one) => [one.kind, one.event, one.letterId])).toEqual([
      ['reminder', 'unread', 'l-3'],
      ['reminder', 'unread', 'l-2'],
      ['reminder', 'unread', 'l-1'],
    ]);
    expect(reminded('boss')).toEqual([]);
  });

  it('goes by what the administrator chose', () => {
    arrived('l-1', 'staff');
    desk.enter('boss');
    saveSettings(desk.context, { targetHours: { biasa: 2, segera: 1, 'amat-segera': 1 } });
    expect(readSettings(desk.context).targetHours.biasa).toBe(2);
    expect(readSettings(desk.context).standard).toEqual({ biasa: 120, segera: 48, 'amat-segera': 24 });
    clockAt(3);
    look('staff');
    expect(reminded('staff')).toEqual(['unread l-1']);
  });

  it('of a letter that was read comes after the same time again, and goes when it is settled', () => {
    arrived('l-1', 'staff');
    clockAt(100);
    change(sql`UPDATE letter_party SET read_at = ${after(100)} WHERE letter_id = 'l-1'`);
    clockAt(219);
    look('staff');
    expect(reminded('staff')).toEqual([]);
    clockAt(221);
    look('staff');
    expect(reminded('staff')).toEqual(['not-followed-up l-1']);
    expect(desk.notices('staff')[0]).toMatchObject({ event: 'not-followed-up', readAt: null });
    change(sql`UPDATE letter_party SET settled_at = ${after(221)} WHERE letter_id = 'l-1'`);
    look('staff');
    expect(desk.notices('staff')[0]?.readAt).not.toBeNull();
  });

  it('is neither lost nor doubled by a clock that jumps', () => {
    arrived('l-1', 'staff');
    clockAt(24 * 365);
    look('staff');
    clockAt(1);
    look('staff');
    clockAt(121);
    look('staff');
    expect(reminded('staff')).toEqual(['unread l-1']);
    // Delivered while the clock stood a year ahead: how long it waits nobody knows.
    clockAt(200);
    arrived('l-2', 'staff', { at: after(24 * 365) });
    look('staff');
    look('staff');
    // In the order of the clock, which was wrong.
    expect(reminded('staff')).toEqual(['unread l-2', 'unread l-1']);
  });

  it('asks again for a letter that comes to somebody’s turn again', () => {
    change(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
      VALUES ('l-1', 'surat-dinas', 'ready', 'segera', 'Hal', 'boss', 1, '{"recipients":[]}', ${after(0)}, ${after(0)})`);
    change(sql`INSERT INTO letter_step (letter_id, role, place, account_id, asked_at)
      VALUES ('l-1', 'sign', 0, 'staff', ${after(0)})`);
    clockAt(49);
    look('staff');
    // Returned to its author: nothing to do, and the reminder is gone.
    change(sql`UPDATE letter SET state = 'returned' WHERE id = 'l-1'`);
    look('staff');
    expect(desk.notices('staff')[0]?.readAt).not.toBeNull();
    change(sql`UPDATE letter SET state = 'ready', updated_at = ${after(60)} WHERE id = 'l-1'`);
    change(sql`UPDATE letter_step SET asked_at = ${after(60)}`);
    look('staff');
    clockAt(107);
    look('staff');
    expect(reminded('staff')).toEqual(['to-sign l-1']);
    clockAt(109);
    look('staff');
    look('staff');
    expect(reminded('staff')).toEqual(['to-sign l-1', 'to-sign l-1']);
    expect(desk.notices('staff')).toMatchObject([{ event: 'to-sign', readAt: null }]);
  });

  it('asks again for a paraf that fell because the letter changed', () => {
    change(sql`INSERT INTO letter (id, kind, state, urgency, subject, author_id, revision, content, created_at, updated_at)
      VALUES ('l-1', 'surat-dinas', 'review', 'segera', 'Hal', 'boss', 1, '{"recipients":[]}', ${after(0)}, ${after(0)})`);
    change(sql`INSERT INTO letter_step (letter_id, role, place, account_id, asked_at)
      VALUES ('l-1', 'coordination', 0, 'staff', ${after(0)})`);
    clockAt(49);
    look('staff');
    expect(reminded('staff')).toEqual(['to-review l-1']);
    const given = sql`UPDATE letter_step SET done_at = ${after(50)}, done_by = 'staff', revision = 1`;
    const mender = {
      role: 'paraf',
      place: 0,
      accountId: 'boss',
      doneAt: null,
      doneBy: null,
      revision: null,
    } as const;
    const falls = [
      () => desk.vault.write((db) => fallAfter(db, 'l-1', mender, desk.clock.now)),
      () => desk.vault.write((db) => forgetParafs(db, 'l-1', desk.clock.now)),
    ];
    for (const [index, fall] of falls.entries()) {
      change(given);
      look('staff');
      clockAt(100 + index * 100);
      fall();
      look('staff');
      expect(reminded('staff')).toHaveLength(index + 1);
      clockAt(149 + index * 100);
      look('staff');
      look('staff');
      expect(reminded('staff')).toHaveLength(index + 2);
    }
  });

  it('comes to whoever stands in, as far as the class lets a deputy read', () => {
    arrived('l-1', 'boss');
    arrived('l-2', 'boss', { security: 'rahasia' });
    change(sql`INSERT INTO letter_key (letter_id, account_id, sealed_key, granted_at, how)
      VALUES ('l-2', 'boss', x'01', ${after(0)}, 'receiver'), ('l-2', 'staff', x'01', ${after(0)}, 'author')`);
    desk.vault.write((db) =>
      addDeputy(db, { principalId: 'boss', deputyId: 'staff', from: '2026-11-01', until: '2026-12-31' }),
    );
    clockAt(121);
    look('staff');
    look('boss');
    expect(reminded('staff')).toEqual(['unread l-1']);
    expect(reminded('boss')).toEqual(['unread l-1', 'unread l-2']);
  });

  it('of a disposition comes when its last day in the regency is over', () => {
    arrived('l-1', 'boss');
    disposed('d-1', 'l-1', 'staff', '2026-11-25');
    desk.clock.now = new Date('2026-11-25T16:59:00Z');
    look('staff');
    expect(reminded('staff')).toEqual([]);
    desk.clock.now = new Date('2026-11-25T17:01:00Z');
    look('staff');
    look('staff');
    expect(reminded('staff')).toEqual(['disposition-overdue l-1']);
    expect(desk.notices('staff')[0]).toMatchObject({
      kind: 'disposition-overdue',
      event: 'disposition-overdue',
    });
    // Reported, and given back after that day: from then on the urgency's time counts.
    change(sql`INSERT INTO disposition_entry (id, task_id, letter_id, kind, account_id, words, at)
      VALUES ('e-1', 'd-1', 'l-1', 'return', 'boss', 'Lengkapi', '2026-11-27T03:00:00.000Z')`);
    desk.clock.now = new Date('2026-11-28T03:00:00Z');
    look('staff');
    expect(reminded('staff')).toHaveLength(1);
    desk.clock.now = new Date('2026-12-02T04:00:00Z');
    look('staff');
    expect(reminded('staff')).toEqual(['disposition-overdue l-1', 'disposition l-1']);
  });
});

describe('a notice of a reminder', () => {
  it('and the record of it are written together or not at all', () => {
    arrived('l-1', 'staff');
    clockAt(121);
    expect(() =>
      desk.vault.write((db) => {
        remindOnce(db, 'staff', { letterId: 'l-1', event: 'unread', ref: 'x' }, desk.clock.now);
        throw new Error('killed');
      }),
    ).toThrow('killed');
    expect([reminded('staff'), desk.notices('staff')]).toEqual([[], []]);
    look('staff');
    expect(desk.notices('staff')).toHaveLength(1);
  });

  it('that a crash swallowed on its way to the screen is not shown again, and stays in the centre', () => {
    arrived('l-1', 'staff');
    clockAt(121);
    look('staff');
    const { ring } = desk.context.session();
    // Marked as announced, and nobody left to show it.
    desk.vault.write((db) => takeUnannounced(db, ring, sql`1`, desk.clock.now));
    desk.events.length = 0;
    announce(desk.context);
    expect(desk.events.filter((one) => one.type === 'announce')).toEqual([]);
    expect(desk.notices('staff')).toMatchObject([{ event: 'unread', readAt: null }]);
    expect(readWaiting(desk.context).counters.incomingUnread).toBe(1);
  });
});

describe('while a vault is open', () => {
  it('looks every minute, and says it once', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    arrived('l-1', 'staff', { urgency: 'amat-segera' });
    desk.enter('staff');
    onChanges(desk.context);
    startTicking(desk.context);
    clockAt(23);
    vi.advanceTimersByTime(60_000);
    expect(desk.events.filter((one) => one.type === 'announce')).toEqual([]);
    // A laptop that slept: one minute of its timer, two days of the clock.
    clockAt(71);
    vi.advanceTimersByTime(60_000);
    vi.advanceTimersByTime(180_000);
    const told = desk.events.filter((one) => one.type === 'announce');
    expect(told).toMatchObject([{ notices: [{ event: 'unread', letterId: 'l-1', subject: 'Hal l-1' }] }]);
    expect(desk.events.findLast((one) => one.type === 'waiting')).toEqual({ type: 'waiting', count: 1 });
  });

  it('behind a locked screen says once that there is something, and nothing of what', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    arrived('l-1', 'staff');
    arrived('l-2', 'boss');
    desk.enter('staff');
    startTicking(desk.context);
    clockAt(119);
    lockScreen(desk.context, () => undefined);
    expect(desk.events.slice(-2)).toEqual([{ type: 'waiting', count: 0 }, { type: 'locked' }]);
    desk.events.length = 0;
    vi.advanceTimersByTime(120_000);
    expect(desk.events).toEqual([]);
    clockAt(121);
    vi.advanceTimersByTime(180_000);
    const said = desk.events.filter((one) => one.type !== 'changed');
    expect(said).toEqual([{ type: 'announceLocked', language: 'id' }]);
    // Whoever comes back is told what it is; the other person's letter is that person's.
    desk.enter('staff');
    announceAtUnlock(desk.context);
    expect(desk.events.findLast((one) => one.type === 'announce')).toMatchObject({
      notices: [{ letterId: 'l-1' }],
      // It is all that waits.
      summary: null,
    });
    expect(reminded('boss')).toEqual([]);
  });

  it('says nothing any more once it is closed', () => {
    desk.enter('staff');
    startTicking(desk.context);
    expect(desk.context.ticker).not.toBeNull();
    const { vault } = desk;
    const close = vi.spyOn(vault, 'close').mockImplementation(() => undefined);
    seal(desk.context);
    close.mockRestore();
    expect(desk.context.ticker).toBeNull();
  });
});

describe('what waits', () => {
  it('is summed up at the first unlock of a day, and again only when there is more', () => {
    const summary = (): unknown => {
      desk.events.length = 0;
      desk.enter('staff');
      announceAtUnlock(desk.context);
      return desk.events.find((one) => one.type === 'announce')?.summary ?? null;
    };
    expect(summary()).toBeNull();
    arrived('l-1', 'staff');
    const one = {
      toSign: 0,
      toReview: 0,
      incomingUnread: 1,
      notFollowedUp: 1,
      dispositionsOpen: 0,
      copiesUnread: 0,
    };
    expect(summary()).toEqual(one);
    expect(summary()).toBeNull();
    arrived('l-2', 'staff');
    expect(summary()).toEqual({ ...one, incomingUnread: 2, notFollowedUp: 2 });
    // Read and settled by hand: less of it is no news.
    change(sql`UPDATE letter_party SET read_at = 'x', settled_at = 'x' WHERE letter_id = 'l-1'`);
    expect(summary()).toBeNull();
    clockAt(24);
    expect(summary()).toEqual(one);
  });

  it('names what presses: deadlines first, then urgency, then age, five at most', () => {
    arrived('old', 'staff');
    arrived('urgent', 'staff', { urgency: 'amat-segera', at: after(199) });
    arrived('calm', 'staff', { at: after(199) });
    arrived('task', 'boss');
    disposed('d-1', 'task', 'staff', '2026-11-25');
    for (const n of [1, 2, 3]) arrived(`more-${n}`, 'staff', { urgency: 'segera', at: after(n) });
    clockAt(200);
    desk.enter('staff');
    const { urgent } = readWaiting(desk.context);
    expect(urgent.map((one) => [one.id, one.event, one.folder, one.overdue, one.late])).toEqual([
      ['task', 'disposition', 'dispositions', true, false],
      ['urgent', 'unread', 'incoming', false, false],
      ['more-1', 'unread', 'incoming', false, true],
      ['more-2', 'unread', 'incoming', false, true],
      ['more-3', 'unread', 'incoming', false, true],
    ]);
  });
});
