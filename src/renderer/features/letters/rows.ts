/** Questions about rows of the letter list: which are wanted, and how their state is shown. Pure. */
import {
  fold,
  isSignedState,
  plainWords,
  squeeze,
  type Folder,
  type LetterRow,
  type LetterState,
} from '../../../main/core/contract/index.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { Catalogue } from '../../lib/i18n/id.ts';
import type { ChipTone } from '../../ui/parts.tsx';

/** Every word of the query must be somewhere in subject, number, sender or addressees, in any order. */
export function matches(row: LetterRow, query: string): boolean {
  const words = plainWords(query);
  if (words.length === 0) return true;
  const parts = [row.subject, row.number ?? '', row.senderName, row.senderUnit, ...row.recipientNames];
  const whole = fold(parts.join(' '));
  const squeezed = parts.map((part) => squeeze(part));
  return words.every((word) => {
    const plain = squeeze(word);
    return whole.includes(word) || (plain !== '' && squeezed.some((part) => part.includes(plain)));
  });
}

export const wanted = (
  rows: readonly LetterRow[],
  query: string,
  unreadOnly: boolean,
): readonly LetterRow[] => rows.filter((row) => (!unreadOnly || isUnread(row)) && matches(row, query));

/** Not read yet: by the asker where it came in, by somebody who received it where it went out. */
export const isUnread = (row: LetterRow): boolean => row.unread || row.awaiting;

/** Of the drafts: what came back. */
export const hasComeBack = (row: LetterRow): boolean => row.state === 'returned' || row.state === 'rejected';

export interface ShownState {
  readonly key: LetterState | 'unread' | 'awaiting' | 'read';
  readonly icon: IconName;
  readonly tone: ChipTone;
}

/** How a state looks whoever asks; a signed letter depends on who does. */
const ofState: Readonly<Record<Exclude<LetterState, 'signed'>, Omit<ShownState, 'key'>>> = {
  draft: { icon: 'draft', tone: 'plain' },
  review: { icon: 'clock', tone: 'action' },
  returned: { icon: 'remark', tone: 'unsure' },
  ready: { icon: 'pen', tone: 'action' },
  reserved: { icon: 'warning', tone: 'unsure' },
  cosigning: { icon: 'pen', tone: 'action' },
  withdrawn: { icon: 'undo', tone: 'unsure' },
  revoked: { icon: 'failed', tone: 'bad' },
  replaced: { icon: 'warning', tone: 'unsure' },
  rejected: { icon: 'failed', tone: 'bad' },
  discarded: { icon: 'bin', tone: 'plain' },
  registered: { icon: 'incoming', tone: 'plain' },
  voided: { icon: 'bin', tone: 'plain' },
};

export function shownState(row: LetterRow, folder: Folder): ShownState {
  // What came from outside is read like what was signed here.
  const receives = folder === 'incoming' || folder === 'notFollowedUp';
  const came = row.state === 'registered' && receives;
  if (row.state !== 'signed' && !came) return { key: row.state, ...ofState[row.state] };
  if (receives)
    return row.unread
      ? { key: 'unread', icon: 'incoming', tone: 'action' }
      : { key: 'read', icon: 'check', tone: 'plain' };
  if (folder === 'unit') return { key: 'signed', icon: 'pen', tone: 'plain' };
  if (row.awaiting) return { key: 'awaiting', icon: 'clock', tone: 'plain' };
  return { key: 'signed', icon: 'pen', tone: 'good' };
}

/** The subject in words; a sealed letter that one has no key for shows none. */
export function subjectOf(row: LetterRow, text: Catalogue): string {
  if (row.subject !== '') return row.subject;
  return row.security !== 'biasa' && isSignedState(row.state)
    ? text.letters.sealedSubject
    : text.letters.noSubject;
}

/** The instant that a row is dated by: its signing, else its last change. */
export const momentOf = (row: LetterRow): string => row.signedAt ?? row.updatedAt;
