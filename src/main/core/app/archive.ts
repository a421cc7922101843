import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listUnits } from '../accounts/index.ts';
import { readCsv, writeCsv } from '../addresses/index.ts';
import type { EngineCalls, Input, Output } from '../contract/api.ts';
import type {
  ArchiveFile,
  ClassificationCode,
  ClassificationTree,
  LetterFiling,
} from '../contract/archive.ts';
import { fileLife, type FileAction } from '../contract/archive-life.ts';
import { AppError } from '../contract/errors.ts';
import {
  byCode,
  closeFile,
  codesInUse,
  ensureTree,
  fileLetter as putLetter,
  holdFile,
  liftHold,
  phaseOf,
  planTree,
  readFile,
  readTree,
  reopenFile,
  retentionOf,
  saveFile as storeFile,
  unfileLetter as takeLetter,
  writeTree,
} from '../letters/archive/index.ts';
import {
  archiveFile,
  archiveFiles,
  filedIn,
  filesByCode,
  holdsOf,
  lettersIn,
  listProposals,
  openFiles,
  type ArchiveRules,
  type ArchiveScope,
} from '../queries/index.ts';
import type { WriteDb } from '../vault/index.ts';
import type { Context } from './context.ts';
import { detailOf } from './letter-life.ts';

/** The archive: classification, files, letters put into them, holds. Proposals have a file of their own. */

/** Two levels, as the regulation names them; no retention is made up. */
function shippedTree(context: Context): readonly ClassificationCode[] {
  const path = join(context.ports.resourcesDir, 'classification', 'permendagri-83-2022.json');
  const { codes } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly codes: readonly { readonly code: string; readonly name: string }[];
  };
  return codes
    .map(({ code, name }) => ({
      code,
      name,
      parent: code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null,
      retention: null,
    }))
    .toSorted(byCode);
}

export const rulesNow = (context: Context): ArchiveRules => ({ today: context.today, phaseOf, retentionOf });

/** The own unit and those below it. */
function ownUnits(context: Context): readonly string[] {
  const units = listUnits(context.session().vault.read);
  const mine = new Set([context.me().unit]);
  // A unit's parent may be listed after it: as often as something was added.
  for (let size = 0; size < mine.size;) {
    size = mine.size;
    for (const { code, parent } of units) if (parent !== null && mine.has(parent)) mine.add(code);
  }
  return [...mine];
}

/** Whose files somebody sees: archivist and administrator all, a registrar the own unit's and those below. */
export function archiveScope(context: Context): ArchiveScope {
  const { roles } = context.me();
  if (roles.includes('archivist') || roles.includes('administrator')) return null;
  return roles.includes('registrar') ? ownUnits(context) : [];
}

/** Units whose files the person keeps; null: all. An administrator watches, and keeps none by that role. */
function keptUnits(context: Context): ArchiveScope {
  const { roles } = context.me();
  if (roles.includes('archivist')) return null;
  return roles.includes('registrar') ? ownUnits(context) : [];
}

/** Into the open files of these units the person may put a letter that they read. */
function filingUnits(context: Context): ArchiveScope {
  const kept = keptUnits(context);
  return kept === null || kept.length > 0 ? kept : [context.me().unit];
}

const has = (scope: ArchiveScope, unit: string): boolean => scope === null || scope.includes(unit);

function requireKept(context: Context, unit: string): void {
  if (!has(keptUnits(context), unit)) throw new AppError('NOT_FOUND');
}

export function tree(context: Context): ClassificationTree {
  const { read } = context.session().vault;
  const { codes, shipped } = readTree(read, shippedTree(context));
  const counts = filesByCode(read, archiveScope(context));
  return {
    nodes: codes.map((one) => ({ ...one, files: 0, letters: 0, ...counts.get(one.code) })),
    shipped,
  };
}

