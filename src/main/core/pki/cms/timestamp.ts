import { algorithmIdentifier, digestName } from '../algorithms.ts';
import { DerError, integerHex, octetString, oid, readOuter, sequenceOf, time } from '../der/read.ts';
import { cmsOids } from '../oids.ts';
import { parseSignedData } from './signed-data.ts';
import type { SignedData } from './signed-data.ts';

/** What a timestamp token says (RFC 3161 §2.4.2). Its signature is judged like any other, by `verifySignerInfo`. */
export interface TimestampToken {
  readonly signedData: SignedData;
  /** The TSTInfo as it stands: the content that the authority signed. */
  readonly content: Uint8Array;
  readonly policy: string;
  /** Digest name as node:crypto spells it; null for one that is unknown. */
  readonly imprintHash: string | null;
  readonly imprint: Uint8Array;
  readonly serial: string;
  readonly time: Date;
}

/** @throws DerError where the bytes are no timestamp token. */
export function parseTimestampToken(bytes: Uint8Array): TimestampToken {
  const signedData = parseSignedData(bytes);
  const { content } = signedData;
  if (signedData.contentType !== cmsOids.tstInfo || !content) throw new DerError('not a timestamp token');
  const [, policy, imprint, serial, generated] = sequenceOf(readOuter(content));
  const [algorithm, hashed] = sequenceOf(imprint);
  return {
    signedData,
    content,
    policy: oid(policy),
    imprintHash: digestName(algorithmIdentifier(algorithm).oid),
    imprint: octetString(hashed),
    serial: integerHex(serial),
    time: time(generated),
  };
}
