import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorShape } from '../../../src/main/core/contract/index.ts';

/** The page's side of locking: what is on the screen while the vault is busy with something slow. */
type Answer =
  { readonly ok: true; readonly value: null } | { readonly ok: false; readonly error: ErrorShape };
type Store = typeof import('../../../src/renderer/app/app-store.ts');

let answer: (given: Answer) => void;
const asked = vi.fn(() => new Promise<Answer>((resolve) => (answer = resolve)));
const reload = vi.fn();
let store: Store;

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const blank = (): boolean => store.useApp.getState().locking;

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal('window', { eletter: { vault: { lock: asked, seal: asked } }, location: { reload } });
  store = await import('../../../src/renderer/app/app-store.ts');
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe.each(['lock', 'seal'] as const)('%s', (way) => {
  it('blanks the page at once, before the save that is handed over first comes back', async () => {
    let saved: (done: boolean) => void = () => undefined;
    const onScreen: boolean[] = [];
    store.keepSafe(() => {
      onScreen.push(!blank());
      return new Promise((resolve) => (saved = resolve));
    });
    const leaving = store[way]();
    expect([onScreen, blank()]).toEqual([[true], true]);
    expect(asked).not.toHaveBeenCalled();
    saved(true);
    await turn();
    // the vault is still busy with a signing over the network
    expect(asked).toHaveBeenCalledOnce();
    expect(reload).not.toHaveBeenCalled();
    expect(blank()).toBe(true);
    answer({ ok: true, value: null });
    await leaving;
    expect(reload).toHaveBeenCalledOnce();
    expect(blank()).toBe(true);
  });

  it('shows the page again when the text could not be saved, or when the vault refused', async () => {
    let safe = false;
    store.keepSafe(() => Promise.resolve(safe));
    await store[way]();
    expect(asked).not.toHaveBeenCalled();
    expect(blank()).toBe(false);
    safe = true;
    const leaving = store[way]();
    await turn();
    expect(blank()).toBe(true);
    answer({ ok: false, error: { code: 'INTERNAL' } });
    await leaving;
    expect([blank(), reload.mock.calls.length]).toEqual([false, 0]);
  });
});
