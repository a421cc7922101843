import { describe, expect, it } from 'vitest';
import {
  actionsIn,
  letterActions,
  letterStates,
  lifecycle,
  type LetterState,
} from '../../../src/main/core/contract/lifecycle.ts';
import { drawLifecycle } from '../../fixtures/draw-lifecycle.ts';

describe('the life of an outgoing letter', () => {
  it('names every state and every action, and nothing twice', () => {
    const used = new Set(lifecycle.flatMap(({ from, to }) => [from, to]));
    expect([...used].toSorted()).toEqual([...letterStates].toSorted());
    expect(new Set(lifecycle.map((one) => one.action))).toEqual(new Set(letterActions));
    const rows = lifecycle.map(({ action, from, to }) => `${action} ${from} ${to}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('reaches every state from a draft or a registration, and before the signature every state leads back to one', () => {
    const reach = (start: LetterState): Set<LetterState> => {
      const seen = new Set([start]);
      for (const state of seen) for (const step of lifecycle) if (step.from === state) seen.add(step.to);
      return seen;
    };
    const reached = new Set([...reach('draft'), ...reach('registered')]);
    expect([...reached].toSorted()).toEqual([...letterStates].toSorted());
    const ends: readonly LetterState[] = [
      'signed',
      'withdrawn',
      'revoked',
      'replaced',
      'registered',
      'voided',
    ];
    for (const state of letterStates)
      expect([state, reach(state).has('draft')]).toEqual([state, !ends.includes(state)]);
  });

  it('lets nobody but the author change words of a draft, and nobody at all after the number is taken', () => {
    expect(actionsIn('draft', ['reviewer', 'sender'])).toEqual([]);
    for (const state of ['ready', 'reserved', 'cosigning', 'signed'] as const)
      expect(actionsIn(state, ['author', 'reviewer', 'signer', 'sender'])).not.toEqual(
        expect.arrayContaining(['save']),
      );
  });

  it('is what docs/letter-life.md shows', async () => {
    await expect(drawLifecycle()).toMatchFileSnapshot('../../../docs/letter-life.md');
  });
});
