/**
 * Keys, certificates and CMS: the only entrance to this room. Reading is ours (der/, x509/, cms/), every key
 * operation and digest is node:crypto's.
 */
export { DerError } from './der/read.ts';
export { digest, digestName, digestSupported, digestTitle, schemeName } from './algorithms.ts';
export type { SignatureScheme, SignatureVerdict } from './algorithms.ts';
export { certificateScheme, issuedBy, parseCertificate, readCertificates } from './x509/certificate.ts';
export type { Certificate, KeyDescription } from './x509/certificate.ts';
export type { KeyUsage } from './x509/extensions.ts';
export { buildChain } from './x509/chain.ts';
export { issuersAbove } from './x509/issuers.ts';
export type { ChainFailure, ChainResult } from './x509/chain.ts';
export { parseSignedData } from './cms/signed-data.ts';
export type { SignedData, SignerIdentifier, SignerInfo } from './cms/signed-data.ts';
export type { SignedAttributes } from './cms/attributes.ts';
export { findSigner, verifySignerInfo } from './cms/verify.ts';
export type { SignerCheck, SignerContradiction } from './cms/verify.ts';
export { parseTimestampToken } from './cms/timestamp.ts';
export type { TimestampToken } from './cms/timestamp.ts';
export { openPkcs12 } from './pkcs12/open.ts';
export type { OpenedPkcs12 } from './pkcs12/open.ts';
export { buildSignedData, certificateOf, signedDataSize } from './cms/build.ts';
export { signerFromPkcs8 } from './signer.ts';
export type { Signer } from './signer.ts';
export type { AlgorithmWish, SigningAlgorithm } from './signing-algorithm.ts';
export { checkSigningCertificate } from './signing-certificate.ts';
export { createTestIdentity } from './test-identity.ts';
export type { TestIdentity, TestIdentityRequest } from './test-identity.ts';
export { signatureTimestampAttribute, withUnsignedAttributes } from './timestamp/unsigned.ts';
export { buildTimestampRequest } from './timestamp/request.ts';
export type { TimestampQuery } from './timestamp/request.ts';
export { readTimestampResponse } from './timestamp/response.ts';
export type { TimestampResponse } from './timestamp/response.ts';
export { checkTimestamp } from './timestamp/check.ts';
export type { CheckedTimestamp } from './timestamp/check.ts';
export { buildOcspRequest } from './ocsp/request.ts';
export { judgeOcspResponse, needsNoRevocationCheck } from './ocsp/judge.ts';
export { judgeCertificateList } from './crl/judge.ts';
export { readCertificateList } from './crl/read.ts';
export { strongPath, strongScheme } from './strength.ts';
export { freshness } from './revocation.ts';
export type { RevocationFault, RevocationVerdict } from './revocation.ts';
export { readAllCertificates } from './x509/read-all.ts';
export {
  answerOcsp,
  createAuthority,
  encodeCrl,
  isInHouse,
  isKnownUncertified,
  issueLeaf,
  newCertificateRequest,
  organisationOf,
  readCertificateRequest,
  renewLeaf,
} from './ca/index.ts';
export type { OcspStatus } from './ca/index.ts';
export { readOcspResponse } from './ocsp/response.ts';
export { embeddedRevocation } from './cms/embedded-revocation.ts';
export { tokenSigner } from './pkcs11/signer.ts';
export { pkcs1SignerInfos } from './cms/pkcs1.ts';
export { requireActive, signedFile, signRequest, statusRequest } from './gateway/requests.ts';
export type { GatewayReply, GatewayRequest } from './gateway/requests.ts';
