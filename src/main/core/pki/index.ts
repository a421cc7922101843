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
export { buildSignedData, signedDataSize } from './cms/build.ts';
export { signerFromPkcs8 } from './signer.ts';
export type { Signer, SigningAlgorithm } from './signer.ts';
export { checkSigningCertificate } from './signing-certificate.ts';
export { createTestIdentity } from './test-identity.ts';
export type { TestIdentity, TestIdentityRequest } from './test-identity.ts';
