import { isArray, isString } from '../pdf/index.ts';
import type { PdfFile } from '../pdf/index.ts';
import {
  DerError,
  digestName,
  pkcs1SignerInfos,
  readAllCertificates,
  verifySignerInfo,
} from '../pki/index.ts';
import type { SignerInfo } from '../pki/index.ts';
import type { Coverage } from './byte-range.ts';
import type { CmsResult } from './cms.ts';
import type { Findings } from './problems.ts';

const maximumCertificates = 32;
const idData = '1.2.840.113549.1.7.1';

/**
 * A signature of the kind adbe.x509.rsa_sha1 (ISO 32000-2 §12.8.3.2): the value alone in /Contents, the
 * certificates in /Cert, the signer's first.
 */
export function judgePkcs1(file: PdfFile, coverage: Coverage, findings: Findings): CmsResult | null {
  const certificates = readAllCertificates(certificatesOf(file, coverage));
  const infos = candidates(coverage.contents);
  const [usual] = infos;
  if (!usual) {
    findings.add('CMS_UNREADABLE');
    return null;
  }
  const [signer] = certificates;
  const common = { certificates, crls: [], token: null };
  if (!signer) {
    findings.add('SIGNER_CERTIFICATE_MISSING');
    return { ...common, info: usual, signer: null, check: null, digest: null, integrity: null };
  }
  const checks = infos.map((info) => ({
    info,
    check: verifySignerInfo(info, signer, idData, coverage.signed),
  }));
  const found = checks.find(({ check }) => check.signature === 'valid') ?? checks[0];
  if (!found) return null;
  const valid = found.check.signature === 'valid';
  if (!valid) findings.add('SIGNATURE_INVALID');
  const digest = digestName(found.info.digestAlgorithm.oid);
  return { ...common, ...found, signer, digest, integrity: valid };
}

/** The value's digest is inside the value: all that may be are tried, and the wrong ones do not fit. */
function candidates(contents: Uint8Array): readonly SignerInfo[] {
  try {
    return pkcs1SignerInfos(contents);
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

function certificatesOf(file: PdfFile, { dict, revision }: Coverage): readonly Uint8Array[] {
  const value = file.get(dict, 'Cert', revision.number);
  const items = isArray(value) ? value.items.slice(0, maximumCertificates) : [value];
  return items.flatMap((item) => {
    const one = file.resolve(item, revision.number);
    return isString(one) ? [one.bytes] : [];
  });
}
