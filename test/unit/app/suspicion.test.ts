import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as suspicion from '../../../src/main/core/app/suspicion.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  desk.enter('staff');
});
afterEach(() => desk.close());

const at = (iso: string): void => {
  desk.clock.now = new Date(iso);
};
const pass = (minutes: number): void => {
  desk.clock.now = new Date(desk.clock.now.getTime() + minutes * 60_000);
};
function take(from: number, to: number): void {
  for (let n = from; n <= to; n += 1) suspicion.exported(desk.context, `letter-${n}`, 'saved');
}

describe('odd hours', () => {
  it.each([
    [{ workFrom: 6, workUntil: 21 }, '05:59', true],
    [{ workFrom: 6, workUntil: 21 }, '06:00', false],
    [{ workFrom: 6, workUntil: 21 }, '20:59', false],
    [{ workFrom: 6, workUntil: 21 }, '21:00', true],
    [{ workFrom: 6, workUntil: 21 }, '00:30', true],
    [{ workFrom: 22, workUntil: 6 }, '23:00', false],
    [{ workFrom: 22, workUntil: 6 }, '03:00', false],
    [{ workFrom: 22, workUntil: 6 }, '12:00', true],
    [{ workFrom: 0, workUntil: 24 }, '23:59', false],
    [{ workFrom: 8, workUntil: 8 }, '03:00', false],
  ])('with %o at %s WIB: %s', (settings, time, odd) => {
    expect(suspicion.isOddHour(settings, new Date(`2026-11-22T${time}:00+07:00`))).toBe(odd);
  });

  it('are told to the administrators once a night, and audited each time', () => {
    suspicion.opened(desk.context);
    expect(desk.notices('boss')).toEqual([]);
    at('2026-11-22T23:30:00+07:00');
    suspicion.opened(desk.context);
    pass(120);
    suspicion.opened(desk.context);
    expect(desk.notices('boss')).toMatchObject([
      { kind: 'suspicious-activity', suspicion: 'odd-hours', letterId: null, senderName: 'Budi Santoso' },
    ]);
    expect(desk.log('session.at-odd-hours').map((one) => one.facts['hour'])).toEqual([23, 1]);
    pass(24 * 60);
    suspicion.opened(desk.context);
    expect(desk.notices('boss')).toHaveLength(2);
    // A clock put back by a year must not buy a year of silence.
    at('2025-11-22T23:30:00+07:00');
    suspicion.opened(desk.context);
    expect(desk.notices('boss')).toHaveLength(3);
  });
});

describe('letters taken out', () => {
  it('are audited one by one, and twenty within ten minutes are told once', () => {
    take(1, 19);
    expect(desk.log('letter.exported')).toHaveLength(19);
    expect(desk.log('letter.exported')[0]).toMatchObject({ actor: 'staff', facts: { how: 'saved' } });
    expect(desk.notices('boss')).toEqual([]);
    take(20, 20);
    expect(desk.notices('boss')).toMatchObject([{ suspicion: 'mass-export', count: 20 }]);
    take(21, 45);
    pass(5);
    take(46, 60);
    expect(desk.notices('boss')).toHaveLength(1);
    pass(30);
    take(61, 79);
    expect(desk.notices('boss')).toHaveLength(1);
    take(80, 80);
    expect(desk.notices('boss')).toHaveLength(2);
  });

  it('slowly, or the same one again, are nobody’s business', () => {
    for (let n = 0; n < 40; n += 1) {
      take(n, n);
      pass(1);
    }
    for (let n = 0; n < 30; n += 1) take(1, 1);
    expect(desk.notices('boss')).toEqual([]);
  });

  it('are counted per person', () => {
    take(1, 15);
    desk.enter('boss');
    take(16, 30);
    expect(desk.notices('boss')).toEqual([]);
  });
});
