import { children, DerError, inside, raw, readOuter, sequenceOf, setOf, oid } from '../der/read.ts';
import type { Element } from '../der/read.ts';
import { explicit, objectIdentifier, octetStringOf, sequence, tlv } from '../der/write.ts';
import type { SignerInfo } from './signed-data.ts';

/** Revocation data that a signer put beside the signature. */
export interface EmbeddedRevocation {
  /** DER of whole OCSPResponses. */
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** Adobe's RevocationInfoArchival, a signed attribute (ISO 32000-2 §12.8.3.3.2). */
const archival = '1.2.840.113583.1.1.8';
/** CAdES revocation-values, an unsigned one (EN 319 122-1 §A.1.2). */
const revocationValues = '1.2.840.113549.1.9.16.2.24';
const maximumItems = 1_000;

/** What cannot be read counts as not there: it is evidence that helps or does not. */
export function embeddedRevocation(info: SignerInfo): EmbeddedRevocation {
  const ocsps: Uint8Array[] = [];
  const crls: Uint8Array[] = [];
  const take = (value: Element, basic: boolean): void => {
    for (const part of sequenceOf(value)) {
      if (part.tag !== 0xa0 && part.tag !== 0xa1) continue;
      const items = sequenceOf(inside(part)).slice(0, maximumItems).map(raw);
      if (part.tag === 0xa0) crls.push(...items);
      else ocsps.push(...(basic ? items.map(wholeResponse) : items));
    }
  };
  tolerant(() => {
    for (const value of signedValues(info, archival)) take(value, false);
  });
  tolerant(() => {
    for (const attribute of info.unsignedAttributes) {
      if (attribute.type !== revocationValues) continue;
      for (const value of attribute.values) take(readOuter(value), true);
    }
  });
  return { ocsps, crls };
}

function signedValues(info: SignerInfo, type: string): readonly Element[] {
  if (!info.signedAttributes?.types.includes(type)) return [];
  return children(readOuter(info.signedAttributes.toBeSigned)).flatMap((attribute) => {
    const [name, values] = sequenceOf(attribute);
    return oid(name) === type ? setOf(values) : [];
  });
}

/** RFC 6960 §4.2.1: the answer that a BasicOCSPResponse would have come in. */
const wholeResponse = (basic: Uint8Array): Uint8Array =>
  sequence(
    tlv(0x0a, Buffer.of(0)),
    explicit(0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetStringOf(basic))),
  );

function tolerant(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
}
