import { app, Notification } from 'electron';
import { fill, messages } from '../core/contract/messages/index.ts';
import type { Events } from '../core/contract/api.ts';
import type { Folder } from '../core/contract/letters.ts';
import type { Language, Notice, NoticeKind } from '../core/contract/people.ts';
import { folderOfEvent, summedUp, type WaitingSummary } from '../core/contract/reminders.ts';
import { classRules } from '../core/contract/permissions.ts';

/** Notices and the badge on the desktop. Core decides what is announced, and that it is announced once. */
export interface Notifier {
  /** @param summary what waits, at unlock; then only what it does not count is told besides. */
  announce(notices: readonly Notice[], summary: WaitingSummary | null, language: Language): void;
  /** Nobody is at work: that there is something, and nothing of what. */
  announceLocked(language: Language): void;
  badge(count: number): void;
  /** @returns false where the system shows no notifications; the notice centre in the window remains. */
  test(language: Language): boolean;
}

/** Where a click leads; null: to the window as it is. */
type LeadsTo = Events['openLetter'] | Events['openPlace'] | null;

/** More than this many at once become one grouped notice. */
const burst = 3;

/** Kinds of which a summary has counted the letter already. */
const counted: ReadonlySet<string> = new Set([
  'letter-arrived',
  'review-asked',
  'signature-asked',
  'reminder',
  'disposition-overdue',
  'disposition-given',
]);

/** Letters that do not stand among the incoming ones. */
const askedIn: Readonly<Partial<Record<NoticeKind, Folder>>> = {
  'review-asked': 'toReview',
  'signature-asked': 'toSign',
  'letter-returned': 'drafts',
  'letter-rejected': 'drafts',
  'letter-signed': 'outgoing',
  'signing-interrupted': 'drafts',
};

type Texts = (typeof messages)[Language]['notices'];

/** Of a sealed letter nothing is said outside the window: neither what about nor from whom. */
function wordsFor(notice: Notice, text: Texts): { readonly title: string; readonly body: string } {
  if (notice.kind === 'suspicious-activity') return { title: text.suspicionTitle, body: text.suspicionBody };
  if (notice.kind === 'request-made' || notice.kind === 'request-answered')
    return { title: text.requestTitle, body: text.requestBody };
  if (notice.kind === 'certificate-requested' || notice.kind === 'certificate-answered')
    return { title: text.certificateTitle, body: text.certificateBody };
  // About a person: of a cancelled disposition no letter is told.
  if (notice.kind === 'disposition-cancelled')
    return { title: text.dispositionCancelledTitle, body: text.dispositionCancelledBody };
  if (notice.kind === 'signing-interrupted')
    return { title: text.interruptedTitle, body: text.interruptedBody };
  if (notice.kind === 'reminder' || notice.kind === 'disposition-overdue')
    return classRules[notice.security].sealed
      ? { title: text.stillSealedTitle, body: text.stillSealedBody }
      : { title: stillWaits(notice, text), body: text.stillBody };
  if (classRules[notice.security].sealed) return { title: text.sealedTitle, body: text.sealedBody };
  switch (notice.kind) {
    case 'review-asked':
    case 'signature-asked':
      return { title: text.askedTitle, body: text.askedBody };
    case 'letter-returned':
    case 'letter-rejected':
      return { title: text.backTitle, body: text.backBody };
    case 'disposition-given':
      return { title: text.dispositionTitle, body: text.dispositionBody };
    case 'disposition-reported':
      return { title: text.dispositionReportedTitle, body: text.dispositionBody };
    case 'disposition-returned':
      return { title: text.dispositionReturnedTitle, body: text.dispositionBody };
    case 'letter-signed':
      return { title: text.signedTitle, body: text.signedBody };
    case 'letter-superseded':
      return { title: text.supersededTitle, body: text.supersededBody };
    case 'search-hit':
      return { title: text.searchHitTitle, body: text.searchHitBody };
    case 'letter-arrived':
      return { title: text.arrivedTitle, body: text.arrivedBody };
  }
}

function stillWaits(notice: Notice, text: Texts): string {
  switch (notice.event) {
    case 'unread':
      return text.stillUnread;
    case 'not-followed-up':
      return text.stillNotFollowedUp;
    case 'to-review':
      return text.stillToReview;
    case 'to-sign':
      return text.stillToSign;
    case 'disposition-overdue':
      return text.overdueTitle;
    case 'disposition':
    case null:
      return text.stillDisposition;
  }
}

/** "3 tanda tangan, 2 paraf": what there is none of is not named. */
function sentenceOf(summary: WaitingSummary, text: Texts): string {
  const words: Readonly<Record<keyof WaitingSummary, string>> = {
    toSign: text.summaryToSign,
    toReview: text.summaryToReview,
    incomingUnread: text.summaryIncomingUnread,
    notFollowedUp: text.summaryNotFollowedUp,
    dispositionsOpen: text.summaryDispositionsOpen,
    copiesUnread: text.summaryCopiesUnread,
  };
  return summedUp
    .filter((one) => summary[one] > 0)
    .map((one) => fill(words[one], { count: summary[one] }))
    .join(', ');
}

export function createNotifier(
  open: (leadsTo: LeadsTo) => void,
  overlay: (description: string | null) => void,
): Notifier {
  // A shown notification must stay referenced, or its click is lost with it.
  const shown = new Set<Notification>();

  function show(title: string, body: string, leadsTo: LeadsTo): boolean {
    if (!Notification.isSupported()) return false;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('click', () => open(leadsTo));
    notification.on('close', () => shown.delete(notification));
    notification.show();
    return true;
  }

  return {
    announce(notices, summary, language) {
      const text = messages[language].notices;
      if (summary) show(text.summaryTitle, sentenceOf(summary, text), { place: 'home' });
      const others = summary ? notices.filter((notice) => !counted.has(notice.kind)) : notices;
      if (others.length > burst) {
        show(fill(text.manyTitle, { count: others.length }), text.manyBody, { place: 'notices' });
        return;
      }
      for (const notice of others) {
        const texts = wordsFor(notice, text);
        const facts = {
          sender: notice.senderName,
          subject: notice.subject,
          number: notice.number ?? '',
          security: messages[language].security[notice.security],
        };
        const folder = notice.event ? folderOfEvent[notice.event] : (askedIn[notice.kind] ?? null);
        const leadsTo = notice.letterId === null ? null : { id: notice.letterId, folder };
        show(fill(texts.title, facts), fill(texts.body, facts), leadsTo);
      }
    },
    announceLocked(language) {
      const text = messages[language].notices;
      show(text.lockedTitle, text.lockedBody, null);
    },
    badge(count) {
      app.setBadgeCount(count);
      // Windows has no counts on the task bar; it has a small picture there.
      if (process.platform === 'win32') overlay(count > 0 ? String(count) : null);
    },
    test(language) {
      const text = messages[language].notices;
      return show(text.testTitle, text.testBody, null);
    },
  };
}
