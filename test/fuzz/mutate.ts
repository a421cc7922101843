/** Ways to spoil bytes, the same sequence on every machine. */

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pdfWords: readonly string[] = [
  '1 0 obj',
  'endobj',
  'stream',
  'endstream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '/Length 999999999',
  '/Prev 0',
  '/Prev 15',
  '/Size -1',
  '/Kids [3 0 R]',
  '0 R',
  '/ByteRange [0 0 0 0]',
  '/Type /ObjStm',
  '/Type /XRef',
  '/W [9 9 9]',
  '/N 1000000',
  '/Filter /LZWDecode',
  '4294967296',
  '-1',
  '/XRefStm 9',
  '/Parent 3 0 R',
  '/Annots [3 0 R]',
  '/Encrypt 1 0 R',
  '/Filter [/FlateDecode /FlateDecode /FlateDecode]',
  '/DecodeParms <</Predictor 15 /Columns 99999999>>',
];

/** Tags, lengths and identifiers of DER and BER, as Latin-1. */
const derWords: readonly string[] = [
  '\x30\x80',
  '\x30\x84\xff\xff\xff\xff',
  '\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff',
  '\x00\x00',
  '\x31\x00',
  '\x02\x01\x00',
  '\x02\x81\x01\x00',
  '\x04\x80',
  '\x24\x80\x04\x01\x00\x00\x00',
  '\x06\x00',
  '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02',
  '\x06\x0b\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01',
  '\xa0\x80',
  '\x1f\xff\xff\xff\xff\x7f\x00',
  '\x17\x0d999999999999Z',
  '\x03\x01\x09',
];

export type Words = 'pdf' | 'der';

/** One to four of: another byte, bytes away, a word in, a word over, a piece twice, the rest cut off. */
export function mutate(source: Uint8Array, random: () => number, kind: Words = 'pdf'): Uint8Array {
  const words = kind === 'pdf' ? pdfWords : derWords;
  const below = (limit: number): number => Math.floor(random() * limit);
  const word = (): Buffer => Buffer.from(words[below(words.length)] ?? '', 'latin1');
  let bytes = Buffer.from(source);
  for (let count = 1 + below(4); count > 0; count--) {
    const at = below(bytes.length);
    switch (below(6)) {
      case 0:
        bytes[at] = below(256);
        break;
      case 1:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(200))]);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), word(), bytes.subarray(at)]);
        break;
      case 3:
        word().copy(bytes, at);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1))]);
        break;
      default:
        bytes = bytes.subarray(0, at + 1);
    }
    if (bytes.length === 0) return new Uint8Array(0);
  }
  return Uint8Array.from(bytes);
}
