import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolCalls } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { VerificationReport } from '../contract/verification.ts';
import {
  checkSigningCertificate,
  openPkcs12,
  parseCertificate,
  readCertificates,
  signerFromPkcs8,
} from '../pki/index.ts';
import { signPdf, type SignOptions } from '../signing/index.ts';
import { readLetterFile } from '../typesetting/index.ts';
import type { Context } from './context.ts';

/** The command line's use cases: the same engine without a vault. */
type In<N extends keyof ToolCalls> = ToolCalls[N]['input'];
type Out<N extends keyof ToolCalls> = ToolCalls[N]['output'];

export async function sign(context: Context, input: In<'tool.sign'>): Promise<Out<'tool.sign'>> {
  const { options } = input;
  if (options.level !== 'b')
    throw new AppError('LEVEL_UNSUPPORTED', { level: `B-${options.level.toUpperCase()}` });
  const material = openPkcs12(input.p12, input.passphrase);
  try {
    const certificate = parseCertificate(material.certificate);
    const now = context.ports.clock.now();
    checkSigningCertificate(certificate, now);
    const signer = signerFromPkcs8(material.privateKey, material.certificate, material.chain);
    const visible = options.visible && {
      ...options.visible,
      lines: [certificate.commonName],
      font: readFileSync(join(context.ports.resourcesDir, 'fonts', 'NotoSans_400Regular.ttf')),
    };
    const wanted: SignOptions = {
      signer,
      time: now,
      name: certificate.commonName,
      ...(options.field === null ? {} : { field: options.field }),
      ...(options.reason === null ? {} : { reason: options.reason }),
      ...(options.location === null ? {} : { location: options.location }),
      ...(options.certify === null ? {} : { certify: options.certify }),
      ...(visible === null ? {} : { visible }),
    };
    return { pdf: await signPdf(input.pdf, wanted) };
  } finally {
    material.privateKey.fill(0);
  }
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

export function verify(context: Context, input: In<'tool.verify'>): Promise<VerificationReport> {
  const trust = input.trust?.flatMap((bytes) => readCertificates(bytes).map((der) => ({ der, psre: false })));
  return context.ports.pool.run('verify', {
    file: input.file,
    bytes: input.bytes,
    trust: trust ?? context.trust.trusted(),
    at: input.at ?? context.ports.clock.now().toISOString(),
    language: input.language,
    password: input.password,
  });
}
