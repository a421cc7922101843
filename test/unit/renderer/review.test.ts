import { describe, expect, it } from 'vitest';
import type { Block, LetterStep } from '../../../src/main/core/contract/index.ts';
import { blockText, markedBlock } from '../../../src/renderer/features/review/block-text.ts';
import {
  actingStep,
  askedBy,
  followers,
  needsSubmitting,
} from '../../../src/renderer/features/review/steps.ts';

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] });

describe('the place that a remark is about', () => {
  const body = [paragraph('Satu dua'), paragraph('Tiga empat'), paragraph('Lima tiga')];

  it('is the block with the quoted words, wherever it has moved to', () => {
    expect(markedBlock(body, { block: 0, quote: 'empat' })).toBe(1);
    expect(markedBlock(body, { block: 2, quote: 'Lima' })).toBe(2);
  });

  it('is the block at that place where the words are gone, and nothing where the block is gone too', () => {
    expect(markedBlock(body, { block: 1, quote: 'tujuh' })).toBe(1);
    expect(markedBlock(body, { block: 7, quote: 'tujuh' })).toBeNull();
    expect(markedBlock([], { block: null, quote: '' })).toBeNull();
  });

  it('is read from lists and tables too, in their order', () => {
    const cell = (text: string) => ({ content: [{ type: 'text', text } as const] });
    expect(
      blockText({ type: 'list', ordered: true, items: [[paragraph('a'), paragraph('b')], [paragraph('c')]] }),
    ).toBe('a\nb\nc');
    expect(blockText({ type: 'table', rows: [[cell('x'), cell('y')], [cell('z')]] })).toBe('x | y\nz');
  });
});

describe('who is asked', () => {
  const step = (part: Partial<LetterStep>): LetterStep => ({
    role: 'paraf',
    place: 0,
    accountId: 'a',
    name: 'A',
    post: '',
    turn: false,
    doneAt: null,
    deputyName: '',
    revision: null,
    ...part,
  });
  const signer = (accountId: string) => ({ accountId, postId: null, behalf: null });

  it('in line, beside it, and the author last where nobody else signs', () => {
    const asked = askedBy({ review: { hierarchy: ['a', 'b'], coordination: ['c'] } }, 'me');
    expect(asked.map((one) => `${one.role} ${one.accountId}`)).toEqual([
      'paraf a',
      'paraf b',
      'coordination c',
      'sign me',
    ]);
  });

  it('has to be submitted where anybody but the author is asked, or when it came back', () => {
    expect(needsSubmitting({ state: 'draft' }, {}, 'me')).toBe(false);
    expect(needsSubmitting({ state: 'draft' }, { signers: [signer('me')] }, 'me')).toBe(false);
    expect(needsSubmitting({ state: 'draft' }, { signers: [signer('a')] }, 'me')).toBe(true);
    expect(needsSubmitting({ state: 'returned' }, {}, 'me')).toBe(true);
  });

  it('acts as oneself before acting for somebody else, and only where something may be done', () => {
    const steps = [step({ turn: true }), step({ accountId: 'me', role: 'coordination', turn: true })];
    expect(actingStep({ steps, may: ['approve'] }, 'me')?.accountId).toBe('me');
    expect(actingStep({ steps, may: ['approve'] }, 'deputy')?.accountId).toBe('a');
    expect(actingStep({ steps, may: ['recall'] }, 'me')).toBeNull();
  });

  it('is followed by the signers whose turn is still to come', () => {
    const steps = [
      step({ role: 'sign', doneAt: '2026-11-23T00:00:00Z' }),
      step({ role: 'sign', place: 1, turn: true }),
      step({ role: 'sign', place: 2, name: 'C' }),
    ];
    expect(followers({ steps }).map((one) => one.name)).toEqual(['C']);
  });
});
