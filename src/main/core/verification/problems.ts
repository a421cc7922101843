import { fill, messages } from '../contract/messages/index.ts';
import type { Language } from '../contract/people.ts';
import type { Indication, ReportProblem, SubIndication } from '../contract/verification.ts';

type Params = Readonly<Record<string, string | number>>;

/** What a problem does to a signature's result: nothing, or the worst indication that it allows. */
interface Effect {
  readonly allows: Indication;
  readonly sub: SubIndication | null;
}

const failed = (sub: SubIndication): Effect => ({ allows: 'TOTAL-FAILED', sub });
const open = (sub: SubIndication): Effect => ({ allows: 'INDETERMINATE', sub });
const note: Effect = { allows: 'TOTAL-PASSED', sub: null };

/**
 * Every problem that one signature can have, with its effect (ETSI EN 319 102-1 §5.1.3, Table 5 and 6).
 * Texts are in contract/messages/report-*.ts under the same code.
 */
const effects = {
  SIGNATURE_VALUE_UNREADABLE: failed('FORMAT_FAILURE'),
  SIGNATURE_DICTIONARY_AMBIGUOUS: failed('FORMAT_FAILURE'),
  SIGNATURE_OUTSIDE_ITS_RANGE: failed('FORMAT_FAILURE'),
  CONTENTS_MISSING: failed('FORMAT_FAILURE'),
  CONTENTS_EMPTY: failed('FORMAT_FAILURE'),
  BYTE_RANGE_MISSING: failed('FORMAT_FAILURE'),
  BYTE_RANGE_MALFORMED: failed('FORMAT_FAILURE'),
  BYTE_RANGE_NOT_FROM_START: failed('FORMAT_FAILURE'),
  BYTE_RANGE_OUTSIDE_FILE: failed('FORMAT_FAILURE'),
  BYTE_RANGE_GAP_WRONG: failed('FORMAT_FAILURE'),
  BYTE_RANGE_END_WRONG: failed('FORMAT_FAILURE'),
  BYTE_RANGE_OVERLAP: failed('FORMAT_FAILURE'),
  CMS_UNREADABLE: failed('FORMAT_FAILURE'),
  CMS_SIGNER_COUNT: failed('FORMAT_FAILURE'),
  CMS_CONTENT_NOT_DETACHED: failed('FORMAT_FAILURE'),
  CMS_CONTENT_TYPE_WRONG: failed('FORMAT_FAILURE'),
  SUBFILTER_UNSUPPORTED: open('SIG_CONSTRAINTS_FAILURE'),

  DIGEST_MISMATCH: failed('HASH_FAILURE'),
  SIGNATURE_INVALID: failed('SIG_CRYPTO_FAILURE'),
  ALGORITHMS_CONTRADICT: failed('SIG_CRYPTO_FAILURE'),
  SIGNED_ATTRIBUTES_WRONG: failed('SIG_CONSTRAINTS_FAILURE'),
  SIGNING_CERTIFICATE_MISMATCH: failed('SIG_CONSTRAINTS_FAILURE'),
  SIGNER_CERTIFICATE_MISSING: open('NO_SIGNING_CERTIFICATE_FOUND'),
  ALGORITHM_UNSUPPORTED: open('CRYPTO_CONSTRAINTS_FAILURE'),
  SIGNING_CERTIFICATE_NOT_NAMED: open('SIG_CONSTRAINTS_FAILURE'),

  ISSUER_NOT_TRUSTED: open('NO_CERTIFICATE_CHAIN_FOUND'),
  CHAIN_BROKEN: open('CERTIFICATE_CHAIN_GENERAL_FAILURE'),
  CHAIN_RULE_BROKEN: open('CHAIN_CONSTRAINTS_FAILURE'),
  CERTIFICATE_EXPIRED: open('OUT_OF_BOUNDS_NO_POE'),
  CERTIFICATE_NOT_YET_VALID: open('OUT_OF_BOUNDS_NO_POE'),
  SIGNER_KEY_USAGE: open('CHAIN_CONSTRAINTS_FAILURE'),
  TIMESTAMP_KEY_USAGE: open('CHAIN_CONSTRAINTS_FAILURE'),
  DIGEST_WEAK: open('CRYPTO_CONSTRAINTS_FAILURE'),
  KEY_WEAK: open('CRYPTO_CONSTRAINTS_FAILURE'),
  CHAIN_ALGORITHM_WEAK: open('CRYPTO_CONSTRAINTS_FAILURE'),
  CERTIFICATE_REVOKED: open('REVOKED_NO_POE'),
  ISSUER_REVOKED: open('REVOKED_CA_NO_POE'),
  REVOCATION_NOT_CHECKED: open('TRY_LATER'),
  REVOCATION_NOT_OFFERED: note,

  CHANGES_FORBIDDEN: failed('FORMAT_FAILURE'),
  CHANGES_BEYOND_LEVEL: failed('FORMAT_FAILURE'),
  FIELD_LOCKED: failed('FORMAT_FAILURE'),
  SIGNATURE_REMOVED: failed('FORMAT_FAILURE'),
  CHANGES_NOT_JUDGED: open('SIG_CONSTRAINTS_FAILURE'),
  FILE_NEEDS_REPAIR: open('SIG_CONSTRAINTS_FAILURE'),
  EXTERNAL_CONTENT: open('SIG_CONSTRAINTS_FAILURE'),

  TIMESTAMP_INVALID: open('SIG_CONSTRAINTS_FAILURE'),
  TIMESTAMP_ORDER: open('TIMESTAMP_ORDER_FAILURE'),
  TIMESTAMP_UNTRUSTED: note,
  PICTURE_NOT_COMPARED: open('SIG_CONSTRAINTS_FAILURE'),
  FIELD_VALUE_SHARED: note,
  BASELINE_SIGNING_TIME: note,
  BASELINE_DATE_MISSING: note,
  BASELINE_CERT_ENTRY: note,
  BASELINE_ATTRIBUTE_ORDER: note,
  BASELINE_REASON_TWICE: note,
  BASELINE_DICTIONARY: note,
} as const satisfies Readonly<Record<string, Effect>>;

