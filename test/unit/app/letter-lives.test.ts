import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LetterContent } from '../../../src/main/core/contract/letters.ts';
import type { LetterAction, LetterState } from '../../../src/main/core/contract/lifecycle.ts';
import { folders } from '../../../src/main/core/contract/letters.ts';
import type { AuditPage } from '../../../src/main/core/contract/people.ts';
import {
  accountPassphrase,
  letterContent,
  removeFolder,
  signingPassphrase,
  testApp,
  type TestApp,
} from '../../fixtures/engine.ts';
import { activate, be, invite, type TestPerson } from '../../fixtures/people.ts';

/**
 * Random lives of letters by many people, against a model that knows only what docs/letter-life.md says in words. After
 * every step: nobody could do what they may not, no letter is lost, what the page offers is what is allowed, numbers
 * have no gap and no double, and the audit log has a line for every act.
 */
let app: TestApp;
let head: TestPerson;
const cast = ['writer', 'first', 'second', 'beside', 'signer', 'other', 'receiver'] as const;
type Name = (typeof cast)[number];
const people = new Map<Name, TestPerson>();
const roles = {
  writer: ['drafter'],
  first: ['reviewer'],
  second: ['reviewer'],
  beside: ['reviewer'],
  signer: ['drafter', 'signer'],
  other: ['signer'],
  receiver: ['drafter'],
} as const;

beforeAll(async () => {
  app = testApp({ clock: { now: new Date('2026-11-23T03:00:00Z') } });
  const { session } = await app.firstRun();
  head = { accountId: session.accountId, accountPassphrase, signingPassphrase };
  for (const name of cast) people.set(name, await invite(app, name, roles[name]));
  for (const name of cast) await activate(app, who(name));
  for (const name of ['signer', 'other'] as const) {
    await be(app, who(name));
    await app.ask('identity.createTest', { signingPassphrase: who(name).signingPassphrase });
  }
}, 120_000);
afterAll(async () => {
  await app.close();
  removeFolder(app.dataDir);
});

const who = (name: Name): TestPerson => people.get(name) ?? head;
const id = (name: Name): string => who(name).accountId;

interface Plan {
  readonly hierarchy: readonly Name[];
  readonly coordination: readonly Name[];
  readonly signers: readonly Name[];
}
const plans: readonly Plan[] = [
  { hierarchy: [], coordination: [], signers: [] },
  { hierarchy: ['first'], coordination: [], signers: ['signer'] },
  { hierarchy: ['first', 'second'], coordination: ['beside'], signers: ['signer'] },
  { hierarchy: [], coordination: ['beside', 'first'], signers: ['other'] },
  { hierarchy: ['second'], coordination: [], signers: ['signer', 'other'] },
  { hierarchy: [], coordination: [], signers: ['other', 'signer'] },
];

interface ModelStep {
  readonly role: 'paraf' | 'coordination' | 'sign';
  readonly name: Name;
  /** The revision it was done for; null: open. */
  done: number | null;
}
interface Model {
  readonly id: string;
  readonly author: Name;
  plan: Plan;
  state: LetterState;
  revision: number;
  steps: ModelStep[];
  read: boolean;
  /** The earlier letter that it replaces. */
  readonly target: Model | null;
}

const signersOf = (one: Model): readonly Name[] =>
  one.plan.signers.length > 0 ? one.plan.signers : [one.author];

function turns(one: Model): ModelStep[] {
  const next = (role: ModelStep['role']): ModelStep[] =>
    one.steps.filter((step) => step.role === role && step.done === null).slice(0, 1);
  if (one.state === 'review')
    return [
      ...next('paraf'),
      ...one.steps.filter((step) => step.role === 'coordination' && step.done === null),
    ];
  return one.state === 'ready' || one.state === 'cosigning' ? next('sign') : [];
}

const acts = [
  'create',
  'save',
  'submit',
  'recall',
  'approve',
  'correct',
  'return',
  'reject',
  'abandon',
  'reopen',
  'discard',
  'restore',
  'sign',
  'withdraw',
  'read',
  'succeed',
] as const;
type Act = (typeof acts)[number];

