import { statSync } from 'node:fs';
import { commandLine, fill, type ToolSignOptions, valueOf } from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { readSecret } from './secrets.ts';

const levels = ['b', 't', 'lt', 'lta'] as const;
const certifications = ['no-changes', 'form-filling', 'annotations'] as const;

/** `eletter sign`: one PDF, a PKCS#12 file, a new signed PDF. The input is never written to. */
export async function sign(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files } = command;
  const texts = commandLine[command.language];
  const required = (name: 'p12' | 'passphrase-file' | 'out'): string => {
    const value = values[name];
    if (value === undefined || value === '')
      throw new UsageError(fill(texts.missing, { argument: `--${name}` }));
    return value;
  };
  function oneOf<T extends string>(name: 'level' | 'certify', choices: readonly T[]): T | null {
    const value = values[name];
    if (value === undefined) return null;
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw new UsageError(fill(texts.badValue, { argument: `--${name}` }));
    return choice;
  }
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError(fill(texts.missing, { argument: 'FILE' }));
  const out = required('out');
  const p12 = required('p12');
  const passphraseFile = required('passphrase-file');
  // A file is never written over what it is made from, by whatever name.
  if ([file, p12, passphraseFile].some((input) => samePlace(input, out))) {
    throw new UsageError(fill(texts.badValue, { argument: '--out' }));
  }
  const options: ToolSignOptions = {
    level: oneOf('level', levels) ?? 'b',
    field: values.field ?? null,
    reason: values.reason ?? null,
    location: values.location ?? null,
    certify: oneOf('certify', certifications),
    visible: values.visible === undefined ? null : place(values.visible, texts.badValue),
  };
  const result = await app.call('tool.sign', {
    pdf: readInputFile(file),
    p12: readInputFile(p12),
    passphrase: readSecret(passphraseFile),
    options,
  });
  writeOutput(out, valueOf(result).pdf);
  console.log(fill(texts.signed, { file: out }));
  return exits.ok;
}

/** "page,x,y,w,h". */
function place(text: string, badValue: string): NonNullable<ToolSignOptions['visible']> {
  const numbers = text.split(',').map(Number);
  const [page, x, y, w, h] = numbers;
  const whole = numbers.length === 5 && numbers.every(Number.isFinite);
  if (
    !whole ||
    page === undefined ||
    x === undefined ||
    y === undefined ||
    w === undefined ||
    h === undefined ||
    page < 1 ||
    w <= 0 ||
    h <= 0
  ) {
    throw new UsageError(fill(badValue, { argument: '--visible' }));
  }
  return { page, x, y, w, h };
}

function samePlace(one: string, other: string): boolean {
  const a = statSync(one, { throwIfNoEntry: false });
  const b = statSync(other, { throwIfNoEntry: false });
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
