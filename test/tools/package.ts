/**
 * `npm run package`: the installers for this system into dist/, where Electron's binary is there. Linux: a .deb by
 * dpkg-deb and fakeroot; Windows: our NSIS installer by makensis; without those tools electron-builder's own targets.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ensureBuilt } from '../host/build.ts';
import { electronBinary } from '../host/electron-binary.ts';
import { builderCommand, unpackedApp } from './packaging/builder.ts';
import { buildDeb } from './packaging/deb.ts';
import { compareFuses, readFuses } from './packaging/fuses.ts';
import { buildInstaller } from './packaging/nsis.ts';
import { isInstalled, must } from './packaging/run.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function requireFuses(binary: string): void {
  const wrong = compareFuses(readFuses(binary));
  if (wrong.length > 0) throw new Error(`The fuses are not as they must be: ${wrong.join('; ')}.`);
}

async function byElectronBuilder(system: 'linux' | 'win'): Promise<string> {
  await must(process.execPath, [builderCommand(), `--${system}`, '--x64'], {
    cwd: ROOT,
  });
  return join(ROOT, 'dist');
}

async function makePackage(electronDist: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const output = join(ROOT, 'dist');
  const work = mkdtempSync(join(tmpdir(), 'eletter-package-'));
  try {
    if (process.platform === 'win32') {
      const unpacked = await unpackedApp(ROOT, 'win', output, electronDist);
      requireFuses(join(unpacked, 'E-Letter Lampung Timur.exe'));
      if (!isInstalled('makensis')) return await byElectronBuilder('win');
      return await buildInstaller({ root: ROOT, unpacked, version, work, output, quick: false });
    }
    const unpacked = await unpackedApp(ROOT, 'linux', output, electronDist);
    requireFuses(join(unpacked, 'eletter-lampung-timur'));
    if (!isInstalled('dpkg-deb') || !isInstalled('fakeroot')) return await byElectronBuilder('linux');
    return await buildDeb({ root: ROOT, unpacked, version, work, output, quick: false });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  if (process.platform !== 'linux' && process.platform !== 'win32') {
    say('Packages are made on Linux (.deb) and on Windows (installer); this system is neither.');
    return 1;
  }
  const binary = electronBinary();
  if (binary === null) {
    say(
      'Electron’s binary is not here, so there is nothing to package. Type "npx install-electron" where the network allows it, or "npm run package:smoke" to test the packaging without it.',
    );
    return 1;
  }
  const problem = await ensureBuilt(ROOT);
  if (problem !== null) {
    say(problem);
    return 1;
  }
  try {
    say(`Ready: ${await makePackage(dirname(binary))}`);
    return 0;
  } catch (error) {
    say(`Packaging failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = await main();
