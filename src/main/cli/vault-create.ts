import { AppError, commandLine, fill, valueOf } from '../core/contract/index.ts';
import { readInputFile } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { schemas } from '../ipc/schemas.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { readSecret } from './secrets.ts';

/**
 * `eletter vault create OFFICE.json`: a vault prepared by IT. The file holds `person` and `letterhead` in the shapes of
 * the first run. The policy is read by a person all the same: without `--policy-read` it is printed, and nothing is
 * made.
 */
export async function createByCommand(
  command: Command,
  app: LocalEngine['app'],
  file: string | undefined,
): Promise<number> {
  const { values, language } = command;
  const texts = commandLine[language];
  const need = (name: 'passphrase-file' | 'signing-passphrase-file'): string => {
    const value = values[name];
    if (value === undefined) throw new UsageError(fill(texts.missing, { argument: `--${name}` }));
    return readSecret(value);
  };
  if (file === undefined) throw new UsageError(fill(texts.missing, { argument: 'OFFICE.json' }));
  const accountPassphrase = need('passphrase-file');
  const signingPassphrase = need('signing-passphrase-file');
  const policy = valueOf(await app.call('policy.read', { language }));
  if (values['policy-read'] !== policy.version) {
    console.error(policyText(policy));
    throw new UsageError(fill(texts.policyFirst, { version: policy.version }));
  }
  const input = schemas['vault.create'].safeParse({
    ...officeFile(file),
    language,
    policyVersion: policy.version,
    accountPassphrase,
    signingPassphrase,
  });
  if (!input.success)
    throw new AppError('BAD_REQUEST', { field: input.error.issues[0]?.path.join('.') ?? file }, input.error);
  const { recoveryKey, session } = valueOf(await app.call('vault.create', input.data));
  console.log(
    values.json
      ? JSON.stringify({ recoveryKey, accountId: session.accountId })
      : fill(texts.created, { key: recoveryKey }),
  );
  return exits.ok;
}

function officeFile(file: string): object {
  const text = new TextDecoder().decode(readInputFile(file));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError('BAD_REQUEST', { field: 'JSON' }, error);
  }
  return typeof value === 'object' && value !== null ? value : {};
}

function policyText(policy: {
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraphs: readonly string[];
    readonly items: readonly string[];
  }[];
}): string {
  const sections = policy.sections.map((section) =>
    [section.heading, ...section.paragraphs, ...section.items.map((item) => `- ${item}`)].join('\n'),
  );
  return [policy.title, policy.intro, ...sections].join('\n\n');
}
