import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolCalls, ToolSignOptions, SigningRisk } from '../contract/tools.ts';
import { AppError } from '../contract/errors.ts';
import type { StatementCheck } from '../contract/statement.ts';
import type { VerificationReport } from '../contract/verification.ts';
import { checkSigningCertificate, openPkcs12, parseCertificate, signerFromPkcs8 } from '../pki/index.ts';
import type { AlgorithmWish, Signer } from '../pki/index.ts';
import { markLines, renewPdf, signAtLevel, type SignOptions } from '../signing/index.ts';
import { checkStatement, readCard } from '../statement/index.ts';
import { readLetterFile } from '../typesetting/index.ts';
import type { Context } from './context.ts';
import { verifyWithEvidence } from './evidence.ts';
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
  const trust = options.level === 'b' ? [] : chosenTrust(context, input.trust);
  const services = validationServices(context, options.tsa, trust);
  const certificate = parseCertificate(signer.certificate);
  const now = context.ports.clock.now();
  checkSigningCertificate(certificate, now);
  const visible = options.visible && {
    ...options.visible,
    lines: markLines({ name: certificate.commonName, time: now }),
    font: readFileSync(join(context.ports.resourcesDir, 'fonts', 'NotoSans_400Regular.ttf')),
  };
  let risks: readonly SigningRisk[] = [];
  const wanted: SignOptions = {
    signer,
    time: now,
    name: certificate.commonName,
    ...(options.field === null ? {} : { field: options.field }),
    ...(options.reason === null ? {} : { reason: options.reason }),
    ...(options.location === null ? {} : { location: options.location }),
    ...(options.certify === null ? {} : { certify: options.certify }),
    ...(visible === null ? {} : { visible }),
    password: options.password ?? null,
    acceptRisks: options.acceptRisks ?? false,
    warn: (found) => void (risks = found),
  };
  return { ...(await signAtLevel(input.pdf, wanted, options.level, services)), risks };
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

/** @throws AppError STATEMENT_UNREADABLE, OFFICE_CARD_UNREADABLE */
export const checkScanned = (_: Context, input: In<'tool.statementCheck'>): StatementCheck =>
  checkStatement(input.text, input.cards.map(readCard));
