import type { OfficeCard } from '../contract/statement.ts';
import {
  buildChain,
  buildSignedData,
  checkSigningCertificate,
  digest,
  findSigner,
  parseCertificate,
  parseSignedData,
  strongPath,
  strongScheme,
  verifySignerInfo,
  type Signer,
} from '../pki/index.ts';
import { cardBody } from '../statement/index.ts';
import type { Context } from './context.ts';

/**
 * An office card that is vouched for by a certificate: a detached CMS (RFC 5652) over what the card says, as the
 * office signs its letters. Where that certificate's chain ends in a trusted anchor, nobody needs to read out a
 * fingerprint. Revocation is not asked: a card is added by a person, who sees whose certificate it is.
 */
export const certifyCard = (card: OfficeCard, signer: Signer): Promise<Buffer> =>
  buildSignedData({ messageDigest: digest(signer.algorithm.digest, [cardBody(card)]), signer });

/** @returns the subject of the certificate that vouches for the card, or null where none does that is trusted. */
export function certifierOf(context: Context, card: OfficeCard, at: Date): string | null {
  if (!card.certification) return null;
  const anchors = context.trust.trusted().map((one) => parseCertificate(one.der));
  try {
    const signed = parseSignedData(card.certification);
    const [info, ...more] = signed.signerInfos;
    const certificates = signed.certificates.map((der) => parseCertificate(der));
    const certificate = info ? findSigner(info, certificates) : null;
    if (!info || more.length > 0 || !certificate) return null;
    const check = verifySignerInfo(info, certificate, signed.contentType, [cardBody(card)]);
    const good =
      check.digestMatches === true && check.signature === 'valid' && check.contradictions.length === 0;
    if (!good) return null;
    checkSigningCertificate(certificate, at);
    const path = buildChain(certificate, certificates, anchors, at);
    return path.ok && strongScheme(check.scheme) && strongPath(path.path) ? certificate.subject : null;
  } catch {
    // Whatever is wrong with it, it vouches for nothing; the card may still be added by its fingerprint.
    return null;
  }
}
