/** The Debian package, by Debian's own tools: dpkg-deb under fakeroot. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { must } from './run.ts';

export const DEB_NAME = 'eletter-lampung-timur';
const APP = `opt/${DEB_NAME}`;

/** What Electron's binary links to and does not bring (its own documentation for Debian 12 and Ubuntu 22.04 on). */
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libuuid1',
  'libsecret-1-0',
  'libasound2 | libasound2t64',
  'libgbm1',
];

/** Kibibytes of a folder's files. */
function installedSize(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return Math.ceil(bytes / 1024);
}

/** Folders 755, programs 755, all else 644, whatever the umask of the one who built it was. */
function settleModes(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

interface DebInput {
  readonly root: string;
  readonly unpacked: string;
  readonly version: string;
  /** An empty folder to lay the tree out in. */
  readonly work: string;
  readonly output: string;
  /** Faster and larger, for tests. */
  readonly quick: boolean;
}

/** Absolute path of the .deb. @throws Error with the tool's words. */
export async function buildDeb({ root, unpacked, version, work, output, quick }: DebInput): Promise<string> {
  const tree = join(work, 'deb-tree');
  const parts = join(root, 'resources/installer/deb');
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  mkdirSync(join(tree, 'usr/share/applications'), { recursive: true });
  mkdirSync(join(tree, 'usr/share/doc', DEB_NAME), { recursive: true });
  mkdirSync(join(tree, 'DEBIAN'));
  cpSync(unpacked, join(tree, APP), { recursive: true });
  cpSync(join(parts, 'eletter'), join(tree, 'usr/bin/eletter'));
  cpSync(join(parts, `${DEB_NAME}.desktop`), join(tree, `usr/share/applications/${DEB_NAME}.desktop`));
  const icon = join(root, 'resources/icons/icon.png');
  if (existsSync(icon)) {
    const icons = join(tree, 'usr/share/icons/hicolor/512x512/apps');
    mkdirSync(icons, { recursive: true });
    cpSync(icon, join(icons, `${DEB_NAME}.png`));
  }
  const licence = join(root, 'LICENSE');
  if (existsSync(licence))
    writeFileSync(join(tree, 'usr/share/doc', DEB_NAME, 'copyright'), readFileSync(licence));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    author: string;
    description: string;
  };
  for (const script of ['postinst', 'postrm']) cpSync(join(parts, script), join(tree, 'DEBIAN', script));
  settleModes(tree);
  // Chromium's sandbox where the kernel gives ordinary users no name spaces: set-uid root, as its own packages have it.
  const sandbox = join(tree, APP, 'chrome-sandbox');
  if (existsSync(sandbox)) chmodSync(sandbox, 0o4755);
  writeFileSync(
    join(tree, 'DEBIAN/control'),
    [
      `Package: ${DEB_NAME}`,
      `Version: ${version}`,
      'Architecture: amd64',
      'Section: office',
      'Priority: optional',
      `Maintainer: ${manifest.author}`,
      `Installed-Size: ${installedSize(tree)}`,
      `Depends: ${DEPENDS.join(', ')}`,
      'Homepage: https://lampungtimurkab.go.id/',
      `Description: ${manifest.description}`,
      ' Surat dinas: disusun, ditandatangani, disimpan, dan diperiksa tanpa jaringan.',
      '',
    ].join('\n'),
  );
  mkdirSync(output, { recursive: true });
  const file = join(output, `${DEB_NAME}_${version}_amd64.deb`);
  const compression = quick ? ['-Zgzip', '-z1'] : ['-Zxz'];
  await must('fakeroot', ['dpkg-deb', ...compression, '--root-owner-group', '--build', tree, file]);
  rmSync(tree, { recursive: true, force: true });
  return join(output, basename(file));
}
