import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileToSign, SignedFile, SigningRisk, ToolCalls, ToolSignOptions } from '../contract/tools.ts';
import { AppError } from '../contract/errors.ts';
import type { PaperReading, StatementCheck } from '../contract/statement.ts';
import type { VerificationReport } from '../contract/verification.ts';
import {
  checkSigningCertificate,
  isKnownUncertified,
  openPkcs12,
  parseCertificate,
  signerFromPkcs8,
} from '../pki/index.ts';
import type { AlgorithmWish, Signer } from '../pki/index.ts';
import {
  markLines,
  renewPdf,
  signAtLevel,
  signFileAtLevel,
  signFiles as signPdfFiles,
  timestampPdf,
  type FileOutcome,
  type SignOptions,
  type ValidationServices,
} from '../signing/index.ts';
import { checkStatement, readCard, writeCard } from '../statement/index.ts';
import { readLetterFile } from '../typesetting/index.ts';
import { certifyCard } from './card-certificates.ts';
import type { Context } from './context.ts';
import { verifyWithEvidence } from './evidence.ts';
import { readPaper } from './paper.ts';
import { printReport } from './verifying.ts';
import { chosenTrust, validationServices } from './validation-services.ts';

/** The command line's use cases: the same engine without a vault. */
type In<N extends keyof ToolCalls> = ToolCalls[N]['input'];
type Out<N extends keyof ToolCalls> = ToolCalls[N]['output'];

export async function sign(context: Context, input: In<'tool.sign'>): Promise<Out<'tool.sign'>> {
  requireAuthority(input.options);
  const material = openPkcs12(input.p12, input.passphrase);
  try {
    const { privateKey, certificate, chain } = material;
    const signer = signerFromPkcs8(privateKey, certificate, chain, wishOf(input.options));
    return await signWith(context, signer, input);
  } finally {
    material.privateKey.fill(0);
  }
}

export function requireAuthority(options: ToolSignOptions): void {
  if (options.level !== 'b' && options.tsa === null) throw new AppError('NETWORK_NOT_CONFIGURED');
}

export const wishOf = ({ digest, pss }: ToolSignOptions): AlgorithmWish => ({
  ...(digest === undefined ? {} : { digest }),
  ...(pss === undefined ? {} : { pss }),
});

/** Wherever the key is. @throws AppError CERTIFICATE_* and what signing and its services throw. */
export async function signWith(
  context: Context,
  signer: Signer,
  input: Pick<In<'tool.sign'>, 'pdf' | 'options' | 'trust'>,
): Promise<Out<'tool.sign'>> {
  const { options } = input;
  let risks: readonly SigningRisk[] = [];
  const wanted = { ...wishes(context, signer, options), warn: (found: typeof risks) => void (risks = found) };
  return {
    ...(await signAtLevel(input.pdf, wanted, options.level, servicesFor(context, input))),
    risks,
    uncertified: isUncertified(signer),
  };
}

const isUncertified = ({ certificate }: Signer): boolean => isKnownUncertified(parseCertificate(certificate));

/** Files where they lie. At B-B they are parsed in the pool, several at a time; else one after another. */
export async function signFiles(
  context: Context,
  input: In<'tool.signFiles'>,
): Promise<Out<'tool.signFiles'>> {
  requireAuthority(input.options);
  const { files, options } = input;
  const material = openPkcs12(input.p12, input.passphrase);
  try {
    const { privateKey, certificate, chain } = material;
    const signer = signerFromPkcs8(privateKey, certificate, chain, wishOf(options));
    const wanted = wishes(context, signer, options);
    const results = new Map<FileToSign, SignedFile['result']>();
    if (options.level === 'b') {
      const prepare: Parameters<typeof signPdfFiles>[2] = async (pdfs, plan) =>
        (await context.ports.pool.run('prepare', { files: pdfs, plan })).prepared;
      await signPdfFiles(files, wanted, prepare, (file, result) => results.set(file, atB(signer, result)));
    } else {
      const services = servicesFor(context, input);
      for (const file of files) results.set(file, await signFile(file, wanted, options.level, services));
    }
    return {
      results: files.map((file) => ({
        ...file,
        result: results.get(file) ?? { ok: false, error: { code: 'INTERNAL' } },
      })),
    };
  } finally {
    material.privateKey.fill(0);
  }
}

const atB = (signer: Signer, outcome: FileOutcome): SignedFile['result'] =>
  outcome.ok
    ? {
        ok: true,
        value: { level: 'b', lowering: null, uncertified: isUncertified(signer), ...outcome.value },
      }
    : outcome;

async function signFile(
  { input, output }: FileToSign,
  options: SignOptions,
  level: ToolSignOptions['level'],
  services: ValidationServices,
): Promise<SignedFile['result']> {
  let risks: readonly SigningRisk[] = [];
  try {
    const wanted = { ...options, warn: (found: typeof risks) => void (risks = found) };
    const reached = await signFileAtLevel(input, output, wanted, level, services);
    return { ok: true, value: { ...reached, risks, uncertified: isUncertified(options.signer) } };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toShape() };
    throw error;
  }
}

