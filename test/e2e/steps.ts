import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { id as text } from '../../src/renderer/lib/i18n/id.ts';
import { shot, type AppHandle } from './fixture.ts';

/** What a person does, as steps that specs share. Words come from the page's own catalogue. */
export { text };

export const passphrases = { account: 'sandi akun yang panjang', signing: 'sandi tanda tangan' };

/** No violation of WCAG 2.2 A and AA, target size included, and a picture of the screen. */
export async function look(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await shot(page, name);
  const report = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .options({ rules: { 'target-size': { enabled: true } } })
    .setLegacyMode(true)
    .analyze();
  const violations = report.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(violations, name).toEqual([]);
}

/** Light, dark, and as narrow as a page gets at 400 % (WCAG 2.2, 1.4.10). */
export async function lookAround(page: Page, name: string): Promise<void> {
  await look(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 320, height: 700 });
  await look(page, `${name}-narrow`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The person's answer to the system's next questions for a folder; null cancels. */
export const answerWithFolder = (app: AppHandle, folder: string | null): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = (async () => ({
      canceled: path === null,
      filePaths: path === null ? [] : [path],
    })) as never;
  }, folder);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, label: string) => page.getByRole('textbox', { name: label });

export async function readPolicy(page: Page): Promise<void> {
  const region = page.getByRole('region', { name: text.policy.region });
  await expect(region).toBeVisible();
  await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(button(page, text.policy.acknowledge)).toBeEnabled();
}

export async function fillPassphrases(page: Page, account: string, signing: string): Promise<void> {
  await page.getByLabel(text.passphrases.account, { exact: true }).fill(account);
  await page.getByLabel(text.passphrases.accountAgain, { exact: true }).fill(account);
  await page.getByLabel(text.passphrases.signing, { exact: true }).fill(signing);
  await page.getByLabel(text.passphrases.signingAgain, { exact: true }).fill(signing);
}

/** Types the last groups of the recovery key on the screen back, and puts it away. @returns the key. */
export async function keepKey(page: Page): Promise<string> {
  const shown = await page
    .getByRole('list', { name: text.recovery.key })
    .getByRole('listitem')
    .allInnerTexts();
  const groups = shown.map((group) => group.replace(/[^0-9A-Z]/g, '').slice(-4));
  for (const number of [groups.length - 1, groups.length]) {
    await field(page, text.recovery.group(number)).fill(groups[number - 1] ?? '');
  }
  await button(page, text.recovery.done).click();
  return groups.join('-');
}

/**
 * From the first screen to home, with a test identity. `pictures` also looks at every screen on the way.
 * @returns the recovery key.
 */
export async function firstRun(page: Page, pictures = false): Promise<string> {
  const see = async (name: string): Promise<void> => {
    if (pictures) await look(page, name);
  };
  await expect(page.getByRole('heading', { name: text.firstRun.languageTitle })).toBeVisible();
  await see('first-run-1-language');
  await button(page, text.common.next).click();
  await expect(button(page, text.policy.acknowledge)).toBeVisible();
  await see('first-run-2-policy');
  await readPolicy(page);
  await button(page, text.policy.acknowledge).click();
  await field(page, text.person.username).fill('siti');
  await field(page, text.person.name).fill('Siti Rahmawati');
  await field(page, text.person.frontTitle).fill('Dra.');
  await field(page, text.person.post).fill('Sekretaris Daerah');
  await field(page, text.person.unit).fill('SETDA');
  await field(page, text.office.government).fill('PEMERINTAH KABUPATEN LAMPUNG TIMUR');
  await field(page, text.office.office).fill('SEKRETARIAT DAERAH');
  await field(page, text.office.address).fill('Jalan Buay Subing Nomor 01, Sukadana 34194');
  await field(page, text.office.contact).fill('setda@lampungtimurkab.go.id');
  await field(page, text.office.place).fill('Sukadana');
  await see('first-run-3-person');
  await button(page, text.common.next).click();
  await fillPassphrases(page, passphrases.account, passphrases.signing);
  await see('first-run-4-passphrases');
  await button(page, text.firstRun.create).click();
  await expect(page.getByRole('list', { name: text.recovery.key })).toBeVisible({ timeout: 20_000 });
  await see('first-run-5-recovery');
  const recoveryKey = await keepKey(page);
  await expect(page.getByRole('heading', { name: text.firstRun.certificateTitle })).toBeVisible();
  await see('first-run-6-certificate');
  await makeTestIdentity(page, passphrases.signing);
  await expect(button(page, text.firstRun.finish)).toBeVisible({ timeout: 20_000 });
  await button(page, text.firstRun.finish).click();
  await expect(page.getByRole('heading', { level: 1, name: /Siti Rahmawati/ })).toBeVisible();
  return recoveryKey;
}

export async function makeTestIdentity(page: Page, signing: string): Promise<void> {
  const form = page.getByRole('form', { name: text.identity.testTitle });
  await form.getByLabel(text.passphrases.signing, { exact: true }).fill(signing);
  await form.getByRole('button', { name: text.identity.createTest, exact: true }).click();
}

