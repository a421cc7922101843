/** The audit log in words: which acts they are, what is known of them, and pages put together. Pure. */
import {
  securityClasses,
  roles,
  type AuditLine,
  type AuditPage,
  type Language,
} from '../../../main/core/contract/index.ts';
import { dateTime, plainDate } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';

/** What was done, in words; the code itself where there are none yet. */
export const actionOf = (line: AuditLine, text: Catalogue): string =>
  text.audit.actions[line.action] ?? line.action;

const isOneOf = <T extends string>(all: readonly T[], value: string): value is T =>
  (all as readonly string[]).includes(value);

/** The name of a person or a post by its id; null for everything else. */
export type NameOf = (id: string) => string | null;

/** Facts whose words are roles or classes, several of them with commas or spaces between. */
const named = new Set(['roles', 'security', 'before', 'after', 'from', 'to']);

/** One value of a fact as people read it: dates in words, roles and classes by name, the beginning of a digest. */
function valueOf(
  key: string,
  value: string | number | boolean,
  text: Catalogue,
  language: Language,
  nameOf: NameOf,
): string {
  if (typeof value === 'boolean') return value ? text.common.yes : text.common.no;
  if (typeof value === 'number') return String(value);
  const known = nameOf(value) ?? text.audit.values[`${key} ${value}`];
  if (known !== undefined) return known;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return plainDate(value, language);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return dateTime(value, language);
  if (/^[0-9a-f]{64}$/.test(value)) return `${value.slice(0, 16)}…`;
  if (!named.has(key)) return value;
  return value
    .split(/([,\s]+)/)
    .map((word) => (/^\s*,\s*$/.test(word) ? ', ' : word))
    .map((word) => {
      if (isOneOf(roles, word)) return text.people.role[word];
      return isOneOf(securityClasses, word) ? text.letters.security[word] : word;
    })
    .join('');
}

/** Somebody else on whose account it was done. */
function aboutOf(line: AuditLine, text: Catalogue, nameOf: NameOf): readonly (readonly [string, string])[] {
  const name = line.entity === 'account' ? nameOf(line.entityId) : null;
  return name === null || name === line.actor ? [] : [[text.audit.facts['person'] ?? '', name]];
}

/** Whom the act was about, then its facts by name, in the order in which they were written. */
export const factsOf = (
  line: AuditLine,
  text: Catalogue,
  language: Language,
  nameOf: NameOf = () => null,
): readonly (readonly [string, string])[] => [
  ...aboutOf(line, text, nameOf),
  ...Object.entries(line.facts).map(
    ([key, value]) => [text.audit.facts[key] ?? key, valueOf(key, value, text, language, nameOf)] as const,
  ),
];

/**
 * Lines seen so far with the newest page on top, newest first. Where so much has happened that the page no longer
 * reaches what was seen, the older lines go: there would be a gap that nobody sees.
 */
export function withNewest(seen: readonly AuditLine[], newest: AuditPage): readonly AuditLine[] {
  const oldest = newest.lines.at(-1);
  if (!oldest) return [];
  const older = seen.filter((line) => line.seq < oldest.seq);
  const reaches = older[0] === undefined || seen.some((line) => line.seq >= oldest.seq);
  return reaches ? [...newest.lines, ...older] : newest.lines;
}
