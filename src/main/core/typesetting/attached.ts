import type { AttachedDocument } from '../contract/index.ts';
import { plainLine } from './characters.ts';
import type { Profile } from './profile.ts';

/** Margins of attachment pages in millimetres; the lower one is the profile's, for the footer. */
export const margins = { side: 20, top: 18 } as const;
/** What stands above a picture needs so much (a title of two lines, or number and date under the numeral). */
const headHeight = 24;
/** Who signed, at the lower right of a last page. */
const signatureHeight = 34;

/** One page of an attachment; sizes in millimetres. */
interface SheetView {
  /** Counts the pictures of the letter from 0. */
  readonly marker: number;
  readonly flipped: boolean;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly alt: string;
  readonly first: boolean;
  readonly signed: boolean;
}

interface DocumentView {
  /** "Lampiran I". */
  readonly name: string;
  readonly title: string;
  readonly sheets: readonly SheetView[];
}

/**
 * How the attachments stand on their pages: as large as they are, or as they fit; across a turned page where they are
 * wider than high and would have to be made smaller.
 * @param signs whether each one's last page says who signed.
 */
export function attachedView(
  attached: readonly AttachedDocument[],
  profile: Profile,
  signs: boolean,
): readonly DocumentView[] {
  let marker = 0;
  return attached.map((document, index) => {
    const name = `Lampiran ${roman(index + 1)}`;
    const { title, pages } = document;
    const sheets = pages.map((page, at): SheetView => {
      const last = at === pages.length - 1;
      const reserved = headHeight + (signs && last ? signatureHeight : 0);
      const flipped = page.width > page.height && page.width > profile.paper.width - 2 * margins.side;
      const [paperWidth, paperHeight] = flipped
        ? [profile.paper.height, profile.paper.width]
        : [profile.paper.width, profile.paper.height];
      const room = {
        width: paperWidth - 2 * margins.side,
        height: paperHeight - margins.top - profile.margins.bottom - reserved,
      };
      const scale = Math.min(1, room.width / page.width, room.height / page.height);
      const label = `lembar ${at + 1} dari ${pages.length}`;
      const words = page.words === '' ? '' : ` ${plainLine(page.words)}`;
      return {
        marker: marker++,
        flipped,
        width: page.width * scale,
        height: page.height * scale,
        label,
        alt: `${name}, ${label}: ${title}.${words}`,
        first: at === 0,
        signed: signs && last,
      };
    });
    return { name, title, sheets };
  });
}

const numerals = [
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const;

function roman(n: number): string {
  let left = n;
  let text = '';
  for (const [numeral, value] of numerals) {
    for (; left >= value; left -= value) text += numeral;
  }
  return text;
}
