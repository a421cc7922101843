import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notice } from '../../../src/main/core/contract/people.ts';
import type { WaitingSummary } from '../../../src/main/core/contract/reminders.ts';
import { createNotifier } from '../../../src/main/desktop/notifier.ts';

/** What people see outside the window, and where a click on it leads. */
const screen = vi.hoisted(() => ({
  shown: [] as { title: string; body: string; click(): void }[],
  badge: 0,
}));

vi.mock('electron', () => ({
  app: {
    setBadgeCount: (count: number) => {
      screen.badge = count;
    },
  },
  Notification: class {
    readonly #words: { title: string; body: string };
    #click = (): void => undefined;
    constructor(words: { title: string; body: string }) {
      this.#words = words;
    }
    static isSupported = (): boolean => true;
    on(event: string, listener: () => void): void {
      if (event === 'click') this.#click = listener;
    }
    show(): void {
      screen.shown.push({ ...this.#words, click: () => this.#click() });
    }
  },
}));

beforeEach(() => {
  screen.shown.length = 0;
});

const notice = (part: Partial<Notice>): Notice => ({
  id: 'n',
  kind: 'letter-arrived',
  letterId: 'l-1',
  subject: 'Rapat rahasia sekali',
  senderName: 'Camat Sukadana',
  number: null,
  security: 'biasa',
  urgent: false,
  suspicion: null,
  count: 0,
  event: null,
  createdAt: '',
  readAt: null,
  ...part,
});
const nothing: WaitingSummary = {
  toSign: 0,
  toReview: 0,
  incomingUnread: 0,
  notFollowedUp: 0,
  dispositionsOpen: 0,
  copiesUnread: 0,
};

describe('notifications', () => {
  it('sum up at unlock with numbers alone, and tell besides only what no number counts', () => {
    const places: unknown[] = [];
    const notifier = createNotifier(
      (place) => places.push(place),
      () => undefined,
    );
    notifier.announce(
      [
        notice({}),
        notice({ kind: 'reminder', event: 'unread' }),
        notice({ kind: 'letter-signed', number: '7' }),
      ],
      { ...nothing, toSign: 1, incomingUnread: 3 },
      'id',
    );
    expect(screen.shown.map((one) => [one.title, one.body])).toEqual([
      ['Yang menunggu Anda', '1 tanda tangan, 3 surat masuk belum dibaca'],
      ['Surat Anda sudah ditandatangani', '7 · Rapat rahasia sekali'],
    ]);
    for (const one of screen.shown) one.click();
    expect(places).toEqual([{ place: 'home' }, { id: 'l-1', folder: 'outgoing' }]);
  });

  it('lead a reminder to the list that the letter waits in, and many at once to the centre', () => {
    const places: unknown[] = [];
    const notifier = createNotifier(
      (place) => places.push(place),
      () => undefined,
    );
    notifier.announce([notice({ kind: 'reminder', event: 'to-sign' })], null, 'id');
    notifier.announce(
      Array.from({ length: 9 }, () => notice({})),
      null,
      'id',
    );
    expect(screen.shown.map((one) => one.title)).toEqual([
      'Masih menunggu tanda tangan Anda: surat dari Camat Sukadana',
      '9 pemberitahuan baru',
    ]);
    for (const one of screen.shown) one.click();
    expect(places).toEqual([{ id: 'l-1', folder: 'toSign' }, { place: 'notices' }]);
  });

  it('say nothing of a sealed letter, and behind a locked screen nothing of any', () => {
    const notifier = createNotifier(
      () => undefined,
      () => undefined,
    );
    for (const event of ['unread', 'to-sign', 'disposition-overdue'] as const)
      notifier.announce([notice({ kind: 'reminder', event, security: 'rahasia' })], null, 'id');
    notifier.announce([notice({ security: 'terbatas' })], null, 'en');
    notifier.announceLocked('id');
    const words = screen.shown.map((one) => `${one.title} ${one.body}`).join(' ');
    expect(screen.shown).toHaveLength(5);
    expect(words).not.toMatch(/Rapat|Camat/);
  });

  it('number the icon', () => {
    const notifier = createNotifier(
      () => undefined,
      () => undefined,
    );
    notifier.badge(4);
    expect(screen.badge).toBe(4);
  });
});

describe('the identity that Windows shows notifications under', () => {
  const root = join(import.meta.dirname, '../../..');
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const named = /setAppUserModelId\('([^']+)'\)/.exec(read('src/main/desktop/index.ts'))?.[1];

  it('is that of the installed application, of its shortcut and of its installer', () => {
    expect(named).toMatch(/^id\.go\.[a-z.]+$/);
    expect(/^appId: (.+)$/m.exec(read('electron-builder.yml'))?.[1]).toBe(named);
    const installer = read('resources/installer/eletter.nsi');
    expect(installer).toContain(
      `WriteRegStr HKLM "Software\\Classes\\AppUserModelId\\${named}" "DisplayName"`,
    );
    expect(installer).toContain(`DeleteRegKey HKLM "Software\\Classes\\AppUserModelId\\${named}"`);
    const others = [...installer.matchAll(/AppUserModelId\\([^"]+)"/g)].filter((one) => one[1] !== named);
    expect(others).toEqual([]);
  });
});
