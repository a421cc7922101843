import { deflateSync } from 'node:zlib';
import { AppError } from '../contract/errors.ts';
import { array, byteString, dict, name, ref, stream } from '../pdf/index.ts';
import type { PdfRef, UpdateObject } from '../pdf/index.ts';
import { readTrueType, subsetTag } from './truetype.ts';
import type { Glyph } from './truetype.ts';

/**
 * Lines of text with an embedded font as PDF/A-2 wants it (§6.2.11): a composite font with Identity-H, glyph
 * numbers as character codes, and a ToUnicode map so that the mark can be read out and searched. Characters
 * are set one after the other: no shaping and no right-to-left order.
 */
export interface SetText {
  readonly lines: readonly SetLine[];
  /** Thousandths of the font size. */
  readonly ascent: number;
  readonly descent: number;
  readonly font: PdfRef;
  readonly objects: readonly UpdateObject[];
}

export interface SetLine {
  /** Hexadecimal codes for a Tj operator, without brackets. */
  readonly codes: string;
  /** Thousandths of the font size. */
  readonly width: number;
}

/** How many objects `setText` makes. */
export const fontObjects = 5;

/**
 * @param next the first of `fontObjects` object numbers to use.
 * @throws AppError GLYPH_MISSING {characters}; SIGN_FAILED {reason: FONT}
 */
export function setText(texts: readonly string[], fontBytes: Uint8Array, next: number): SetText {
  const font = readTrueType(fontBytes);
  const used = new Map<string, Glyph>();
  const missing = new Set<string>();
  const lines = texts.map((text): SetLine => {
    let codes = '';
    let width = 0;
    for (const character of text.normalize('NFC')) {
      const glyph = font.glyph(character.codePointAt(0) ?? 0);
      if (!glyph) {
        missing.add(character);
        continue;
      }
      used.set(character, glyph);
      codes += hex4(glyph.id);
      width += glyph.width;
    }
    return { codes, width };
  });
  if (missing.size > 0) throw new AppError('GLYPH_MISSING', { characters: [...missing].join(' ') });

  const ids = new Set([...used.values()].map((glyph) => glyph.id));
  const program = font.subset(ids);
  const fontName = `${subsetTag(ids)}+${font.postScriptName}`;
  const file = next;
  const descriptor = next + 1;
  const descendant = next + 2;
  const unicode = next + 3;
  const composite = next + 4;
  const widths = new Map([...used.values()].map((glyph) => [glyph.id, glyph.width]));
  const objects: UpdateObject[] = [
    { num: file, value: compressed(program, { Length1: program.length }) },
    {
      num: descriptor,
      value: dict({
        Type: name('FontDescriptor'),
        FontName: name(fontName),
        Flags: 4, // symbolic: its codes are glyph numbers
        FontBBox: array(...font.box),
        ItalicAngle: 0,
        Ascent: font.ascent,
        Descent: font.descent,
        CapHeight: font.ascent,
        StemV: 80,
        FontFile2: ref(file),
      }),
    },
    {
      num: descendant,
      value: dict({
        Type: name('Font'),
        Subtype: name('CIDFontType2'),
        BaseFont: name(fontName),
        CIDSystemInfo: dict({
          Registry: byteString(Buffer.from('Adobe')),
          Ordering: byteString(Buffer.from('Identity')),
          Supplement: 0,
        }),
        FontDescriptor: ref(descriptor),
        W: array(...[...widths].flatMap(([id, width]) => [id, array(width)])),
        CIDToGIDMap: name('Identity'),
      }),
    },
    { num: unicode, value: compressed(Buffer.from(toUnicode(used), 'latin1'), {}) },
    {
      num: composite,
      value: dict({
        Type: name('Font'),
        Subtype: name('Type0'),
        BaseFont: name(fontName),
        Encoding: name('Identity-H'),
        DescendantFonts: array(ref(descendant)),
        ToUnicode: ref(unicode),
      }),
    },
  ];
  return { lines, ascent: font.ascent, descent: font.descent, font: ref(composite), objects };
}

const hex4 = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

const compressed = (bytes: Buffer, entries: Readonly<Record<string, number>>): UpdateObject['value'] =>
  stream({ ...entries, Filter: name('FlateDecode') }, Uint8Array.from(deflateSync(bytes)));

/** ISO 32000-2 §9.10.3; at most 100 lines in a block (Adobe technical note 5014). */
function toUnicode(used: ReadonlyMap<string, Glyph>): string {
  const rows = [...used].map(
    ([character, { id }]) => `<${hex4(id)}> <${Buffer.from(character, 'utf16le').swap16().toString('hex')}>`,
  );
  const blocks: string[] = [];
  for (let at = 0; at < rows.length; at += 100) {
    const block = rows.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`);
  }
  return (
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n' +
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n' +
    `1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks.join('')}` +
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n'
  );
}
