import type { DispatchState } from '../contract/dispatch.ts';
import type { LetterState } from '../contract/lifecycle.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import { wordColumns, wordsOf, type WordsRow } from './letter-words.ts';
import { unitLetters, type Asker } from './scope.ts';

/** A letter whose handovers the asker keeps: its author, or a registrar of the sender's unit. */
export interface DispatchedLetter {
  readonly state: LetterState;
  readonly unit: string;
  readonly signedAt: string | null;
}

/** Null where the letter is somebody else's, or not signed. */
export function dispatchedLetter(db: ReadDb, asker: Asker, id: string): DispatchedLetter | null {
  const row =
    db.get<DispatchedLetter>(sql`SELECT letter.state, letter.sender_unit AS unit, letter.signed_at AS signedAt
    FROM letter WHERE letter.id = ${id} AND letter.signed_at IS NOT NULL AND ${unitLetters(asker)}`);
  return row ?? null;
}

interface PartyRow extends WordsRow {
  readonly role: 'to' | 'copy';
  readonly place: number;
  readonly name: string;
  readonly sent_at: string | null;
}

/** Addressees outside, and what was handed to them. Names of a sealed letter come from its words. */
export function dispatchState(db: ReadDb, asker: Asker, id: string, may: boolean): DispatchState {
  const parties =
    db.all<PartyRow>(sql`SELECT party.role, party.place, party.name, party.sent_at, ${wordColumns(asker)}
    FROM letter_party AS party JOIN letter ON letter.id = party.letter_id
    WHERE party.letter_id = ${id} AND party.account_id IS NULL AND party.role IN ('to', 'copy')
    ORDER BY party.role DESC, party.place`);
  const [first] = parties;
  const words = first ? wordsOf(first, asker) : null;
  const nameOf = (role: 'to' | 'copy', place: number): string =>
    (role === 'to' ? words?.recipients : words?.copies)?.[place] ?? '';
  const dispatches = db.all<{
    role: 'to' | 'copy';
    place: number;
    year: number;
    sequence: number;
    destination: string;
    copies: number;
    carrier: string;
    receiver: string;
    handed_at: string;
    state: 'open' | 'batal';
    reason: string | null;
    by: string;
  }>(sql`SELECT dispatch.*, account.name AS by FROM dispatch JOIN account ON account.id = dispatch.entered_by
    WHERE dispatch.letter_id = ${id} ORDER BY dispatch.year DESC, dispatch.sequence DESC`);
  return {
    may,
    outside: parties.map((row) => ({
      role: row.role,
      place: row.place,
      name: row.name || nameOf(row.role, row.place),
      sentAt: row.sent_at,
    })),
    dispatches: dispatches.map(({ handed_at, state, reason, ...row }) => ({
      role: row.role,
      place: row.place,
      year: row.year,
      sequence: row.sequence,
      destination: row.destination || nameOf(row.role, row.place),
      copies: row.copies,
      carrier: row.carrier,
      receiver: row.receiver,
      handedAt: handed_at,
      batal: state === 'batal',
      reason: reason ?? '',
      by: row.by,
    })),
  };
}
