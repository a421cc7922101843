/**
 * One draft while it is being written: what is on the screen, what is in the vault, and the road between.
 * Saves run one at a time and name the revision they started from. Nothing typed is dropped: a failed save
 * keeps the text and is tried again with the next change or on request.
 */
import type { ErrorShape, LetterContent, Result } from '../../../main/core/contract/index.ts';

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed';

export interface DraftView {
  readonly content: LetterContent;
  readonly revision: number;
  readonly state: SaveState;
  /** Instant of the last save of this session, else of the letter's last change. */
  readonly savedAt: string;
  readonly error: ErrorShape | null;
}

export type SaveDraft = (input: {
  readonly revision: number;
  readonly content: LetterContent;
}) => Promise<Result<{ readonly revision: number; readonly savedAt: string }>>;

/** A pause of this long after the last key, in milliseconds. */
const pause = 1000;
/** Who never pauses is saved after this long all the same. */
const longest = 5000;

export class DraftSession {
  private view: DraftView;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<boolean> | null = null;
  /** Grows with every change; tells whether a finished save still covers what is on the screen. */
  private edits = 0;
  /** When the first change came that no save has taken up yet, in milliseconds. */
  private since: number | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly save: SaveDraft;

  constructor(start: { content: LetterContent; revision: number; savedAt: string }, save: SaveDraft) {
    this.view = { ...start, state: 'saved', error: null };
    this.save = save;
  }

  readonly snapshot = (): DraftView => this.view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  change(update: (content: LetterContent) => LetterContent): void {
    this.edits += 1;
    this.show({ content: update(this.view.content), state: 'waiting' });
    if (this.timer) clearTimeout(this.timer);
    const now = Date.now();
    this.since ??= now;
    const wait = Math.max(0, Math.min(pause, this.since + longest - now));
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  get pending(): boolean {
    return this.view.state !== 'saved';
  }

  /** Saves now what is not saved yet; false when something is still only on the screen. */
  async flush(): Promise<boolean> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    while (this.running) await this.running;
    if (!this.pending) return true;
    this.running = this.saveOnce();
    const done = await this.running;
    this.running = null;
    // Something was typed while the save was under way: the timer of that change takes care of it.
    return done && !this.pending;
  }

  /** Takes over the vault's state after "reload": the text on the screen gives way. */
  restart(start: { content: LetterContent; revision: number; savedAt: string }): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.show({ ...start, state: 'saved', error: null });
  }

  private async saveOnce(): Promise<boolean> {
    const covered = this.edits;
    this.since = null;
    this.show({ state: 'saving' });
    const { revision, content } = this.view;
    const result = await this.save({ revision, content });
    if (!result.ok) {
      this.show({ state: 'failed', error: result.error });
      return false;
    }
    this.show({
      revision: result.value.revision,
      savedAt: result.value.savedAt,
      state: covered === this.edits ? 'saved' : 'waiting',
      error: null,
    });
    return true;
  }

  private show(part: Partial<DraftView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}