const has = (name: Name, ...wanted: readonly string[]): boolean =>
  wanted.some((role) => (roles[name] as readonly string[]).includes(role));

/** Letters of this life; of each it is known what it replaces. */
let alive: Model[] = [];
/** Is a letter that takes the place of this one being signed by several? */
const underWay = (target: Model, except: Model | null): boolean =>
  alive.some((other) => other !== except && other.target === target && other.state === 'cosigning');

/** May this person do this now? In the words of the table, not by its code. */
function may(one: Model, name: Name, act: Act): boolean {
  const author = one.author === name && has(name, 'drafter', 'signer');
  const turn = turns(one).find((step) => step.name === name);
  const sent =
    (author || one.steps.some((step) => step.role === 'sign' && step.done !== null && step.name === name)) &&
    has(name, 'drafter', 'signer');
  const alone =
    signersOf(one).every((signer) => signer === one.author) &&
    one.plan.hierarchy.length + one.plan.coordination.length === 0;
  switch (act) {
    case 'create':
    case 'read':
      return true;
    case 'save':
      return author && (one.state === 'draft' || one.state === 'returned');
    case 'submit':
      return (
        author &&
        (one.state === 'draft' || one.state === 'returned') &&
        signersOf(one).every((signer) => has(signer, 'signer'))
      );
    case 'recall':
      return author && (one.state === 'review' || one.state === 'ready');
    case 'approve':
    case 'correct':
      return turn !== undefined && turn.role !== 'sign';
    case 'return':
      return turn !== undefined && one.state !== 'cosigning';
    case 'reject':
      return turn?.role === 'sign';
    case 'abandon':
      return author && one.state === 'cosigning';
    case 'reopen':
      return author && one.state === 'rejected';
    case 'discard':
      return author && ['draft', 'returned', 'rejected'].includes(one.state);
    case 'restore':
      return author && one.state === 'discarded';
    case 'sign':
      return (
        has(name, 'signer') &&
        ((author && one.state === 'draft' && alone) || turn?.role === 'sign') &&
        (one.target === null ||
          ((one.target.state === 'signed' || one.target.state === 'withdrawn') && !underWay(one.target, one)))
      );
    case 'withdraw':
      return sent && one.state === 'signed' && !one.read && !underWay(one, null);
    case 'succeed':
      return sent && (one.state === 'signed' || one.state === 'withdrawn');
  }
}

/** What the letter is after it. */
function apply(one: Model, name: Name, act: Act): void {
  const turn = turns(one).find((step) => step.name === name);
  switch (act) {
    case 'save':
      one.revision += 1;
      return;
    case 'correct': {
      one.revision += 1;
      const place = one.steps.indexOf(turn ?? one.steps[0]!);
      for (const [index, step] of one.steps.entries())
        if (
          step.role === 'coordination' ||
          (step.role === 'paraf' && (turn?.role === 'coordination' || index > place))
        )
          step.done = null;
      return;
    }
    case 'submit': {
      const before = one.steps;
      const step =
        (role: ModelStep['role']) =>
        (person: Name): ModelStep => ({
          role,
          name: person,
          done:
            before.find(
              (old) =>
                role !== 'sign' && old.role === role && old.name === person && old.done === one.revision,
            )?.done ?? null,
        });
      one.steps = [
        ...one.plan.hierarchy.map(step('paraf')),
        ...one.plan.coordination.map(step('coordination')),
        ...signersOf(one).map(step('sign')),
      ];
      one.state = one.steps.some((open) => open.role !== 'sign' && open.done === null) ? 'review' : 'ready';
      return;
    }
    case 'approve':
      if (turn) turn.done = one.revision;
      if (one.steps.every((step) => step.role === 'sign' || step.done !== null)) one.state = 'ready';
      return;
    case 'sign': {
      if (one.state === 'draft') one.steps = [];
      if (turn) turn.done = one.revision;
      one.state = one.steps.some((step) => step.role === 'sign' && step.done === null)
        ? 'cosigning'
        : 'signed';
      if (one.state === 'signed' && one.target) one.target.state = 'replaced';
      return;
    }
    case 'return':
      one.state = 'returned';
      return;
    case 'reject':
    case 'abandon':
      one.state = 'rejected';
      return;
    case 'recall':
    case 'restore':
      one.state = 'draft';
      return;
    case 'reopen':
      one.state = 'draft';
      for (const step of one.steps) if (step.role === 'sign') step.done = null;
      return;
    case 'discard':
      one.state = 'discarded';
      return;
    case 'withdraw':
      one.state = 'withdrawn';
      return;
    case 'read':
      if (['signed', 'replaced'].includes(one.state)) one.read = true;
      return;
    case 'create':
    case 'succeed':
      return;
  }
}

