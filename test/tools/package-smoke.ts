/**
 * `npm run package:smoke`: packages the app without Electron's binary and looks at the result from outside. What it
 * cannot show: that a real Electron starts, and that the installer runs on Windows.
 * `--json` prints one object per check; the last line counts; the exit code is 1 when a check failed.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { getCurrentFuseWire } from '@electron/fuses';
import type { FuseV1Options } from '@electron/fuses';
import { launch, shot } from '../e2e/fixture.ts';
import { faxPdf, faxText } from '../fixtures/fax-pdf.ts';
import { ensureBuilt } from '../host/build.ts';
import { unpackedApp } from './packaging/builder.ts';
import { checkArchive, checkNative, checkResources, extractApp } from './packaging/contents.ts';
import { buildDeb, DEB_NAME } from './packaging/deb.ts';
import { compareFuses, EXPECTED_FUSES, readFuses } from './packaging/fuses.ts';
import { buildInstaller } from './packaging/nsis.ts';
import { isInstalled, must, run } from './packaging/run.ts';
import { linuxStandIn, windowsStandIn } from './packaging/stand-in.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const json = process.argv.includes('--json');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
};
const work = mkdtempSync(join(tmpdir(), 'eletter-package-'));
const linux = join(work, 'dist/linux-unpacked');
const win = join(work, 'dist/win-unpacked');
const extracted = join(work, 'extracted');
const debRoot = join(work, 'debian');

let passed = 0;
let failed = 0;

/** Runs one check; `needs` are paths that an earlier check must have left. */
async function check(
  name: string,
  needs: readonly string[],
  body: () => Promise<string> | string,
): Promise<void> {
  const begun = performance.now();
  let ok = true;
  let detail: string;
  try {
    const missing = needs.find((path) => !existsSync(path));
    if (missing !== undefined) throw new Error(`not reached: ${missing.replace(work, '')} was not made`);
    detail = await body();
  } catch (error) {
    ok = false;
    detail = error instanceof Error ? error.message : String(error);
  }
  if (ok) passed++;
  else failed++;
  const ms = Math.round(performance.now() - begun);
  if (json) process.stdout.write(`${JSON.stringify({ check: name, ok, ms, detail })}\n`);
  else process.stdout.write(`${ok ? 'passed' : 'FAILED'}  ${name}  (${ms} ms)  ${detail}\n`);
}

