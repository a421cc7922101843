/** What office programs write into their HTML beside the text: lists, footnotes, and what is none of the text. */
import type { Page, Tag } from './html.ts';

export const styleOf = (tag: Tag): string => (tag.attributes['style'] ?? '').toLowerCase();
export const classOf = (tag: Tag): string => (tag.attributes['class'] ?? '').toLowerCase();

/** Text of a tag and of all in it. */
export function textOf(tag: Tag): string {
  return tag.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** A line's place in one of Word's lists. */
export interface WordList {
  readonly list: string;
  readonly level: number;
}

/** From `mso-list:l0 level2 lfo1`. */
export function wordListOf(tag: Tag): WordList | null {
  const found = /mso-list:\s*(l\d+)\s+level(\d)(?:\s+(lfo\d+))?/.exec(styleOf(tag));
  if (!found) return null;
  return { list: `${found[1] ?? ''} ${found[3] ?? ''}`, level: Math.max(1, Number(found[2])) };
}

/** The bullet or number that Word writes before the text for programs without lists. */
export const isMarker = (tag: Tag): boolean => /mso-list:\s*ignore/.test(styleOf(tag));

const numbered = /^\(?(\d{1,3}|[a-z]{1,4})(?:\.\d{1,3})*[.)]/i;

/** Null where the marker says nothing, as when it is missing. */
export function isNumbered(marker: string): boolean | null {
  const text = marker.trim();
  return text === '' ? null : numbered.test(text);
}

/** Is it the number that a list begins with? */
export const isFirst = (marker: string): boolean => /^\(?(1|a|i)[.)]/i.test(marker.trim());

/** `l0 2` for each level that the document's own styles number with bullets. */
export function bulletLevels(page: Page): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, list, level, rules] of page.styles.matchAll(
    /@list\s+(l\d{1,4}):level(\d)\s*\{([^{}]{0,1000})\}/g,
  ))
    if (/number-format:\s*(bullet|image)/.test(rules ?? '')) found.add(`${list} ${level}`);
  return found;
}

/** `_ftn3`, `_edn3`, `sdfootnote3`: the note that a reference, or the note itself, is named by. */
function noteName(text: string): string | null {
  const found = /^#?_?((?:ftn|edn|sdfootnote|sdendnote)(?:ref)?)(\d{1,4})(?:sym|anc)?$/.exec(text);
  return found ? `${(found[1] ?? '').replace('ref', '')}${found[2]}` : null;
}

/** The note that a link refers to; a note's own link back to the text refers to none. */
export function referredNote(tag: Tag): string | null {
  if (tag.name !== 'a') return null;
  const { href = '' } = tag.attributes;
  if (/^#_(ftn|edn)ref|anc$/.test(href)) return null;
  return href.startsWith('#') ? noteName(href) : null;
}

/** Its own text, without the number that leads back, by the note's name. */
export function notesOf(root: Tag): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting: Tag[] = [root];
  for (let tag = waiting.pop(); tag; tag = waiting.pop()) {
    const name = isNote(tag) ? noteName(tag.attributes['id'] ?? '') : null;
    if (name === null) {
      for (const child of tag.children) if (typeof child !== 'string') waiting.push(child);
    } else found.set(name, noteText(tag).replace(/\s+/g, ' ').trim());
  }
  return found;
}

const isNote = (tag: Tag): boolean =>
  tag.name === 'div' &&
  (/mso-element:\s*(foot|end)note(?!-)/.test(styleOf(tag)) ||
    /^sd(foot|end)note\d/.test(tag.attributes['id'] ?? ''));

const noteText = (tag: Tag): string =>
  tag.children
    .map((child) => (typeof child === 'string' ? child : leadsBack(child) ? '' : noteText(child)))
    .join('');

const leadsBack = (tag: Tag): boolean =>
  tag.name === 'a' && /^#_(ftn|edn)ref|anc$/.test(tag.attributes['href'] ?? '');

const skipped: ReadonlySet<string> = new Set(
  'head style script title meta link xml noscript iframe object embed video audio button select input textarea del map'.split(
    ' ',
  ),
);

/** Not of the text: hidden, struck out by "track changes", comments, headers, drawings, notes at the foot. */
export function isNoText(tag: Tag): boolean {
  if (skipped.has(tag.name) || /^(v|w|m|st1):/.test(tag.name)) return !tag.name.startsWith('st1:');
  const style = styleOf(tag);
  return (
    /display:\s*none|mso-hide:\s*all/.test(style) ||
    /mso-element:\s*(comment|footnote|endnote|header|footer)/.test(style) ||
    /^sd(foot|end)note\d/.test(tag.name === 'div' ? (tag.attributes['id'] ?? '') : '') ||
    /msocomment/.test(classOf(tag))
  );
}

/** A picture that somebody would miss; a dot that counts readers is none. */
export function isPicture(tag: Tag): boolean {
  if (tag.name === 'svg' || tag.name === 'canvas') return true;
  return tag.name === 'img' && !/^[012]$/.test(tag.attributes['width'] ?? '');
}
