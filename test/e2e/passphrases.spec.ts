import { expect, test, type Locator, type Page } from '@playwright/test';
import { errorText } from '../../src/renderer/lib/i18n/index.ts';
import { launch, type AppHandle } from './fixture.ts';
import {
  activate,
  addPerson,
  expectHome,
  firstRun,
  keepKey,
  lock,
  look,
  lookAround,
  makeTestIdentity,
  openSettings,
  passphrases,
  text,
  unlock,
} from './steps.ts';

let app: AppHandle;
test.afterEach(() => app.close());

const anew = { account: 'kalimat akun yang baru', signing: 'kalimat tanda tangan baru' };
const { recover, changing } = text;

const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole('button', { name, exact: true }).click();
const typeIn = (within: Page | Locator, label: string): Locator => within.getByLabel(label, { exact: true });
const formOf = (page: Page, name: string): Locator => page.getByRole('form', { name, exact: true });

/** The answer stands at this field, for those who listen too, and the focus is in it. */
async function expectWrong(field: Locator, words: string): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true', { timeout: 15_000 });
  await expect(field).toHaveAccessibleDescription(new RegExp(words.replace(/[.()?]/g, String.raw`\$&`)));
  await expect(field).toBeFocused();
}

async function change(
  form: Locator,
  words: typeof changing.account,
  typed: { readonly current: string; readonly next: string },
): Promise<void> {
  await typeIn(form, words.current).fill(typed.current);
  await typeIn(form, words.next).fill(typed.next);
  await typeIn(form, words.again).fill(typed.next);
  await press(form, words.confirm);
}

/** Chosen when the own key comes back. */
const known = 'sandi yang kini dipakai siti';

test('an administrator who forgot the account passphrase comes back with the printed key', async () => {
  app = await launch();
  const page = await app.firstWindow();
  const printed = await firstRun(page);
  await addPerson(page, {
    username: 'budi',
    name: 'Budi Santoso',
    post: 'Kepala Bagian Umum',
    unit: 'UMUM',
    initial: 'sandi awal budi',
  });
  await lock(page);
  await unlock(page, 'siti', 'bukan kata sandinya');
  await expectWrong(typeIn(page, text.unlock.passphrase), 'Kata sandi salah');
  await look(page, 'unlock-forgot');
  await press(page, text.unlock.forgot);
  await expect(page.getByRole('heading', { level: 1, name: recover.title })).toBeFocused();
  await lookAround(page, 'recover');
  await press(page, text.common.back);
  await expect(typeIn(page, text.unlock.passphrase)).toBeVisible();
  await press(page, text.unlock.forgot);

  const key = typeIn(page, recover.key);
  const next = typeIn(page, changing.account.next);
  await press(page, recover.enter);
  await expectWrong(key, text.common.required);

  // Small letters and hyphens, then a correction in the middle.
  await key.pressSequentially('abcd-efgh-jk');
  await expect(key).toHaveValue('ABCD EFGH JK');
  for (let steps = 0; steps < 7; steps++) await key.press('ArrowLeft');
  await key.press('Backspace');
  await key.press('Backspace');
  await expect(key).toHaveValue('ABCE FGHJ K');
  await key.press('9');
  await key.press('8');
  await expect(key).toHaveValue('ABC9 8EFG HJK');

  const shown = printed.replaceAll('-', ' ');
  const mistyped = shown.slice(0, -1) + (shown.endsWith('X') ? 'Y' : 'X');
  await key.fill(mistyped);
  await next.fill(anew.account);
  await typeIn(page, changing.account.again).fill(anew.account);
  await press(page, recover.enter);
  await expectWrong(key, errorText({ code: 'RECOVERY_KEY_MISTYPED' }, 'id'));
  await expect(key).toHaveValue(mistyped);
  await expect(next).toHaveValue(anew.account);
  await lookAround(page, 'recover-mistyped');

  await key.fill(printed.toLowerCase());
  await expect(key).toHaveValue(shown);
  const budi = page.getByRole('radio', { name: 'budi' });
  await budi.check({ force: true });
  await press(page, recover.enter);
  const accounts = page.getByRole('radiogroup', { name: text.unlock.accounts });
  await expect(accounts).toHaveAccessibleDescription(recover.notAdministrator, { timeout: 15_000 });
  await expect(budi).toBeFocused();
  await look(page, 'recover-not-administrator');

  await page.getByRole('radio', { name: 'siti' }).check({ force: true });
  await press(page, recover.enter);
  // The recovery key brings the vault back; the signing passphrase brings the own sealed letters back.
  await expect(page.getByRole('heading', { level: 1, name: text.restoreKey.title })).toBeFocused();
  await expect(page.getByText(recover.done)).toBeVisible();
  await look(page, 'recover-done');
  await typeIn(page, text.restoreKey.account).fill(anew.account);
  await typeIn(page, text.passphrases.signing).fill(passphrases.signing);
  await typeIn(page, text.changing.account.next).fill(known);
  await typeIn(page, text.changing.account.again).fill(known);
  await press(page, text.restoreKey.confirm);
  await expectHome(page);

  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectWrong(typeIn(page, text.unlock.passphrase), 'Kata sandi salah');
  await unlock(page, 'siti', known);
  await expectHome(page);

  // The printed key is the administrator's business only.
  await lock(page);
  await unlock(page, 'budi', 'sandi awal budi');
  await activate(page, 'sandi akun milik budi', 'tanda tangan budi');
  await expectHome(page, /Budi Santoso/);
  await openSettings(page, text.settings.section.passphrases);
  await expect(formOf(page, changing.account.title)).toBeVisible();
  await expect(formOf(page, changing.recovery.title)).toHaveCount(0);
});