async function fusesOf(binary: string): Promise<string> {
  const states = readFuses(binary);
  // Electron's own tool must read the same; it does not know the newest fuse by name, but gives it by number.
  const official = await getCurrentFuseWire(binary);
  const wrong = compareFuses(states);
  for (const [index, state] of states.entries()) {
    const seen = String.fromCharCode(official[index as FuseV1Options] ?? 0);
    if (seen !== (state === 'on' ? '1' : '0')) wrong.push(`@electron/fuses reads fuse ${index} as ${seen}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return EXPECTED_FUSES.map(([name, state]) => `${name} ${state}`).join(', ');
}

/** Loads the native modules from the packed app alone, so that a file left out by a filter is missed here. */
async function loadModules(): Promise<string> {
  extractApp(join(linux, 'resources'), extracted);
  const code = `
    const load = require('node:module').createRequire(process.argv[1]);
    const Database = load('better-sqlite3');
    const { v } = new Database(':memory:').prepare('select sqlite_version() as v').get();
    const { NodeCompiler } = load('@myriaddreamin/typst-ts-node-compiler');
    const pdf = NodeCompiler.create().pdf({ mainFileContent: '= Uji' });
    const koffi = load('koffi');
    koffi.load(null);
    console.log('SQLite ' + v + ', typeset ' + pdf.length + ' bytes, koffi ' + koffi.version);`;
  return (await must(process.execPath, ['-e', code, join(extracted, 'package.json')])).trim();
}

/** A scan from a copier, by the packed app alone: the programs that read it must have come along. */
async function readScan(): Promise<string> {
  const file = join(work, 'pindaian.pdf');
  writeFileSync(file, faxPdf());
  const cli = join(extracted, 'out/main/cli.js');
  // On plain Node the data files are looked for beside the program, not in Electron's place for them.
  const data = join(extracted, 'resources');
  symlinkSync(join(linux, 'resources/resources'), data);
  const { code, output } = await run(process.execPath, [cli, 'statement', 'check', '--scan', file, '--json']);
  rmSync(data);
  if (code !== 3 || !output.includes(faxText)) throw new Error(`code ${code}: ${output}`);
  return `the code says "${faxText}"`;
}

interface Bridge {
  readonly app: {
    status(input: object): Promise<{ readonly ok: boolean; readonly value?: { readonly version: string } }>;
  };
}

async function firstRun(): Promise<string> {
  const app = await launch({ app: extracted, packaged: { resources: join(linux, 'resources') } });
  try {
    const page = await app.firstWindow();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.locator('h1').first().waitFor({ timeout: 20_000 });
    const heading = (await page.locator('h1').first().innerText()).trim();
    await shot(page, 'packaged-first-run');
    if (heading === '' || faults.length > 0)
      throw new Error(`the first screen is broken: ${faults.join('; ')}\n${app.output()}`);
    const status = await page.evaluate(() =>
      (window as unknown as { readonly eletter: Bridge }).eletter.app.status({}),
    );
    if (status.value?.version !== version)
      throw new Error(`core answers ${JSON.stringify(status)}: ${app.output()}`);
    const code = await app.close();
    if (code !== 0) throw new Error(`it ended with code ${code}: ${app.output()}`);
    return `first screen "${heading}", core answers, ended with code 0`;
  } finally {
    await app.kill();
    rmSync(app.userData, { recursive: true, force: true });
  }
}

const dpkg = (...args: readonly string[]): Promise<string> =>
  must('dpkg', [
    `--root=${debRoot}`,
    `--log=${join(work, 'dpkg.log')}`,
    '--force-depends',
    '--force-not-root',
    '--force-architecture',
    '--force-script-chrootless',
    ...args,
  ]);

async function makeDeb(): Promise<string> {
  const output = join(work, 'out');
  const deb = await buildDeb({ root: ROOT, unpacked: linux, version, work, output, quick: true });
  const fields = await must('dpkg-deb', ['--info', deb]);
  for (const line of [`Package: ${DEB_NAME}`, `Version: ${version}`, 'Architecture: amd64', 'Depends: ']) {
    if (!fields.includes(line)) throw new Error(`the control file lacks "${line}"`);
  }
  const list = await must('dpkg-deb', ['--contents', deb]);
  const foreignOwner = list.split('\n').find((line) => line !== '' && !line.includes(' root/root '));
  if (foreignOwner !== undefined) throw new Error(`not owned by root: ${foreignOwner}`);
  if (!/^-rwsr-xr-x .*chrome-sandbox$/m.test(list)) throw new Error('chrome-sandbox is not set-uid root');
  return `${Math.round(statSync(deb).size / 1_048_576)} MiB, ${list.split('\n').length - 1} entries`;
}

const INSTALLED = [
  `opt/${DEB_NAME}/${DEB_NAME}`,
  `opt/${DEB_NAME}/resources/app.asar`,
  `opt/${DEB_NAME}/resources/resources/templates`,
  'usr/bin/eletter',
  `usr/share/applications/${DEB_NAME}.desktop`,
];
const PERSONAL = 'home/pegawai/.config/E-Letter Lampung Timur/vault.db';

async function installDeb(): Promise<string> {
  for (const folder of ['info', 'updates', 'triggers'])
    mkdirSync(join(debRoot, 'var/lib/dpkg', folder), { recursive: true });
  writeFileSync(join(debRoot, 'var/lib/dpkg/status'), '');
  mkdirSync(join(debRoot, PERSONAL, '..'), { recursive: true });
  writeFileSync(join(debRoot, PERSONAL), 'a vault');
  await dpkg('--install', join(work, 'out', `${DEB_NAME}_${version}_amd64.deb`));
  const missing = INSTALLED.filter((path) => !existsSync(join(debRoot, path)));
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`);
  const launcher = join(debRoot, 'usr/bin/eletter');
  if ((lstatSync(launcher).mode & 0o111) === 0) throw new Error('the launcher cannot be executed');
  await must('sh', ['-n', launcher]);
  const target = /^app=(.+)$/m.exec(readFileSync(launcher, 'utf8'))?.[1] ?? '';
  if (!existsSync(join(debRoot, target)))
    throw new Error(`the launcher starts ${target}, which is not there`);
  const said = await must(join(debRoot, target), ['--cli', 'verify']);
  if (!said.includes('--cli verify')) throw new Error(`the installed program answers: ${said}`);
  const entry = readFileSync(join(debRoot, `usr/share/applications/${DEB_NAME}.desktop`), 'utf8');
  const program = /^Exec=(\S+)/m.exec(entry)?.[1] ?? '';
  if (!existsSync(join(debRoot, program)))
    throw new Error(`the menu entry starts ${program}, which is not there`);
  return `${INSTALLED.length} places checked, the program starts`;
}

async function removeDeb(): Promise<string> {
  await dpkg('--purge', DEB_NAME);
  const left = INSTALLED.filter((path) => existsSync(join(debRoot, path)));
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  if (readFileSync(join(debRoot, PERSONAL), 'utf8') !== 'a vault')
    throw new Error('a person’s vault was touched');
  return 'all gone but the person’s vault';
}

async function makeInstaller(): Promise<string> {
  const file = await buildInstaller({
    root: ROOT,
    unpacked: win,
    version,
    work,
    output: join(work, 'out'),
    quick: true,
  });
  const list = await must('7z', ['l', '-slt', file]);
  const names = [...list.matchAll(/^Path = (.+)$/gm)].map((match) => (match[1] ?? '').replaceAll('\\', '/'));
  const wanted = ['E-Letter Lampung Timur.exe', 'resources/app.asar', 'locales/id.pak', 'Uninstall.exe'];
  const missing = wanted.filter((name) => !names.some((path) => path === name || path.endsWith(`/${name}`)));
  if (missing.length > 0) throw new Error(`the installer lacks: ${missing.join(', ')}`);
  return `${Math.round(statSync(file).size / 1_048_576)} MiB, ${names.length - 1} entries`;
}

/** The script may delete what it brought, file by file, and nothing that a person made. */
function checkInstallerScript(): string {
  const script = readFileSync(join(ROOT, 'resources/installer/eletter.nsi'), 'utf8').replace(
    /^\s*;.*$/gm,
    '',
  );
  const removal = readFileSync(join(work, 'remove.nsh'), 'utf8');
  const sweeping = /RMDir\s+\/r|\$(LOCAL)?APPDATA|\$PROFILE|\$DOCUMENTS/i.exec(`${script}${removal}`);
  if (sweeping) throw new Error(`it says ${sweeping[0]}`);
  const outside = removal
    .split('\n')
    .find((line) => line !== '' && !/^(Delete|RMDir) "\$INSTDIR\\[^"]+"$/.test(line));
  if (outside !== undefined) throw new Error(`the uninstaller would run: ${outside}`);
  if (!/RequestExecutionLevel admin/.test(script) || !/SetShellVarContext all/.test(script))
    throw new Error('it is not per machine');
  const asks = [...script.matchAll(/^.*MessageBox.*$/gm)].map(([line]) => line);
  const stuck = asks.find((line) => !line.includes('/SD '));
  if (stuck !== undefined) throw new Error(`with /S this would wait for a click: ${stuck.trim()}`);
  return `${removal.split('\n').length - 1} single removals, nothing waits with /S`;
}

async function checkAll(): Promise<void> {
  await check('outside tools are there', [], () => {
    const packages = { 'dpkg-deb': 'dpkg', fakeroot: 'fakeroot', makensis: 'nsis', '7z': 'p7zip-full' };
    const missing = Object.entries(packages).filter(([tool]) => !isInstalled(tool));
    if (missing.length > 0)
      throw new Error(`type: apt-get install -y ${missing.map(([, name]) => name).join(' ')}`);
    return Object.keys(packages).join(', ');
  });
  await check('bundles are built', [], async () => {
    const problem = await ensureBuilt(ROOT);
    if (problem !== null) throw new Error(problem);
    return 'out/ is up to date';
  });
  await check('Linux: unpacked app', [join(ROOT, 'out/main/index.js')], async () => {
    const dist = join(work, 'electron-linux');
    linuxStandIn(dist);
    await unpackedApp(ROOT, 'linux', join(work, 'dist'), dist);
    const languages = readdirSync(join(linux, 'locales')).sort().join(', ');
    if (languages !== 'en-US.pak, id.pak') throw new Error(`languages: ${languages}`);
    return `electron-builder on a stand-in for Electron; languages ${languages}`;
  });
  await check('Linux: archive', [linux], () => checkArchive(join(linux, 'resources')));
  await check('Linux: native modules', [linux], () =>
    checkNative(join(linux, 'resources'), 'linux', [
      'better-sqlite3/',
      '@koromix/koffi-linux-x64/',
      '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu/',
      '@napi-rs/canvas-linux-x64-gnu/',
    ]),
  );
  await check('Linux: data files', [linux], () => checkResources(ROOT, join(linux, 'resources')));
  await check('Linux: fuses', [linux], () => fusesOf(join(linux, DEB_NAME)));
  await check('packaged native modules load', [linux], loadModules);
  await check('packaged app reads a scan', [extracted], readScan);
  await check('packaged app reaches its first screen', [extracted], firstRun);
  await check('deb: built by dpkg-deb', [linux], makeDeb);
  await check('deb: installed', [join(work, 'out', `${DEB_NAME}_${version}_amd64.deb`)], installDeb);
  await check('deb: removed', [join(debRoot, 'usr/bin/eletter')], removeDeb);
  await check('Windows: unpacked app', [join(ROOT, 'out/main/index.js')], async () => {
    const dist = join(work, 'electron-win');
    await windowsStandIn(dist);
    await unpackedApp(ROOT, 'win', join(work, 'dist'), dist);
    return 'electron-builder on a stand-in for Electron';
  });
  await check('Windows: archive', [win], () => checkArchive(join(win, 'resources')));
  // npm installs the typesetter's binary for its own system only, so it is not there on Linux.
  await check('Windows: native modules', [win], () =>
    checkNative(join(win, 'resources'), 'win', ['better-sqlite3/']),
  );
  await check('Windows: fuses', [win], () => fusesOf(join(win, 'E-Letter Lampung Timur.exe')));
  await check('Windows: installer', [win], makeInstaller);
  await check('Windows: installer removes only its own', [join(work, 'remove.nsh')], checkInstallerScript);
}

try {
  await checkAll();
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.stdout.write(`package smoke: ${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
