import { decodeStream, isDict, isStream, nameOf } from '../../pdf/index.ts';
import type { PdfValue } from '../../pdf/index.ts';
import type { Transition } from './transition.ts';

const maximumStreams = 200;
const objectDrawn = /\/([^\s/[\]<>(){}%]+)\s+Do(?![^\s/[\]<>(){}%])/g;

/**
 * Does every reader draw the same from this appearance? Some look for a name that its /Resources lack in those of
 * the page, and so draw what others leave out.
 */
export function drawsAlike(t: Transition, normal: PdfValue): boolean {
  const seen = new Set<PdfValue>();
  const waiting: PdfValue[] = [normal];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const form = t.file.resolve(value, t.to);
    if (seen.has(form)) continue;
    t.step();
    if (!isStream(form) || seen.size > maximumStreams) return false;
    seen.add(form);
    if (nameOf(t.file.get(form.dict, 'Subtype', t.to)) === 'Image') continue;
    const resources = t.file.get(form.dict, 'Resources', t.to);
    if (resources !== null && !isDict(resources)) return false;
    const objects = t.file.get(resources, 'XObject', t.to);
    for (const name of namesDrawn(t, form)) {
      const object = isDict(objects) ? objects.entries.get(name) : undefined;
      if (object === undefined) return false;
      waiting.push(object);
    }
  }
  return true;
}

function namesDrawn(t: Transition, stream: Parameters<typeof decodeStream>[0]): ReadonlySet<string> {
  try {
    const data = decodeStream(stream, (value) => t.file.resolve(value, t.to), t.decoding);
    const found = Buffer.from(data).toString('latin1').matchAll(objectDrawn);
    const plain = (name: string): string =>
      name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return new Set(Array.from(found, ([, name = '']) => plain(name)));
  } catch {
    // what cannot be read may draw anything
    return new Set(['']);
  }
}
