/** Small questions about the content of a letter that several screens ask. */
import type { Addressee, LetterContent, LetterKind, Person } from '../../main/core/contract/index.ts';
import { today } from './format.ts';

const emptyEvent = () => ({ date: today(), time: '', place: '', agenda: '' });

/** Changes the kind and keeps everything typed; only an invitation has an event. */
export const withKind = (content: LetterContent, kind: LetterKind): LetterContent => ({
  ...content,
  kind,
  event: kind === 'surat-undangan' ? (content.event ?? emptyEvent()) : content.event,
});

/** What is handed over: the event of a letter that is no invitation stays out. */
export const forSaving = (content: LetterContent): LetterContent =>
  content.kind === 'surat-undangan' ? content : { ...content, event: null };

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
