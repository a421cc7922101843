/** A tiny app in the shape of ours: one scheme, one window, one utility process. The host's own test drives it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Notification,
  protocol,
  session,
  utilityProcess,
} from 'electron';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";
const FILES = { 'index.html': 'text/html', 'second.html': 'text/html', 'page.js': 'text/javascript' };
const page = join(import.meta.dirname, 'page');

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
if (!app.requestSingleInstanceLock({ from: process.argv.at(-1) })) app.exit(3);
const seconds = [];
app.on('second-instance', (_event, argv, _cwd, data) => seconds.push({ argv, data }));
app.on('window-all-closed', () => undefined);

function inWorker() {
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  return new Promise((resolve) => worker.once('message', resolve));
}

app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    contents.on(name, (event) => {
      if (!event.url.startsWith('app://selftest/')) event.preventDefault();
    });
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
});

async function start() {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.defaultSession.on('will-download', (event) => event.preventDefault());
  session.defaultSession.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: details.url.endsWith('/forbidden.js') }),
  );
  session.defaultSession.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, 'x-added': ['by webRequest'] } }),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  );

  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.host !== 'selftest') return new Response('', { status: 400 });
    if (url.pathname === '/away')
      return new Response(null, { status: 302, headers: { location: 'http://evil.example/' } });
    const type = FILES[url.pathname.slice(1)];
    if (!type) return new Response('not in the list', { status: 404 });
    const headers = { 'content-type': type, 'content-security-policy': CSP };
    return new Response(await readFile(join(page, url.pathname.slice(1))), { headers });
  });

  const child = utilityProcess.fork(join(import.meta.dirname, 'child.js'), ['an argument'], {
    serviceName: 'selftest',
  });
  const answers = new Map();
  child.on('message', ({ id, ...answer }) => answers.get(id)?.(answer));
  let next = 0;

  ipcMain.handle('echo', (event, value) => ({
    value,
    from: event.senderFrame.url,
    origin: event.senderFrame.origin,
  }));
  ipcMain.handle('fail', () => {
    throw new Error('on purpose');
  });
  ipcMain.handle('child', (_event, bytes) => {
    const id = next++;
    child.postMessage({ id, bytes }, []);
    return new Promise((resolve) => answers.set(id, resolve));
  });
  ipcMain.handle('choose', () => dialog.showOpenDialog({ title: 'Pilih berkas' }));
  ipcMain.handle('gaps', async () => {
    const lacks = [];
    for (const name of ['sha3-256', 'blake2b512', 'ripemd160']) {
      try {
        createHash(name);
      } catch {
        lacks.push(name);
      }
    }
    return {
      lacks,
      sha256: createHash('sha256').update('').digest('hex').slice(0, 8),
      worker: await inWorker(),
    };
  });
  ipcMain.handle('seconds', () => seconds);
  ipcMain.handle(
    'close-child',
    () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill();
      }),
  );

  const window = new BrowserWindow({
    width: 900,
    height: 600,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
    },
  });
  window.once('ready-to-show', () => window.show());
  ipcMain.on('notify', () => {
    const notice = new Notification({ title: 'Surat masuk', body: 'satu surat' });
    notice.on('click', () => {
      window.focus();
      window.webContents.send('clicked', { at: new Date(0), bytes: new Uint8Array([1, 2, 3]) });
    });
    notice.show();
  });
  window.on('closed', () => app.quit());
  await window.loadURL('app://selftest/index.html');
}

app
  .whenReady()
  .then(start)
  .catch((error) => {
    console.error(error);
    app.exit(1);
  });
