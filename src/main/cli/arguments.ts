import { parseArgs } from 'node:util';
import { fill, languages, type Language } from '../core/contract/index.ts';
import { commandLine } from '../core/contract/messages/command-line.ts';

/** Exit codes: DESIGN §5 for verify; the rest follows sysexits(3), so that scripts can tell the cases apart. */
export const exits = {
  ok: 0,
  failed: 1,
  indeterminate: 2,
  unsigned: 3,
  usage: 64,
  data: 65,
  unavailable: 69,
  cannotWrite: 73,
} as const;

/** Wrong usage: a sentence for the person, exit code 64. */
export class UsageError extends Error {}

const options = {
  json: { type: 'boolean' },
  trust: { type: 'string', multiple: true },
  at: { type: 'string' },
  'password-file': { type: 'string' },
  online: { type: 'boolean' },
  report: { type: 'string' },
  p12: { type: 'string' },
  pkcs11: { type: 'string' },
  token: { type: 'string' },
  certificate: { type: 'string' },
  gateway: { type: 'string' },
  digest: { type: 'string' },
  pss: { type: 'boolean' },
  'passphrase-file': { type: 'string' },
  'signing-passphrase-file': { type: 'string' },
  'policy-read': { type: 'string' },
  'accept-risks': { type: 'boolean' },
  out: { type: 'string' },
  level: { type: 'string' },
  tsa: { type: 'string' },
  within: { type: 'string' },
  field: { type: 'string' },
  visible: { type: 'string' },
  reason: { type: 'string' },
  location: { type: 'string' },
  certify: { type: 'string' },
  lock: { type: 'string' },
  'lock-permit': { type: 'string' },
  profile: { type: 'string' },
  organisation: { type: 'string' },
  'crl-url': { type: 'string' },
  'ocsp-url': { type: 'string' },
  csr: { type: 'string' },
  kind: { type: 'string' },
  name: { type: 'string' },
  days: { type: 'string' },
  serial: { type: 'string' },
  request: { type: 'string' },
  root: { type: 'boolean' },
  card: { type: 'string', multiple: true },
  scan: { type: 'boolean' },
  user: { type: 'string' },
  to: { type: 'string' },
  data: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

type OptionName = keyof typeof options;

const allowed: Readonly<Record<string, readonly OptionName[]>> = {
  verify: ['json', 'trust', 'at', 'password-file', 'online', 'report', 'lang'],
  sign: [
    'password-file',
    'accept-risks',
    'p12',
    'pkcs11',
    'token',
    'certificate',
    'gateway',
    'digest',
    'pss',
    'passphrase-file',
    'out',
    'level',
    'tsa',
    'field',
    'visible',
    'reason',
    'location',
    'certify',
    'lock',
    'lock-permit',
    'trust',
    'json',
    'lang',
  ],
  timestamp: ['tsa', 'out', 'trust', 'password-file', 'json', 'lang'],
  renew: ['tsa', 'trust', 'within', 'password-file', 'json', 'lang'],
  tokens: ['json', 'lang'],
  typeset: ['out', 'profile', 'lang'],
  statement: ['card', 'scan', 'p12', 'passphrase-file', 'out', 'json', 'lang'],
  vault: ['user', 'passphrase-file', 'signing-passphrase-file', 'policy-read', 'to', 'data', 'json', 'lang'],
  ca: [
    'organisation',
    'crl-url',
    'ocsp-url',
    'passphrase-file',
    'csr',
    'kind',
    'name',
    'days',
    'serial',
    'reason',
    'request',
    'root',
    'out',
    'json',
    'lang',
  ],
};

export type Values = ReturnType<typeof parse>['values'];

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
}

export interface Command {
  readonly name: string;
  readonly files: readonly string[];
  readonly values: Values;
  readonly language: Language;
}

/** LC_ALL, LC_MESSAGES, LANG as POSIX orders them; Indonesian unless they ask for English. */
export function environmentLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^en/i.test(locale) ? 'en' : 'id';
}

/** @throws UsageError. */
export function readCommand(argv: readonly string[], fallback: Language): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : '', { cause: error });
  }
  const { values, positionals } = parsed;
  const language = languages.find((one) => one === values.lang) ?? fallback;
  const texts = commandLine[language];
  if (values.lang !== undefined && values.lang !== language)
    throw new UsageError(fill(texts.badValue, { argument: '--lang' }));
  const name = values.version ? 'version' : values.help ? 'help' : (positionals[0] ?? 'help');
  if (name === 'version' || name === 'help') return { name, files: [], values, language };
  const names = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
  if (!names) throw new UsageError(fill(texts.unknown, { command: name }));
  const stray = (Object.keys(values) as OptionName[]).find((one) => !names.includes(one));
  if (stray) throw new UsageError(fill(texts.badValue, { argument: `--${stray}` }));
  return { name, files: positionals.slice(1), values, language };
}
