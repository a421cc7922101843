import { digestName, digest, digestSupported, signatureScheme, verifySignature } from '../algorithms.ts';
import { bitString, DerError, readOuter, sequenceOf } from '../der/read.ts';
import { freshness } from '../revocation.ts';
import type { RevocationFault, RevocationVerdict } from '../revocation.ts';
import { strongKey, strongScheme } from '../strength.ts';
import { certificateScheme, issuedBy } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';
import { readExtensions } from '../x509/extensions.ts';
import { readAllCertificates } from '../x509/read-all.ts';
import { issuerHashes } from './request.ts';
import { readOcspResponse } from './response.ts';
import type { BasicOcspResponse, SingleAnswer } from './response.ts';

const ocspSigning = '1.3.6.1.5.5.7.3.9';

/**
 * What the answer says about `certificate`, by the rules of RFC 6960 §3.2: it is about that certificate, signed by
 * its issuer or by a responder that this issuer named, fresh at `now`, and it repeats the nonce if it has one.
 * @param nonce what was asked with; null for an answer that was kept.
 */
export function judgeOcspResponse(
  bytes: Uint8Array,
  question: {
    readonly certificate: Certificate;
    readonly issuer: Certificate;
    readonly nonce: Uint8Array | null;
    /** Null: an answer that was kept, whose age the caller judges. */
    readonly now: Date | null;
  },
): RevocationVerdict {
  try {
    const response = readOcspResponse(bytes);
    return response.status === 'error' ? unusable('REFUSED') : judgeBasic(response.basic, question);
  } catch (error) {
    if (error instanceof DerError) return unusable('UNREADABLE');
    throw error;
  }
}

const unusable = (reason: RevocationFault): RevocationVerdict => ({ status: 'unusable', reason });

function judgeBasic(
  basic: BasicOcspResponse,
  { certificate, issuer, nonce, now }: Parameters<typeof judgeOcspResponse>[1],
): RevocationVerdict {
  const answer = basic.answers.find((one) => isAbout(one, certificate, issuer));
  if (!answer || answer.unknownCritical) return unusable('SCOPE');
  const certificates = readAllCertificates(basic.certificates);
  const responder = [issuer, ...certificates].find((one) => isResponder(one, basic.responder));
  if (!responder) return unusable('SIGNER');
  const direct = responder.fingerprint === issuer.fingerprint;
  if (!direct && !isDelegated(responder, issuer, basic.producedAt)) return unusable('SIGNER');
  const scheme = signatureScheme(basic.signatureAlgorithm, null);
  if (!strongScheme(scheme) || !strongKey(responder)) return unusable('WEAK');
  if (!scheme || verifySignature(scheme, responder.publicKeyInfo, basic.tbs, basic.signature) !== 'valid') {
    return unusable('SIGNATURE');
  }
  // Responders that answer from a store leave the nonce out (RFC 5019 §4); freshness then has to do.
  if (nonce && basic.nonce && Buffer.compare(nonce, basic.nonce) !== 0) return unusable('NONCE');
  const fresh = now ? freshness(answer.thisUpdate, answer.nextUpdate, now) : 'fresh';
  if (fresh !== 'fresh') return unusable(fresh);
  if (answer.status === 'unknown') return unusable('UNKNOWN');
  return {
    status: answer.status,
    revokedAt: answer.revokedAt,
    thisUpdate: answer.thisUpdate,
    nextUpdate: answer.nextUpdate,
    responder: direct ? null : responder,
    certificates,
  };
}

function isAbout(answer: SingleAnswer, certificate: Certificate, issuer: Certificate): boolean {
  const hash = digestName(answer.hashOid);
  if (answer.serial !== certificate.serial || !hash || !digestSupported(hash)) return false;
  const { nameHash, keyHash } = issuerHashes(issuer, hash);
  return nameHash.equals(answer.nameHash) && keyHash.equals(answer.keyHash);
}

function isResponder(certificate: Certificate, responder: BasicOcspResponse['responder']): boolean {
  if (responder.kind === 'name') return certificate.subjectKey === responder.nameKey;
  const keyBits = bitString(sequenceOf(readOuter(certificate.publicKeyInfo))[1]).bytes;
  return digest('sha1', [keyBits]).equals(responder.sha1);
}

/** Issued by the very CA that issued the certificate, for this purpose (§4.2.2.2). */
function isDelegated(responder: Certificate, issuer: Certificate, at: Date): boolean {
  return (
    (responder.extendedKeyUsage?.includes(ocspSigning) ?? false) &&
    responder.issuerKey === issuer.subjectKey &&
    responder.unknownCritical.length === 0 &&
    at >= responder.notBefore &&
    at <= responder.notAfter &&
    strongScheme(certificateScheme(responder)) &&
    issuedBy(responder, issuer) === 'valid'
  );
}

/** id-pkix-ocsp-nocheck (§4.2.2.2.1): this responder is trusted for as long as its certificate lives. */
export function needsNoRevocationCheck(responder: Certificate): boolean {
  const [tbs] = sequenceOf(readOuter(responder.der));
  const list = sequenceOf(tbs).find((field) => field.tag === 0xa3);
  return list !== undefined && readExtensions(list).some((one) => one.oid === '1.3.6.1.5.5.7.48.1.5');
}