test('both passphrases are changed, and only the new ones work from then on', async () => {
  app = await launch();
  const page = await app.firstWindow();
  await firstRun(page);
  await openSettings(page, text.settings.section.passphrases);
  await lookAround(page, 'settings-passphrases');

  const account = formOf(page, changing.account.title);
  await press(account, changing.account.confirm);
  await expectWrong(typeIn(account, changing.account.current), text.common.required);
  await expect(typeIn(account, changing.account.next)).toHaveAccessibleDescription(
    text.passphrases.tooShort(12),
  );
  await change(account, changing.account, { current: 'bukan kata sandinya', next: anew.account });
  await expectWrong(typeIn(account, changing.account.current), changing.account.wrong);
  await expect(typeIn(account, changing.account.next)).toHaveValue(anew.account);
  await look(page, 'settings-passphrases-wrong');
  await change(account, changing.account, { current: passphrases.account, next: passphrases.signing });
  await expectWrong(typeIn(account, changing.account.next), changing.account.equal);
  await change(account, changing.account, { current: passphrases.account, next: anew.account });
  await expect(page.getByText(changing.account.done)).toBeVisible({ timeout: 15_000 });
  for (const label of [changing.account.current, changing.account.next, changing.account.again]) {
    await expect(typeIn(account, label)).toHaveValue('');
    await expect(typeIn(account, label)).not.toHaveAttribute('aria-invalid', 'true');
  }

  const signing = formOf(page, changing.signing.title);
  await change(signing, changing.signing, { current: 'bukan kata sandinya', next: anew.signing });
  await expectWrong(typeIn(signing, changing.signing.current), changing.signing.wrong);
  await change(signing, changing.signing, { current: passphrases.signing, next: anew.account });
  await expectWrong(typeIn(signing, changing.signing.next), changing.signing.equal);
  await change(signing, changing.signing, { current: passphrases.signing, next: anew.signing });
  await expect(page.getByText(changing.signing.done)).toBeVisible({ timeout: 15_000 });
  await expect(typeIn(signing, changing.signing.next)).toHaveValue('');
  await look(page, 'settings-passphrases-changed');

  await lock(page);
  await unlock(page, 'siti', passphrases.account);
  await expectWrong(typeIn(page, text.unlock.passphrase), 'Kata sandi salah');
  await unlock(page, 'siti', anew.account);
  await expectHome(page);
  await openSettings(page, text.settings.section.certificates);
  await makeTestIdentity(page, passphrases.signing);
  await expectWrong(
    typeIn(formOf(page, text.identity.testTitle), text.passphrases.signing),
    errorText({ code: 'SIGNING_PASSPHRASE_WRONG' }, 'id'),
  );
  await makeTestIdentity(page, anew.signing);
  await expect(page.getByText(text.identity.testMade)).toBeVisible({ timeout: 20_000 });
});

test('a new recovery key replaces the printed one', async () => {
  app = await launch();
  const page = await app.firstWindow();
  const printed = await firstRun(page);
  await openSettings(page, text.settings.section.passphrases);
  const form = formOf(page, changing.recovery.title);
  await typeIn(form, text.passphrases.account).fill('bukan kata sandinya');
  await press(form, changing.recovery.confirm);
  await expectWrong(typeIn(form, text.passphrases.account), changing.account.wrong);
  await typeIn(form, text.passphrases.account).fill(passphrases.account);
  await press(form, changing.recovery.confirm);

  const dialog = page.getByRole('dialog', { name: changing.recovery.newTitle });
  await expect(dialog).toBeVisible({ timeout: 15_000 });
  await lookAround(page, 'new-recovery-key');
  await press(dialog, text.recovery.print);
  await expect(page.getByText(text.common.printed)).toBeVisible({ timeout: 15_000 });
  await press(dialog, text.recovery.copy);
  await expect(page.getByText(text.common.copied)).toBeVisible();
  // It cannot be put away unseen.
  await page.keyboard.press('Escape');
  await press(dialog, text.recovery.done);
  await expectWrong(dialog.getByLabel(text.recovery.group(8)), text.recovery.wrong);
  const fresh = await keepKey(page);
  await expect(dialog).toBeHidden();
  await expect(page.getByText(changing.recovery.done)).toBeVisible();
  await expect(typeIn(form, text.passphrases.account)).toHaveValue('');
  expect(fresh).not.toBe(printed);

  await lock(page);
  await press(page, text.unlock.forgot);
  await typeIn(page, changing.account.next).fill(anew.account);
  await typeIn(page, changing.account.again).fill(anew.account);
  await typeIn(page, recover.key).fill(printed);
  await press(page, recover.enter);
  await expectWrong(typeIn(page, recover.key), errorText({ code: 'RECOVERY_KEY_WRONG' }, 'id'));
  await typeIn(page, recover.key).fill(fresh);
  await press(page, recover.enter);
  await press(page, text.restoreKey.later);
  await expectHome(page);
});
