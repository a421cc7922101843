import { statSync } from 'node:fs';
import {
  commandLine,
  fill,
  type FieldLock,
  type SignedByTool,
  type ToolSignOptions,
  valueOf,
} from '../core/contract/index.ts';
import { readInputFile, writeOutput } from '../engine/files.ts';
import type { LocalEngine } from '../engine/local.ts';
import { exits, UsageError, type Command } from './arguments.ts';
import { signByGateway } from './gateway.ts';
import { isWebAddress, loweringText } from './lowering.ts';
import { isFolder, samePlace } from './places.ts';
import { signMany } from './sign-many.ts';
import { readSecret } from './secrets.ts';
import { readTrust } from './verify.ts';

const levels = ['b', 't', 'lt', 'lta'] as const;
const digests = ['sha256', 'sha384', 'sha512'] as const;
const certifications = ['no-changes', 'form-filling', 'annotations'] as const;

/** Beyond this, and with a key of ours, a file is signed where it lies. */
const largestAtHand = 64 * 1024 * 1024;

/** `eletter sign`: a PDF or many, a PKCS#12 file, new signed PDFs. An input is never written to. */
export async function sign(command: Command, app: LocalEngine['app']): Promise<number> {
  const { values, files } = command;
  const texts = commandLine[command.language];
  const required = (name: 'p12' | 'passphrase-file' | 'out'): string => {
    const value = values[name];
    if (value === undefined || value === '')
      throw new UsageError(fill(texts.missing, { argument: `--${name}` }));
    return value;
  };
  function oneOf<T extends string>(
    name: 'level' | 'certify' | 'digest' | 'lock-permit',
    choices: readonly T[],
  ): T | null {
    const value = values[name];
    if (value === undefined) return null;
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw new UsageError(fill(texts.badValue, { argument: `--${name}` }));
    return choice;
  }
  const [file] = files;
  if (file === undefined) throw new UsageError(fill(texts.missing, { argument: 'FILE' }));
  const out = required('out');
  const many = files.length > 1 || [file, out].some(isFolder);
  const passphraseFile = required('passphrase-file');
  const { pkcs11: driver, gateway } = values;
  const p12 = driver === undefined && gateway === undefined ? required('p12') : undefined;
  // A file is never written over what it is made from, by whatever name.
  if ([file, p12 ?? file, gateway ?? file, passphraseFile].some((input) => samePlace(input, out))) {
    throw new UsageError(fill(texts.badValue, { argument: '--out' }));
  }
  const level = oneOf('level', levels) ?? 'b';
  const tsa = values.tsa ?? null;
  if (level !== 'b' && tsa === null) throw new UsageError(fill(texts.missing, { argument: '--tsa' }));
  if (tsa !== null && !isWebAddress(tsa)) throw new UsageError(fill(texts.badValue, { argument: '--tsa' }));
  const trust = values.trust?.flatMap((path) =>
    readTrust(path, fill(texts.badValue, { argument: `--trust ${path}` })),
  );
  const digest = oneOf('digest', digests);
  const options: ToolSignOptions = {
    level,
    ...(digest === null ? {} : { digest }),
    ...(values.pss ? { pss: true } : {}),
    tsa,
    password: values['password-file'] === undefined ? null : readSecret(values['password-file']),
    acceptRisks: values['accept-risks'] ?? false,
    field: values.field ?? null,
    reason: values.reason ?? null,
    location: values.location ?? null,
    certify: oneOf('certify', certifications),
    lock:
      values.lock === undefined
        ? null
        : lockOf(values.lock, oneOf('lock-permit', certifications), texts.badValue),
    visible: values.visible === undefined ? null : place(values.visible, texts.badValue),
  };
  const secret = readSecret(passphraseFile);
  const key = p12 === undefined ? null : { p12: readInputFile(p12), passphrase: secret };
  if (many) {
    // a token may ask for its PIN each time, a gateway signs one order at a time
    if (!key) throw new UsageError(fill(texts.missing, { argument: '--p12' }));
    return signMany(command, app, out, { ...key, options, trust: trust ?? null });
  }
  if (key && isLarge(file, out)) {
    const one = [{ input: file, output: out }];
    const { results } = valueOf(
      await app.call('tool.signFiles', { ...key, files: one, options, trust: trust ?? null }),
    );
    const [only] = results;
    if (!only) throw new TypeError('One file has one result.');
    return tell(valueOf(only.result));
  }
  const common = { pdf: readInputFile(file), options, trust: trust ?? null };
  if (gateway !== undefined) return signByGateway(command, app, gateway, { ...common, out, secret });
  const result =
    p12 === undefined
      ? await app.call('tool.tokenSign', {
          ...common,
          driver: driver ?? '',
          token: values.token ?? null,
          certificate: values.certificate ?? null,
          pin: secret,
        })
      : await app.call('tool.sign', { ...common, p12: readInputFile(p12), passphrase: secret });
  const signed = valueOf(result);
  writeOutput(out, signed.pdf);
  return tell(signed);

  function tell(signed: Omit<SignedByTool, 'pdf'>): number {
    const reached = `B-${signed.level.toUpperCase()}`;
    if (values.json)
      console.log(
        JSON.stringify({
          file: out,
          level: reached,
          lowering: signed.lowering,
          risks: signed.risks,
          uncertified: signed.uncertified,
        }),
      );
    else {
      console.log(fill(texts.signed, { file: out, level: reached }));
      if (signed.uncertified) console.log(texts.uncertifiedKnown);
    }
    for (const { code, where } of signed.risks) {
      console.error(fill(texts.risk, { what: texts.risks[code], where, code }));
    }
    if (!signed.lowering) return exits.ok;
    const wanted = `B-${level.toUpperCase()}`;
    console.error(
      fill(texts.lowered, { wanted, reached, why: loweringText(command.language, signed.lowering) }),
    );
    return exits.indeterminate;
  }
}

function isLarge(file: string, out: string): boolean {
  const there = statSync(out, { throwIfNoEntry: false });
  return (
    (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestAtHand &&
    (there === undefined || there.isFile())
  );
}

/** `all`, `include:A,B` or `exclude:A,B`. */
function lockOf(text: string, permit: FieldLock['permit'] | null, badValue: string): FieldLock {
  const [action = '', ...rest] = text.split(':');
  const fields = rest
    .join(':')
    .split(',')
    .filter((one) => one !== '');
  const more = permit ? { permit } : {};
  if (action === 'all' && rest.length === 0) return { action, ...more };
  if ((action === 'include' || action === 'exclude') && fields.length > 0) return { action, fields, ...more };
  throw new UsageError(fill(badValue, { argument: '--lock' }));
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