const contentOf = (plan: Plan, subject: string): LetterContent => ({
  ...letterContent(subject, id('receiver')),
  ...(plan.hierarchy.length + plan.coordination.length > 0
    ? { review: { hierarchy: plan.hierarchy.map(id), coordination: plan.coordination.map(id) } }
    : {}),
  ...(plan.signers.length > 0
    ? { signers: plan.signers.map((name) => ({ accountId: id(name), postId: null, behalf: null })) }
    : {}),
});

async function ask(one: Model, name: Name, act: Exclude<Act, 'create' | 'read'>): Promise<boolean> {
  const { app: core } = app.engine;
  const letter = { id: one.id };
  const at = { ...letter, revision: one.revision };
  const content = contentOf(one.plan, `Surat ${one.revision}`);
  switch (act) {
    case 'save':
    case 'correct':
      return (await core.call('letters.saveDraft', { ...at, content })).ok;
    case 'submit':
      return (await core.call('letters.submit', at)).ok;
    case 'recall':
      return (await core.call('letters.recall', letter)).ok;
    case 'approve':
      return (await core.call('letters.approve', at)).ok;
    case 'return':
      return (await core.call('letters.return', { ...letter, remark: 'Perbaiki.', mark: null })).ok;
    case 'reject':
      return (await core.call('letters.reject', { ...letter, reason: 'Tidak.' })).ok;
    case 'abandon':
      return (await core.call('letters.abandon', { ...letter, reason: 'Batal.' })).ok;
    case 'reopen':
      return (await core.call('letters.reopen', letter)).ok;
    case 'discard':
      return (await core.call('letters.discard', letter)).ok;
    case 'restore':
      return (await core.call('letters.restore', letter)).ok;
    case 'sign':
      return (await core.call('letters.sign', { ...at, signingPassphrase: who(name).signingPassphrase })).ok;
    case 'withdraw':
      return (await core.call('letters.withdrawSent', { ...letter, reason: 'Salah.' })).ok;
    case 'succeed':
      return (await core.call('letters.succeed', { ...letter, kind: 'replaces' })).ok;
  }
}

const auditOf: Readonly<Partial<Record<Act, string>>> = {
  submit: 'letter.submitted',
  recall: 'letter.recalled',
  approve: 'letter.approved',
  correct: 'letter.corrected',
  return: 'letter.returned',
  reject: 'letter.rejected',
  abandon: 'letter.abandoned',
  reopen: 'letter.reopened',
  discard: 'letter.discarded',
  restore: 'letter.restored',
  withdraw: 'letter.taken-back',
  succeed: 'letter.succession-begun',
};

/** The page's word for what the model calls an act. */
const offered: Readonly<Partial<Record<Act, LetterAction>>> = {
  save: 'save',
  submit: 'submit',
  recall: 'recall',
  approve: 'approve',
  correct: 'correct',
  return: 'return',
  reject: 'reject',
  abandon: 'abandon',
  reopen: 'reopen',
  discard: 'discard',
  restore: 'restore',
  withdraw: 'withdraw',
};

interface Command {
  readonly act: Act;
  readonly name: Name;
  readonly letter: number;
  readonly plan: number;
  /** Which of the steps that are allowed now; null: this command as it is, allowed or not. */
  readonly guided: number | null;
}

