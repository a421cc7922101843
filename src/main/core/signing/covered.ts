import {
  DerError,
  freshness,
  judgeCertificateList,
  judgeOcspResponse,
  readCertificateList,
  readOcspResponse,
} from '../pki/index.ts';
import type { Certificate, RevocationVerdict } from '../pki/index.ts';
import type { StoredData } from './security-store.ts';
import type { ProvenPath } from './validation-data.ts';

/** Answers about one certificate that are looked at, the newest first; more say nothing new. */
const maximumAnswers = 16;

/**
 * Does the store already answer for every certificate of a chain, from the time of its proof or later? Nobody needs
 * to be asked again then, and nobody may be there any more. A store comes out of a file, so each answer is read once
 * and only those that name the certificate are judged.
 */
export function coverageOf(stored: StoredData): (chain: Pick<ProvenPath, 'path' | 'provenAt'>) => boolean {
  const ocsps = indexed(stored.ocsps, (der) => {
    const response = readOcspResponse(der);
    return response.status === 'error' ? [] : response.basic.answers.map(({ serial }) => serial);
  });
  const lists = indexed(stored.crls, (der) => [readCertificateList(der).issuerKey]);
  const judged = new Map<string, readonly RevocationVerdict[]>();
  const verdictsOn = (certificate: Certificate, issuer: Certificate): readonly RevocationVerdict[] => {
    const key = `${certificate.fingerprint} ${issuer.fingerprint}`;
    const known = judged.get(key);
    if (known) return known;
    const question = { certificate, issuer, now: null };
    const verdicts = [
      ...newest(ocsps, certificate.serial).map((der) => judgeOcspResponse(der, { ...question, nonce: null })),
      ...newest(lists, certificate.issuerKey).map((der) => judgeCertificateList(der, question)),
    ];
    judged.set(key, verdicts);
    return verdicts;
  };
  return ({ path, provenAt }) =>
    provenAt !== null &&
    path.slice(0, -1).every((certificate, index) => {
      const issuer = path[index + 1];
      return issuer !== undefined && verdictsOn(certificate, issuer).some((one) => clears(one, provenAt));
    });
}

const clears = (verdict: RevocationVerdict, provenAt: Date): boolean =>
  verdict.status !== 'unusable' &&
  freshness(verdict.thisUpdate, verdict.nextUpdate, provenAt) !== 'STALE' &&
  (verdict.revokedAt === null || verdict.revokedAt > provenAt);

type Index = ReadonlyMap<string, readonly Uint8Array[]>;

function indexed(ders: readonly Uint8Array[], keysOf: (der: Uint8Array) => readonly string[]): Index {
  const found = new Map<string, Uint8Array[]>();
  for (const der of ders) {
    try {
      for (const key of new Set(keysOf(der))) {
        const list = found.get(key);
        if (list) list.push(der);
        else found.set(key, [der]);
      }
    } catch (error) {
      // what others stored and cannot be read answers nothing
      if (!(error instanceof DerError)) throw error;
    }
  }
  return found;
}

const newest = (index: Index, key: string): readonly Uint8Array[] =>
  (index.get(key) ?? []).slice(-maximumAnswers).reverse();
