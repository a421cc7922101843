import { listPeople, listUnits, toOfficial } from '../accounts/index.ts';
import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import type { LetterContent } from '../contract/letters.ts';
import type { BookName, NumberChoice, NumberEntry, NumberSettings } from '../contract/numbering.ts';
import {
  cancelHeld,
  closeBook,
  formatOf,
  heldFor,
  holdNumber,
  isSealed,
  listFormats,
  openBook,
  readHeld,
  reserveNumber,
  saveFormat as keepFormat,
  useHeld,
  type NumberRequest,
  type Office,
} from '../letters/index.ts';
import { numberBooks, numberEntries, numberEntry } from '../queries/index.ts';
import { rulesOf } from '../typesetting/index.ts';
import { sql, type ReadDb, type WriteDb } from '../vault/index.ts';
import { plainDate, type Context } from './context.ts';
import { myLetter } from './drafting.ts';

/** Units whose books the person sees, and whether more than looking: an administrator all, others their own and below. */
export function scopeOf(context: Context): {
  readonly sees: (unit: string) => boolean;
  readonly changes: boolean;
} {
  const { roles, unit: own } = context.me();
  if (roles.includes('administrator')) return { sees: () => true, changes: true };
  const units = listUnits(context.session().vault.read);
  const mine = new Set([own]);
  // A unit's parent may be listed after it: as often as something was added.
  for (let size = 0; size < mine.size;) {
    size = mine.size;
    for (const { code, parent } of units) if (parent !== null && mine.has(parent)) mine.add(code);
  }
  return { sees: (unit) => mine.has(unit), changes: roles.includes('registrar') };
}

/** @throws AppError UNIT_UNKNOWN: a unit that is not the person's to see is as if it were not there. */
export function requireScope(context: Context, unit: string): void {
  const { read } = context.session().vault;
  if (!scopeOf(context).sees(unit)) throw new AppError('UNIT_UNKNOWN', { unit });
  const known = read.get(sql`SELECT 1 FROM unit WHERE code = ${unit}
    UNION SELECT 1 FROM number_book WHERE unit = ${unit} LIMIT 1`);
  if (known === undefined) throw new AppError('UNIT_UNKNOWN', { unit });
}

function officeOf(context: Context): Office {
  const shipped: Record<string, string[]> = {};
  for (const { register, numberTemplate } of Object.values(context.profile.kinds)) {
    const templates = (shipped[register] ??= []);
    if (!templates.includes(numberTemplate)) templates.push(numberTemplate);
  }
  return { shipped, units: listUnits(context.session().vault.read).map((one) => one.code) };
}

export function books(context: Context): Output<'numbers.books'> {
  const { vault } = context.session();
  const { sees, changes } = scopeOf(context);
  const office = officeOf(context);
  return {
    books: numberBooks(vault.read)
      .filter((book) => sees(book.unit))
      .map((book) => ({ ...book, editable: changes })),
    registers: Object.keys(office.shipped),
    units: office.units.filter(sees),
  };
}

export function entries(context: Context, input: Input<'numbers.entries'>): Output<'numbers.entries'> {
  requireScope(context, input.unit);
  return numberEntries(context.session().vault.read, context.asker(), input, input);
}

/** The date of a letter that is not today's. @throws AppError NUMBER_DATE_FUTURE. */
function requirePast(date: string, now: Date): void {
  if (date > plainDate(now)) throw new AppError('NUMBER_DATE_FUTURE', { date });
}

/** What a number of a register, unit and day is taken by. */
function requestOf(
  read: ReadDb,
  facts: Pick<NumberRequest, 'register' | 'unit' | 'date' | 'classification' | 'security' | 'mayInsert'> & {
    /** Of the letter's kind. */
    readonly template: string;
  },
): NumberRequest {
  const { template, ...rest } = facts;
  const year = Number(facts.date.slice(0, 4));
  const { style, start } = formatOf(read, { ...facts, year }, template);
  return { ...rest, year, style, start };
}

export function hold(context: Context, input: Input<'numbers.hold'>): NumberEntry {
  requireScope(context, input.unit);
  const template = officeOf(context).shipped[input.register]?.[0];
  const { accountId, vault } = context.session();
  const { holderId } = input;
  const people = holderId === null ? [] : listPeople(vault.read, context.today);
  const unknown = holderId !== null && !people.some((one) => one.accountId === holderId && !one.revoked);
  if (template === undefined || unknown) throw new AppError('NOT_FOUND');
  const facts = { number: '', unit: input.unit, date: input.date };
  const id = context.act(
    {
      action: 'number.held',
      entity: 'number',
      entityId: input.register,
      facts: (made: string) => ({ ...facts, number: entryOf(context, made).number }),
    },
    (write, now) => {
      requirePast(input.date, now);
      const request = requestOf(write, { ...input, template, mayInsert: true });
      const { subject, reason } = input;
      return holdNumber(write, request, { by: accountId, holderId, subject, remark: reason }, now);
    },
  );
  return entryOf(context, id);
}

function entryOf(context: Context, id: string): NumberEntry {
  const entry = numberEntry(context.session().vault.read, context.asker(), id);
  if (!entry) throw new AppError('NOT_FOUND');
  return entry;
}

