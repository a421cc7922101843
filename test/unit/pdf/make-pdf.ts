/** PDFs written by hand, so that a test decides every byte. */

interface Section {
  /** Object number → body between `n 0 obj` and `endobj`. */
  readonly objects: Readonly<Record<number, string>>;
  /** Entries of the trailer besides /Size, /Prev. */
  readonly trailer?: string;
  readonly free?: readonly number[];
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const ten = (value: number): string => String(value).padStart(10, '0');

/** A file of classic cross-reference tables, one revision per section. */
export function makePdf(...sections: readonly Section[]): Uint8Array {
  let out = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  let previous: number | null = null;
  let size = 1;
  for (const { objects, trailer = '/Root 1 0 R', free = [] } of sections) {
    const offsets = new Map<number, number>();
    for (const [num, body] of Object.entries(objects)) {
      offsets.set(Number(num), out.length);
      out += `${num} 0 obj\n${body}\nendobj\n`;
    }
    const start = out.length;
    out += 'xref\n';
    if (previous === null) out += '0 1\n0000000000 65535 f\r\n';
    for (const [num, offset] of offsets) out += `${num} 1\n${ten(offset)} 00000 n\r\n`;
    for (const num of free) out += `${num} 1\n0000000000 00001 f\r\n`;
    size = Math.max(size, ...[...offsets.keys(), ...free].map((num) => num + 1));
    const prev: string = previous === null ? '' : ` /Prev ${previous}`;
    out += `trailer\n<</Size ${size} ${trailer}${prev}>>\nstartxref\n${start}\n%%EOF\n`;
    previous = start;
  }
  return latin1(out);
}

/** Catalog, page tree and one page: objects 1 to 4. */
export const onePage: Readonly<Record<number, string>> = {
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800]>>',
  3: '<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<>>>>',
  4: '<</Length 9>>\nstream\n0 0 m 9 w\nendstream',
};

/** The bytes with one piece of text exchanged; the text must occur. */
export function exchange(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.includes(from)) throw new Error(`"${from}" does not occur`);
  return latin1(text.replace(from, () => to));
}

export const append = (bytes: Uint8Array, text: string): Uint8Array =>
  Uint8Array.from(Buffer.concat([bytes, latin1(text)]));

export const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
