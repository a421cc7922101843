/** Small questions about the content of a letter that several screens ask. */
import {
  roles,
  type Addressee,
  type Kind,
  type LetterContent,
  type Person,
  type Role,
} from '../../main/core/contract/index.ts';
import { today } from './format.ts';

const emptyEvent = () => ({ date: today(), time: '', place: '', agenda: '' });

/** Changes the kind and keeps everything typed: what the new kind does not print waits for the old one. */
export const withKind = (content: LetterContent, kind: Kind): LetterContent => ({
  ...content,
  kind: kind.id,
  event: kind.event ? (content.event ?? emptyEvent()) : content.event,
  ...(kind.fields.length > 0 ? { details: content.details ?? {} } : {}),
});

export const personAsAddressee = (person: Person): Addressee => ({
  accountId: person.accountId,
  name: person.post || person.name,
  place: '',
});

export const outsideAddressee: Addressee = { accountId: null, name: '', place: '' };

/** Name with titles, as it is printed under a letter. */
export function fullName(person: {
  readonly name: string;
  readonly frontTitle: string;
  readonly backTitle: string;
}): string {
  const front = person.frontTitle.trim() === '' ? '' : `${person.frontTitle.trim()} `;
  const back = person.backTitle.trim() === '' ? '' : `, ${person.backTitle.trim()}`;
  return `${front}${person.name}${back}`;
}

/** Roles by name, always in the same order. */
export const rolesInWords = (held: readonly Role[], words: Readonly<Record<Role, string>>): string =>
  roles
    .filter((role) => held.includes(role))
    .map((role) => words[role])
    .join(', ');

/** "Dra. Siti Rahmawati, M.Si." → "SR": the first letters of the first and the last word, titles left out. */
export function initials(name: string): string {
  const plain = name.split(',')[0] ?? '';
  const words = plain.split(/\s+/u).filter((word) => word !== '' && !word.endsWith('.'));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
