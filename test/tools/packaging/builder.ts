/** electron-builder's part: the app, unpacked, with asar and fuses, for one system. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from './run.ts';

type System = 'linux' | 'win';

/** The script of electron-builder's command. */
export function builderCommand(): string {
  return fileURLToPath(import.meta.resolve('electron-builder/cli.js'));
}

/** The folder with the unpacked app. `electronDist`: the folder with Electron's binary, or a stand-in. */
export async function unpackedApp(
  root: string,
  system: System,
  output: string,
  electronDist: string,
): Promise<string> {
  const folder = join(output, `${system}-unpacked`);
  rmSync(folder, { recursive: true, force: true });
  const args = [
    builderCommand(),
    `--${system}`,
    'dir',
    '--x64',
    `-c.directories.output=${output}`,
    `-c.electronDist=${electronDist}`,
  ];
  await must(process.execPath, args, { cwd: root, env: { CSC_IDENTITY_AUTO_DISCOVERY: 'false' } });
  if (!existsSync(folder)) throw new Error(`electron-builder left no ${system}-unpacked folder.`);
  return folder;
}