export function cancel(context: Context, input: Input<'numbers.cancel'>): NumberEntry {
  const { vault, accountId } = context.session();
  const held = readHeld(vault.read, input.id);
  requireScope(context, held.unit);
  const facts = { number: held.number, unit: held.unit, reason: input.reason };
  context.act(
    { action: 'number.cancelled', entity: 'number', entityId: held.register, facts },
    (write, now) => cancelHeld(write, input.id, input.reason, accountId, now),
  );
  return entryOf(context, input.id);
}

export function setClosed(context: Context, input: Input<'numbers.setClosed'>): null {
  requireScope(context, input.unit);
  const { register, unit, year, closed } = input;
  const action = closed ? 'number.year-closed' : 'number.year-opened';
  context.act({ action, entity: 'number', entityId: register, facts: { unit, year } }, (write, now) => {
    if (closed && year >= Number(plainDate(now).slice(0, 4)))
      throw new AppError('NUMBER_YEAR_RUNNING', { year });
    const book: BookName = { register, unit, year };
    if (closed) closeBook(write, book, context.session().accountId, now);
    else openBook(write, book);
  });
  return null;
}

export function formats(context: Context): Output<'numbers.formats'> {
  const { sees } = scopeOf(context);
  const own = listFormats(context.session().vault.read);
  return { shipped: officeOf(context).shipped, own: own.filter(({ unit }) => unit === '' || sees(unit)) };
}

export function saveFormat(context: Context, input: Input<'numbers.saveFormat'>): Output<'numbers.formats'> {
  // One for every unit is the administrator's.
  if (input.unit !== '' || !context.me().roles.includes('administrator')) requireScope(context, input.unit);
  const office = officeOf(context);
  if (office.shipped[input.register] === undefined) throw new AppError('NOT_FOUND');
  const { register, unit, year, template } = input;
  const facts = { unit, year, template };
  context.act(
    { action: 'number.format-changed', entity: 'number', entityId: register, facts },
    (write, now) => keepFormat(write, input, office, context.session().accountId, now),
  );
  return formats(context);
}

const settingsKey = 'numbering';

export function readSettings(context: Context): NumberSettings {
  const row = context
    .session()
    .vault.read.get<{ value: string }>(sql`SELECT value FROM meta WHERE key = ${settingsKey}`);
  return row ? (JSON.parse(row.value) as NumberSettings) : { backDating: 'registrar' };
}

export function saveSettings(context: Context, input: Input<'numbers.saveSettings'>): NumberSettings {
  const facts = { backDating: input.backDating };
  context.act(
    { action: 'number.settings-changed', entity: 'number', entityId: settingsKey, facts },
    (write) =>
      write.run(sql`INSERT INTO meta (key, value) VALUES (${settingsKey}, ${JSON.stringify(input)})
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`),
  );
  return input;
}

/** Of a letter's register and unit: what is held for the person at work, or for anybody. */
export function usable(context: Context, input: Input<'numbers.usable'>): Output<'numbers.usable'> {
  const { vault, accountId } = context.session();
  const { content } = myLetter(context, input.id);
  const { register } = rulesOf(context.profile, content.kind);
  const { unit } = toOfficial(context.me(), content.postId);
  return {
    held: heldFor(vault.read, register, unit, accountId)
      .filter((one) => fits(one, content))
      .map(({ id, number, date, subject }) => ({ id, number, date, subject })),
    mayDateBack: readSettings(context).backDating === 'signer',
  };
}

/** Both are printed in the number. */
const fits = (
  held: Pick<NumberRequest, 'classification' | 'security'>,
  content: Pick<LetterContent, 'classification' | 'security'>,
): boolean =>
  held.classification.trim() === content.classification.trim() && held.security === content.security;

/**
 * The number that a letter takes when it is signed, and the date that goes with it; call inside the transaction that
 * freezes it.
 * @throws AppError NUMBER_HELD_OTHER, NUMBER_DATE_FUTURE, NUMBER_DATE_NOT_ALLOWED, NUMBER_DATE_PASSED,
 * NUMBER_YEAR_CLOSED, NUMBER_FORMAT_COLLIDES; NOT_FOUND when a held number has gone.
 */
export function takeNumber(
  context: Context,
  write: WriteDb,
  letter: { readonly id: string; readonly content: LetterContent; readonly unit: string },
  choice: NumberChoice | undefined,
  now: Date,
): { readonly number: string; readonly date: string } {
  const { content, unit } = letter;
  const { register, numberTemplate: template } = rulesOf(context.profile, content.kind);
  if (choice && 'held' in choice) {
    const held = readHeld(write, choice.held);
    const { accountId } = context.session();
    const mine = held.holderId === null || held.holderId === accountId;
    if (held.register !== register || held.unit !== unit || !mine || !fits(held, content))
      throw new AppError('NUMBER_HELD_OTHER', { number: held.number });
    useHeld(write, held, letter.id);
    return held;
  }
  const date = choice?.date ?? plainDate(now);
  if (choice) {
    if (readSettings(context).backDating !== 'signer') throw new AppError('NUMBER_DATE_NOT_ALLOWED');
    requirePast(date, now);
  }
  const { classification, security } = content;
  const facts = { register, unit, date, classification, security, template, mayInsert: choice !== undefined };
  const request = requestOf(write, facts);
  const { number } = reserveNumber(
    write,
    { ...request, letterId: letter.id, remark: isSealed(security) ? '' : (choice?.reason ?? '') },
    now,
  );
  return { number, date };
}
