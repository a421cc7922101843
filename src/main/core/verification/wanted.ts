import { AppError } from '../contract/errors.ts';
import { parsePdf, signatureFields } from '../pdf/index.ts';
import { buildChain, buildOcspRequest } from '../pki/index.ts';
import type { Certificate } from '../pki/index.ts';
import type { EvidenceWish } from '../ports.ts';
import { certificateReader, judgeStamp } from './cms.ts';
import type { CmsResult } from './cms.ts';
import { readEvidence, readStores } from './evidence.ts';
import { PrefixDigests } from './prefix-digest.ts';
import { revocationAt } from './revocation.ts';
import { examine, readCandidate } from './signature.ts';
import { affordable, broughtBy, isSigned, readAnchors } from './verify.ts';
import type { VerifyInput } from './verify.ts';

/** So many addresses are asked for one file; real ones name two or three for each certificate of a chain. */
const maximumWishes = 40;
const maximumStamps = 16;

/**
 * Where fresh revocation data of the signers, timestamp authorities and their issuers could be had (RFC 5280
 * §4.2.1.13, §4.2.2.1), as far as nothing at hand answers for the moment `input.at`; and which issuers are missing
 * on the way to an anchor. Empty for a file that cannot be read.
 */
export function wantedEvidence(input: VerifyInput): readonly EvidenceWish[] {
  const at = new Date(input.at);
  try {
    const found = lookAt(input, at);
    const distinct = new Map(found.map((wish) => [keyOf(wish), wish]));
    return [...distinct.values()].slice(0, maximumWishes);
  } catch (error) {
    if (error instanceof AppError || error instanceof RangeError) return [];
    throw error;
  }
}

function lookAt(input: VerifyInput, at: Date): readonly EvidenceWish[] {
  const file = parsePdf(input.bytes, { password: input.password });
  const anchors = readAnchors(input.trust).map(({ certificate }) => certificate);
  const digests = new PrefixDigests(input.bytes);
  const reader = certificateReader();
  const results = signatureFields(file)
    .filter(isSigned)
    .slice(0, affordable(file))
    .map((field) => readCandidate(file, field, input.language))
    .flatMap((candidate) => examine(file, candidate, anchors, reader, digests).cms ?? [])
    .flatMap((cms) => [cms, ...stampsOf(cms, input)]);
  const given = input.evidence ? [input.evidence] : [];
  const brought = results.map((cms) => broughtBy({ cms }));
  const evidence = readEvidence([readStores(file), ...brought, ...given]);
  return results.flatMap(({ signer, certificates }) => {
    if (!signer) return [];
    const chain = buildChain(signer, [...certificates, ...evidence.certificates], anchors, at);
    const last = chain.path.at(-1) ?? signer;
    const anchored = anchors.some(({ fingerprint }) => fingerprint === last.fingerprint);
    if (!anchored) return addresses(last.caIssuersUrls).map((url) => ({ kind: 'issuer', url }) as const);
    return chain.path.slice(0, -1).flatMap((certificate, index): EvidenceWish[] => {
      const issuer = chain.path[index + 1];
      const period = { since: at, until: at, latest: at };
      if (!issuer || revocationAt(certificate, issuer, period, evidence).status !== 'unknown') return [];
      return wishesFor(certificate, issuer);
    });
  });
}

const stampsOf = (cms: CmsResult, { language }: VerifyInput): readonly CmsResult[] =>
  cms.info.signatureTimeStamps
    .slice(0, maximumStamps)
    .flatMap((token) => judgeStamp(token, cms.info.signature, language) ?? []);

/** The responder first: its answer is smaller and newer. */
function wishesFor(certificate: Certificate, issuer: Certificate): EvidenceWish[] {
  const request = buildOcspRequest(certificate, issuer, null);
  return [
    ...addresses(certificate.ocspUrls).map((url) => ({ kind: 'ocsp', url, request }) as const),
    ...addresses(certificate.crlUrls).map((url) => ({ kind: 'crl', url }) as const),
  ];
}

const addresses = (urls: readonly string[]): readonly string[] =>
  urls.filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url)).slice(0, 3);

const keyOf = (wish: EvidenceWish): string =>
  `${wish.kind} ${wish.url} ${wish.kind === 'ocsp' ? Buffer.from(wish.request).toString('hex') : ''}`;
