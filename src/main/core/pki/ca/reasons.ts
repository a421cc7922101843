import type { RevocationReason } from '../../contract/authority.ts';

/** CRLReason as numbers (RFC 5280 §5.3.1). */
export const reasonCodes: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  'key-compromise': 1,
  'affiliation-changed': 3,
  superseded: 4,
  'cessation-of-operation': 5,
};
