/** What a notice says, and where it leads. Pure. */
import type { Language, Notice } from '../../../main/core/contract/index.ts';
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

export function shownNotice(notice: Notice, text: Catalogue, language: Language): ShownNotice {
  const words = text.notices;
  const settings = (section: 'audit' | 'mydata' | 'authority' | 'certificates'): Route => ({
    at: 'settings',
    section,
  });
  switch (notice.kind) {
    case 'letter-arrived':
    case 'signing-interrupted': {
      const arrived = notice.kind === 'letter-arrived';
      const closed = notice.subject === '' && notice.security !== 'biasa';
      return {
        icon: arrived ? 'incoming' : 'warning',
        title: arrived ? words.arrived(notice.senderName) : words.interrupted,
        about: closed
          ? words.sealed(text.letters.security[notice.security])
          : notice.subject || text.letters.noSubject,
        action: words.open,
        leadsTo: { at: 'letters', folder: arrived ? 'incoming' : 'drafts', id: notice.letterId },
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
