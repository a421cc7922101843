/** The stand-in for Electron, tested on an app of its own (test/host/selftest) before ours is trusted to it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { launch, runtimeName, shot } from './fixture.ts';
import type { AppHandle } from './fixture.ts';

interface Echo {
  readonly value: unknown;
  readonly from: string;
  readonly origin: string;
}

interface Selftest {
  readonly refusedFs: string;
  echo(value: unknown): Promise<Echo>;
  fail(): Promise<void>;
  nobody(): Promise<void>;
  child(bytes: Uint8Array): Promise<object>;
  choose(): Promise<{ canceled: boolean; filePaths: string[] }>;
  gaps(): Promise<{ lacks: string[]; sha256: string; worker: string }>;
  seconds(): Promise<{ data: unknown }[]>;
  closeChild(): Promise<number>;
  notify(): void;
  onClicked(listener: (payload: unknown) => void): () => void;
}

type SelftestWindow = Window & { selftest: Selftest; violations: string[]; clicked: unknown[] };

const selftest = resolve(import.meta.dirname, '../host/selftest');
let app: AppHandle;
let page: Page;

// Each test has an app of its own.
test.describe.configure({ mode: 'parallel' });

test.beforeEach(async () => {
  app = await launch({ app: selftest });
  page = await app.firstWindow();
  await expect(page.locator('h1')).toHaveText('Siap 5');
});

test.afterEach(async () => {
  await app.close();
});

test('invoke reaches the handler with its values, and answers name the app scheme', async () => {
  const echo = await page.evaluate(async () => {
    const { selftest } = window as unknown as SelftestWindow;
    const bytes = new Uint8Array(1_000_000).fill(7);
    const { value, from, origin } = await selftest.echo({
      bytes,
      when: new Date(5),
      map: new Map([['a', 1n]]),
      none: undefined,
    });
    const back = value as { bytes: Uint8Array; when: Date; map: Map<string, bigint> };
    return {
      length: back.bytes.length,
      last: back.bytes.at(-1),
      when: back.when.getTime(),
      map: String(back.map.get('a')),
      hasNone: Object.hasOwn(back, 'none'),
      from,
      origin,
    };
  });
  expect(echo).toEqual({
    length: 1_000_000,
    last: 7,
    when: 5,
    map: '1',
    hasNone: true,
    from: 'app://selftest/index.html',
    origin: 'app://selftest',
  });
  await shot(page, 'host-selftest');
});

test('errors of handlers arrive in the words of Electron', async () => {
  const messages = await page.evaluate(async () => {
    const { selftest } = window as unknown as SelftestWindow;
    const caught = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => '',
        (error: Error) => error.message,
      );
    return [await caught(selftest.fail()), await caught(selftest.nobody())];
  });
  expect(messages[0]).toBe("Error invoking remote method 'fail': Error: on purpose");
  expect(messages[1]).toBe(
    "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  );
});

test('the page sees the frozen bridge and nothing else of the preload', async () => {
  const seen = await page.evaluate(() => {
    const world = window as unknown as Record<string, unknown>;
    const { selftest } = window as unknown as SelftestWindow;
    const names = ['require', 'process', 'module', 'secretOfPreload', '__hostSend', '__hostDeliver'];
    let replaced = false;
    try {
      Object.defineProperty(window, 'selftest', { value: 1 });
      replaced = true;
    } catch {
      // As it must be.
    }
    return {
      visible: names.filter((name) => name in world),
      frozen: Object.isFrozen(selftest),
      replaced,
      fs: selftest.refusedFs,
    };
  });
  expect(seen).toEqual({ visible: [], frozen: true, replaced: false, fs: 'module not found: fs' });
});

test('the content security policy of the response is enforced', async () => {
  const violated = await page.evaluate(async () => {
    const world = window as unknown as SelftestWindow;
    const script = document.createElement('script');
    document.body.append(script);
    const inline = document.createElement('div');
    inline.setAttribute('style', 'color: red');
    const caught: string[] = [];
    try {
      script.text = 'window.ran = true';
    } catch {
      caught.push('trusted-types');
    }
    document.body.append(inline);
    await fetch('http://evil.localhost/').catch(() => caught.push('connect'));
    await new Promise((done) => setTimeout(done, 100));
    return { caught, ran: 'ran' in world, violations: [...new Set(world.violations)].sort() };
  });
  expect(violated.ran).toBe(false);
  expect(violated.caught).toEqual(['trusted-types', 'connect']);
  expect(violated.violations).toEqual(['connect-src', 'require-trusted-types-for', 'style-src-attr']);
});

test('the scheme is GET only, known files only, and has its own origin', async () => {
  const answers = await page.evaluate(async () => {
    const status = async (path: string, method = 'GET'): Promise<number> =>
      (await fetch(path, { method })).status;
    return {
      ok: await status('./page.js'),
      missing: await status('./main.js'),
      outside: await status('./%2e%2e/main.js'),
      post: await status('./page.js', 'POST'),
      secure: isSecureContext,
      file: await fetch('file:///etc/passwd').then(
        () => 'read',
        () => 'refused',
      ),
    };
  });
  expect(answers).toEqual({ ok: 200, missing: 404, outside: 404, post: 400, secure: true, file: 'refused' });
});

test('foreign navigation is prevented by click, script, meta, form and redirect; own pages open (on the stand-in)', async () => {
  const own = page.url();
  const stays = async (act: () => Promise<void>): Promise<void> => {
    const before = (await app.recorded('navigation-prevented')).length;
    await act();
    await expect.poll(async () => (await app.recorded('navigation-prevented')).length).toBe(before + 1);
    expect(page.url()).toBe(own);
    await expect(page.locator('h1')).toHaveText('Siap 5');
  };
  test.skip(runtimeName === 'electron', 'reads the host’s own records');
  await stays(() => page.click('#out', { noWaitAfter: true }));
  await stays(() => page.evaluate(() => void (location.href = 'http://evil.example/x')));
  await stays(() =>
    page.evaluate(() => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = '0;url=http://evil.example/meta';
      document.head.append(meta);
    }),
  );
  await stays(() =>
    page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'http://evil.example/form';
      document.body.append(form);
      form.submit();
    }),
  );
  await stays(() => page.click('#redirect', { noWaitAfter: true }));
  await page.click('#inside');
  await expect(page.locator('h1')).toHaveText('Halaman kedua');
});

test('pages open no windows', async () => {
  await page.click('#blank');
  await page.evaluate(() => void window.open('http://evil.example/popup'));
  await expect
    .poll(async () => (await app.recorded('window-open')).map((entry) => entry.facts['action']))
    .toEqual(['deny', 'deny']);
  await expect.poll(() => app.windows().length).toBe(1);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('Chromium gives the permissions that the app gives, and no other', async () => {
  const states = await page.evaluate(async () => {
    const state = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const names = ['geolocation', 'notifications', 'camera', 'clipboard-read', 'clipboard-write'];
    return Promise.all(names.map(state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'granted']);
});

test('a notification is recorded, and its click comes back to the page', async () => {
  await page.evaluate(() => {
    const world = window as unknown as SelftestWindow;
    world.clicked = [];
    world.selftest.onClicked((payload) => world.clicked.push(payload));
    world.selftest.notify();
  });
  await expect.poll(async () => (await app.recorded('notification')).length).toBe(1);
  const [notice] = await app.recorded('notification');
  expect(notice?.facts).toMatchObject({ title: 'Surat masuk', body: 'satu surat' });
  await app.clickNotification(0);
  await expect
    .poll(() =>
      page.evaluate(() => {
        const [payload] = (window as unknown as SelftestWindow).clicked as { at: Date; bytes: Uint8Array }[];
        return payload && { at: payload.at.getTime(), bytes: [...payload.bytes] };
      }),
    )
    .toEqual({ at: 0, bytes: [1, 2, 3] });
});

test('a listener that was removed hears nothing more', async () => {
  await page.evaluate(() => {
    const world = window as unknown as SelftestWindow;
    world.clicked = [];
    const stop = world.selftest.onClicked(() => world.clicked.push('removed'));
    world.selftest.onClicked(() => world.clicked.push('kept'));
    stop();
    world.selftest.notify();
  });
  await expect.poll(async () => (await app.recorded('notification')).length).toBe(1);
  await app.clickNotification(0);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as SelftestWindow).clicked))
    .toEqual(['kept']);
});

test('a utility process answers bytes and lacks what Electron lacks', async () => {
  const answer = await page.evaluate(() =>
    (window as unknown as SelftestWindow).selftest.child(new Uint8Array([1, 2, 3])),
  );
  expect(answer).toEqual({
    isBytes: true,
    sum: 6,
    argument: 'an argument',
    type: 'utility',
    lacksSha3: true,
  });
  const gaps = await page.evaluate(() => (window as unknown as SelftestWindow).selftest.gaps());
  expect(gaps.lacks).toEqual(['sha3-256', 'blake2b512', 'ripemd160']);
  expect(gaps.sha256).toBe('e3b0c442');
  expect(gaps.worker).toBe('Digest method not supported');
  expect(await page.evaluate(() => (window as unknown as SelftestWindow).selftest.closeChild())).toBe(15);
});

test('dialogs are cancelled until a test answers them', async () => {
  const choose = (): Promise<object> =>
    page.evaluate(() => (window as unknown as SelftestWindow).selftest.choose());
  expect(await choose()).toEqual({ canceled: true, filePaths: [] });
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, '/tmp/surat.pdf');
  expect(await choose()).toEqual({ canceled: false, filePaths: ['/tmp/surat.pdf'] });
});

test('a second instance is refused and the first one hears of it', async () => {
  const second = await launch({ app: selftest, userData: app.userData, args: ['berkas.pdf'] }).catch(
    (error: Error) => error,
  );
  expect(second).toBeInstanceOf(Error);
  expect(String(second)).toContain('code 3');
  await expect
    .poll(() => page.evaluate(() => (window as unknown as SelftestWindow).selftest.seconds()))
    .toMatchObject([{ data: { from: 'berkas.pdf' } }]);
});

test('the window has the size it asked for; closing it quits with code 0', async () => {
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 600]);
  await app.evaluate(({ BrowserWindow }) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close());
  });
  expect(await app.exited).toBe(0);
});

test('a window may refuse to close, and quitting waits for it', async () => {
  await app.evaluate(({ app: host, BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.once('close', (event: { preventDefault(): void }) =>
      event.preventDefault(),
    );
    host.quit();
  });
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect(page.locator('h1')).toHaveText('Siap 5');
});

test('web requests are cancelled and their headers changed by the app', async () => {
  const seen = await page.evaluate(async () => ({
    added: (await fetch('./page.js')).headers.get('x-added'),
    forbidden: await fetch('./forbidden.js').then(
      (response) => response.status,
      () => 'failed',
    ),
  }));
  expect(seen).toEqual({ added: 'by webRequest', forbidden: 'failed' });
});

test('a download that the app refuses does not happen', async () => {
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x'.repeat(1000)]));
    link.download = 'contoh.txt';
    link.click();
  });
  await expect
    .poll(async () => (await app.recorded('download')).map((entry) => entry.facts['refused']))
    .toEqual([true]);
});

test('the theme that the app chooses is the page’s theme', async () => {
  const isDark = (): Promise<boolean> =>
    page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await isDark()).toBe(false);
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await expect.poll(isDark).toBe(true);
});

test('a page that crashes is announced and can be loaded again', async () => {
  const heading = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('There is no window.');
    const loaded = new Promise((done) => {
      contents.once('did-finish-load', done);
    });
    contents.once('render-process-gone', () => contents.reload());
    contents.forcefullyCrashRenderer();
    await loaded;
    return contents.executeJavaScript('document.querySelector("h1").textContent');
  });
  expect(heading).toBe('Siap 5');
});

test('a killed host takes its Chromium with it (on the stand-in)', async () => {
  test.skip(runtimeName === 'electron', 'Electron is one program with its Chromium');
  const host = await app.evaluate(() => process.pid);
  const children = (): string[] =>
    readdirSync('/proc').filter((pid) => {
      try {
        return (
          /^\d+$/.test(pid) &&
          readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) . /, '')
            .startsWith(`${host} `)
        );
      } catch {
        return false;
      }
    });
  const before = children();
  expect(before.length).toBeGreaterThanOrEqual(2);
  await app.kill();
  await expect.poll(() => before.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

test('userData is the folder that the test chose', async () => {
  expect(await app.evaluate(({ app: host }) => host.getPath('userData'))).toBe(app.userData);
  expect(await app.evaluate(({ app: host }) => [host.getName(), host.getVersion()])).toEqual([
    'Host Selftest',
    '9.8.7',
  ]);
  expect(join(selftest)).toBe(await app.evaluate(({ app: host }) => host.getAppPath()));
});
