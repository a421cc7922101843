import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { en } from '../../src/renderer/lib/i18n/en.ts';
import { launch, type AppHandle } from './fixture.ts';
import { firstRun, look, passphrases, readPolicy, text, unlock } from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

test('first run: language, policy, person, passphrases, recovery key, certificate, home', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page, true);
  await look(page, 'home-empty');
});

test('declining the policy closes politely and stores nothing', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await page.getByRole('button', { name: text.common.next, exact: true }).click();
  await readPolicy(page);
  await page.getByRole('button', { name: text.policy.decline, exact: true }).click();
  await expect(page.getByRole('heading', { name: text.policy.declinedTitle })).toBeVisible();
  await look(page, 'policy-declined');
  await page.getByRole('button', { name: text.app.quit, exact: true }).click();
  expect(await app.exited).toBe(0);
  const ours = ['vault', 'preferences.json', 'trust.json'];
  expect(
    (existsSync(app.userData) ? readdirSync(app.userData) : []).filter((name) => ours.includes(name)),
  ).toEqual([]);
});

test('the acknowledgement waits until the policy was scrolled, and English is a click away', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('button', { name: en.common.next, exact: true }).click();
  const acknowledge = page.getByRole('button', { name: en.policy.acknowledge });
  await expect(acknowledge).toBeDisabled();
  await look(page, 'first-run-2-policy-en');
});

test('a wrong passphrase is refused in words, the right one opens, and a restart keeps everything', async () => {
  app = await launch();
  const userData = app.userData;
  let page = await app.firstWindow();
  await firstRun(page);
  await page.getByRole('button', { name: text.rail.lock, exact: true }).click();
  await expect(page.getByRole('form', { name: text.unlock.title })).toBeVisible();
  await look(page, 'unlock');
  await unlock(page, 'siti', 'bukan kata sandinya');
  await expect(page.getByText('Kata sandi salah', { exact: false }).first()).toBeVisible({ timeout: 15_000 });
  await look(page, 'unlock-wrong');
  await unlock(page, 'siti', passphrases.account);
  await expect(page.getByRole('heading', { level: 1, name: /Siti Rahmawati/ })).toBeVisible({
    timeout: 15_000,
  });
  // Power cut: the process is killed, not closed.
  await app.kill();
  app = await launch({ userData });
  page = await app.firstWindow();
  await unlock(page, 'siti', passphrases.account);
  await expect(page.getByRole('heading', { level: 1, name: /Siti Rahmawati/ })).toBeVisible({
    timeout: 15_000,
  });
  expect(existsSync(join(userData, 'vault', 'vault.json'))).toBe(true);
});
