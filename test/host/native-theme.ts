/** `nativeTheme`: what the app chooses is really put on its pages. */
import { EventEmitter } from 'node:events';
import type { CdpSession } from './cdp.ts';

type Source = 'system' | 'light' | 'dark';

const pages = new Set<CdpSession>();

class NativeTheme extends EventEmitter {
  #source: Source = 'system';
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    if (source === this.#source) return;
    this.#source = source;
    for (const page of pages) show(page, source);
    this.emit('updated');
  }

  /** No desktop here: "system" is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

function show(page: CdpSession, source: Source): void {
  const value = source === 'system' ? '' : source;
  page.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

export const nativeTheme = new NativeTheme();

export function followTheme(page: CdpSession): void {
  pages.add(page);
  if (nativeTheme.themeSource !== 'system') show(page, nativeTheme.themeSource);
}