/** With one account there is nothing to choose. */
export async function unlock(page: Page, username: string, passphrase: string): Promise<void> {
  const account = page.getByRole('radio', { name: username });
  if ((await account.count()) > 0) await account.check({ force: true });
  await page.getByLabel(text.unlock.passphrase, { exact: true }).fill(passphrase);
  await button(page, text.unlock.enter).click();
}

/** A section of the rail. */
export async function openSection(page: Page, name: string, label = text.rail.label): Promise<void> {
  const rail = page.getByRole('navigation', { name: label });
  // What waits is counted in a place's name too: "Beranda: 3 surat menunggu".
  await rail
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click();
}

export async function openSettings(page: Page, section: string): Promise<void> {
  await openSection(page, text.rail.settings);
  await page
    .getByRole('navigation', { name: text.settings.sections })
    .getByRole('button', { name: section, exact: true })
    .click();
}

/** Locking begins the page anew; what comes next is for the new one. */
export async function lock(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.set(window, 'beforeLock', true));
  await button(page, text.rail.lock).click();
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'beforeLock') === true).catch(() => true))
    .toBe(false);
  await expect(page.getByLabel(text.unlock.passphrase, { exact: true })).toBeVisible();
}

export async function chooseKind(page: Page, kind: string): Promise<void> {
  await button(page, text.letters.new).first().click();
  await page.getByRole('dialog').getByText(kind, { exact: true }).click();
  await expect(field(page, text.editor.subject).first()).toBeVisible();
}

export async function fillLetter(
  page: Page,
  letter: { readonly subject: string; readonly outside?: string; readonly inside?: string },
): Promise<void> {
  await page.getByLabel(text.editor.classification, { exact: true }).fill('000.8.3');
  await page.getByRole('textbox', { name: text.editor.subject, exact: true }).fill(letter.subject);
  if (letter.outside !== undefined) {
    await button(page, text.editor.addOutside).click();
    await field(page, text.editor.addresseeName(1)).fill(letter.outside);
  }
  if (letter.inside !== undefined) {
    await page.getByRole('combobox', { name: text.chooser.label.to }).fill(letter.inside);
    await page.getByRole('option', { name: letter.inside }).first().click();
  }
  const body = page.getByRole('textbox', { name: text.editor.body, exact: true });
  await body.click();
  await body.pressSequentially(
    'Bersama ini kami sampaikan laporan bulan ini untuk dipergunakan sebagaimana mestinya.',
  );
}

/** Never by bare Enter: the dialog confirms with Ctrl+Enter. */
export async function signLetter(page: Page, signing: string, see?: () => Promise<void>): Promise<void> {
  await button(page, text.editor.sign).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(text.sign.passphrase, { exact: true }).fill(signing);
  await see?.();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden({ timeout: 20_000 });
}

export async function addPerson(
  page: Page,
  person: {
    readonly username: string;
    readonly name: string;
    readonly post: string;
    readonly unit: string;
    readonly initial: string;
  },
  see?: () => Promise<void>,
): Promise<void> {
  await openSettings(page, text.settings.section.people);
  await button(page, text.people.add).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: text.person.username }).fill(person.username);
  await dialog.getByRole('textbox', { name: text.person.name }).fill(person.name);
  await dialog.getByRole('textbox', { name: text.person.post }).fill(person.post);
  await dialog.getByRole('textbox', { name: text.person.unit }).fill(person.unit);
  await dialog.getByLabel(text.passphrases.initial, { exact: true }).fill(person.initial);
  await dialog.getByRole('button', { name: text.people.addConfirm, exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 15_000 });
  await expect(page.getByText(person.name).first()).toBeVisible();
  await see?.();
}

export async function activate(
  page: Page,
  account: string,
  signing: string,
  see?: () => Promise<void>,
): Promise<void> {
  await expect(page.getByText(text.activation.title).first()).toBeVisible({ timeout: 15_000 });
  await see?.();
  await readPolicy(page);
  await button(page, text.policy.acknowledge).click();
  await fillPassphrases(page, account, signing);
  await button(page, text.activation.activate).click();
}

/** The greeting of whoever has signed in. */
export async function expectHome(page: Page, name = /Siti Rahmawati/): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 20_000 });
}

/** The next question for where to save is answered with this path. */
export const answerWithPath = (app: AppHandle, filePath: string): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath: path })) as never;
  }, filePath);

/** Full lock, from the account menu, by keyboard. */
export async function seal(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.set(window, 'beforeLock', true));
  await page.getByRole('button', { name: /^Akun / }).press('Enter');
  await page.getByRole('menuitem', { name: text.rail.seal }).press('Enter');
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'beforeLock') === true).catch(() => true))
    .toBe(false);
  await expect(page.getByLabel(text.unlock.passphrase, { exact: true })).toBeVisible();
}

/** The page of one person, for an administrator. */
export async function openPerson(page: Page, name: string): Promise<void> {
  await openSettings(page, text.settings.section.people);
  await page
    .getByRole('list', { name: text.people.list })
    .getByRole('button', { name: new RegExp(name) })
    .press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: new RegExp(name) })).toBeFocused();
}

/** The list of letters, with one folder open. */
export async function openFolder(page: Page, folder: string): Promise<void> {
  await openSection(page, text.rail.letters);
  await page
    .getByRole('navigation', { name: text.letters.folders })
    .getByRole('button', { name: new RegExp(`^${folder}`) })
    .first()
    .click();
}
