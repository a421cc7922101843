import type { Bridge } from '../../main/core/contract/index.ts';

declare global {
  interface Window {
    /** Set by the preload before the first script of the page runs. */
    readonly eletter: Bridge;
  }
}

/** The only way out of the page. */
export const eletter: Bridge = window.eletter;
