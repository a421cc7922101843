import { dirname, resolve } from 'node:path';
import type { GatewaySettings } from '../core/contract/gateway.ts';
import { AppError, commandLine, fill, type ToolSignOptions, valueOf } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { readSecret } from './secrets.ts';

/** `eletter sign --gateway SETTINGS.json`: the office's BSrE Esign Client Service signs, we check what it gives back. */
interface SettingsFile {
  readonly settings: GatewaySettings;
  readonly signer: string;
}

/**
 * `{ "url", "version": 1|2, "user", "passwordFile", "signer", "authoritiesFile"? }`; paths beside the file. The signer's
 * number stands in it and not on the command line, where every process can read it.
 * @throws AppError BAD_REQUEST {field}, FILE_UNREADABLE
 */
function readSettings(path: string): SettingsFile {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(readInputFile(path).toString('utf8')) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BAD_REQUEST', { field: 'gateway' });
  }
  const text = (field: string): string => {
    const found = value[field];
    if (typeof found !== 'string' || found === '') throw new AppError('BAD_REQUEST', { field });
    return found;
  };
  const beside = (field: string): string => resolve(dirname(path), text(field));
  const { version } = value;
  if (version !== 1 && version !== 2) throw new AppError('BAD_REQUEST', { field: 'version' });
  const authorities =
    value['authoritiesFile'] === undefined ? null : readInputFile(beside('authoritiesFile')).toString('utf8');
  const password = readSecret(beside('passwordFile'));
  return {
    settings: { url: text('url'), version, user: text('user'), password, authorities },
    signer: text('signer'),
  };
}

export async function signByGateway(
  command: Command,
  app: LocalEngine['app'],
  path: string,
  order: {
    readonly pdf: Uint8Array;
    readonly options: ToolSignOptions;
    readonly trust: readonly Uint8Array[] | null;
    readonly out: string;
    readonly secret: string;
  },
): Promise<number> {
  const texts = commandLine[command.language];
  const { options, out } = order;
  // the gateway decides these; an answer that pretends otherwise would be a lie
  for (const name of ['level', 'tsa', 'field', 'certify', 'visible', 'digest', 'pss'] as const) {
    if (command.values[name] !== undefined)
      throw new UsageError(fill(texts.badValue, { argument: `--${name}` }));
  }
  const { settings, signer } = readSettings(path);
  const { reason, location } = options;
  const call = { pdf: order.pdf, signer, passphrase: order.secret, reason, location, visible: null };
  const made = valueOf(await app.call('tool.gatewaySign', { settings, order: call, trust: order.trust }));
  writeOutput(out, made.pdf);
  const { level } = made.signature;
  if (command.values.json) console.log(JSON.stringify({ file: out, level, lowering: null }));
  else {
    console.log(fill(texts.signed, { file: out, level }));
    if (made.signature.psre) console.log(texts.certified);
  }
  return exits.ok;
}
