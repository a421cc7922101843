import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import type { Notice } from '../../../src/main/core/contract/people.ts';
import { counters, opens } from '../../fixtures/counters.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

/** Two people at one vault, by turns, in a program that is started anew again and again. */
const clock = { now: new Date('2026-11-23T01:00:00Z') };
const hour = 3_600_000;
let app: TestApp;
let head: TestPerson;
let staff: TestPerson;

beforeEach(async () => {
  clock.now = new Date('2026-11-23T01:00:00Z');
  app = testApp({ clock });
  const { session } = await app.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
  await app.ask('identity.createTest', { signingPassphrase });
  staff = await invite(app, 'kominfo', ['drafter', 'signer', 'reviewer']);
  await activate(app, staff);
  await app.ask('identity.createTest', { signingPassphrase: staff.signingPassphrase });
});
afterEach(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

async function restart(): Promise<void> {
  await app.close();
  app = testApp({ dataDir: app.dataDir, clock });
}

/** What was shown on the screen since this program started. */
const shown = (kind: Notice['kind']): number =>
  app.events
    .flatMap((event) => (event.type === 'announce' ? event.notices : []))
    .filter((notice) => notice.kind === kind).length;

/** Every counter of both people against its list, and the number in the title against that on the icon. */
async function compare(step: string): Promise<void> {
  for (const person of [head, staff]) {
    // oxlint-disable-next-line no-await-in-loop -- one desk, one person at a time
    await be(app, person);
    // oxlint-disable-next-line no-await-in-loop
    const all = await app.ask('home.counters', {});
    for (const counter of counters) {
      const [folder, only] = opens[counter];
      // oxlint-disable-next-line no-await-in-loop
      const rows = await app.ask('letters.list', { folder, only });
      expect(rows.length, `${step}: ${counter}`).toBe(all[counter]);
    }
    // oxlint-disable-next-line no-await-in-loop
    const { count } = await app.ask('home.total', {});
    const badge = app.events.findLast((event) => event.type === 'waiting');
    expect(badge, step).toEqual({ type: 'waiting', count });
  }
}

async function submit(person: TestPerson, content: LetterContent): Promise<string> {
  await be(app, person);
  const draft = await app.draft(content);
  await app.ask('letters.submit', { id: draft.id, revision: draft.revision });
  return draft.id;
}

it('reminds each of them once, and counts what it lists all the way', async () => {
  const words = letterContent('Nota bersama', head.accountId);
  const id = await submit(head, {
    ...words,
    review: { hierarchy: [staff.accountId], coordination: [] },
    signers: [{ accountId: head.accountId, postId: null, behalf: null }],
  });
  await compare('submitted');
  expect(shown('review-asked')).toBe(1);
  // Two days and more: the letter is "segera".
  clock.now = new Date(clock.now.getTime() + 49 * hour);
  let reminders = 0;
  for (const person of [head, staff, head, staff, staff]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what is tested
    await restart();
    // oxlint-disable-next-line no-await-in-loop
    await be(app, person);
    reminders += shown('reminder');
  }
  expect(reminders).toBe(1);
  expect(await app.ask('notices.list', {})).toMatchObject([
    { kind: 'reminder', event: 'to-review', letterId: id },
    { kind: 'review-asked', letterId: id },
  ]);
  await app.ask('letters.approve', { id, revision: (await app.ask('letters.get', { id })).revision });
  await compare('approved');
  // The turn is the other's, since just now: nobody is reminded yet.
  await restart();
  await be(app, head);
  expect(shown('reminder')).toBe(0);
  clock.now = new Date(clock.now.getTime() + 49 * hour);
  await restart();
  await be(app, staff);
  await be(app, head);
  expect(shown('reminder')).toBe(1);
  const letter = await app.ask('letters.get', { id });
  await app.ask('letters.sign', { id, revision: letter.revision, signingPassphrase });
  await compare('signed');
  await be(app, head);
  await app.ask('letters.markRead', { id });
  await compare('read');
  await app.ask('notices.markAllRead', {});
  expect((await app.ask('notices.list', {})).filter((notice) => notice.readAt === null)).toEqual([]);
}, 120_000);
