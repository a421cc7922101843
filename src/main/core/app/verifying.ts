import { createHash } from 'node:crypto';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { PrintedReport, VerificationReport } from '../contract/verification.ts';
import type { TrustedCertificate } from '../ports.ts';
import type { Context } from './context.ts';
import { verifyWithEvidence } from './evidence.ts';

/** Verification runs in the pool: whatever the file is, the worst it can do is lose that process. */
export function verifyBytes(context: Context, file: string, bytes: Uint8Array): Promise<VerificationReport> {
  return verifyFile(context, { name: file, bytes, password: null });
}

/**
 * The password of an encrypted file opens it for this one answer and is kept nowhere. `online` is a person's click:
 * without it no connection is opened.
 */
export function verifyFile(context: Context, input: Input<'verify.file'>): Promise<VerificationReport> {
  return verifyWithEvidence(context, {
    file: input.name,
    bytes: input.bytes,
    trust: context.trust.trusted(),
    at: null,
    language: context.language,
    password: input.password,
    online: input.online ?? false,
  });
}

/** The file's pages to look at, and those of a version that was signed. @throws AppError PDF_*, BAD_REQUEST. */
export async function showFile(
  context: Context,
  input: Input<'verify.show'>,
): Promise<Output<'verify.show'>> {
  const { bytes, password, revision } = input;
  const show = (pictures: boolean): Promise<Output<'verify.show'>> =>
    context.ports.pool.run('show', { bytes, password, revision, pictures }, showingTime);
  try {
    return await show(true);
  } catch (error) {
    // A page on which the viewer hangs or dies: its file is shown without the comparison, which says so.
    const lost = error instanceof AppError && (error.code === 'TIMED_OUT' || error.code === 'INTERNAL');
    if (!lost || revision === null) throw error;
    return show(false);
  }
}

/** Milliseconds; comparing pictures ends by itself well before. */
const showingTime = 40_000;

/** The same judgement as PDF/A-2a: made anew from the file, so that no page can have a report of its own printed. */
export async function reportFile(
  context: Context,
  input: Input<'verify.report'>,
): Promise<Output<'verify.report'>> {
  const report = await verifyFile(context, input);
  const { pdf } = await printReport(context, report, {
    language: context.language,
    at: context.ports.clock.now().toISOString(),
    trust: context.trust.trusted(),
  });
  const name = context.language === 'id' ? 'laporan verifikasi' : 'verification report';
  return { pdf, fileName: `${input.name.replace(/\.pdf$/i, '')} (${name}).pdf` };
}

/** @param at the instant (ISO 8601) for which the report was made. */
export function printReport(
  context: Context,
  report: VerificationReport,
  how: Pick<PrintedReport, 'language' | 'at'> & { readonly trust: readonly TrustedCertificate[] },
): Promise<{ readonly pdf: Uint8Array }> {
  const { version } = context.ports;
  const { language, at, trust } = how;
  const psre = trust.filter((one) => one.psre).length;
  const fingerprint = fingerprintOf(trust);
  return context.ports.pool.run('report', {
    report,
    language,
    at,
    version,
    trust: { anchors: trust.length, psre, fingerprint },
  });
}

function fingerprintOf(trust: readonly TrustedCertificate[]): string {
  const each = trust.map(({ der }) => createHash('sha256').update(der).digest('hex')).toSorted();
  return createHash('sha256').update(each.join('\n')).digest('hex');
}