export type SignatureProblem = keyof typeof effects;

/** Findings about the file as a whole. */
export const fileProblems = [
  'FILE_UNREADABLE',
  'FILE_ENCRYPTED',
  'FILE_PASSWORD_WRONG',
  'FILE_ENCRYPTION_UNSUPPORTED',
  'UNREADABLE_HOLDS_SIGNATURE',
  'FILE_REPAIR_NEEDED',
  'STRAY_SIGNATURE',
  'USAGE_RIGHTS_SIGNATURE',
  'TOO_MANY_SIGNATURES',
] as const;
export type FileProblem = (typeof fileProblems)[number];

export const signatureProblems = Object.keys(effects);

const severity: Readonly<Record<Indication, number>> = {
  'TOTAL-PASSED': 0,
  INDETERMINATE: 1,
  'TOTAL-FAILED': 2,
};

export const worst = (one: Indication, other: Indication): Indication =>
  severity[other] > severity[one] ? other : one;

export function problemText(language: Language, code: string, params: Params = {}): string {
  return fill(messages[language].report[code] ?? code, params);
}

/** Collects the problems of one signature, in the order in which they were found. */
export class Findings {
  private readonly language: Language;
  private readonly found: { readonly code: SignatureProblem; readonly message: string }[] = [];

  constructor(language: Language) {
    this.language = language;
  }

  add(code: SignatureProblem, params: Params = {}): void {
    if (this.has(code)) return;
    this.found.push({ code, message: problemText(this.language, code, params) });
  }

  has(code: SignatureProblem): boolean {
    return this.found.some((problem) => problem.code === code);
  }

  get failed(): boolean {
    return this.indication === 'TOTAL-FAILED';
  }

  get indication(): Indication {
    return this.found.reduce<Indication>((so, { code }) => worst(so, effects[code].allows), 'TOTAL-PASSED');
  }

  /** Of the first problem that is as bad as the result. */
  get subIndication(): SubIndication | null {
    const { indication } = this;
    const decisive = this.found.find(({ code }) => effects[code].allows === indication);
    return decisive ? effects[decisive.code].sub : null;
  }

  list(): readonly ReportProblem[] {
    return this.found;
  }
}
