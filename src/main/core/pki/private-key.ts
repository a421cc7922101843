import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { algorithmIdentifier } from './algorithms.ts';
import { octetString, readOuter, sequenceOf } from './der/read.ts';
import { integer, nullValue, objectIdentifier, octetStringOf, sequence } from './der/write.ts';
import { keyOids } from './oids.ts';

/**
 * A private key out of PrivateKeyInfo (RFC 5958). One that is marked for PSS only (RFC 4055 §1.2) becomes a plain
 * RSA key, because BoringSSL knows no such mark; the certificate still says how it may be used.
 * @throws Error of node:crypto, or DerError.
 */
export function privateKeyFromPkcs8(der: Uint8Array): KeyObject {
  const [, algorithm, key] = sequenceOf(readOuter(der));
  if (algorithmIdentifier(algorithm).oid !== keyOids.rsassaPss) {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  }
  const plain = sequence(
    integer(0),
    sequence(objectIdentifier(keyOids.rsaEncryption), nullValue()),
    octetStringOf(octetString(key)),
  );
  try {
    return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
  } finally {
    plain.fill(0);
  }
}
