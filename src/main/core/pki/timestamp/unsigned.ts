import { children, DerError, inside, octetString, raw, readOuter, sequenceOf, setOf } from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { explicit, objectIdentifier, sequence, setOfSorted, sorted, tlv } from '../der/write.ts';
import { cmsOids } from '../oids.ts';

/**
 * Puts unsigned attributes into a SignedData with one signer (RFC 5652 §5.3, [1] IMPLICIT SET OF). Everything that
 * is signed keeps its bytes; unsigned attributes that are there already stay.
 * @param make gets the signature value and gives the DER of each new Attribute.
 * @throws DerError where `cms` is no such SignedData.
 */
export async function withUnsignedAttributes(
  cms: Uint8Array,
  make: (signatureValue: Uint8Array) => Promise<readonly Uint8Array[]>,
): Promise<Buffer> {
  const [type, wrapped] = sequenceOf(readOuter(cms));
  if (!type || !wrapped) throw new DerError('not SignedData');
  const parts = sequenceOf(inside(wrapped));
  const signers = setOf(parts.at(-1));
  const [signer] = signers;
  if (!signer || signers.length !== 1) throw new DerError('not exactly one signer');
  const fields = sequenceOf(signer);
  const old = fields.at(-1)?.tag === 0xa1 ? fields.at(-1) : undefined;
  const signed = fields.slice(0, old ? -1 : undefined);
  const added = await make(octetString(signed.at(-1)));
  const attributes = [...(old ? children(old).map(raw) : []), ...added];
  if (attributes.length === 0) return Buffer.from(cms);
  const signerInfo = sequence(...signed.map(raw), tlv(0xa1, ...sorted(attributes)));
  const before: readonly Element[] = parts.slice(0, -1);
  return sequence(raw(type), explicit(0, sequence(...before.map(raw), setOfSorted(signerInfo))));
}

/** signature-time-stamp (RFC 3161 appendix A, EN 319 122-1 §5.3) with one token. */
export const signatureTimestampAttribute = (token: Uint8Array): Buffer =>
  sequence(objectIdentifier(cmsOids.signatureTimeStamp), setOfSorted(token));
