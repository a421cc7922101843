import {
  byteRangePlaceholder,
  contentsPlaceholder,
  dict,
  isArray,
  name,
  nextObjectNumber,
  ref,
  reserved,
  withEntries,
  writeUpdate,
} from '../pdf/index.ts';
import type { PdfFile, Tail, UpdateObject } from '../pdf/index.ts';
import { emptyAppearance } from './appearance.ts';
import { listOnPage, newTarget, pageAt, updateForm } from './form.ts';
import type { GrowingFile } from './growing.ts';
import type { ValidationServices } from './services.ts';
import { requestTimestamp } from './timestamping.ts';
import type { Stamping } from './timestamping.ts';

/** Room for a token with its certificates; a larger one is asked for once more with the room it takes. */
export const tokenRoom = 12_288;
const largestToken = 128 * 1024;
/** Tokens of one authority differ by a few octets from one to the next. */
const slack = 512;

/**
 * Appends a document timestamp over the whole file (ISO 32000-2 §12.8.5, EN 319 142-1 §5.5): an invisible field
 * on the first page, /SubFilter /ETSI.RFC3161, no claimed time, no name. Permitted after every certification
 * (ISO 32000-2 §12.8.2.2.2).
 * @throws AppError TIMESTAMP_REFUSED {reason}
 */
export async function appendDocumentTimestamp(
  file: GrowingFile,
  services: ValidationServices,
): Promise<Stamping> {
  let room = tokenRoom;
  for (let attempt = 0; attempt < 2; attempt++) {
    const { base, tail, spans } = fieldRevision(file.parse(), room);
    const range = spans.get('byteRange');
    const contents = spans.get('contents');
    if (!range || !contents) throw new TypeError('The update holds no timestamp.');
    const text = `[0 ${contents.start} ${contents.end} ${base + tail.length - contents.end}]`;
    const buffer = Buffer.from(tail.buffer, tail.byteOffset, tail.length);
    buffer.write(text.padEnd(range.end - range.start), range.start - base, 'latin1');
    const covered = [tail.subarray(0, contents.start - base), tail.subarray(contents.end - base)];
    const stamping = await requestTimestamp(await file.digest('sha256', covered), services);
    const { stamp } = stamping;
    if (!stamp) return stamping;
    if (stamp.token.length <= room) {
      const hexadecimal = Buffer.from(stamp.token).toString('hex').toUpperCase();
      buffer.write(hexadecimal, contents.start - base + 1, 'latin1');
      file.append(tail);
      return stamping;
    }
    if (stamp.token.length > largestToken) break;
    room = stamp.token.length + slack;
  }
  return { stamp: null, lowering: { code: 'TSA_ANSWER_TOO_LARGE', reason: null } };
}

function fieldRevision(file: PdfFile, room: number): Tail {
  let next = nextObjectNumber(file);
  const value = ref(next++);
  const drawn = ref(next++);
  const page = pageAt(file, 1);
  const { field, rect } = newTarget(file, undefined, page, [0, 0, 0, 0], next);
  const stamp = dict({
    Type: name('DocTimeStamp'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.RFC3161'),
    ByteRange: reserved('byteRange', byteRangePlaceholder),
    Contents: reserved('contents', contentsPlaceholder(room)),
  });
  const widget = withEntries(field.dict, { V: value, AP: dict({ N: drawn }) });
  const objects: UpdateObject[] = [
    { num: value.num, value: stamp },
    { num: field.ref.num, value: widget },
    ...emptyAppearance(rect, drawn),
    listOnPage(file, page, field.ref),
    ...updateForm(file, field.ref, null),
  ];
  // some writers let a page's /Annots and the form's /Fields be one array object
  const once = objects.filter(
    ({ num, value: list }, index) => !isArray(list) || objects.findIndex((one) => one.num === num) === index,
  );
  return writeUpdate(file, { objects: once });
}
