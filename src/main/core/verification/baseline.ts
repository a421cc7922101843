import { nameOf, textOf } from '../pdf/index.ts';
import type { PdfDict, PdfFile } from '../pdf/index.ts';
import type { CmsResult } from './cms.ts';
import { readPdfDate } from './pdf-date.ts';
import type { Findings, SignatureProblem } from './problems.ts';
import { isWeakDigest } from './strength.ts';

const commitmentType = '1.2.840.113549.1.9.16.2.16';
const policyIdentifier = '1.2.840.113549.1.9.16.2.15';
const signingTime = '1.2.840.113549.1.9.5';

/**
 * Does a valid signature meet PAdES baseline B (EN 319 142-1 §6.3; SIGNATURES §D "B-B")? What it misses is
 * told as a note: a missed level says nothing about the bytes.
 */
export function meetsBaselineB(file: PdfFile, dict: PdfDict, cms: CmsResult, findings: Findings): boolean {
  const { info, check } = cms;
  const attributes = info.signedAttributes;
  const types = attributes?.types ?? [];
  const type = nameOf(file.get(dict, 'Type'));
  const stated = file.get(dict, 'Reason') !== null;
  const rules: readonly (readonly [SignatureProblem, boolean])[] = [
    ['BASELINE_SIGNING_TIME', !types.includes(signingTime)],
    ['BASELINE_DATE_MISSING', readPdfDate(textOf(file.get(dict, 'M'))) !== null],
    ['BASELINE_CERT_ENTRY', file.get(dict, 'Cert') === null],
    ['BASELINE_ATTRIBUTE_ORDER', attributes?.inDerOrder ?? false],
    [
      'BASELINE_REASON_TWICE',
      !stated || !(types.includes(commitmentType) || types.includes(policyIdentifier)),
    ],
    ['BASELINE_DICTIONARY', nameOf(file.get(dict, 'Filter')) !== null && (type === null || type === 'Sig')],
  ];
  const missed = rules.filter(([, met]) => !met);
  for (const [code] of missed) findings.add(code);
  const bound = check?.signingCertificate === 'match' && attributes?.signingCertificate?.version === 2;
  return missed.length === 0 && bound && !isWeakDigest(cms.digest) && attributes !== null;
}