/** A step that is allowed, so that lives get somewhere. */
function led(letters: readonly Model[], command: Command, guided: number): Omit<Command, 'guided'> {
  const open = letters.flatMap((one, letter) =>
    cast.flatMap((name) =>
      acts
        .filter((act) => act !== 'create' && act !== 'read' && may(one, name, act))
        .map((act) => ({ act, name, letter, plan: command.plan })),
    ),
  );
  // What is rarely allowed is done as often as what always is.
  const kinds = [...new Set(open.map((one) => one.act))];
  const act = kinds[guided % Math.max(1, kinds.length)];
  const ways = open.filter((one) => one.act === act);
  return ways[Math.floor(guided / 16) % Math.max(1, ways.length)] ?? command;
}

/** How often each act went through, over all lives. */
const lived = new Map<Act, number>();

async function live(commands: readonly Command[]): Promise<void> {
  const letters: Model[] = [];
  alive = letters;
  const done = new Map<string, number>();
  const before = await audited();
  for (const command of commands) {
    const { act, name, letter, plan } =
      command.guided === null ? command : led(letters, command, command.guided);
    await be(app, who(name));
    if (act === 'create' || letters.length === 0) {
      if (!has(name, 'drafter', 'signer')) continue;
      const chosen = plans[plan % plans.length]!;
      const draft = await app.draft(contentOf(chosen, 'Surat'));
      letters.push({
        id: draft.id,
        author: name,
        plan: chosen,
        state: 'draft',
        revision: draft.revision,
        steps: [],
        read: false,
        target: null,
      });
      continue;
    }
    const one = letters[letter % letters.length]!;
    if (act === 'read') {
      await be(app, who('receiver'));
      if ((await app.engine.app.call('letters.markRead', { id: one.id })).ok) apply(one, name, act);
      continue;
    }
    const allowed = may(one, name, act);
    // Saving is one call: whose it is decides whether it is the author's or a reviewer's.
    const asks = act === 'save' && one.state === 'review' && may(one, name, 'correct') ? 'correct' : act;
    const ok = await ask(one, name, asks);
    expect([act, name, one.state, ok]).toEqual([
      act,
      name,
      one.state,
      allowed ||
        (asks === 'correct' && may(one, name, 'correct')) ||
        (act === 'correct' && may(one, name, 'save')),
    ]);
    if (!ok) continue;
    lived.set(asks, (lived.get(asks) ?? 0) + 1);
    const acted = act === 'correct' && !may(one, name, 'correct') ? 'save' : asks;
    const key = auditOf[acted];
    if (key) done.set(key, (done.get(key) ?? 0) + 1);
    if (act === 'succeed') {
      await be(app, who(name));
      const drafts = await app.ask('letters.list', { folder: 'drafts' });
      const made = drafts.find((row) => !letters.some((known) => known.id === row.id) && !old.has(row.id));
      if (!made) throw new Error('the successor is nowhere');
      const detail = await app.ask('letters.get', { id: made.id });
      letters.push({
        id: made.id,
        author: name,
        plan: one.plan,
        state: 'draft',
        revision: detail.revision,
        steps: [],
        read: false,
        target: one,
      });
    } else apply(one, name, acted);
    await invariants(letters, one, name);
  }
  const after = await audited();
  for (const [action, count] of done)
    expect([action, (after.get(action) ?? 0) - (before.get(action) ?? 0)]).toEqual([action, count]);
  for (const one of letters) old.add(one.id);
}
/** Letters of earlier lives in the same vault. */
const old = new Set<string>();

async function audited(): Promise<Map<string, number>> {
  await be(app, head);
  const counted = new Map<string, number>();
  for (let before: number | null = null; ;) {
    const page: AuditPage = await app.ask('audit.list', { before });
    for (const { action } of page.lines) counted.set(action, (counted.get(action) ?? 0) + 1);
    if (page.before === null) return counted;
    before = page.before;
  }
}

