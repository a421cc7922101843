import { createHash } from 'node:crypto';
import {
  appendUpdate,
  array,
  byteRangePlaceholder,
  contentsPlaceholder,
  dateString,
  dict,
  name,
  nextObjectNumber,
  pages,
  parsePdf,
  ref,
  reserved,
  textString,
  withEntries,
} from '../../../src/main/core/pdf/index.ts';
import type { Entries, PdfFile, Span, UpdateObject } from '../../../src/main/core/pdf/index.ts';
import { buildSignedData, signerFromPkcs8 } from '../../../src/main/core/pki/index.ts';
import { fixedNow } from '../../fixtures/pki.ts';
import type { TestCertificate } from '../../fixtures/pki.ts';

/** A signature put together piece by piece, so that each piece can be wrong. */
export interface HandMade {
  readonly subFilter?: string;
  readonly capacity?: number;
  /** Entries of the signature dictionary, over the usual ones. */
  readonly entries?: Entries;
  readonly fieldName?: string;
  /** Given the true range, what to write instead. */
  readonly byteRange?: (range: readonly number[]) => readonly (number | string)[];
  readonly more?: (num: number) => readonly UpdateObject[];
  /** Further fields for the form, by number. */
  readonly also?: readonly number[];
  /** The object that shall hold /Contents, instead of the dictionary. */
  readonly ownContents?: number;
  /** Text behind %%EOF, covered too. */
  readonly behind?: string;
  /** The object that shall hold /ByteRange. */
  readonly ownByteRange?: number;
}

export type MakeCms = (signed: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** PAdES-B-B CMS by one of the fixtures' certificates. */
export const cmsBy =
  (who: TestCertificate): MakeCms =>
  (signed) => {
    const signer = signerFromPkcs8(who.privateKey, who.certificate, who.chain);
    const messageDigest = createHash(signer.algorithm.digest).update(signed).digest();
    return buildSignedData({ messageDigest, signer });
  };

export async function signByHand(pdf: Uint8Array, make: MakeCms, how: HandMade = {}): Promise<Uint8Array> {
  const file = parsePdf(pdf);
  const { bytes, contents, byteRange } = place(file, how);
  const out = Uint8Array.from(Buffer.concat([bytes, Buffer.from(how.behind ?? '', 'latin1')]));
  const range = [0, contents.start, contents.end, out.length - contents.end];
  const text = `[${(how.byteRange?.(range) ?? range).join(' ')}]`;
  write(out, byteRange.start, text.padEnd(byteRange.end - byteRange.start));
  const signed = Buffer.concat([out.subarray(0, contents.start), out.subarray(contents.end)]);
  write(out, contents.start + 1, Buffer.from(await make(signed)).toString('hex'));
  return out;
}

function place(file: PdfFile, how: HandMade): { bytes: Uint8Array; contents: Span; byteRange: Span } {
  const num = nextObjectNumber(file);
  const catalog = file.catalog();
  const [page] = pages(file);
  if (!catalog?.ref || !page) throw new Error('no page to sign');
  const hex = reserved('contents', contentsPlaceholder(how.capacity ?? 6_000));
  const range = reserved('byteRange', byteRangePlaceholder);
  const value = dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name(how.subFilter ?? 'ETSI.CAdES.detached'),
    M: dateString(fixedNow),
    ByteRange: how.ownByteRange ? ref(how.ownByteRange) : range,
    Contents: how.ownContents ? ref(how.ownContents) : hex,
    ...how.entries,
  });
  const field = dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: textString(how.fieldName ?? 'S1'),
    Rect: array(0, 0, 0, 0),
    F: 132,
    V: ref(num),
  });
  const form = file.get(catalog.dict, 'AcroForm');
  const old = file.get(form, 'Fields');
  const fields = typeof old === 'object' && old?.kind === 'array' ? old.items : [];
  const also = (how.also ?? []).map((one) => ref(one));
  const { bytes, spans } = appendUpdate(file, {
    objects: [
      { num, value },
      { num: num + 1, value: field },
      {
        num: catalog.ref.num,
        value: withEntries(catalog.dict, {
          AcroForm: dict({ Fields: array(...fields, ref(num + 1), ...also), SigFlags: 3 }),
        }),
      },
      ...(how.more?.(num + 2) ?? []),
      ...(how.ownByteRange ? [{ num: how.ownByteRange, value: range }] : []),
      ...(how.ownContents ? [{ num: how.ownContents, value: hex }] : []),
    ],
  });
  const nowhere = { start: bytes.length, end: bytes.length };
  return { bytes, contents: spans.get('contents') ?? nowhere, byteRange: spans.get('byteRange') ?? nowhere };
}

function write(bytes: Uint8Array, at: number, text: string): void {
  if (at >= bytes.length) return;
  bytes.set(Buffer.from(text, 'latin1'), at);
}
