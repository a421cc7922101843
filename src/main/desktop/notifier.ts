import { app, Notification } from 'electron';
import { fill, messages } from '../core/contract/messages/index.ts';
import type { Language, Notice } from '../core/contract/people.ts';
import { classRules } from '../core/contract/permissions.ts';

/** Notices and the badge on the desktop. Core decides what is announced, and that it is announced once. */
export interface Notifier {
  announce(notices: readonly Notice[], language: Language): void;
  badge(count: number): void;
  /** @returns false where the system shows no notifications; the notice centre in the window remains. */
  test(language: Language): boolean;
}

/** More than this many at once become one grouped notice. */
const burst = 3;

type Texts = (typeof messages)[Language]['notices'];

/** Of a sealed letter nothing is said outside the window: neither what about nor from whom. */
function wordsFor(notice: Notice, text: Texts): { readonly title: string; readonly body: string } {
  if (notice.kind === 'suspicious-activity') return { title: text.suspicionTitle, body: text.suspicionBody };
  if (notice.kind === 'request-made' || notice.kind === 'request-answered')
    return { title: text.requestTitle, body: text.requestBody };
  if (notice.kind === 'certificate-requested' || notice.kind === 'certificate-answered')
    return { title: text.certificateTitle, body: text.certificateBody };
  if (notice.kind === 'signing-interrupted')
    return { title: text.interruptedTitle, body: text.interruptedBody };
  if (classRules[notice.security].sealed) return { title: text.sealedTitle, body: text.sealedBody };
  switch (notice.kind) {
    case 'review-asked':
    case 'signature-asked':
      return { title: text.askedTitle, body: text.askedBody };
    case 'letter-returned':
    case 'letter-rejected':
      return { title: text.backTitle, body: text.backBody };
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

export function createNotifier(
  open: (letterId: string | null) => void,
  overlay: (description: string | null) => void,
): Notifier {
  // A shown notification must stay referenced, or its click is lost with it.
  const shown = new Set<Notification>();

  function show(title: string, body: string, letterId: string | null): boolean {
    if (!Notification.isSupported()) return false;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('click', () => open(letterId));
    notification.on('close', () => shown.delete(notification));
    notification.show();
    return true;
  }

  return {
    announce(notices, language) {
      const text = messages[language].notices;
      if (notices.length > burst) {
        show(fill(text.manyTitle, { count: notices.length }), text.manyBody, null);
        return;
      }
      for (const notice of notices) {
        const texts = wordsFor(notice, text);
        const facts = {
          sender: notice.senderName,
          subject: notice.subject,
          number: notice.number ?? '',
          security: messages[language].security[notice.security],
        };
        show(fill(texts.title, facts), fill(texts.body, facts), notice.letterId);
      }
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
