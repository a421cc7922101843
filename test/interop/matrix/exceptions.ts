import type { Cell } from './cells.ts';

/**
 * Where a program cannot judge what we sign, and what it says instead. Each is asserted like a verdict: a newer
 * program that learns it makes the test fail, and the line is taken out.
 */
interface Exception {
  readonly judge: 'pdfsig' | 'openssl' | 'mutool';
  readonly why: string;
  readonly applies: (cell: Cell) => boolean;
  readonly says: string;
}

const beyondPkcs7 = ({ key }: Cell): boolean => key.startsWith('pss-') || key === 'ed25519';

const exceptions: readonly Exception[] = [
  {
    judge: 'pdfsig',
    why: 'poppler 22.12 on NSS knows no Ed25519 in CMS (SIGNATURES, Traps)',
    applies: ({ key }) => key === 'ed25519',
    says: "Document isn't signed or corrupted data.",
  },
  {
    judge: 'openssl',
    why: 'the cms command of OpenSSL 3.0 hands Ed25519 a digest; keys-algorithms.test.ts asks `openssl pkeyutl` instead',
    applies: ({ key }) => key === 'ed25519',
    says: 'invalid digest',
  },
  {
    judge: 'mutool',
    why: 'mupdf 1.21 verifies by PKCS7_verify, which takes neither PSS parameters nor Ed25519',
    applies: (cell) => beyondPkcs7(cell),
    says: 'Digest error: Unknown error.',
  },
  {
    judge: 'mutool',
    why: 'mupdf 1.21 calls what stands behind the signature, a security store or a document timestamp, an edit',
    applies: (cell) => (cell.level === 'lt' || cell.level === 'lta') && !beyondPkcs7(cell),
    says: 'edits since signing.',
  },
];

/** What each judge has to say of a cell. */
export function expectedOf(cell: Cell): Readonly<Record<string, string>> {
  const found = exceptions.filter(({ applies }) => applies(cell));
  return {
    ours: `B-${cell.level.toUpperCase()}`,
    pdfsig: 'valid',
    openssl: 'valid',
    qpdf: 'valid',
    mutool: 'valid',
    ...Object.fromEntries(found.map(({ judge, says }) => [judge, says])),
  };
}
