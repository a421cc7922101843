/**
 * `dialog`: cancelled unless a test puts its own function in place. Headed (`npm start`) a person is there: then
 * zenity asks them where it is installed, else the terminal says what could not be asked.
 */
import { execFile } from 'node:child_process';
import { headed } from './browser.ts';
import { record } from './records.ts';

interface FileOptions {
  readonly title?: string;
  readonly defaultPath?: string;
  readonly properties?: readonly string[];
  readonly filters?: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}

interface MessageOptions {
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly cancelId?: number;
  readonly type?: string;
}

/** Found on the path or not: the host does not depend on it. */
const ASKER = 'zenity';

/** The chosen lines, or null when cancelled or nobody could be asked. */
function zenity(args: readonly string[]): Promise<string[] | null> {
  return new Promise((resolve) => {
    execFile(ASKER, [...args], (error, stdout) => {
      if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') {
        process.stdout.write('[dialog] No file dialog here. Type: apt-get install -y zenity\n');
      }
      resolve(error ? null : stdout.split('\n').filter((line) => line !== ''));
    });
  });
}

function fileArgs(options: FileOptions): string[] {
  const args = ['--file-selection', '--separator=\n'];
  if (options.title !== undefined) args.push(`--title=${options.title}`);
  if (options.defaultPath !== undefined) args.push(`--filename=${options.defaultPath}`);
  if (options.properties?.includes('multiSelections') === true) args.push('--multiple');
  if (options.properties?.includes('openDirectory') === true) args.push('--directory');
  for (const { name, extensions } of options.filters ?? []) {
    args.push(`--file-filter=${name} | ${extensions.map((extension) => `*.${extension}`).join(' ')}`);
  }
  return args;
}

/** Electron takes (window, options) or (options). */
function last<T>(args: readonly unknown[]): T {
  return (args.at(-1) ?? {}) as T;
}

async function askMessage(options: MessageOptions): Promise<number> {
  const cancelled = options.cancelId ?? 0;
  if (!headed) return cancelled;
  const buttons = options.buttons ?? ['OK'];
  const text = [options.message, options.detail].filter((part) => part !== undefined).join('\n\n');
  const chosen = await zenity(['--list', '--hide-header', '--column=', `--text=${text}`, ...buttons]);
  const index = buttons.indexOf(chosen?.[0] ?? '');
  return index < 0 ? cancelled : index;
}

export const dialog = {
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    const options = last<FileOptions>(args);
    record('open-dialog', { options });
    const filePaths = headed ? await zenity(fileArgs(options)) : null;
    return { canceled: filePaths === null, filePaths: filePaths ?? [] };
  },
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    const options = last<FileOptions>(args);
    record('save-dialog', { options });
    const chosen = headed ? await zenity([...fileArgs(options), '--save']) : null;
    return { canceled: chosen === null, filePath: chosen?.[0] ?? '' };
  },
  async showMessageBox(...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    const options = last<MessageOptions>(args);
    record('message-box', { options });
    return { response: await askMessage(options), checkboxChecked: false };
  },
  showMessageBoxSync(...args: unknown[]): number {
    const options = last<MessageOptions>(args);
    record('message-box', { options });
    return options.cancelId ?? 0;
  },
  showErrorBox(title: string, content: string): void {
    record('error-box', { title, content });
    process.stderr.write(`${title}: ${content}\n`);
  },
};
