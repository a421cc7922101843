/** Texts for the problem codes of a verification report; both languages hold the same keys (a test compares). */
export const report: Readonly<Record<string, string>> = {
  // the form of the signature
  SIGNATURE_VALUE_UNREADABLE:
    'The signature field is filled in, but what it holds cannot be read as a signature.',
  SIGNATURE_DICTIONARY_AMBIGUOUS:
    'The signature says the same thing twice ({key}), so programs may read it differently. It counts as broken.',
  SIGNATURE_OUTSIDE_ITS_RANGE:
    'The data of the signature stands outside the part of the file that it covers.',
  CONTENTS_MISSING: 'The signature holds no signature value.',
  CONTENTS_EMPTY: 'The place for the signature is prepared, but nobody has signed there.',
  BYTE_RANGE_MISSING: 'The signature does not say which part of the file it covers.',
  BYTE_RANGE_MALFORMED: 'What the signature says about the part that it covers is not well-formed.',
  BYTE_RANGE_NOT_FROM_START: 'The signature does not cover the beginning of the file.',
  BYTE_RANGE_OUTSIDE_FILE: 'The signature claims to cover more than the file holds. The file may be cut off.',
  BYTE_RANGE_GAP_WRONG:
    'The signature leaves out more, or something else, than its own value. Text could have been exchanged there.',
  BYTE_RANGE_END_WRONG:
    'The signature does not cover the document up to the end of the version that was signed.',
  BYTE_RANGE_OVERLAP: 'Two signatures claim the same place in the file.',
  CMS_UNREADABLE: 'The signature value is damaged and cannot be read.',
  CMS_SIGNER_COUNT: 'The signature value holds {count} signers; exactly one is allowed.',
  CMS_CONTENT_NOT_DETACHED: 'The signature value brings its own content instead of signing this file.',
  CMS_CONTENT_TYPE_WRONG: 'The signature value was not made for a document.',
  SUBFILTER_UNSUPPORTED: 'Signatures of the kind "{name}" cannot be judged by this version.',

  // the signature itself
  DIGEST_MISMATCH: 'The document was changed after it was signed: its fingerprint no longer matches.',
  SIGNATURE_INVALID: 'The signature value does not belong to this document and this certificate.',
  ALGORITHMS_CONTRADICT: 'The signature contradicts itself about the algorithms that were used.',
  SIGNED_ATTRIBUTES_WRONG: 'Statements that every signature must protect are missing or wrong.',
  SIGNING_CERTIFICATE_MISMATCH:
    'The certificate is not the one that the signer signed with. It may have been exchanged.',
  SIGNER_CERTIFICATE_MISSING: "The signer's certificate is not in the file, so it cannot be said who signed.",
  ALGORITHM_UNSUPPORTED: 'The signature uses an algorithm that this version cannot check.',
  SIGNING_CERTIFICATE_NOT_NAMED: 'The signature does not protect which certificate belongs to it.',

  // trust
  ISSUER_NOT_TRUSTED:
    'The issuer "{issuer}" is not in the trust list, so it is not known whether the signer is who the certificate says.',
  CHAIN_BROKEN:
    'The certificate "{certificate}" was not really issued by the issuer that it names, or this cannot be checked.',
  CHAIN_RULE_BROKEN: 'The certificate "{certificate}" breaks a rule that its issuer has set.',
  CERTIFICATE_EXPIRED:
    'The certificate "{certificate}" expired on {date}, and there is no proof that the signature was made before.',
  CERTIFICATE_NOT_YET_VALID: 'The certificate "{certificate}" is valid only from {date}.',
  SIGNER_KEY_USAGE: 'The certificate "{certificate}" is not meant for signing documents.',
  TIMESTAMP_KEY_USAGE: 'The certificate "{certificate}" is not meant for time stamps.',
  DIGEST_WEAK: 'The signature rests on {algorithm}, which can be forged today.',
  KEY_WEAK: "The signer's key ({key}) is too short to be safe today.",
  CHAIN_ALGORITHM_WEAK:
    'The certificate "{certificate}" rests on an algorithm or a key that is no longer safe.',
  CERTIFICATE_REVOKED:
    'The certificate "{certificate}" was withdrawn (revoked) by its issuer on {date}, and nothing proves that the signature was made before.',
  ISSUER_REVOKED:
    'The certificate "{certificate}" of the issuer was withdrawn (revoked) on {date}, and nothing proves that the signature was made before.',
  REVOCATION_NOT_CHECKED:
    'Whether the certificate was withdrawn (revoked) by its issuer could not be checked. This does not mean that it was.',
  REVOCATION_NOT_OFFERED:
    'The issuer publishes no list of withdrawn (revoked) certificates, so there was nothing to check.',

  // after the signature
  CHANGES_FORBIDDEN: 'After this signature the file was changed in a way that nothing permits.',
  CHANGES_BEYOND_LEVEL:
    'After this signature the file was changed more than the certification or the signer permits.',
  FIELD_LOCKED: 'The field "{field}" was changed although a signature had locked it.',
  SIGNATURE_REMOVED:
    'A later version of the file took this signature out of its field. Whatever else the file says now, the signed document was changed afterwards.',
  EXTERNAL_CONTENT: 'The file takes content from another file, which the signature does not protect.',
  CHANGES_NOT_JUDGED: 'The file was extended after this signature in a way that cannot be judged.',
  FILE_NEEDS_REPAIR:
    'The file is not built as it should be; other programs may show something else than was signed.',

  // notes
  TIMESTAMP_INVALID:
    'A time stamp on this signature does not belong to it, so the time of signing is not proven.',
  TIMESTAMP_ORDER: 'The time stamps contradict each other: an earlier one states a later time.',
  TIMESTAMP_UNTRUSTED:
    'The signature carries a time stamp whose issuer is not trusted or could not be checked. It proves nothing about the time of signing.',
  PICTURE_NOT_COMPARED:
    'The signed pages could not be compared with the present ones as pictures, so changes that can be seen were not fully judged',
  FIELD_VALUE_SHARED: 'The field "{field}" shows the same signature once more.',
  BASELINE_SIGNING_TIME:
    'The time of signing stands in a place that the PAdES standard does not allow. The signature itself is not affected.',
  BASELINE_DATE_MISSING:
    'The signature does not state its date as the PAdES standard asks. The signature itself is not affected.',
  BASELINE_CERT_ENTRY:
    'The certificate stands in a place that the PAdES standard does not allow. The signature itself is not affected.',
  BASELINE_ATTRIBUTE_ORDER:
    'The protected statements are not in the order that the PAdES standard asks. The signature itself is not affected.',
  BASELINE_REASON_TWICE:
    'The reason for signing is stated in two ways, which the PAdES standard does not allow. The signature itself is not affected.',
  BASELINE_DICTIONARY:
    'The signature is not described as the PAdES standard asks. The signature itself is not affected.',

  // the file
  FILE_UNREADABLE: 'The file cannot be read as PDF. It may be damaged, cut off, or something else.',
  FILE_ENCRYPTED: 'The file is protected by a password; without it, it cannot be read.',
  FILE_PASSWORD_WRONG: 'The password does not open this file.',
  FILE_ENCRYPTION_UNSUPPORTED: 'The file is encrypted in a way that this version cannot read.',
  UNREADABLE_HOLDS_SIGNATURE: 'The file holds traces of a signature, but it cannot be judged.',
  FILE_REPAIR_NEEDED:
    'The file is not built as it should be and would have to be repaired before it can be relied on.',
  STRAY_SIGNATURE:
    'The file holds signature data that no signature field leads to. It may have been removed or replaced.',
  TOO_MANY_SIGNATURES:
    'The file holds more signatures than this version judges; only the first ones are listed.',
  USAGE_RIGHTS_SIGNATURE:
    'The file holds a usage-rights mark of a PDF program. It is not the signature of a person.',

  // what was changed, and where
  CHANGE_SIGNATURE_REMOVED: 'The signature was taken out of its field',
  CHANGE_FOREIGN_BYTES: 'Data that belongs to no proper version of the file',
  CHANGE_TRAILING_BYTES: 'Data behind the signed part',
  CHANGE_DSS: 'Evidence for later checking was added (certificates, revocation data)',
  CHANGE_DOCUMENT_TIMESTAMP: 'A time stamp over the whole document was added',
  CHANGE_METADATA: 'Statements about the document ({detail}) were changed; no page shows them',
  CHANGE_EXTENSIONS: 'A note on the PDF features in use was added',
  CHANGE_INTEGRITY_CODE: 'The integrity code of the encrypted file was renewed',
  CHANGE_NOTHING_SHOWN: 'A new version was saved; nothing in it changes the document',
  CHANGE_SIGNATURE_ADDED: 'A further signature was added',
  CHANGE_SIGNATURE_FIELD_ADDED: 'A field for a signature was added',
  CHANGE_TIMESTAMP_VISIBLE: 'A visible time stamp was added',
  CHANGE_FIELD_FILLED: 'A form field was filled in',
  CHANGE_ANNOTATION_ADDED: 'A comment was added ({detail})',
  CHANGE_ANNOTATION_CHANGED: 'A comment was changed ({detail})',
  CHANGE_ANNOTATION_REMOVED: 'A comment was removed ({detail})',
  CHANGE_ANNOTATION_KIND:
    'Something that can cover or alter the page was added, changed or removed ({detail})',
  CHANGE_CATALOG_CHANGED: 'The structure of the document was changed ({detail})',
  CHANGE_CERTIFICATION_LATE: 'A certification was added although the document was already signed',
  CHANGE_DOCUMENT_CHANGED: 'The document itself was changed ({detail})',
  CHANGE_FIELD_ADDED: 'A form field was added',
  CHANGE_FIELD_APPEARANCE: 'The picture of a form field was exchanged while its value stayed',
  CHANGE_FIELD_REMOVED: 'A form field was removed',
  CHANGE_FIELD_STRUCTURE: 'A form field was rebuilt ({detail})',
  CHANGE_FORM_CHANGED: 'The form as a whole was changed ({detail})',
  CHANGE_OBJECT_SHARED: 'A part that is also used elsewhere in the document was changed',
  CHANGE_OBJECT_STREAM_CHANGED:
    'Packed parts of the document were written anew, so that programs may read them differently',
  CHANGE_PAGE_CHANGED: 'A page was changed ({detail})',
  CHANGE_PAGE_TREE: 'Pages were added, removed or reordered',
  CHANGE_PICTURE_CHANGED: 'A page looks different from what was signed',
  CHANGE_CONTENT_COVERED: 'Something that was added covers what was signed',
  CHANGE_CONTENT_REVEALED: 'Something that covered what was signed was taken away',
  CHANGE_SIGNATURE_REPLACED: 'A signature was replaced by another one',
  CHANGE_TOO_MUCH_TO_JUDGE: 'The changes are too many to be judged',
  CHANGE_TRAILER_CHANGED: 'The root of the file was changed ({detail})',
  CHANGE_WIDGET_FOREIGN: 'A form element that belongs to no permitted field was put on a page',
  WHERE_REVISION: 'version {number}',
  WHERE_PAGE: 'page {number}',
  WHERE_FIELD: 'field "{name}"',
  WHERE_OBJECT: 'object {number}',
  WHERE_BYTE: 'byte {offset}',
};
