import { existsSync, readFileSync } from 'node:fs';
import { findChromium } from '../host/chromium.ts';
import { onPath, run } from './run.ts';

/** Programs from outside that the tests lean on, and the Debian package that brings each. */
const programs: readonly (readonly [program: string, debianPackage: string])[] = [
  ['qpdf', 'qpdf'],
  ['pdfsig', 'poppler-utils'],
  ['pdftoppm', 'poppler-utils'],
  ['mutool', 'mupdf-tools'],
  ['openssl', 'openssl'],
  ['makensis', 'nsis'],
  ['fakeroot', 'fakeroot'],
  ['dpkg-deb', 'dpkg'],
  ['7z', 'p7zip-full'],
  ['strace', 'strace'],
  ['softhsm2-util', 'softhsm2'],
];

const isDebian = (): boolean => existsSync('/etc/debian_version');

function missingPackages(): string[] {
  const missing = new Set(programs.filter(([program]) => !onPath(program)).map(([, name]) => name));
  if (findChromium() === null) missing.add('chromium');
  return [...missing];
}

/**
 * Makes sure that all of them are here: as root on Debian it installs what is missing, elsewhere it says which
 * line to type. @returns false when the tests cannot run.
 */
export function requirePrograms(): boolean {
  const missing = missingPackages();
  if (missing.length > 0 && isDebian() && process.getuid?.() === 0) {
    console.log(`installing: ${missing.join(' ')}`);
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', ...missing], {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
    });
  }
  const still = missingPackages();
  if (still.length > 0) {
    console.error(
      `These programs are needed by the tests and are not here. Type:\n  sudo apt-get install -y ${still.join(' ')}`,
    );
    return false;
  }
  console.log(`chromium: ${findChromium()}`);
  for (const [program, args] of [
    ['qpdf', ['--version']],
    ['pdfsig', ['-v']],
    ['openssl', ['version']],
  ] as const) {
    const said = run(program, args);
    console.log(`${program}: ${(said.stdout || said.stderr).split('\n', 1)[0]}`);
  }
  if (isDebian()) console.log(`debian: ${readFileSync('/etc/debian_version', 'utf8').trim()}`);
  return true;
}
