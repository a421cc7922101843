/** What a notice says, and where it leads. Pure. */
import { folderOfEvent, type Folder, type Language, type Notice } from '../../../main/core/contract/index.ts';
import type { Route } from '../../app/app-store.ts';
import { count } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import type { IconName } from '../../ui/icons.tsx';

interface ShownNotice {
  readonly icon: IconName;
  readonly title: string;
  /** One line below the title; the title again where it has said everything. */
  readonly about: string;
  readonly action: string;
  readonly leadsTo: Route;
}

type AboutLetter =
  | 'letter-arrived'
  | 'signing-interrupted'
  | 'review-asked'
  | 'signature-asked'
  | 'letter-returned'
  | 'letter-rejected'
  | 'letter-signed'
  | 'letter-superseded'
  | 'disposition-given'
  | 'disposition-reported'
  | 'disposition-returned'
  | 'search-hit';

const ofLetter: Readonly<
  Record<
    AboutLetter,
    {
      readonly icon: IconName;
      readonly folder: Folder;
      readonly title: (words: Catalogue['notices'], sender: string) => string;
    }
  >
> = {
  'letter-arrived': { icon: 'incoming', folder: 'incoming', title: (words, from) => words.arrived(from) },
  'signing-interrupted': { icon: 'warning', folder: 'drafts', title: (words) => words.interrupted },
  'review-asked': { icon: 'check', folder: 'toReview', title: (words, from) => words.reviewAsked(from) },
  'signature-asked': { icon: 'pen', folder: 'toSign', title: (words, from) => words.signatureAsked(from) },
  'letter-returned': { icon: 'undo', folder: 'drafts', title: (words) => words.letterReturned },
  'letter-rejected': { icon: 'failed', folder: 'drafts', title: (words) => words.letterRejected },
  'letter-signed': { icon: 'pen', folder: 'outgoing', title: (words) => words.letterSigned },
  'disposition-given': {
    icon: 'incoming',
    folder: 'dispositions',
    title: (words, from) => words.dispositionGiven(from),
  },
  'disposition-reported': {
    icon: 'check',
    folder: 'given',
    title: (words, from) => words.dispositionReported(from),
  },
  'disposition-returned': {
    icon: 'undo',
    folder: 'dispositions',
    title: (words, from) => words.dispositionReturned(from),
  },
  'letter-superseded': {
    icon: 'warning',
    folder: 'incoming',
    title: (words, from) => words.letterSuperseded(from),
  },
  'search-hit': { icon: 'search', folder: 'incoming', title: (words) => words.searchHit },
};

export function shownNotice(notice: Notice, text: Catalogue, language: Language): ShownNotice {
  const words = text.notices;
  const settings = (section: 'audit' | 'mydata' | 'authority' | 'certificates'): Route => ({
    at: 'settings',
    section,
  });
  switch (notice.kind) {
    case 'letter-arrived':
    case 'signing-interrupted':
    case 'review-asked':
    case 'signature-asked':
    case 'letter-returned':
    case 'letter-rejected':
    case 'letter-signed':
    case 'letter-superseded':
    case 'disposition-given':
    case 'disposition-reported':
    case 'disposition-returned':
    case 'search-hit': {
      const { icon, title, folder } = ofLetter[notice.kind];
      const closed = notice.subject === '' && notice.security !== 'biasa';
      return {
        icon,
        title: title(words, notice.senderName),
        about: closed
          ? words.sealed(text.letters.security[notice.security])
          : notice.subject || text.letters.noSubject,
        action: words.open,
        leadsTo:
          notice.kind === 'search-hit'
            ? { at: 'search', id: notice.letterId }
            : { at: 'letters', folder, id: notice.letterId },
      };
    }
    case 'disposition-cancelled': {
      const title = words.dispositionCancelled(notice.senderName);
      return {
        icon: 'failed',
        title,
        about: words.dispositionCancelledText,
        action: words.openDispositions,
        leadsTo: { at: 'letters', folder: 'dispositions', id: null },
      };
    }
    case 'reminder':
    case 'disposition-overdue': {
      const event = notice.event ?? (notice.kind === 'reminder' ? 'unread' : 'disposition-overdue');
      const closed = notice.subject === '' && notice.security !== 'biasa';
      return {
        icon: 'clock',
        title: text.reminders.still[event](notice.senderName),
        about: closed
          ? words.sealed(text.letters.security[notice.security])
          : notice.subject || text.letters.noSubject,
        action: words.open,
        leadsTo: { at: 'letters', folder: folderOfEvent[event], id: notice.letterId },
      };
    }
    case 'suspicious-activity': {
      const { suspicion } = notice;
      return {
        icon: 'warning',
        title: suspicion
          ? words.suspicion[suspicion](notice.senderName, count(notice.count, language))
          : words.suspicionText,
        about: words.suspicionText,
        action: words.openAudit,
        leadsTo: settings('audit'),
      };
    }
    case 'request-made':
    case 'request-answered': {
      const title =
        notice.kind === 'request-made' ? words.requestMade(notice.senderName) : words.requestAnswered;
      return {
        icon: 'person',
        title,
        about: title,
        action: words.openRequest,
        leadsTo: settings('mydata'),
      };
    }
    case 'certificate-requested':
    case 'certificate-answered': {
      const requested = notice.kind === 'certificate-requested';
      const title = requested ? words.certificateRequested(notice.senderName) : words.certificateAnswered;
      return {
        icon: 'certificate',
        title,
        about: title,
        action: requested ? words.openAuthority : words.openCertificates,
        leadsTo: settings(requested ? 'authority' : 'certificates'),
      };
    }
  }
}
