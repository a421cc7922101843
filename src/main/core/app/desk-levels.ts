import { randomBytes } from 'node:crypto';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import { isBelow, type Lowering, type SignatureLevel } from '../contract/levels.ts';
import type { TypesetLetter } from '../contract/letters.ts';
import type { SignatureReport, VerificationReport } from '../contract/verification.ts';
import { isSealed, pdfOf, recordLevel, replacePdf } from '../letters/index.ts';
import {
  fieldOfTurn,
  renewPdf,
  signAtLevel,
  signPdf,
  timestampPdf,
  type LevelledSignature,
  type ValidationServices,
} from '../signing/index.ts';
import { recordObject } from '../vault/index.ts';
import { requireSame, type Context } from './context.ts';
import type { SigningKey } from './desk-keys.ts';
import { myLetter } from './drafting.ts';
import { requireStanding } from './earlier-signatures.ts';
import { basisNow, keepVerification } from './rechecking.ts';
import { read as officeServices, wantedLevel } from './signing-services.ts';
import { validationServices } from './validation-services.ts';
import { verifyBytes } from './verifying.ts';

/** The level that the office wants its letters signed at: when they are signed, and afterwards. */

/**
 * @param pdf the page; for the second of its signers and later ones as the one before left it.
 * @param turn of the signers of the page, 1 for the first.
 * @returns the level is that of this signature; a letter is worth what the weakest of its signatures is.
 * @throws AppError what signing throws, TIMESTAMP_REFUSED, CERTIFICATE_REVOKED, CHAIN_INCOMPLETE, GATEWAY_*;
 *   SIGN_FAILED {reason: TURN} and EARLIER_SIGNATURE_BROKEN where there are several.
 */
export async function signPage(
  context: Context,
  signer: SigningKey['signer'],
  pdf: Uint8Array,
  page: TypesetLetter,
  turn = 1,
): Promise<LevelledSignature> {
  const { level, tsa } = wantedLevel(context);
  const printed = page.signers ?? [{ official: page.signer }];
  const name = printed[turn - 1]?.official.name;
  if (name === undefined) throw new AppError('SIGN_FAILED', { reason: 'TURN' });
  const several = printed.length > 1 ? { field: fieldOfTurn(pdf, turn) } : {};
  if (turn > 1) await requireStanding(context, pdf);
  const location = page.letterhead.place;
  if ('signFile' in signer) {
    const made = await signer.signFile(pdf, location);
    const reached = levelIn(made.signature);
    const reason = made.signature.level === 'CMS' ? 'CMS' : null;
    const lowering = isBelow(reached, level) ? ({ code: 'GATEWAY_DECIDES', reason } as const) : null;
    return { pdf: made.pdf, level: reached, lowering };
  }
  const options = { signer, time: context.ports.clock.now(), name, location, ...several };
  // nothing is set, or nothing is wanted: no service is even named
  if (level === 'b' || tsa === null) return { pdf: await signPdf(pdf, options), level: 'b', lowering: null };
  return signAtLevel(pdf, options, level, deskServices(context, tsa));
}

const levels: Readonly<Record<SignatureReport['level'], SignatureLevel>> = {
  'B-B': 'b',
  'B-T': 't',
  'B-LT': 'lt',
  'B-LTA': 'lta',
  CMS: 'b',
  none: 'b',
};

const levelIn = (signature: Pick<SignatureReport, 'level'>): SignatureLevel => levels[signature.level];

interface Silence {
  /** In a row. */
  readonly failures: number;
  /** Epoch milliseconds until which nobody is asked. */
  readonly until: number;
  readonly error: AppError;
}

/** An authority that stays silent holds up every letter of a batch by its time-out: after three, a minute's rest. */
const patience = 3;
const rest = 60_000;
const silences = new WeakMap<Context, Silence>();

/** The office did not give leave to ask about revocation: nobody is, whoever would like to know. */
const unasked: Pick<ValidationServices, 'ocsp' | 'crl'> = {
  ocsp: (url) => Promise.reject(notAllowed(url)),
  crl: (url) => Promise.reject(notAllowed(url)),
};

const notAllowed = (url: string): AppError =>
  new AppError('NETWORK_FAILED', { host: URL.canParse(url) ? new URL(url).host : '?', reason: 'OFF' });

function deskServices(context: Context, tsa: string): ValidationServices {
  const services = validationServices(context, tsa, context.trust.trusted());
  return {
    ...services,
    ...(officeServices(context).revocation ? {} : unasked),
    async timestamp(request) {
      const now = context.ports.clock.now().getTime();
      const before = silences.get(context);
      if (before && before.failures >= patience && now < before.until) throw before.error;
      try {
        const answer = await services.timestamp(request);
        silences.delete(context);
        return answer;
      } catch (error) {
        if (error instanceof AppError && error.code === 'NETWORK_FAILED')
          silences.set(context, { failures: (before?.failures ?? 0) + 1, until: now + rest, error });
        throw error;
      }
    },
  };
}

