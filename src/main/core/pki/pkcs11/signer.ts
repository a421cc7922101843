import { AppError } from '../../contract/errors.ts';
import type { TokenKey } from '../../contract/tokens.ts';
import { signatureScheme, verifySignature } from '../algorithms.ts';
import { integer, sequence } from '../der/write.ts';
import type { Signer } from '../signer.ts';
import { signingAlgorithm } from '../signing-algorithm.ts';
import type { AlgorithmWish } from '../signing-algorithm.ts';
import { parseCertificate } from '../x509/certificate.ts';

/**
 * A signer whose key stays on a token. Every value is checked with the certificate before it is handed on: a device
 * that signs wrongly, or with another key, spoils no letter.
 * @throws AppError KEY_UNSUPPORTED {algorithm}, CERTIFICATE_UNREADABLE; `sign` what the token's port throws.
 */
export function tokenSigner(
  key: TokenKey,
  certificate: Uint8Array,
  chain: readonly Uint8Array[],
  wish: AlgorithmWish = {},
): Signer {
  const parsed = parseCertificate(certificate);
  const algorithm = signingAlgorithm(parsed, wish);
  const { kind, digest, signatureOid: oid, parameters } = algorithm;
  const scheme = signatureScheme({ oid, parameters }, digest);
  return {
    certificate,
    chain,
    algorithm,
    async sign(data) {
      const given = Buffer.from(await key.sign({ kind, digest }, data));
      const value = kind === 'ecdsa' ? ecdsaSequence(given) : given;
      if (!scheme || verifySignature(scheme, parsed.publicKeyInfo, data, value) !== 'valid') {
        throw new AppError('TOKEN_FAILED', { reason: 'SIGNATURE_WRONG' });
      }
      return value;
    },
  };
}

/** r and s side by side (PKCS #11 v2.40 §2.3.1) → ECDSA-Sig-Value (RFC 5480 appendix A). */
function ecdsaSequence(value: Buffer): Buffer {
  const half = value.length / 2;
  return sequence(integer(value.subarray(0, half)), integer(value.subarray(half)));
}
