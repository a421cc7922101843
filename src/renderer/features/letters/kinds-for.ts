import type { Kind, Language } from '../../../main/core/contract/index.ts';
import { plainWords } from '../../../main/core/contract/index.ts';

/** Kinds whose name, or purpose, holds every word of the query; in any order, without case and accents. */
export function kindsFor(kinds: readonly Kind[], query: string, language: Language): readonly Kind[] {
  const words = plainWords(query);
  return kinds.filter((kind) => {
    const about = plainWords(`${kind.name[language]} ${kind.label} ${kind.about[language]}`).join(' ');
    return words.every((word) => about.includes(word));
  });
}
