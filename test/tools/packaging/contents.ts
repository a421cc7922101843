/** What is inside the packaged app, and what must not be. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import asar from '@electron/asar';

/** Kinds of native code by their first bytes, and where each may run. */
const MAGIC: Readonly<Record<string, string>> = { '7f454c46': 'linux', '4d5a': 'win' };

const NEEDED = [
  'package.json',
  'out/main/index.js',
  'out/main/pool-process.js',
  'out/main/zxing_reader.wasm',
  'out/main/pdf-decoders/jbig2.wasm',
  'out/main/pdf-decoders/openjpeg.wasm',
  'out/main/vault-worker.js',
  'out/main/token-process.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'node_modules/better-sqlite3/package.json',
  'node_modules/koffi/package.json',
  'node_modules/@myriaddreamin/typst-ts-node-compiler/package.json',
];
const TOP = new Set(['package.json', 'out', 'node_modules']);
const FORBIDDEN =
  /(^|\/)(src|test|tests|\.git|\.ci)\/|\.(ts|tsx|map|nsi)$|(^|\/)(\.env|tsconfig|vitest|playwright)[^/]*$/;

/** koffi keeps its built code in a folder of that name. */
const BUILT_IN_SRC = /^node_modules\/koffi\/src\/koffi(\/src)?(\/[a-z]+\.c?js)?$/;

interface Entry {
  readonly path: string;
  readonly unpacked: boolean;
}

function entriesOf(archive: string): Entry[] {
  return asar.listPackage(archive, { isPack: true }).map((line) => ({
    path: line.replace(/^(un)?pack\s*:\s*[/\\]?/, '').replaceAll('\\', '/'),
    unpacked: line.startsWith('unpack'),
  }));
}

function systemOf(file: string): string {
  const start = readFileSync(file).toString('hex', 0, 4);
  return Object.entries(MAGIC).find(([magic]) => start.startsWith(magic))?.[1] ?? `unknown (${start})`;
}

/** A sentence about what was found. @throws Error that names every entry that is wrong. */
export function checkArchive(resources: string): string {
  const entries = entriesOf(join(resources, 'app.asar'));
  const paths = new Set(entries.map((entry) => entry.path));
  const missing = NEEDED.filter((path) => !paths.has(path));
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
  const strange = [...new Set(entries.map((entry) => entry.path.split('/')[0] ?? ''))].filter(
    (top) => !TOP.has(top),
  );
  if (strange.length > 0) throw new Error(`does not belong at the top: ${strange.join(', ')}`);
  const forbidden = entries
    .map((entry) => entry.path)
    .filter((path) => FORBIDDEN.test(path) && !BUILT_IN_SRC.test(path));
  if (forbidden.length > 0)
    throw new Error(`must not ship: ${forbidden.slice(0, 8).join(', ')} (${forbidden.length} in all)`);
  return `${entries.length} entries, no sources, no tests`;
}

/** Every native module lies outside the archive and is for this system. @throws Error that names those that do not. */
export function checkNative(resources: string, system: 'linux' | 'win', modules: readonly string[]): string {
  const native = entriesOf(join(resources, 'app.asar')).filter((entry) => entry.path.endsWith('.node'));
  const inside = native.filter((entry) => !entry.unpacked).map((entry) => entry.path);
  if (inside.length > 0) throw new Error(`still inside the archive: ${inside.join(', ')}`);
  const unpacked = join(resources, 'app.asar.unpacked');
  const foreign = native
    .filter((entry) => systemOf(join(unpacked, entry.path)) !== system)
    .map((entry) => entry.path);
  if (foreign.length > 0) throw new Error(`for another system: ${foreign.join(', ')}`);
  const paths = native.map((entry) => entry.path);
  const absent = modules.filter((name) => !paths.some((path) => path.startsWith(`node_modules/${name}`)));
  if (absent.length > 0) throw new Error(`no native code for: ${absent.join(', ')}`);
  // One binary per module: a second one would be for another processor or C library.
  if (native.length !== modules.length)
    throw new Error(`expected ${modules.length} native files, found ${paths.join(', ')}`);
  return paths.join(', ');
}

const SHIPPED = ['templates', 'fonts', 'profiles', 'privacy-policy', 'icons'];

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** The data files are all there, byte for byte, and nothing else is. @throws Error that names the first difference. */
export function checkResources(root: string, resources: string): string {
  let count = 0;
  for (const name of SHIPPED) {
    const wanted = filesUnder(join(root, 'resources', name));
    const found = filesUnder(join(resources, 'resources', name));
    if (wanted.length === 0) throw new Error(`resources/${name} is empty in the checkout`);
    const differs = wanted.find(
      (path, index) =>
        path !== found[index] ||
        !readFileSync(join(root, 'resources', name, path)).equals(
          readFileSync(join(resources, 'resources', name, path)),
        ),
    );
    if (differs !== undefined || found.length !== wanted.length)
      throw new Error(`resources/${name} differs at ${differs ?? 'its end'}`);
    count += wanted.length;
  }
  const extra = readdirSync(join(resources, 'resources')).filter((name) => !SHIPPED.includes(name));
  if (extra.length > 0) throw new Error(`must not ship: resources/${extra.join(', ')}`);
  return `${count} files`;
}

/** The app as one folder, with the unpacked files in their places: what the host can run. */
export function extractApp(resources: string, folder: string): void {
  asar.extractAll(join(resources, 'app.asar'), folder);
}
