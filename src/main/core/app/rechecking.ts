import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { appendAudit } from '../audit/index.ts';
import { AppError } from '../contract/errors.ts';
import {
  fileTypeOf,
  isVerifiedOn,
  pdfOf,
  recordVerification,
  verifiedOtherwise,
  type FoundVerification,
} from '../letters/index.ts';
import type { Context, OpenSession } from './context.ts';
import { cacheFolder } from './validation-services.ts';
import { verifyBytes } from './verifying.ts';

/**
 * A letter's verification is kept with it and made again when the trust list or the revocation data at hand change:
 * behind what people do, one letter after another, and only for letters that the person at work can open. A letter
 * sealed to others waits until one of them looks at it.
 */

/** What a verification rests on beside the file. Lists and answers are written by renaming, which dates the folder. */
export function basisNow(context: Context): string {
  const hash = createHash('sha256');
  const trusted = context.trust.trusted().map(({ der, psre }) => {
    const fingerprint = createHash('sha256').update(der).digest('hex');
    return `${fingerprint} ${psre}`;
  });
  hash.update(trusted.toSorted().join('\n'));
  const folder = statSync(cacheFolder(context), { throwIfNoEntry: false });
  return hash.update(`\n${folder?.mtimeMs ?? 0}`).digest('hex');
}

/** Keeps a report that was just made, unless the letter has another file meanwhile. */
export function keepVerification(
  context: Context,
  session: OpenSession,
  letterId: string,
  found: FoundVerification,
): void {
  // Somebody may have locked meanwhile; the next who opens the letter has it verified again.
  if (context.openSession !== session) return;
  const at = context.ports.clock.now();
  session.vault.write((db) => {
    const before = recordVerification(db, letterId, found, at);
    if (before === null) return;
    appendAudit(db, {
      at,
      actorId: session.accountId,
      action: 'letter.verification-changed',
      entity: 'letter',
      entityId: letterId,
      facts: { from: before, to: found.report.conclusion },
    });
  });
}

/** Behind: verifies one letter if what it was verified on is not what is at hand now. */
export function recheckLater(context: Context, letterId: string): void {
  const session = context.openSession;
  if (!session || isVerifiedOn(session.vault.read, letterId, basisNow(context))) return;
  // A picture has nothing to verify, and what asks for a password cannot be judged.
  const { type, locked } = fileTypeOf(session.vault.read, letterId);
  if (type !== 'application/pdf' || locked) return;
  context.behind(guarded(context, () => recheck(context, session, letterId)));
}

/** Behind: all letters that were verified on another basis. */
export function recheckAll(context: Context): void {
  const session = context.openSession;
  if (!session) return;
  context.behind(
    guarded(context, async () => {
      const basis = basisNow(context);
      let after = '';
      while (context.openSession === session) {
        const page = verifiedOtherwise(session.vault.read, basis, after);
        if (page.length === 0) return;
        for (const letterId of page) {
          if (context.openSession !== session || basisNow(context) !== basis) return;
          await recheck(context, session, letterId);
        }
        after = page.at(-1) ?? after;
      }
    }),
  );
}

async function recheck(context: Context, session: OpenSession, letterId: string): Promise<void> {
  const basis = basisNow(context);
  try {
    const kept = pdfOf(session.vault.read, session.ring, letterId);
    const report = await verifyBytes(context, letterId, session.vault.getObject(kept.id, kept.key));
    keepVerification(context, session, letterId, { report, basis, objectId: kept.id });
  } catch (error) {
    // Sealed to others, locked meanwhile, damaged: each is told where somebody opens the letter.
    if (!(error instanceof AppError)) throw error;
  }
}

async function guarded(context: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.ports.logger.error('letters not verified again', {}, error);
  }
}
