/** Keys that work everywhere. Single keys stay quiet while somebody types or a dialog is open. */
import { mayCall } from '../../main/core/contract/index.ts';
import { askForBox } from '../features/search/search-store.ts';
import { go, useApp } from './app-store.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'));

const dialogOpen = (): boolean => document.querySelector('[role="dialog"]') !== null;

/** True for single keys that a list or screen may take. */
export const isSingleKey = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target) && !dialogOpen();

function nextPane(back: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.offsetParent !== null || pane.getClientRects().length > 0,
  );
  if (panes.length === 0) return;
  // Panes lie within panes: the innermost is where the focus is.
  const here = panes.findLastIndex((pane) => pane.contains(document.activeElement));
  const from = here === -1 && back ? 0 : here;
  const next = panes[(from + (back ? -1 : 1) + panes.length) % panes.length];
  if (next) (startOf(next) ?? next).focus();
}

/** Where a pane is entered: at what is chosen in it, else at its first stop. Panes within it are others. */
function startOf(pane: HTMLElement): HTMLElement | undefined {
  for (const stop of [
    '[aria-current]',
    '[tabindex="0"]',
    'button, input, select, [contenteditable="true"]',
  ]) {
    const found = [...pane.querySelectorAll<HTMLElement>(stop)].find(
      (element) =>
        element.closest('[data-pane]') === pane &&
        element.getClientRects().length > 0 &&
        !element.matches(':disabled, [data-disabled]'),
    );
    if (found) return found;
  }
  return undefined;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.key === 'F6') {
    event.preventDefault();
    nextPane(event.shiftKey);
    return;
  }
  if (dialogOpen()) return;
  if (event.ctrlKey && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'n') {
    event.preventDefault();
    const roles = useApp.getState().status?.session?.roles ?? [];
    if (mayCall('letters.create', roles)) useApp.setState({ choosingKind: true });
    return;
  }
  if (event.ctrlKey && event.shiftKey && !event.altKey && event.key.toLowerCase() === 'n') {
    event.preventDefault();
    const roles = useApp.getState().status?.session?.roles ?? [];
    if (mayCall('incoming.register', roles)) go({ at: 'register' });
    return;
  }
  const ctrlK = event.ctrlKey && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
  // Above a list the stroke goes to the list's own filter.
  const stroke = event.key === '/' && isSingleKey(event) && useApp.getState().route.at !== 'letters';
  if (ctrlK || stroke) {
    event.preventDefault();
    go({ at: 'search', id: null });
    askForBox();
    return;
  }
  if (event.key === '?' && isSingleKey(event)) {
    event.preventDefault();
    useApp.setState({ showingKeys: true });
    return;
  }
  if (event.key === 'Escape') {
    const { route } = useApp.getState();
    if ((route.at === 'letters' || route.at === 'search') && route.id !== null) go({ ...route, id: null });
  }
}

export function watchKeys(): () => void {
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
