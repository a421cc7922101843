/** The Windows installer, by makensis from our own script. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './run.ts';

/** Names as NSIS writes them: `$` doubled, backslashes. */
function quoted(path: string): string {
  return `"$INSTDIR\\${path.replaceAll('/', '\\').replaceAll('$', '$$$$')}"`;
}

/** What the uninstaller deletes: each file that was packed, then each folder if it is empty by then, deepest first. */
function removalList(folder: string): string {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    (entry.isDirectory() ? folders : files).push(path);
  }
  const deepestFirst = folders.sort(
    (a, b) => b.split('/').length - a.split('/').length || a.localeCompare(b),
  );
  return [
    ...files.sort().map((path) => `Delete ${quoted(path)}`),
    ...deepestFirst.map((path) => `RMDir ${quoted(path)}`),
    '',
  ].join('\n');
}

interface NsisInput {
  readonly root: string;
  readonly unpacked: string;
  readonly version: string;
  readonly work: string;
  readonly output: string;
  readonly quick: boolean;
}

/** Absolute path of the installer. @throws Error with makensis's words; its warnings count as errors. */
export async function buildInstaller({
  root,
  unpacked,
  version,
  work,
  output,
  quick,
}: NsisInput): Promise<string> {
  const remove = join(work, 'remove.nsh');
  mkdirSync(output, { recursive: true });
  writeFileSync(remove, removalList(unpacked));
  const file = join(output, `E-Letter-Lampung-Timur-${version}-setup.exe`);
  const icon = join(root, 'resources/icons/icon.ico');
  await must('makensis', [
    '-V2',
    '-WX',
    '-INPUTCHARSET',
    'UTF8',
    `-DVERSION=${version}`,
    `-DSOURCE=${unpacked}`,
    `-DREMOVE=${remove}`,
    `-DOUTFILE=${file}`,
    ...(existsSync(icon) ? [`-DICON=${icon}`] : []),
    ...(quick ? ['-DQUICK'] : []),
    join(root, 'resources/installer/eletter.nsi'),
  ]);
  return file;
}
