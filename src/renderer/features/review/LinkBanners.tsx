/** What took a letter's place, what it takes the place of, and why it came to nothing. */
import type { ReactElement, ReactNode } from 'react';
import { isSignedState, type LetterDetail, type LetterLink } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { plainDate } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { RemarkWords, saidBy } from './Remarks.tsx';

export function LinkBanners({
  letter,
}: {
  readonly letter: Pick<LetterDetail, 'id' | 'links' | 'state' | 'mine'>;
}): ReactNode {
  const text = useText();
  const language = useLanguage();
  return letter.links.map((link) => {
    const { letterId } = link;
    const over = !link.later && isOver(letter.state);
    return (
      <Banner
        key={`${link.kind} ${link.later} ${link.letterId ?? link.number ?? ''}`}
        tone={over ? 'bad' : 'plain'}
        actions={
          <>
            {letterId !== null && (
              <Button onPress={() => go({ at: 'letters', folder: folderOf(letter, link), id: letterId })}>
                {text.review.openOther}
              </Button>
            )}
            {link.later &&
              !isBeside(link, letter) &&
              letter.mine &&
              (letter.state === 'draft' || letter.state === 'returned') && (
                <Button onPress={() => void unlink(letter.id, text)}>{text.review.unlink}</Button>
              )}
          </>
        }
      >
        {wordsOf(letter.state, link, text, (date) => plainDate(date, language))}
      </Banner>
    );
  });
}

async function unlink(id: string, text: Catalogue): Promise<void> {
  const result = await eletter.letters.unlink({ id });
  if (result.ok) say(text.review.unlinked);
  else sayError(result.error);
  noteChange();
}

const isOver = (state: LetterDetail['state']): boolean => state === 'replaced' || state === 'revoked';

/** What a corrected answer answers comes with what it replaces: that is the link to remove. */
const isBeside = (link: LetterLink, { links }: Pick<LetterDetail, 'links'>): boolean =>
  link.kind === 'replies' && links.some((one) => one.later && one.kind !== 'replies');

/** Where the other letter lies for whoever reads this one. */
const folderOf = (
  letter: Pick<LetterDetail, 'mine'>,
  link: LetterLink,
): 'outgoing' | 'drafts' | 'incoming' =>
  letter.mine ? (link.number === null ? 'drafts' : 'outgoing') : 'incoming';

function wordsOf(
  state: LetterDetail['state'],
  { kind, later, number, date }: LetterLink,
  text: Catalogue,
  day: (date: string) => string,
): string {
  const words = text.review;
  if (kind === 'replies') {
    if (!later) return number === null ? words.beingReplied : words.repliedBy(number, day(date ?? '–'));
    return (isSignedState(state) ? words.replies : words.willReply)(number ?? '–', day(date ?? '–'));
  }
  if (later)
    return (isSignedState(state) ? words.supersedes : words.willSupersede)[kind](
      number ?? '–',
      day(date ?? '–'),
    );
  if (!isOver(state)) return words.beingSuperseded[kind];
  return number === null || date === null
    ? words.supersededPlain[kind]
    : words.superseded[kind](number, day(date));
}

/** The newest remark of a letter that was refused or taken back, as its reason. */
export function EndBanner({ letter }: { readonly letter: LetterDetail }): ReactElement | null {
  const text = useText();
  const words = text.review;
  if (letter.state !== 'rejected' && letter.state !== 'withdrawn') return null;
  const kind = letter.state === 'rejected' ? 'reject' : 'withdraw';
  const remark = letter.remarks.find((one) => one.kind === kind);
  if (!remark)
    return letter.state === 'withdrawn' ? <Banner tone="unsure">{words.withdrawnPlain}</Banner> : null;
  return (
    <Banner tone={kind === 'reject' ? 'bad' : 'unsure'}>
      <p>
        <strong>
          {(kind === 'reject' ? words.rejectedBanner : words.withdrawnBanner)(saidBy(remark, text))}
        </strong>
      </p>
      <RemarkWords remark={remark} />
    </Banner>
  );
}
