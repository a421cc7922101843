import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeLauncher } from '../../src/main/engine/launcher.ts';
import { silentLogger } from '../../src/main/engine/logger.ts';
import { startEngine } from '../../src/main/engine/remote.ts';
import { launch, runtimeName } from '../e2e/fixture.ts';
import { accountPassphrase, letterContent, removeFolder, resourcesDir, testApp } from '../fixtures/engine.ts';
import { figure, inTurns, type Figure } from './measure.ts';

const letters = 50;

/**
 * From a cold start to the first usable list: the core process alone, against a bare start of Node; and the whole
 * application, against the same with the sign-in screen as its end. The vault's key derivation is a cheap one, so
 * that the figures speak of us and not of Argon2id.
 */
export async function startSuite(): Promise<Figure[]> {
  const app = testApp();
  const { session } = await app.firstRun();
  for (let n = 0; n < letters; n += 1) await app.draft(letterContent(`Surat ${n}`));
  await app.close();
  const engineDir = join(import.meta.dirname, '../../out/main');

  async function firstList(): Promise<void> {
    const engine = startEngine({
      launcher: nodeLauncher,
      entries: { core: join(engineDir, 'core-process.js'), pool: join(engineDir, 'pool-process.js') },
      dataDir: app.dataDir,
      resourcesDir,
      version: 'bench',
      logger: silentLogger,
      onEvent: () => undefined,
    });
    const opened = await engine.call('vault.unlock', {
      accountId: session.accountId,
      passphrase: accountPassphrase,
    });
    const listed = await engine.call('letters.list', { folder: 'drafts' });
    if (!opened.ok || !listed.ok || listed.value.length !== letters) throw new Error('the list did not come');
    await engine.close();
  }

  const bareNode = (): void => void spawnSync(process.execPath, [join(import.meta.dirname, 'nothing.ts')]);

  async function window(toList: boolean): Promise<void> {
    const running = await launch({ userData: app.dataDir });
    const page = await running.firstWindow();
    await page.getByLabel('Kata sandi akun', { exact: true }).fill(accountPassphrase);
    if (toList) {
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Surat', exact: true }).click();
      await page.getByRole('button', { name: /^Konsep/ }).click();
      await page.getByText('Surat 49').first().waitFor();
    }
    await running.close();
  }

  try {
    const [list, bare] = await inTurns([firstList, bareNode], 8, 1);
    const [usable, signIn] = await inTurns([() => window(true), () => window(false)], 4, 1);
    if (!list || !bare || !usable || !signIn) return [];
    return [
      figure('start', `core: start, unlock, first list of ${letters}`, list, {
        peer: 'bare Node process',
        sample: bare,
        bar: 4,
      }),
      figure('start', 'bare Node process', bare),
      figure('start', `app on ${runtimeName}: launch, unlock, list, quit`, usable, {
        peer: 'sign-in screen',
        sample: signIn,
        bar: 2,
      }),
      figure('start', `app on ${runtimeName}: launch, sign-in screen, quit`, signIn),
    ];
  } finally {
    removeFolder(app.dataDir);
  }
}
