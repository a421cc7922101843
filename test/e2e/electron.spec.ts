import { expect, test } from '@playwright/test';
import { launch, runtimeName, type AppHandle } from './fixture.ts';

/**
 * What only the real Electron can show. On the stand-in these are skipped by name: what it merely records
 * (test/host/README.md) must not count as passed.
 */
const reason = 'needs Electron’s own binary, which is not on this machine';
let app: AppHandle;
test.afterEach(() => app?.close());

test('SECURITY 2: the sandbox is Electron’s own, in main and page (needs Electron’s own binary)', async () => {
  test.skip(runtimeName === 'host', reason);
  app = await launch();
  await app.firstWindow();
  const seen = await app.evaluate(({ app: main, BrowserWindow }) => ({
    electron: process.versions['electron'] ?? '',
    sandboxed: BrowserWindow.getAllWindows().every((window) => {
      const contents = window.webContents as unknown as { getLastWebPreferences(): { sandbox?: boolean } };
      return contents.getLastWebPreferences().sandbox === true;
    }),
    packaged: main.isPackaged,
  }));
  expect(seen).toMatchObject({ sandboxed: true });
  expect(seen.electron).toMatch(/^45\./);
});

test('core and the database driver run in a utility process of the real runtime (needs Electron’s own binary)', async () => {
  test.skip(runtimeName === 'host', reason);
  app = await launch();
  const page = await app.firstWindow();
  const status = await page.evaluate(() =>
    (
      window as unknown as { eletter: { app: { status(input: object): Promise<{ ok: boolean }> } } }
    ).eletter.app.status({}),
  );
  expect(status).toMatchObject({ ok: true });
});

test('what the stand-in takes away from the runtime is what BoringSSL really lacks (needs Electron’s own binary)', async () => {
  test.skip(runtimeName === 'host', reason);
  app = await launch();
  await app.firstWindow();
  const hashes = await app.evaluate(async () => (await import('node:crypto')).getHashes());
  expect(hashes.filter((name: string) => /sha3|shake|blake/i.test(name))).toEqual([]);
  expect(hashes.map((name: string) => name.toLowerCase())).toEqual(
    expect.arrayContaining(['sha256', 'sha384', 'sha512']),
  );
});
