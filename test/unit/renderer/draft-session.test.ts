import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LetterContent, Result } from '../../../src/main/core/contract/index.ts';
import { DraftSession, type SaveDraft } from '../../../src/renderer/features/editor/draft-session.ts';

const content: LetterContent = {
  kind: 'surat-dinas',
  classification: '',
  urgency: 'biasa',
  security: 'biasa',
  postId: null,
  attachments: '',
  subject: '',
  recipients: [],
  copies: [],
  body: [],
  event: null,
};
const start = { content, revision: 3, savedAt: '2026-11-22T08:00:00Z' };
const titled = (subject: string) => (before: LetterContent) => ({ ...before, subject });
type Answer = Result<{ revision: number; savedAt: string }>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a draft while it is being written', () => {
  it('saves once, one second after the last key, from the revision it knows', async () => {
    const save = vi.fn<SaveDraft>(() =>
      Promise.resolve({ ok: true, value: { revision: 4, savedAt: 'later' } }),
    );
    const session = new DraftSession(start, save);
    session.change(titled('a'));
    await vi.advanceTimersByTimeAsync(900);
    session.change(titled('ab'));
    await vi.advanceTimersByTimeAsync(900);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(save).toHaveBeenCalledTimes(1);
    expect(save.mock.calls[0]?.[0]).toMatchObject({ revision: 3, content: { subject: 'ab' } });
    expect(session.snapshot()).toMatchObject({ revision: 4, state: 'saved', savedAt: 'later', error: null });
  });

  it('is saved every five seconds while somebody types without a pause', async () => {
    const save = vi.fn<SaveDraft>(({ revision }) =>
      Promise.resolve({ ok: true, value: { revision: revision + 1, savedAt: 'later' } }),
    );
    const session = new DraftSession(start, save);
    for (let second = 0; second < 24; second += 1) {
      session.change(titled(`${second}`));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(save).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(save.mock.calls.at(-1)?.[0].content.subject).toBe('23');
  });

  it('never runs two saves at once, and what was typed meanwhile is saved next', async () => {
    const answers: ((answer: Answer) => void)[] = [];
    const save = vi.fn<SaveDraft>(() => new Promise<Answer>((resolve) => answers.push(resolve)));
    const session = new DraftSession(start, save);
    session.change(titled('a'));
    await vi.advanceTimersByTimeAsync(1000);
    session.change(titled('ab'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(save).toHaveBeenCalledTimes(1);
    answers[0]?.({ ok: true, value: { revision: 4, savedAt: 'x' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(save).toHaveBeenCalledTimes(2);
    expect(save.mock.calls[1]?.[0]).toMatchObject({ revision: 4, content: { subject: 'ab' } });
    answers[1]?.({ ok: true, value: { revision: 5, savedAt: 'y' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(session.pending).toBe(false);
  });

  it('keeps the text when a save fails, says so, and tries again on request', async () => {
    let broken = true;
    const session = new DraftSession(start, () =>
      Promise.resolve(
        broken
          ? { ok: false, error: { code: 'DISK_FULL' } }
          : { ok: true, value: { revision: 4, savedAt: 'x' } },
      ),
    );
    session.change(titled('jangan hilang'));
    expect(await session.flush()).toBe(false);
    expect(session.snapshot()).toMatchObject({
      state: 'failed',
      error: { code: 'DISK_FULL' },
      content: { subject: 'jangan hilang' },
    });
    broken = false;
    expect(await session.flush()).toBe(true);
    expect(session.snapshot()).toMatchObject({ state: 'saved', error: null });
  });

  it('flushes at once and does nothing when all is saved', async () => {
    const save = vi.fn<SaveDraft>(() => Promise.resolve({ ok: true, value: { revision: 4, savedAt: 'x' } }));
    const session = new DraftSession(start, save);
    expect(await session.flush()).toBe(true);
    expect(save).not.toHaveBeenCalled();
    session.change(titled('a'));
    expect(await session.flush()).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(save).toHaveBeenCalledTimes(1);
  });
});
