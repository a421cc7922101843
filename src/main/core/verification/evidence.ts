import { decodeStream, isArray, isDict, isStream } from '../pdf/index.ts';
import type { PdfFile, PdfValue } from '../pdf/index.ts';
import { DerError, readAllCertificates, readCertificateList, readOcspResponse } from '../pki/index.ts';
import type { Certificate } from '../pki/index.ts';
import type { EvidenceBytes } from '../ports.ts';

/** One answer of a responder about some certificates. */
export interface OcspEvidence {
  readonly bytes: Uint8Array;
  /** Serial number → the moment of the statement. */
  readonly statements: ReadonlyMap<string, Date>;
}

export interface CrlEvidence {
  readonly bytes: Uint8Array;
  readonly issuerKey: string;
  readonly thisUpdate: Date;
}

/** Read once for a whole file; nothing in it is believed yet. */
export interface Evidence {
  readonly certificates: readonly Certificate[];
  readonly ocsps: readonly OcspEvidence[];
  readonly crls: readonly CrlEvidence[];
}

const maximumItems = 2_000;
const maximumDecoded = 64 * 1024 * 1024;

/**
 * What the security stores of all revisions hold (ISO 32000-2 §12.8.4.3): a later one may have been rebuilt
 * with less, and what a signature says for itself does not depend on which store it stands in.
 */
export function readStores(file: PdfFile): EvidenceBytes {
  const found = { Certs: new Set<PdfValue>(), OCSPs: new Set<PdfValue>(), CRLs: new Set<PdfValue>() };
  let left = maximumItems;
  for (const { number } of file.revisions) {
    const store = file.get(file.catalog(number)?.dict, 'DSS', number);
    if (!isDict(store)) continue;
    for (const kind of ['Certs', 'OCSPs', 'CRLs'] as const) {
      const list = file.get(store, kind, number);
      for (const item of isArray(list) ? list.items : []) {
        if (left-- <= 0) break;
        found[kind].add(file.resolve(item, number));
      }
    }
  }
  const decoding = { left: maximumDecoded };
  const read = (values: ReadonlySet<PdfValue>): Uint8Array[] =>
    [...values].flatMap((value) => {
      try {
        return isStream(value) ? [decodeStream(value, file.resolve, decoding)] : [];
      } catch {
        // one damaged stream among others must not hide the rest
        return [];
      }
    });
  return { certificates: read(found.Certs), ocsps: read(found.OCSPs), crls: read(found.CRLs) };
}

export function readEvidence(sources: readonly EvidenceBytes[]): Evidence {
  return {
    certificates: distinct(readAllCertificates(sources.flatMap(({ certificates }) => certificates))),
    ocsps: sources
      .flatMap(({ ocsps }) => ocsps)
      .slice(0, maximumItems)
      .flatMap(readOcsp),
    crls: sources
      .flatMap(({ crls }) => crls)
      .slice(0, maximumItems)
      .flatMap(readCrl),
  };
}

const distinct = (certificates: readonly Certificate[]): readonly Certificate[] => [
  ...new Map(certificates.map((one) => [one.fingerprint, one])).values(),
];

function readOcsp(bytes: Uint8Array): OcspEvidence[] {
  try {
    const response = readOcspResponse(bytes);
    if (response.status !== 'successful') return [];
    const statements = response.basic.answers.map(({ serial, thisUpdate }) => [serial, thisUpdate] as const);
    return [{ bytes, statements: new Map(statements) }];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

function readCrl(bytes: Uint8Array): CrlEvidence[] {
  try {
    const { issuerKey, thisUpdate } = readCertificateList(bytes);
    return [{ bytes, issuerKey, thisUpdate }];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