/**
 * Carries a letter on to the wanted level. Its file only grows, the signature in it is untouched, and what is kept is
 * the old file until the new one lies beside it. The network is asked outside the queue and outside any transaction.
 * @throws AppError NETWORK_NOT_CONFIGURED, LETTER_NOT_EDITABLE, RENEWAL_REFUSED, CERTIFICATE_REVOKED,
 *   TIMESTAMP_REFUSED, LETTER_CHANGED_ELSEWHERE
 */
export async function complete(
  context: Context,
  input: Input<'letters.complete'>,
): Promise<Output<'letters.complete'>> {
  const session = context.session();
  const { vault, ring } = session;
  const letter = myLetter(context, input.id);
  if (letter.state !== 'signed') throw new AppError('LETTER_NOT_EDITABLE');
  const wanted = wantedLevel(context);
  const { tsa } = wanted;
  if (wanted.level === 'b' || tsa === null) throw new AppError('NETWORK_NOT_CONFIGURED');
  const kept = pdfOf(vault.read, ring, letter.id);
  const pdf = vault.getObject(kept.id, kept.key);
  const before = soundSignature(await verifyBytes(context, '', pdf));
  if (!isBelow(levelIn(before), wanted.level)) {
    requireSame(context, session);
    vault.write((db) => recordLevel(db, letter.id, { level: levelIn(before), lowering: null }));
    return { level: levelIn(before), lowering: null, grown: false };
  }
  // no timestamp makes a PAdES signature of another kind: nobody is asked, and the file does not grow for nothing
  if (before.level === 'CMS') {
    requireSame(context, session);
    const lowering: Lowering = { code: 'GATEWAY_DECIDES', reason: 'CMS' };
    vault.write((db) => recordLevel(db, letter.id, { level: 'b', lowering }));
    return { level: 'b', lowering, grown: false };
  }
  const carried = await carryOn(pdf, wanted.level, deskServices(context, tsa));
  if (!carried.pdf) {
    requireSame(context, session);
    const level = levelIn(before);
    vault.write((db) => recordLevel(db, letter.id, { level, lowering: carried.lowering }));
    return { level, lowering: carried.lowering, grown: false };
  }
  const grown = Buffer.from(carried.pdf);
  if (grown.length <= pdf.length || !grown.subarray(0, pdf.length).equals(pdf))
    throw new AppError('RENEWAL_REFUSED', { reason: 'CHANGED' });
  const basis = basisNow(context);
  const report = await verifyBytes(context, '', grown);
  const after = soundSignature(report);
  if (!isBelow(levelIn(before), levelIn(after))) throw new AppError('RENEWAL_REFUSED', { reason: 'NO_GAIN' });
  requireSame(context, session);
  const sealed = isSealed(letter.security);
  const object = vault.putObject(grown, sealed ? randomBytes(32) : undefined);
  const level = levelIn(after);
  const facts = {
    number: letter.number ?? '',
    sha256: object.id.slice(0, 64),
    before: levelIn(before),
    level,
  };
  context.act({ action: 'letter.completed', entity: 'letter', entityId: letter.id, facts }, (db, now) => {
    recordObject(db, sealed ? { ...object, key: Buffer.alloc(0) } : object, now.toISOString());
    replacePdf(db, ring, letter, object, now);
    recordLevel(db, letter.id, { level, lowering: null });
  });
  // what was kept was found in the old file
  keepVerification(context, session, letter.id, { report, basis, objectId: object.id });
  return { level, lowering: null, grown: true };
}

/** The weakest. @throws AppError RENEWAL_REFUSED: what does not hold is not made to look cared for. */
function soundSignature(report: VerificationReport): SignatureReport {
  const [own] = report.signatures
    .filter((one) => one.kind === 'signature')
    .toSorted((a, b) => Number(isBelow(levelIn(b), levelIn(a))) - Number(isBelow(levelIn(a), levelIn(b))));
  const broken = report.signatures.some((one) => one.integrity !== true || one.changesAfter === 'forbidden');
  if (!own || broken) throw new AppError('RENEWAL_REFUSED', { reason: 'BROKEN' });
  return own;
}

type CarriedOn = { readonly pdf: Uint8Array } | { readonly pdf: null; readonly lowering: Lowering };

/** To B-T by a document timestamp (EN 319 142-1 §6.3, table 1 (e)); further by validation data and another one. */
async function carryOn(
  pdf: Uint8Array,
  level: SignatureLevel,
  services: ValidationServices,
): Promise<CarriedOn> {
  if (level === 't') {
    const stamped = await timestampPdf(pdf, services, null);
    return stamped.outcome === 'stamped' ? { pdf: stamped.pdf } : { pdf: null, lowering: stamped.lowering };
  }
  // whatever the file's newest timestamp is good for: what it lacks is not time
  const renewed = await renewPdf(pdf, Number.POSITIVE_INFINITY, services);
  switch (renewed.outcome) {
    case 'renewed':
      return { pdf: renewed.pdf };
    case 'later':
      return { pdf: null, lowering: renewed.lowering };
    default:
      throw new AppError('RENEWAL_REFUSED', { reason: 'NOT_DUE' });
  }
}
