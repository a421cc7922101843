import { AppError, commandLine, messageFor, type ErrorCode, type Language } from '../core/contract/index.ts';
import type { Launcher } from '../engine/launcher.ts';
import { startLocalEngine } from '../engine/local.ts';
import { environmentLanguage, exits, readCommand, UsageError, type Command } from './arguments.ts';
import { renew } from './renew.ts';
import { ca } from './ca.ts';
import { sign } from './sign.ts';
import { statement } from './statement.ts';
import { timestamp } from './timestamp.ts';
import { tokens } from './tokens.ts';
import { typeset } from './typeset.ts';
import { vault } from './vault.ts';
import { verify } from './verify.ts';

/** What the command line stands on; Electron and plain Node each bring their own. */
export interface CommandEnvironment {
  readonly resourcesDir: string;
  readonly dataDir: string;
  readonly version: string;
  readonly poolEntry: string;
  readonly launcher?: Launcher;
}

/** Runs one command. Prints to stdout and stderr; never throws. @returns the exit code. */
export async function runCommand(argv: readonly string[], environment: CommandEnvironment): Promise<number> {
  const fallback = environmentLanguage(process.env);
  let command: Command;
  try {
    command = readCommand(argv, fallback);
  } catch (error) {
    return usage(error, fallback);
  }
  if (command.name === 'version') {
    console.log(environment.version);
    return exits.ok;
  }
  if (command.name === 'help') {
    console.log(commandLine[command.language].usage);
    return argv.length === 0 ? exits.usage : exits.ok;
  }
  try {
    const engine = startLocalEngine({ ...environment, dataDir: command.values.data ?? environment.dataDir });
    try {
      if (command.name === 'verify') return await verify(command, engine.app);
      if (command.name === 'sign') return await sign(command, engine.app);
      if (command.name === 'timestamp') return await timestamp(command, engine.app);
      if (command.name === 'renew') return await renew(command, engine.app);
      if (command.name === 'tokens') return await tokens(command, engine.app);
      if (command.name === 'statement') return await statement(command, engine.app);
      if (command.name === 'ca') return await ca(command, engine.app);
      if (command.name === 'vault') return await vault(command, engine.app);
      return await typeset(command, engine.app);
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (error instanceof UsageError) return usage(error, command.language);
    const refusal = error instanceof AppError ? error.toShape() : ({ code: 'INTERNAL' } as const);
    console.error(`${messageFor(command.language, refusal)} [${refusal.code}]`);
    return exitOf(refusal.code);
  }
}

function usage(error: unknown, language: Language): number {
  if (error instanceof Error && error.message !== '') console.error(error.message);
  console.error(commandLine[language].usage);
  return exits.usage;
}

function exitOf(code: ErrorCode): number {
  if (code === 'LEVEL_UNSUPPORTED' || code.startsWith('NETWORK_')) return exits.unavailable;
  if (code === 'FILE_NOT_WRITTEN' || code === 'DISK_FULL' || code === 'FOLDER_NOT_WRITABLE')
    return exits.cannotWrite;
  if (
    /^(BACKUP|VAULT|OBJECT|PDF|P12|LETTER|PROFILE|CERTIFICATE|KEY|GLYPH|ANCHOR|FILE|CA|CSR|TOKEN|GATEWAY|STATEMENT|SCAN|OFFICE)_/.test(
      code,
    )
  )
    return exits.data;
  return exits.failed;
}
