import { children, content, oid, sequenceOf, setOf, DerError, expectTag } from '../der/read.ts';
import type { Element } from '../der/read.ts';

/** Distinguished names (RFC 5280 §4.1.2.4) for reading and for comparing. */

interface NamePart {
  readonly type: string;
  readonly value: string;
}
/** Relative distinguished names in encoded order. */
export type NameParts = readonly (readonly NamePart[])[];

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};
const maximumParts = 64;

function text(element: Element): string {
  const value = Buffer.from(content(element));
  switch (element.tag) {
    case 0x0c:
      return value.toString('utf8');
    case 0x1e: // BMPString
      return value.length % 2 ? value.toString('hex') : value.swap16().toString('utf16le');
    case 0x12:
    case 0x13:
    case 0x14: // TeletexString, which issuers fill with Latin-1
    case 0x16:
    case 0x1a:
      return value.toString('latin1');
    default:
      return `#${value.toString('hex')}`;
  }
}

export function readName(element: Element | undefined): NameParts {
  const sets = sequenceOf(element);
  if (sets.length > maximumParts) throw new DerError('name with too many parts');
  return sets.map((set) =>
    setOf(set).map((pair) => {
      const [type, value] = children(expectTag(pair, 0x30));
      if (!value) throw new DerError('name part without value');
      return { type: oid(type), value: text(value) };
    }),
  );
}

/** As RFC 4514 §2 orders and escapes it (most specific part first), with a space after the comma. */
export const nameText = (name: NameParts): string =>
  name
    .toReversed()
    .map((set) =>
      set.map((part) => `${shortNames[part.type] ?? part.type}=${escapeValue(part.value)}`).join('+'),
    )
    .join(', ');

function escapeValue(value: string): string {
  const special = value.replace(/[\\,+"<>;]/g, (c) => `\\${c}`).replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
  return special.startsWith('#') || special.startsWith(' ') ? `\\${special}` : special;
}

/** The first value of a type, such as the common name `2.5.4.3`; empty where the name has none. */
export const namePart = (name: NameParts, type: string): string =>
  name.flat().find((part) => part.type === type)?.value ?? '';

/**
 * Comparable form of a name: string types, letter case and runs of spaces do not matter (RFC 5280 §7.1,
 * simplified from RFC 4518).
 */
export const nameKey = (name: NameParts): string =>
  JSON.stringify(
    name.map((set) =>
      set
        .map((part) => [part.type, part.value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')])
        .sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    ),
  );