/** No letter lost, no forbidden step offered. */
async function invariants(letters: readonly Model[], touched: Model, name: Name): Promise<void> {
  await be(app, who(touched.author));
  const placed = new Map<string, string[]>();
  for (const folder of folders)
    for (const row of await app.ask('letters.list', { folder }))
      placed.set(row.id, [...(placed.get(row.id) ?? []), folder]);
  for (const one of letters.filter((other) => other.author === touched.author))
    expect([
      one.state,
      (placed.get(one.id) ?? []).filter((folder) =>
        ['drafts', 'inProcess', 'outgoing', 'discarded'].includes(folder),
      ).length,
    ]).toEqual([one.state, 1]);
  await be(app, who(name));
  const seen = await app.engine.app.call('letters.get', { id: touched.id });
  if (!seen.ok) return;
  expect(seen.value.state).toBe(touched.state);
  expect(seen.value.revision).toBe(touched.revision);
  for (const [act, action] of Object.entries(offered) as [Act, LetterAction][]) {
    // Whether anybody has read it is asked when it is done.
    if (act === 'withdraw' && (touched.read || underWay(touched, null))) continue;
    // Whether everybody can do their part is told on submitting.
    if (act === 'submit' && !signersOf(touched).every((signer) => has(signer, 'signer'))) continue;
    expect([act, name, touched.state, seen.value.may.includes(action)]).toEqual([
      act,
      name,
      touched.state,
      may(touched, name, act),
    ]);
  }
}

/** What the log says of numbers: every one taken is issued, batal or given back, and none is taken while another has it. */
async function numbersHold(): Promise<void> {
  await be(app, head);
  const lines = [];
  for (let before: number | null = null; ;) {
    const page: AuditPage = await app.ask('audit.list', { before });
    lines.push(...page.lines);
    if (page.before === null) break;
    before = page.before;
  }
  const held = new Map<number, string>();
  for (const { action, facts } of lines.toReversed()) {
    const sequence = Number(/\/(\d+)\//.exec(String(facts['number'] ?? ''))?.[1]);
    if (action === 'letter.reserved') {
      expect([sequence, held.has(sequence)]).toEqual([sequence, false]);
      held.set(sequence, 'reserved');
    }
    if (action === 'letter.signed') held.set(sequence, 'issued');
    if (['letter.rejected', 'letter.abandoned'].includes(action) && facts['fate'] === 'batal')
      held.set(sequence, 'batal');
    if (action === 'letter.reservation-ended') {
      if (facts['fate'] === 'returned') held.delete(sequence);
      else held.set(sequence, 'batal');
    }
  }
  expect([...held.keys()].toSorted((a, b) => a - b)).toEqual(Array.from(held, (_, index) => index + 1));
}

describe('random lives of letters', () => {
  it('keep to the table, lose nothing, and leave numbers without gap or double', async () => {
    const command = fc.record({
      // What leads on comes up more often than what ends.
      act: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom<Act>('create', 'submit', 'approve', 'sign') },
        { weight: 2, arbitrary: fc.constantFrom(...acts) },
      ),
      name: fc.constantFrom(...cast),
      letter: fc.nat(5),
      plan: fc.nat(5),
      guided: fc.oneof({ weight: 3, arbitrary: fc.nat() }, { weight: 2, arbitrary: fc.constant(null) }),
    });
    await fc.assert(fc.asyncProperty(fc.array(command, { minLength: 40, maxLength: 70 }), live), {
      numRuns: Number(process.env['LIVES'] ?? 14),
      // The same lives every time; `LIVES=100` lives others.
      ...(process.env['LIVES'] ? {} : { seed: 20_261_123 }),
      endOnFailure: true,
    });
    // A test that never got anywhere would find nothing.
    for (const act of acts.filter((one) => one !== 'create' && one !== 'read'))
      expect([act, lived.has(act)]).toEqual([act, true]);
    await numbersHold();
    await be(app, head);
    const check = await app.engine.app.call('vault.check', {});
    expect(check.ok && check.value.whole).toBe(true);
  }, 300_000);
});
