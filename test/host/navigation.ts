/**
 * will-navigate, will-frame-navigate and will-redirect, enforced: each document request stops in Chromium until the
 * app's listeners have spoken, and a prevented one is aborted, which leaves the page where it was.
 */
import { toAppUrl } from './addresses.ts';
import type { CdpSession } from './cdp.ts';
import type { FrameTree } from './frames.ts';
import { hostEvent, record } from './records.ts';
import { isBlocked } from './web-request.ts';

export interface Guarded {
  emit(event: string, ...args: unknown[]): void;
  readonly frames: FrameTree;
  /** Served addresses that the app itself loads: Electron does not ask about those. */
  readonly expected: Set<string>;
}

interface Paused {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
}

/** Schemes that never become a network request: nothing to pause, so their refusal is Chromium's own. */
const PAUSABLE = /^(https?|file|ftp):/i;

const withoutHash = (url: string): string => url.split('#')[0] ?? url;

/** The app itself is about to load this served address. */
export function expect(guarded: Guarded, servedUrl: string): void {
  guarded.expected.add(withoutHash(new URL(servedUrl).href));
}

function mayGo(guarded: Guarded, url: string, frameId: string, redirected: boolean): boolean {
  const frame = guarded.frames.get(frameId);
  const isMainFrame = frame === null || frame === guarded.frames.main;
  const shown = toAppUrl(url);
  const facts = { url: shown, isMainFrame, isSameDocument: false, frame, initiator: frame };
  if (redirected) {
    const event = hostEvent(facts);
    guarded.emit('will-redirect', event, shown, false, isMainFrame);
    return !event.defaultPrevented;
  }
  const any = hostEvent(facts);
  guarded.emit('will-frame-navigate', any);
  if (any.defaultPrevented || !isMainFrame) return !any.defaultPrevented;
  const main = hostEvent(facts);
  guarded.emit('will-navigate', main, shown);
  return !main.defaultPrevented;
}

async function decide(page: CdpSession, guarded: Guarded, paused: Paused): Promise<void> {
  const { requestId, request, frameId, resourceType } = paused;
  const url = request.url;
  if (resourceType === 'Document') {
    const isMain = frameId === guarded.frames.main?.id;
    const own = isMain && guarded.expected.delete(withoutHash(url));
    if (!own && !mayGo(guarded, url, frameId, paused.redirectedRequestId !== undefined)) {
      record('navigation-prevented', { url: toAppUrl(url) });
      page.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
  }
  // What the app's own scheme asks for is judged at the server, where workers' requests pass too.
  const foreign = toAppUrl(url) === url;
  if (foreign && (await isBlocked(url, request.method, resourceType))) {
    record('request-cancelled', { url });
    page.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  page.tell('Fetch.continueRequest', { requestId });
}

export async function guardNavigation(page: CdpSession, guarded: Guarded): Promise<void> {
  page.on('Fetch.requestPaused', (paused: Paused) => void decide(page, guarded, paused));
  page.on('Page.frameRequestedNavigation', (p: { frameId: string; url: string; disposition: string }) => {
    if (PAUSABLE.test(p.url) || p.disposition !== 'currentTab') return;
    mayGo(guarded, p.url, p.frameId, false);
    record('unserved-navigation', { url: p.url });
  });
  await page.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
}
