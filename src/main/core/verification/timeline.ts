import type { Language } from '../contract/people.ts';
import type { CmsResult } from './cms.ts';
import { judgeStamp } from './cms.ts';
import { Findings } from './problems.ts';
import { judgeSigner } from './signer.ts';
import type { Trust, TrustContext } from './trust.ts';

/** Clocks of two authorities are never quite the same. */
const skew = 5 * 60_000;

/** A timestamp that may be relied on: everything up to `end` existed at `time`. */
interface Proof {
  readonly end: number;
  readonly time: Date;
  /** Whose clock: the subject of the authority's certificate. */
  readonly by: string;
}

/** A document timestamp on its way to a report. */
export interface DocumentTimestamp {
  /** After the last byte that it covers. */
  readonly end: number;
  readonly cms: CmsResult;
  readonly findings: Findings;
}

/**
 * Proofs of existence in one file (ETSI EN 319 102-1 §5.6.2): each document timestamp is judged at the time
 * that the later ones prove, the newest now; one that holds proves the time of all that it covers.
 */
export class Timeline {
  private readonly proofs: Proof[] = [];
  private readonly judged = new Map<Findings, Trust | null>();
  private readonly context: TrustContext;

  constructor(timestamps: readonly DocumentTimestamp[], context: TrustContext) {
    this.context = context;
    for (const one of timestamps.toSorted((a, b) => b.end - a.end)) this.take(one);
  }

  private take({ end, cms, findings }: DocumentTimestamp): void {
    const proven = this.before(end);
    const judgement = judgeSigner(cms, 'ETSI.RFC3161', this.context, proven, findings);
    this.judged.set(findings, judgement);
    const time = cms.token?.time;
    if (!time) return;
    const latest = proven ?? this.context.at;
    if (time.getTime() > latest.getTime() + skew) findings.add('TIMESTAMP_ORDER');
    if (cms.integrity === true && findings.indication === 'TOTAL-PASSED')
      this.proofs.push({ end, time, by: clockOf(cms) });
  }

  /** What was found out about a document timestamp's authority. */
  of(findings: Findings): Trust | null | undefined {
    return this.judged.get(findings);
  }

  /** The earliest proven time of bytes that end here; null where nothing proves any. */
  before(end: number): Date | null {
    return this.clock(end)?.time ?? null;
  }

  /** The same with whose clock it is. */
  clock(end: number): Clock | null {
    return earliest(this.proofs.filter((proof) => proof.end > end));
  }

  /** Signature timestamps (B-T) of a signature whose bytes end here, beside what covers it from outside. */
  ofSignature(cms: CmsResult, end: number, language: Language): Stamped {
    const outside = this.clock(end);
    const times = outside ? [outside] : [];
    const stamps = cms.info.signatureTimeStamps.slice(0, maximumStamps).map((token) => {
      const stamp = judgeStamp(token, cms.info.signature, language);
      if (stamp?.integrity !== true || !stamp.token) return { stamp, holds: false, trusted: false };
      const trusted = this.isTrusted(stamp, outside?.time ?? null, language);
      if (trusted) times.push({ time: stamp.token.time, by: clockOf(stamp) });
      return { stamp, holds: true, trusted };
    });
    return {
      proven: earliest(times),
      held: stamps.flatMap(({ stamp, holds }) => (holds && stamp ? [stamp] : [])),
      broken: stamps.some(({ holds }) => !holds),
      untrusted: stamps.some(({ holds, trusted }) => holds && !trusted),
    };
  }

  private isTrusted(stamp: CmsResult, proven: Date | null, language: Language): boolean {
    const findings = new Findings(language);
    judgeSigner(stamp, 'ETSI.RFC3161', this.context, proven, findings);
    const latest = (proven ?? this.context.at).getTime() + skew;
    const inTime = stamp.token !== null && stamp.token.time.getTime() <= latest;
    return inTime && findings.indication === 'TOTAL-PASSED';
  }
}

const maximumStamps = 16;

export interface Stamped {
  /** The earliest time before which the signature is proven to exist. */
  readonly proven: Clock | null;
  /** Tokens that stamp this signature and whose own signature is right, trusted or not. */
  readonly held: readonly CmsResult[];
  readonly broken: boolean;
  readonly untrusted: boolean;
}

export type Clock = Pick<Proof, 'time' | 'by'>;

const clockOf = (cms: CmsResult): string => cms.signer?.subject ?? '';

const earliest = (times: readonly Clock[]): Clock | null =>
  times.reduce<Clock | null>((so, one) => (so && so.time <= one.time ? so : one), null);
