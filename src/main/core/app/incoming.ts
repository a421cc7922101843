import { randomBytes, randomUUID } from 'node:crypto';
import { keptPublicKey, listPeople, titledName } from '../accounts/index.ts';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { IncomingDetail, IncomingFacts, NewIncoming, SameLetter } from '../contract/incoming.ts';
import type { Addressee } from '../contract/letters.ts';
import {
  addRemark,
  agendaOf,
  closeTo,
  correctAgenda,
  correctRegistration,
  enterAgenda,
  followUpsOf,
  incomingOf,
  isSealed,
  readLetter,
  recordChange,
  registerLetter,
  sameLetters,
  voidAgenda,
  voidRegistration,
  type KeptFile,
  type StoredLetter,
} from '../letters/index.ts';
import { addNotice, markLetterNoticesRead } from '../notifications/index.ts';
import { letterDetail, visible } from '../queries/index.ts';
import { rulesOf } from '../typesetting/index.ts';
import { sql } from '../vault/index.ts';
import { updateBadge } from './announcing.ts';
import { requireSame, type Context } from './context.ts';
import { sealingAuthor } from './drafting.ts';
import { packed, plainFileName, readFiles } from './incoming-file.ts';
import { read } from './incoming-follow-up.ts';
import { recheckLater } from './rechecking.ts';
import { leaveOldWords } from './searching.ts';
import { receiversOf } from './signable.ts';

/** A registrar's desk: letters from outside are entered, corrected, and voided where they were entered by mistake. */

/**
 * Kept, numbered in the book of the registrar's unit, and delivered, all or nothing.
 * @throws AppError INCOMING_*, KIND_UNKNOWN, READER_NOT_READY, DISK_FULL
 */
export async function register(
  context: Context,
  input: Input<'incoming.register'>,
): Promise<Output<'incoming.register'>> {
  const session = context.session();
  const { letter } = input;
  const unit = ownUnit(context);
  requireFacts(context, letter);
  // Who it goes to is asked before a large file is read, and again for the transaction.
  receivers(context, letter);
  const file = await keep(context, input);
  requireSame(context, session);
  const { vault, accountId } = session;
  const same = { ...letter, sha256: file?.object.id.slice(0, 64) ?? null };
  if (!input.evenThough && sameLetters(vault.read, same).length > 0) throw new AppError('INCOMING_DOUBLE');
  const { to, copies } = receivers(context, letter);
  const sealed = isSealed(letter.security);
  const content = { security: letter.security, recipients: to, copies };
  const others = sealed ? receiversOf(context, content, accountId) : [];
  const readers = sealed ? [sealingAuthor(context), ...others] : [];
  const id = randomUUID();
  const agenda = context.act(
    {
      action: 'letter.registered',
      entity: 'letter',
      entityId: id,
      facts: (entered: Output<'incoming.register'>['agenda']) => ({
        unit: entered.unit,
        year: entered.year,
        sequence: entered.sequence,
        security: letter.security,
        receivers: to.length + copies.length,
        ...(file ? { sha256: file.object.id.slice(0, 64), size: file.object.size } : {}),
        ...(input.evenThough ? { evenThough: true } : {}),
      }),
    },
    (db, now) => {
      registerLetter(db, { id, letter, file, to, copies, unit, by: accountId, readers }, now);
      const entry = { unit, receivedOn: letter.receivedOn, enteredBy: accountId };
      const entered = enterAgenda(db, id, entry, now);
      const told = [...to, ...copies].flatMap((one) => one.accountId ?? []);
      const deputies = others.filter((one) => one.how === 'deputy').map((one) => one.accountId);
      for (const receiver of new Set([...told, ...deputies]))
        if (receiver !== accountId) addNotice(db, receiver, 'letter-arrived', id, now);
      recordChange(db, 'notice', id, now);
      return entered;
    },
  );
  updateBadge(context);
  recheckLater(context, id);
  return { id, agenda };
}

/** The unit in whose book this registrar writes. @throws AppError INCOMING_NO_UNIT */
function ownUnit(context: Context): string {
  const { unit } = context.me();
  if (unit === '') throw new AppError('INCOMING_NO_UNIT');
  return unit;
}

/** @throws AppError KIND_UNKNOWN, INCOMING_DATE */
function requireFacts(context: Context, facts: IncomingFacts): void {
  rulesOf(context.profile, facts.kind);
  if (facts.receivedOn > context.today) throw new AppError('INCOMING_DATE');
}

interface Receivers {
  readonly to: readonly (Addressee & { readonly unit: string })[];
  readonly copies: readonly (Addressee & { readonly unit: string })[];
}

/** Each once; who is addressed is not copied besides. @throws AppError INCOMING_RECEIVER */
function receivers(context: Context, letter: NewIncoming): Receivers {
  const people = new Map(
    listPeople(context.session().vault.read, context.today)
      .filter((one) => !one.revoked)
      .map((one) => [one.accountId, one]),
  );
  const named = (accountId: string): Receivers['to'][number] => {
    const person = people.get(accountId);
    if (!person) throw new AppError('INCOMING_RECEIVER');
    return { accountId, name: person.post || titledName(person), place: '', unit: person.unit };
  };
  const to = [...new Set(letter.to)];
  return {
    to: to.map(named),
    copies: [...new Set(letter.copies)].filter((one) => !to.includes(one)).map(named),
  };
}