/** Told by row first; written whole or not at all. @throws AppError CLASSIFICATION_ROWS_WRONG {count}. */
export function importTree(
  context: Context,
  input: Input<'archive.importTree'>,
): Output<'archive.importTree'> {
  const { read } = context.session().vault;
  const { codes: before } = readTree(read, shippedTree(context));
  const plan = planTree(readCsv(input.csv), before, codesInUse(read), input.replace);
  const { codes, dropped, problems, ...counts } = plan;
  if (input.write) {
    if (problems.length > 0) throw new AppError('CLASSIFICATION_ROWS_WRONG', { count: problems.length });
    const facts = { added: counts.added, changed: counts.changed, dropped: dropped.length };
    context.act(
      { action: 'archive.tree-imported', entity: 'archive', entityId: 'tree', facts },
      (db, now) => {
        ensureTree(db, before);
        writeTree(db, codes, dropped, now);
      },
    );
  }
  return { ...counts, dropped: dropped.length, problems, written: input.write };
}

export function exportTree(context: Context): EngineCalls['archive.exportTree']['output'] {
  const { codes } = readTree(context.session().vault.read, shippedTree(context));
  const rows = codes.map(({ code, name, parent, retention }) => [
    code,
    name,
    parent ?? '',
    ...(retention
      ? [String(retention.active), String(retention.inactive), retention.fate.replace('-', ' ')]
      : ['', '', '']),
  ]);
  const csv = writeCsv([['Kode', 'Nama', 'Induk', 'Aktif', 'Inaktif', 'Nasib akhir'], ...rows]);
  return { csv, fileName: 'klasifikasi-arsip.csv' };
}

export function files(context: Context, input: Input<'archive.files'>): Output<'archive.files'> {
  const { read } = context.session().vault;
  const kept = keptUnits(context);
  const units = listUnits(read).map((one) => one.code);
  return {
    ...archiveFiles(read, archiveScope(context), input, rulesNow(context)),
    units: units.filter((unit) => has(kept, unit)),
  };
}

/** @throws AppError NOT_FOUND, also for a file of a unit that is not the person's to see. */
export function file(context: Context, input: Input<'archive.file'>): ArchiveFile {
  const { read } = context.session().vault;
  const asker = context.asker();
  const row = archiveFile(read, archiveScope(context), input.id, rulesNow(context));
  if (!row) throw new AppError('NOT_FOUND');
  const keeps = has(keptUnits(context), row.unit);
  const watches = asker.roles.some((role) => role === 'archivist' || role === 'administrator');
  const who = { keeper: keeps, reader: keeps, watcher: watches, proposal: false };
  const may = fileLife
    .filter((one) => one.from === row.state && who[one.who])
    .filter((one) => !row.held || !one.needs.includes('no-hold'))
    .map((one) => one.action)
    .filter((action) => (action === 'hold' ? !row.held : action !== 'lift' || row.held));
  return {
    ...row,
    items: lettersIn(read, asker, row.id, null, false),
    holds: holdsOf(read, row.id),
    proposals: listProposals(read, asker, row.id),
    may: [...new Set<FileAction>(may)],
  };
}

type FileAudit =
  | 'archive.file-saved'
  | 'archive.file-closed'
  | 'archive.file-reopened'
  | 'archive.held'
  | 'archive.hold-lifted';

function act(
  context: Context,
  audit: FileAudit,
  id: string | null,
  facts: Readonly<Record<string, string | number>>,
  work: (db: WriteDb, now: Date) => string,
): ArchiveFile {
  const made = context.act({ action: audit, entity: 'archive', entityId: id ?? '', facts }, work);
  return file(context, { id: made });
}

