import type { Input } from '../contract/api.ts';
import type { VerificationReport } from '../contract/verification.ts';
import type { Context } from './context.ts';

/** Verification runs in the pool: whatever the file is, the worst it can do is lose that process. */
export function verifyBytes(context: Context, file: string, bytes: Uint8Array): Promise<VerificationReport> {
  return context.ports.pool.run('verify', {
    file,
    bytes,
    trust: context.trust.trusted(),
    at: context.ports.clock.now().toISOString(),
    language: context.language,
    password: null,
  });
}

export function verifyFile(context: Context, input: Input<'verify.file'>): Promise<VerificationReport> {
  return verifyBytes(context, input.name, input.bytes);
}
