import { expect, test, type Page } from '@playwright/test';
import { callNames } from '../../src/main/core/contract/channels.ts';
import { launch, runtimeName, type AppHandle } from './fixture.ts';
import { chooseKind, fillLetter, firstRun, openSection, passphrases, signLetter, text } from './steps.ts';

/** SECURITY lines 1, 2, 4, 5, 7, 8 and 11 in the running app. */
let app: AppHandle;
let page: Page;
test.beforeEach(async () => {
  app = await launch();
  page = await app.firstWindow();
  await expect(page.getByRole('heading', { name: text.firstRun.languageTitle })).toBeVisible();
});
test.afterEach(() => app.close());

test('a full scenario asks for nothing outside the app’s own pages', async () => {
  const foreign: string[] = [];
  const home = new URL(page.url()).origin;
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== home && url.protocol !== 'blob:') foreign.push(request.url());
  });
  await firstRun(page);
  await openSection(page, text.rail.letters);
  await chooseKind(page, 'Surat Dinas');
  await fillLetter(page, { subject: 'Tanpa jaringan', outside: 'Camat Sukadana' });
  await signLetter(page, passphrases.signing);
  await expect(page.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  expect(foreign).toEqual([]);
});

test('the page sees no Node, no preload globals, and a frozen bridge of known calls', async () => {
  const seen = await page.evaluate(() => {
    const bridge = (window as unknown as { eletter: Record<string, Record<string, unknown>> }).eletter;
    const names = Object.entries(bridge).flatMap(([group, calls]) =>
      typeof calls === 'function' ? [] : Object.keys(calls).map((name) => `${group}.${name}`),
    );
    let changed = false;
    try {
      (bridge as Record<string, unknown>)['extra'] = 1;
      changed = 'extra' in bridge;
    } catch {
      changed = false;
    }
    const frozen =
      Object.isFrozen(bridge) &&
      Object.values(bridge).every((one) => Object.isFrozen(one) || typeof one === 'function');
    const types = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer'].filter(
      (name) => name in window,
    );
    return { names, changed, frozen, types, keys: Object.keys(bridge) };
  });
  expect(seen.names.toSorted()).toEqual([...callNames].toSorted());
  expect(seen).toMatchObject({ changed: false, frozen: true, types: [] });
  expect(seen.keys).toContain('on');
});

test('inline script, eval and foreign connections are violations; files and paths outside the build are refused', async () => {
  const outcome = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const add = (make: (script: HTMLScriptElement) => void): void => {
      const script = document.createElement('script');
      try {
        make(script);
        document.head.append(script);
      } catch {
        violations.push('trusted-types');
      }
    };
    add((script) => {
      script.textContent = 'window.inlineRan = true';
    });
    add((script) => {
      script.src = 'https://evil.example/x.js';
    });
    const fetched = async (address: string): Promise<string> => {
      try {
        const answer = await fetch(address);
        return String(answer.status);
      } catch {
        return 'refused';
      }
    };
    const answers = {
      file: await fetched('file:///etc/passwd'),
      outside: await fetched('https://evil.example/'),
      missing: await fetched('/tidak-ada.html'),
      up: await fetched('/..%2f..%2fpackage.json'),
      encoded: await fetched('/%2e%2e/%2e%2e/package.json'),
      absolute: await fetched('//etc/passwd'),
      post: await fetch('/index.html', { method: 'POST' }).then(
        (answer) => String(answer.status),
        () => 'refused',
      ),
    };
    await new Promise((resolve) => setTimeout(resolve, 200));
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { violations, answers, inlineRan: 'inlineRan' in window };
  });
  expect(outcome.inlineRan).toBe(false);
  expect(outcome.violations).toEqual(expect.arrayContaining(['connect-src', 'frame-src']));
  expect(
    outcome.violations.some(
      (one) => one === 'trusted-types' || one === 'require-trusted-types-for' || one.startsWith('script-src'),
    ),
  ).toBe(true);
  expect(outcome.answers).toMatchObject({
    file: 'refused',
    outside: 'refused',
    missing: '404',
    up: '404',
    encoded: '404',
  });
  expect(['404', 'refused']).toContain(outcome.answers.absolute);
  expect(outcome.answers.post).toBe('404');
});

test('the page cannot be led away, and opens no window', async () => {
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://evil.example/';
  });
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://evil.example/';
    link.textContent = 'x';
    document.body.append(link);
    link.click();
    window.open('https://evil.example/');
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
  await expect(page.getByRole('heading', { name: text.firstRun.languageTitle })).toBeVisible();
});

test('a call from the page that does not fit is refused with a code', async () => {
  const answer = await page.evaluate(() =>
    (
      window as unknown as { eletter: { letters: { get(input: unknown): Promise<unknown> } } }
    ).eletter.letters.get({ id: '../../etc/passwd' }),
  );
  expect(answer).toEqual({ ok: false, error: { code: 'BAD_REQUEST', params: { field: 'id' } } });
});

test('a second instance ends at once and brings the first to the front (on the stand-in)', async () => {
  test.skip(
    runtimeName === 'electron',
    'Electron’s own instance lock is per profile: covered by its own tests',
  );
  // It is gone before it ever had a window.
  await expect(launch({ userData: app.userData })).rejects.toThrow('ended at start with code 0');
  expect(app.windows()).toHaveLength(1);
});