/** @throws AppError UNIT_UNKNOWN, CLASSIFICATION_UNKNOWN, FILE_NOT_OPEN, ARCHIVE_DATE; ARCHIVE_HELD for another code. */
export function saveFile(context: Context, input: Input<'archive.saveFile'>): ArchiveFile {
  const { accountId, vault } = context.session();
  const { unit, openedOn } = input.file;
  if (input.id === null) {
    const known = listUnits(vault.read).some((one) => one.code === unit);
    if (!known || !has(keptUnits(context), unit)) throw new AppError('UNIT_UNKNOWN', { unit });
  } else {
    const before = readFile(vault.read, input.id);
    requireKept(context, before.unit);
    if (before.unit !== unit) throw new AppError('UNIT_UNKNOWN', { unit });
  }
  if (openedOn > context.today) throw new AppError('ARCHIVE_DATE', { from: '1945-01-01', to: context.today });
  const facts = { code: input.file.code, unit, year: input.file.year };
  return act(context, 'archive.file-saved', input.id, facts, (db, now) => {
    ensureTree(db, shippedTree(context));
    return storeFile(db, input.id, input.file, accountId, now);
  });
}

export function close(context: Context, input: Input<'archive.close'>): ArchiveFile {
  requireKept(context, readFile(context.session().vault.read, input.id).unit);
  return act(context, 'archive.file-closed', input.id, { date: input.date }, (db, now) => {
    closeFile(db, input.id, input.date, context.today, now);
    return input.id;
  });
}

export function reopen(context: Context, input: Input<'archive.reopen'>): ArchiveFile {
  requireKept(context, readFile(context.session().vault.read, input.id).unit);
  return act(context, 'archive.file-reopened', input.id, {}, (db, now) => {
    reopenFile(db, input.id, now);
    return input.id;
  });
}

export function hold(context: Context, input: Input<'archive.hold'>): ArchiveFile {
  const { accountId } = context.session();
  return act(context, 'archive.held', input.id, { reason: input.reason }, (db, now) => {
    holdFile(db, input.id, input.reason, accountId, now);
    return input.id;
  });
}

export function lift(context: Context, input: Input<'archive.lift'>): ArchiveFile {
  const { accountId } = context.session();
  return act(context, 'archive.hold-lifted', input.id, { reason: input.reason }, (db, now) => {
    liftHold(db, input.id, input.reason, accountId, now);
    return input.id;
  });
}

/** Where a letter lies, and where the person may put it. */
export function filing(context: Context, input: Input<'archive.filing'>): LetterFiling {
  const { read } = context.session().vault;
  const letter = detailOf(context, input.id);
  const scope = filingUnits(context);
  const seen = archiveScope(context);
  const filed = filedIn(
    read,
    input.id,
    (unit) => has(seen, unit),
    (unit) => has(scope, unit),
  );
  // Out of a closed file of the unit, or one on hold, it does not move.
  const stays = new Set(filed.filter((one) => !one.movable).map((one) => one.unit));
  return {
    filed,
    choices: openFiles(read, scope).filter((one) => !stays.has(one.unit)),
    classification: letter.content.classification,
  };
}

/** A file of another unit is as if it were not there. */
function requireFiling(context: Context, id: string, fileId: string): void {
  detailOf(context, id);
  const { unit } = readFile(context.session().vault.read, fileId);
  if (!has(filingUnits(context), unit)) throw new AppError('NOT_FOUND');
}

export function fileLetter(context: Context, input: Input<'archive.fileLetter'>): LetterFiling {
  const { accountId } = context.session();
  requireFiling(context, input.id, input.fileId);
  const facts = { file: input.fileId };
  context.act({ action: 'archive.letter-filed', entity: 'letter', entityId: input.id, facts }, (db, now) =>
    putLetter(db, input.id, input.fileId, accountId, now),
  );
  return filing(context, input);
}

export function unfileLetter(context: Context, input: Input<'archive.unfileLetter'>): LetterFiling {
  requireFiling(context, input.id, input.fileId);
  const facts = { file: input.fileId };
  context.act({ action: 'archive.letter-unfiled', entity: 'letter', entityId: input.id, facts }, (db, now) =>
    takeLetter(db, input.id, input.fileId, now),
  );
  return filing(context, input);
}