/** The file as it came, kept beside the vault. @throws AppError INCOMING_* */
async function keep(context: Context, input: Input<'incoming.register'>): Promise<KeptFile | null> {
  const { files, letter } = input;
  if (files.length === 0) return null;
  const session = context.session();
  const reading = await readFiles(context, files);
  requireSame(context, session);
  if (reading.locked && !input.keepLocked) throw new AppError('INCOMING_LOCKED');
  const object = session.vault.putObject(
    packed(files),
    isSealed(letter.security) ? randomBytes(32) : undefined,
  );
  return { object, reading, fileNames: files.map((one) => plainFileName(one.name)) };
}

/** Of a letter that the asker may not see nothing is told but that it is there. */
export function check(context: Context, input: Input<'incoming.check'>): Output<'incoming.check'> {
  const { vault } = context.session();
  const asker = context.asker();
  let hidden = 0;
  const same = sameLetters(vault.read, input).flatMap(({ id, because }): SameLetter[] => {
    const seen = vault.read.get(sql`SELECT 1 FROM letter WHERE letter.id = ${id} AND ${visible(asker)}`);
    if (!seen) {
      hidden += 1;
      return [];
    }
    const { senderName, number, date, subject } = letterDetail(vault.read, asker, id);
    const [agenda] = agendaOf(vault.read, id).filter((one) => one.state === 'open');
    return [
      {
        id,
        because,
        sender: senderName,
        number: number ?? '',
        date: date ?? '',
        subject,
        agenda: agenda ?? null,
      },
    ];
  });
  return { same, hidden };
}

/** A letter from outside that the asker entered, or one of the asker's unit. @throws AppError NOT_FOUND */
function ofMyBook(context: Context, id: string): { letter: StoredLetter; unit: string } {
  const { vault, ring } = context.session();
  const asker = context.asker();
  const { mine } = letterDetail(vault.read, asker, id);
  const registered = incomingOf(vault.read, ring, id);
  if (!registered || (!mine && registered.unit !== asker.unit)) throw new AppError('NOT_FOUND');
  return { letter: readLetter(vault.read, ring, id), unit: registered.unit };
}

/** @throws AppError NOT_FOUND, INCOMING_SETTLED, INCOMING_YEAR, INCOMING_DATE, KIND_UNKNOWN */
export function correct(context: Context, input: Input<'incoming.correct'>): IncomingDetail {
  const { facts } = input;
  const { ring, vault } = context.session();
  const { letter, unit } = ofMyBook(context, input.id);
  requireFacts(context, facts);
  const book = agendaOf(vault.read, letter.id).find((one) => one.unit === unit && one.state === 'open');
  if (book && Number(facts.receivedOn.slice(0, 4)) !== book.year)
    throw new AppError('INCOMING_YEAR', { year: String(book.year) });
  const audit = { action: 'letter.registration-corrected', entity: 'letter', entityId: letter.id };
  context.act({ ...audit, facts: (fields: string[]) => ({ fields: fields.join(', ') }) }, (db, now) => {
    const settled = followUpsOf(db, ring, letter.id).some((one) => one.settledAt !== null);
    const disposed = db.get(sql`SELECT 1 FROM disposition WHERE letter_id = ${letter.id}`);
    if (settled || disposed) throw new AppError('INCOMING_SETTLED');
    const fields = correctRegistration(db, ring, letter, facts, now);
    leaveOldWords(db);
    if (fields.includes('receivedOn')) correctAgenda(db, letter.id, unit, facts.receivedOn);
    return fields;
  });
  return read(context, { id: letter.id });
}

/** @throws AppError NOT_FOUND, LETTER_NOT_EDITABLE, LETTER_ALREADY_READ */
export function voidEntry(context: Context, input: Input<'incoming.void'>): null {
  const { ring, accountId } = context.session();
  const { letter } = ofMyBook(context, input.id);
  const sealed = isSealed(letter.security);
  // Words about a sealed letter stand neither in the log nor in the book.
  const told = sealed ? 'SEALED_REASON' : input.reason;
  const audit = { action: 'letter.registration-voided', entity: 'letter', entityId: letter.id };
  context.act({ ...audit, facts: { reason: told } }, (db, now) => {
    const received = voidRegistration(db, letter, now);
    voidAgenda(db, letter.id, told);
    const remark = { kind: 'cancel', text: input.reason, mark: null, accountId, onBehalfOf: null } as const;
    addRemark(db, ring, letter, remark, now);
    // Nobody has opened it, and nobody can any more.
    if (sealed)
      closeTo(
        db,
        ring,
        letter,
        (one) => one.accountId !== accountId && one.how !== 'author',
        (account) => keptPublicKey(db, account),
        now,
      );
    for (const account of received) markLetterNoticesRead(db, account, letter.id, now);
    recordChange(db, 'notice', letter.id, now);
  });
  updateBadge(context);
  return null;
}
