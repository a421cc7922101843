/** Characters that no font of the letter has: which, and where they stand. */
import type { ErrorShape, LetterContent } from '../../main/core/contract/index.ts';

/** As GLYPH_MISSING names them: "😀 (U+1F600), U+0007". */
export function missingCharacters(problems: readonly ErrorShape[]): ReadonlySet<string> {
  const named = problems.flatMap(({ code, params }) =>
    code === 'GLYPH_MISSING' ? String(params?.['characters'] ?? '').split(', ') : [],
  );
  const found = named.map((one) =>
    [...one.matchAll(/U\+([0-9A-F]{4,6})/g)]
      .map(([, hex]) => String.fromCodePoint(Number.parseInt(hex ?? '0', 16)))
      .join(''),
  );
  return new Set(found.filter((one) => one !== ''));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** Names of the fields that hold one of the characters, in the form's order. */
export function fieldsWith(content: LetterContent, characters: ReadonlySet<string>): string[] {
  const { event, details } = content;
  const fields: readonly (readonly [field: string, texts: readonly string[]])[] = [
    ['classification', [content.classification]],
    ['subject', [content.subject]],
    ['attachments', [content.attachments]],
    ['recipients', textsOf(content.recipients)],
    ['copies', textsOf(content.copies)],
    ...Object.entries(event ?? {}).map(([part, text]) => [`event.${part}`, textsOf(text)] as const),
    ...Object.entries(details ?? {}).map(([name, text]) => [`details.${name}`, [text]] as const),
    ['body', textsOf(content.body)],
  ];
  return fields
    .filter(([, texts]) => texts.some((text) => [...characters].some((one) => text.includes(one))))
    .map(([field]) => field);
}