function servicesFor(
  context: Context,
  { options, trust }: Pick<In<'tool.sign'>, 'options' | 'trust'>,
): ValidationServices {
  const anchors = options.level === 'b' ? [] : chosenTrust(context, trust);
  return validationServices(context, options.tsa, anchors);
}

/** What the options say, at this moment. @throws AppError CERTIFICATE_*, KEY_UNSUPPORTED */
function wishes(context: Context, signer: Signer, options: ToolSignOptions): SignOptions {
  const certificate = parseCertificate(signer.certificate);
  const now = context.ports.clock.now();
  checkSigningCertificate(certificate, now);
  const uncertified = isKnownUncertified(certificate);
  const visible = options.visible && {
    ...options.visible,
    lines: [
      ...markLines({ name: certificate.commonName, time: now }),
      ...(uncertified ? ['Tidak tersertifikasi'] : []),
    ],
    font: readFileSync(join(context.ports.resourcesDir, 'fonts', 'NotoSans_400Regular.ttf')),
  };
  return {
    signer,
    time: now,
    name: certificate.commonName,
    ...(options.field === null ? {} : { field: options.field }),
    ...(options.reason === null ? {} : { reason: options.reason }),
    ...(options.location === null ? {} : { location: options.location }),
    ...(options.certify === null ? {} : { certify: options.certify }),
    ...(visible === null ? {} : { visible }),
    ...(options.lock ? { lock: options.lock } : {}),
    password: options.password ?? null,
    acceptRisks: options.acceptRisks ?? false,
  };
}

export function timestamp(context: Context, input: In<'tool.timestamp'>): Promise<Out<'tool.timestamp'>> {
  const services = validationServices(context, input.tsa, chosenTrust(context, input.trust));
  return timestampPdf(input.pdf, services, input.password);
}

/** Only what still holds is carried on: a file that was changed is not made to look cared for. */
export async function renew(context: Context, input: In<'tool.renew'>): Promise<Out<'tool.renew'>> {
  const trust = chosenTrust(context, input.trust);
  const report = await context.ports.pool.run('verify', {
    file: '',
    bytes: input.pdf,
    trust,
    at: context.ports.clock.now().toISOString(),
    language: 'en',
    password: input.password,
  });
  const broken = report.signatures.some((one) => one.integrity === false || one.changesAfter === 'forbidden');
  if (broken) throw new AppError('RENEWAL_REFUSED', { reason: 'BROKEN' });
  const services = validationServices(context, input.tsa, trust);
  return renewPdf(input.pdf, input.withinDays, services, input.password);
}

export function typeset(context: Context, input: In<'tool.typeset'>): Promise<Out<'tool.typeset'>> {
  const letter = readLetterFile(input.letter);
  // The letter's own date stamps the file, so that the same letter gives the same bytes on any day.
  return context.ports.pool.run('typeset', {
    letter,
    profile: input.profile,
    createdAt: `${letter.date}T00:00:00+07:00`,
  });
}

export async function report(context: Context, input: In<'tool.report'>): Promise<Out<'tool.report'>> {
  const found = await verify(context, input);
  return printReport(context, found, {
    language: input.language,
    at: input.at ?? context.ports.clock.now().toISOString(),
    trust: chosenTrust(context, input.trust),
  });
}

export function verify(context: Context, input: In<'tool.verify'>): Promise<VerificationReport> {
  return verifyWithEvidence(context, {
    file: input.file,
    bytes: input.bytes,
    trust: chosenTrust(context, input.trust),
    at: input.at,
    language: input.language,
    password: input.password,
    online: input.online ?? false,
  });
}

/** @throws AppError OFFICE_CARD_UNREADABLE */
export const readCards = (_: Context, input: In<'tool.statementCards'>): Out<'tool.statementCards'> => ({
  cards: input.cards.map(readCard).length,
});

/** @throws AppError SCAN_UNREADABLE, SCAN_TOO_LARGE, TIMED_OUT, OFFICE_CARD_UNREADABLE */
export const scanPaper = (context: Context, input: In<'tool.statementScan'>): Promise<PaperReading> =>
  readPaper(context, input.bytes, input.cards.map(readCard));

/** @throws AppError OFFICE_CARD_UNREADABLE, P12_*, CERTIFICATE_* */
export async function certifyOfficeCard(
  context: Context,
  input: In<'tool.certifyCard'>,
): Promise<Out<'tool.certifyCard'>> {
  const card = readCard(input.card);
  // What its office did not sign can be vouched for by nobody.
  if (card.signature === null) throw new AppError('OFFICE_CARD_UNREADABLE');
  const material = openPkcs12(input.p12, input.passphrase);
  try {
    const certificate = parseCertificate(material.certificate);
    checkSigningCertificate(certificate, context.ports.clock.now());
    const signer = signerFromPkcs8(material.privateKey, material.certificate, material.chain);
    const certification = await certifyCard(card, signer);
    return { card: writeCard({ ...card, certification }), certifiedBy: certificate.subject };
  } finally {
    material.privateKey.fill(0);
  }
}

/** @throws AppError STATEMENT_UNREADABLE, OFFICE_CARD_UNREADABLE */
export const checkScanned = (_: Context, input: In<'tool.statementCheck'>): StatementCheck =>
  checkStatement(input.text, input.cards.map(readCard));
