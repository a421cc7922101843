/** The in-house certificate authority: certificates by request, revocation lists, OCSP answers. No storage. */
export { createAuthority, isInHouse, issueLeaf } from './authority.ts';
export { encodeCrl } from './crl.ts';
export { answerOcsp } from './ocsp.ts';
export type { OcspStatus } from './ocsp.ts';
