import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startRunner } from '../../../src/main/core/app/batch-runner.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  desk.enter('boss');
});
afterEach(() => desk.close());

it('a token is logged out when its batch stops, and when whoever typed the PIN leaves', () => {
  const signer = { signFile: () => Promise.reject(new Error('not asked')) };
  const close = vi.fn();
  const runner = startRunner(desk.context, 'b-1', { identityId: 'i-1', signer, close });
  runner.stop();
  expect(close).toHaveBeenCalledTimes(1);
  runner.stop();
  expect(close).toHaveBeenCalledTimes(1);
  startRunner(desk.context, 'b-2', { identityId: 'i-1', signer, close });
  desk.leave();
  expect(close).toHaveBeenCalledTimes(2);
  expect(desk.context.batch).toBeNull();
});
