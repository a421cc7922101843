import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as attempts from '../../../src/main/core/app/attempts.ts';
import { AppError } from '../../../src/main/core/contract/errors.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const path = (): string => join(desk.dataDir, 'attempts.json');
const pass = (seconds: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + seconds * 1000);
};
/** Seconds that the next try has to wait; 0 when it may come now. */
function wait(accountId = 'staff', what?: attempts.Attempt): number {
  try {
    attempts.requireTurn(desk.context, accountId, what);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'TOO_MANY_ATTEMPTS') throw error;
    return Number(error.params?.['seconds']);
  }
}
function fail(times: number, what: attempts.Attempt = 'account', accountId = 'staff'): void {
  for (let n = 0; n < times; n += 1) attempts.failed(desk.context, accountId, what);
}

describe('wrong passphrases', () => {
  it('cost nothing three times, then twice as long each, up to five minutes', () => {
    const waits = Array.from({ length: 14 }, () => {
      const before = wait();
      pass(before);
      expect(wait()).toBe(0);
      fail(1);
      return before;
    });
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('of one person do not hold up another', () => {
    fail(8);
    expect(wait('staff')).toBe(32);
    expect(wait('boss')).toBe(0);
  });

  it('are remembered by the next process, and let go bit by bit', () => {
    fail(6);
    expect(wait()).toBe(8);
    pass(3.5);
    expect(wait()).toBe(5);
    expect(readFileSync(path(), 'utf8')).toContain('"failures":6');
    pass(4.5);
    expect(wait()).toBe(0);
  });

  it('are neither forgiven nor punished longer by a clock that was put back', () => {
    fail(7);
    pass(-86_400);
    expect(wait()).toBe(16);
    pass(6);
    expect(wait()).toBe(10);
    pass(-86_400);
    expect(wait()).toBe(16);
    pass(16);
    expect(wait()).toBe(0);
  });

  it('are forgotten with the right one, also the recovery key’s', () => {
    fail(5);
    fail(5, 'recovery');
    expect(wait()).toBe(4);
    desk.enter('staff');
    attempts.succeeded(desk.context, 'staff');
    desk.leave();
    expect(wait()).toBe(0);
    fail(3);
    expect(wait()).toBe(1);
  });

  it('on accounts that are not in this vault are no guesses and fill no file', () => {
    fail(50, 'account', 'nobody');
    expect(existsSync(path())).toBe(false);
    expect(wait('nobody')).toBe(0);
  });

  it.each([
    ['not JSON', 'nonsense'],
    ['a list', '[1,2,3]'],
    ['null', 'null'],
    ['impossible counts', '{"account|staff":{"failures":-3,"at":1,"reported":0}}'],
    ['a wait for ever', '{"account|staff":{"failures":1e300,"at":1e300,"reported":0}}'],
    ['more told than happened', '{"account|staff":{"failures":9,"at":1,"reported":10}}'],
    ['strangers', '{"account|__proto__":{"failures":9,"at":1,"reported":0},"x|staff":{"failures":9,"at":1}}'],
    ['too much', ' '.repeat(2_000_000)],
  ])('start anew where the file holds %s', (_what, text) => {
    writeFileSync(path(), text);
    expect(wait()).toBe(0);
    fail(4);
    expect(wait()).toBe(2);
    desk.enter('boss');
    attempts.succeeded(desk.context, 'boss');
    expect(desk.log('account.unlock-failed')).toMatchObject([{ entityId: 'staff', facts: { times: 4 } }]);
  });

  it('in a far future of the file’s own wait no longer than their delay', () => {
    writeFileSync(path(), '{"account|staff":{"failures":5,"at":8000000000000000,"reported":0}}');
    expect(wait()).toBe(4);
    pass(4);
    expect(wait()).toBe(0);
  });

  it('count also where the file cannot be written', () => {
    mkdirSync(path());
    fail(6);
    expect(wait()).toBe(8);
    rmSync(path(), { recursive: true });
    expect(wait()).toBe(8);
  });
});

describe('what was counted while the vault was locked', () => {
  it('is in the audit once somebody works again, whoever it is, and only once', () => {
    fail(4);
    fail(2, 'recovery', 'boss');
    desk.enter('boss');
    attempts.succeeded(desk.context, 'boss');
    expect(desk.log('account.unlock-failed')).toEqual([
      {
        actor: null,
        entityId: 'staff',
        facts: { times: 4, inARow: 4, last: '2026-11-22T03:00:00.000Z' },
      },
    ]);
    expect(desk.log('vault.recovery-failed')).toMatchObject([{ entityId: 'boss', facts: { times: 2 } }]);
    // The other person's delay stays until that person knows the passphrase.
    expect(wait('staff', 'account')).toBe(2);
    attempts.succeeded(desk.context, 'boss');
    fail(1);
    attempts.succeeded(desk.context, 'boss');
    expect(desk.log('account.unlock-failed').map((one) => one.facts['times'])).toEqual([4, 1]);
  });

  it('is told to the administrators from the fifth in a row', () => {
    fail(4);
    desk.enter('staff');
    attempts.succeeded(desk.context, 'staff');
    expect(desk.notices('boss')).toEqual([]);
    desk.leave();
    fail(6);
    desk.enter('staff');
    attempts.succeeded(desk.context, 'staff');
    expect(desk.notices('boss')).toMatchObject([
      { kind: 'suspicious-activity', suspicion: 'failed-unlocks', count: 6, senderName: 'Budi Santoso' },
    ]);
    expect(desk.notices('staff')).toEqual([]);
    expect(desk.events.at(-1)).toMatchObject({ type: 'changed' });
  });
});

describe('wrong passphrases while the vault is open', () => {
  it('are audited at once: behind a locked screen, and by somebody at work', () => {
    desk.context.parked = desk.vault;
    fail(2);
    desk.context.parked = null;
    desk.enter('staff');
    fail(1);
    expect(desk.log('account.unlock-failed')).toMatchObject([
      { actor: null, facts: { inARow: 1 } },
      { actor: null, facts: { inARow: 2 } },
      { actor: 'staff', facts: { times: 1, inARow: 3 } },
    ]);
    attempts.succeeded(desk.context, 'staff');
    expect(desk.log('account.unlock-failed')).toHaveLength(3);
  });

  it('count also where the audit cannot be written', () => {
    desk.enter('staff');
    const { vault } = desk.context.session();
    desk.context.openSession = {
      ...desk.context.session(),
      vault: {
        ...vault,
        write: () => {
          throw new AppError('DISK_FULL');
        },
      },
    };
    fail(5);
    expect(wait('staff')).toBe(4);
    desk.enter('staff');
    attempts.succeeded(desk.context, 'staff');
    expect(desk.log('account.unlock-failed')).toMatchObject([{ facts: { times: 5 } }]);
  });
});

describe('wrong signing passphrases', () => {
  it('slow down, are audited at once, and the fifth is told', () => {
    desk.enter('staff');
    fail(5, 'signing');
    expect(wait('staff', 'signing')).toBe(4);
    expect(wait('staff')).toBe(4);
    expect(wait('staff', 'account')).toBe(0);
    expect(desk.log('account.signing-failed').map((one) => one.facts['inARow'])).toEqual([1, 2, 3, 4, 5]);
    expect(desk.log('account.signing-failed')[0]).toMatchObject({ actor: 'staff', entityId: 'staff' });
    expect(desk.notices('boss')).toMatchObject([{ suspicion: 'failed-unlocks', count: 5 }]);
    expect(existsSync(path()) ? readFileSync(path(), 'utf8') : '').not.toContain('signing');
    attempts.succeeded(desk.context, 'staff', 'signing');
    expect(wait('staff', 'signing')).toBe(0);
  });

  it('stay counted through a lock and an unlock, and do not hold up the unlock', () => {
    desk.enter('staff');
    fail(8, 'signing');
    desk.leave();
    expect(wait('staff')).toBe(0);
    desk.enter('staff');
    attempts.succeeded(desk.context, 'staff');
    expect(wait('staff')).toBe(32);
  });
});
