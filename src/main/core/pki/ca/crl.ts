import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { enumerated, explicit, implicit, integer, octetStringOf, sequence, timeOf } from '../der/write.ts';
import { extensionOids } from '../oids.ts';
import { extension, issuerAlgorithm, keyIdentifier, signedByIssuer } from '../x509/issue.ts';
import { reasonCodes } from './reasons.ts';
import type { RevocationReason } from '../../contract/authority.ts';

/** Writing certificate revocation lists (RFC 5280 §5). */

export interface RevokedEntry {
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly at: Date;
  readonly reason: RevocationReason;
}

export interface CrlContent {
  /** DER of the issuer's name. */
  readonly issuer: Uint8Array;
  /** Private. */
  readonly issuerKey: KeyObject;
  /** Grows with every list of this issuer (§5.2.3). */
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: readonly RevokedEntry[];
}

/** DER of a complete version 2 list. */
export function encodeCrl(list: CrlContent): Buffer {
  const keyInfo = createPublicKey(list.issuerKey).export({ type: 'spki', format: 'der' });
  const entries = list.revoked.map(entry);
  const authorityKey = sequence(implicit(0, octetStringOf(keyIdentifier(keyInfo))));
  const tbs = sequence(
    integer(1),
    issuerAlgorithm(list.issuerKey),
    list.issuer,
    timeOf(list.thisUpdate),
    timeOf(list.nextUpdate),
    // §5.1.2.6: absent where nothing is revoked
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    explicit(
      0,
      sequence(
        extension(extensionOids.authorityKeyIdentifier, false, authorityKey),
        extension(extensionOids.crlNumber, false, integer(list.number)),
      ),
    ),
  );
  return signedByIssuer(tbs, list.issuerKey);
}

function entry({ serial, at, reason }: RevokedEntry): Buffer {
  const code = reasonCodes[reason];
  // §5.3.1: "unspecified" is said by leaving the reason out
  const reasons = code === 0 ? [] : [sequence(extension(extensionOids.crlReason, false, enumerated(code)))];
  return sequence(integer(Buffer.from(serial, 'hex')), timeOf(at), ...reasons);
}
