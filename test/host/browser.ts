/** The one Chromium behind all windows of this host. */
import { launchChromium } from './chromium.ts';
import type { CdpConnection, CdpSession } from './cdp.ts';

interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly title: string;
  readonly openerId?: string;
}

interface Running {
  readonly cdp: CdpConnection;
  readonly session: CdpSession;
  readonly endpoint: string | null;
}

interface Page {
  readonly targetId: string;
  readonly session: CdpSession;
}

const titles = new Map<string, (title: string) => void>();
const endings = new Map<string, () => void>();
let running: Running | null = null;
let kill: () => void = () => undefined;
/** The blank window of a headed start, until the first BrowserWindow takes it. */
let spare: string | null = null;

export const headed = process.env['EHOST_HEADED'] === '1' || process.env['ELETTER_HOST_HEADED'] === '1';

/** @throws Error with one readable sentence when Chromium is missing or does not start. */
export async function startBrowser(port: boolean, onGone: () => void): Promise<string | null> {
  const chromium = await launchChromium({ headed, port, onClose: onGone });
  kill = chromium.kill;
  const session = chromium.cdp.session(null);
  running = { cdp: chromium.cdp, session, endpoint: chromium.endpoint };
  session.on('Target.targetCreated', ({ targetInfo }: { targetInfo: Target }) => {
    if (targetInfo.type !== 'page') return;
    // A page that a page opened: BrowserWindows are opened by the host only, so this one goes.
    if (targetInfo.openerId !== undefined)
      session.tell('Target.closeTarget', { targetId: targetInfo.targetId });
    else if (headed && targetInfo.url.startsWith('data:')) spare ??= targetInfo.targetId;
  });
  session.on('Target.targetInfoChanged', ({ targetInfo }: { targetInfo: Target }) => {
    titles.get(targetInfo.targetId)?.(targetInfo.title);
  });
  session.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
    endings.get(targetId)?.();
    titles.delete(targetId);
    endings.delete(targetId);
  });
  await session.send('Target.setDiscoverTargets', { discover: true });
  return chromium.endpoint;
}

export function stopBrowser(): void {
  running = null;
  kill();
}

/** @throws Error before app's `ready`. */
export function browser(): CdpSession {
  if (!running) throw new Error('Cannot be used before app is ready');
  return running.session;
}

export async function openPage(
  size: { readonly width: number; readonly height: number },
  onTitle: (title: string) => void,
  onDestroyed: () => void,
): Promise<Page> {
  const session = browser();
  const adopted = spare;
  spare = null;
  const targetId =
    adopted ??
    (
      await session.send<{ targetId: string }>('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        ...size,
      })
    ).targetId;
  titles.set(targetId, onTitle);
  endings.set(targetId, onDestroyed);
  const { sessionId } = await session.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  if (!running) throw new Error('Chromium is gone');
  return { targetId, session: running.cdp.session(sessionId) };
}
