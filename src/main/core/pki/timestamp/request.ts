import { integer, nullValue, objectIdentifier, octetStringOf, sequence, tlv } from '../der/write.ts';

/** What a timestamp is asked over: SHA-256 of the stamped bytes. */
export interface TimestampQuery {
  readonly imprint: Uint8Array;
  /** At least 8 random octets; the answer must repeat them (RFC 3161 §2.4.1). */
  readonly nonce: Uint8Array;
}

const sha256 = '2.16.840.1.101.3.4.2.1';

/** TimeStampReq in DER (RFC 3161 §2.4.1); the authority is asked to send its certificate along. */
export function buildTimestampRequest({ imprint, nonce }: TimestampQuery): Buffer {
  const messageImprint = sequence(sequence(objectIdentifier(sha256), nullValue()), octetStringOf(imprint));
  return sequence(integer(1), messageImprint, integer(nonce), tlv(0x01, Buffer.of(0xff)));
}
