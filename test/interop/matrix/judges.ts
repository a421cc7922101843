import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { SignatureLevel } from '../../../src/main/core/contract/tools.ts';
import { verifyPdf } from '../../../src/main/core/verification/index.ts';
import { contentsOf } from '../../fixtures/signed-bytes.ts';
import type { Input } from './inputs.ts';

/** What each program says of a signed file, in one word; `valid` where it is content. */

export interface Signed {
  /** A path without an end, for the files of this cell. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly input: Input;
  readonly level: SignatureLevel;
  readonly root: Uint8Array;
  readonly rootFile: string;
}

interface Answer {
  readonly code: number;
  readonly text: string;
}

const ask = (tool: string, ...args: readonly string[]): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(tool, args, { encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
      resolve({ code, text: `${stdout}\n${stderr}` });
    });
  });

/** Level, or what is wrong. */
export async function ours({ bytes, input, level, root }: Signed): Promise<string> {
  const { signatures } = await verifyPdf({
    file: 'signed.pdf',
    bytes,
    trust: [{ der: root, psre: false }],
    at: new Date().toISOString(),
    language: 'id',
    password: input.password ?? null,
  });
  const own = signatures.slice(input.signed);
  const broken = signatures.find(
    ({ integrity, changesAfter }) => integrity !== true || !['none', 'permitted'].includes(changesAfter),
  );
  if (broken) return `broken: ${JSON.stringify(broken.problems)}`;
  // B-B and B-T carry no revocation data, so neither the signer nor the timestamp's authority can be cleared offline
  const bare: readonly string[] =
    level === 'b' || level === 't' ? ['REVOCATION_NOT_CHECKED', 'TIMESTAMP_UNTRUSTED'] : [];
  const other = own
    .filter(({ kind }) => kind === 'signature')
    .flatMap(({ problems }) => problems.map(({ code }) => code))
    .filter((code) => !bare.includes(code));
  return other.length > 0 ? other.join(' ') : (own[0]?.level ?? 'none');
}

export async function qpdf({ path, input }: Signed): Promise<string> {
  const { code, text } = await ask('qpdf', `--password=${input.password ?? ''}`, '--check', `${path}.pdf`);
  return code === 0 && text.includes('No syntax or stream encoding errors') ? 'valid' : text;
}

/** Of the signature that we made: the first after those that were there. */
export async function pdfsig({ path, input }: Signed): Promise<string> {
  const secret = input.password === undefined ? [] : ['-upw', input.password];
  const { text } = await ask('pdfsig', '-nocert', ...secret, `${path}.pdf`);
  const own = text.split(/^Signature #/m).slice(1)[input.signed];
  if (own === undefined) return 'nothing';
  if (own.includes('Signature is Valid.')) return 'valid';
  return /- Signature Validation: ([^\n]*)/.exec(own)?.[1] ?? 'no verdict';
}

/** Of the newest signature that is not a timestamp, up to the root. */
export async function opensslCms({ path, bytes, level, rootFile }: Signed): Promise<string> {
  const { contents, covered } = contentsOf(Buffer.from(bytes), level === 'lta' ? 1 : 0);
  writeFileSync(`${path}.cms`, contents);
  writeFileSync(`${path}.covered`, covered);
  const io = ['-inform', 'DER', '-in', `${path}.cms`, '-content', `${path}.covered`, '-binary'];
  const trust = ['-CAfile', rootFile, '-purpose', 'any', '-out', '/dev/null'];
  const { code, text } = await ask('openssl', 'cms', '-verify', '-cades', ...io, ...trust);
  if (code === 0) return 'valid';
  return /:([a-z ]+(?:failure|error|method|operation|digest)[a-z ]*):/i.exec(text)?.[1] ?? text;
}

/** Of the newest signature or timestamp. */
export async function mutool({ path, input }: Signed): Promise<string> {
  const secret = input.password === undefined ? [] : ['-p', input.password];
  const { text } = await ask('mutool', 'sign', '-v', ...secret, `${path}.pdf`);
  const said = text.match(
    /The document is unchanged since signing\.|The document has been changed[^\n]*|Digest error[^\n]*|[Ee]dits[^\n]*|error: [^\n]*/g,
  );
  const last = said?.at(-1) ?? 'nothing';
  return last === 'The document is unchanged since signing.' ? 'valid' : last;
}
