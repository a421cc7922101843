/** The in-house certificate authority: certificates by request, revocation lists, OCSP answers. No storage. */
export {
  createAuthority,
  isInHouse,
  isKnownUncertified,
  issueLeaf,
  organisationOf,
  renewLeaf,
} from './authority.ts';
export { newCertificateRequest } from './request-write.ts';
export { readCertificateRequest } from './request.ts';
export { encodeCrl } from './crl.ts';
export { answerOcsp } from './ocsp.ts';
export type { OcspStatus } from './ocsp.ts';
