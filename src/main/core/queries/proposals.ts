import type { Minutes, PanelMember, Proposal, ProposalRow } from '../contract/archive.ts';
import {
  proposalLife,
  type ProposalAction,
  type ProposalKind,
  type ProposalState,
} from '../contract/archive-life.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import { personName } from './letters.ts';
import type { Asker } from './scope.ts';

/** Proposals as they are read: by those who keep the archive, and by those whom a proposal names. */
interface Row {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly note: string;
  readonly made_at: string;
  readonly made_by: string;
  readonly by: string;
  readonly files: number;
  readonly approver_id: string;
  readonly approved_at: string | null;
  readonly anri_number: string | null;
  readonly anri_date: string | null;
  readonly minutes_number: string | null;
  readonly minutes_date: string | null;
  readonly receiver: string;
  readonly receiver_name: string;
  readonly executed_at: string | null;
  readonly ended_at: string | null;
  readonly ended_by: string | null;
  readonly ended_reason: string;
  /** The asker's place in the panel: 1 asked, 2 answered, 0 none. */
  readonly member: number;
}

const select = (asker: Asker) => sql`SELECT proposal.*, maker.name AS by,
    (SELECT count(*) FROM archive_proposal_file WHERE proposal_id = proposal.id) AS files,
    coalesce((SELECT CASE WHEN agrees IS NULL THEN 1 ELSE 2 END FROM archive_panel
      WHERE proposal_id = proposal.id AND account_id = ${asker.accountId}), 0) AS member
  FROM archive_proposal AS proposal JOIN account AS maker ON maker.id = proposal.made_by`;

const keepers = ['archivist', 'administrator'] as const;
const seesAll = (asker: Asker): boolean => keepers.some((role) => asker.roles.includes(role));

const isNamed = (row: Row, asker: Asker): boolean =>
  row.member !== 0 || row.approver_id === asker.accountId || row.made_by === asker.accountId;

/** What the asker may do with it now. */
function actionsOf(row: Row, asker: Asker): ProposalAction[] {
  const actors = [
    ...(row.member === 1 ? ['member'] : []),
    ...(row.approver_id === asker.accountId ? ['approver'] : []),
    ...(asker.roles.includes('archivist') ? ['archivist'] : []),
  ];
  const found = proposalLife.filter(
    (one) => one.kind === row.kind && one.from === row.state && actors.includes(one.who),
  );
  return [...new Set(found.map((one) => one.action))];
}

const toRow = (row: Row, asker: Asker): ProposalRow => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  madeAt: row.made_at,
  by: row.by,
  files: row.files,
  mine: actionsOf(row, asker).some((action) => action !== 'withdraw'),
});

/** Newest first, at most 500. */
export function listProposals(db: ReadDb, asker: Asker, fileId: string | null = null): ProposalRow[] {
  const own = seesAll(asker)
    ? sql`1`
    : sql`(proposal.approver_id = ${asker.accountId} OR EXISTS (SELECT 1 FROM archive_panel
        WHERE proposal_id = proposal.id AND account_id = ${asker.accountId}))`;
  const about =
    fileId === null
      ? own
      : sql`EXISTS (SELECT 1 FROM archive_proposal_file WHERE proposal_id = proposal.id AND file_id = ${fileId})
          AND ${own}`;
  return db
    .all<Row>(sql`${select(asker)} WHERE ${about} ORDER BY proposal.position DESC LIMIT 500`)
    .map((row) => toRow(row, asker));
}

/** Without its list; null where the asker has nothing to do with it. */
export function proposalDetail(
  db: ReadDb,
  asker: Asker,
  id: string,
): Omit<Proposal, 'list' | 'needsAnri'> | null {
  const row = db.get<Row>(sql`${select(asker)} WHERE proposal.id = ${id}`);
  if (!row) return null;
  if (!seesAll(asker) && row.member === 0 && row.approver_id !== asker.accountId) return null;
  return {
    ...toRow(row, asker),
    note: row.note,
    panel: panelOf(db, id),
    approver: { accountId: row.approver_id, ...personName(db, row.approver_id) },
    approvedAt: row.approved_at,
    anri:
      row.anri_number === null || row.anri_date === null
        ? null
        : { number: row.anri_number, date: row.anri_date },
    minutes: minutesOf(row),
    // It names the letters' subjects, which an administrator's role does not show.
    opensMinutes: row.minutes_number !== null && (asker.roles.includes('archivist') || isNamed(row, asker)),
    executedAt: row.executed_at,
    ended:
      row.ended_at === null
        ? null
        : {
            reason: row.ended_reason,
            by: row.ended_by === null ? '' : personName(db, row.ended_by).name,
            at: row.ended_at,
          },
    may: actionsOf(row, asker),
  };
}

const minutesOf = (row: Row): Minutes | null =>
  row.minutes_number === null || row.minutes_date === null
    ? null
    : {
        number: row.minutes_number,
        date: row.minutes_date,
        receiver: row.receiver,
        receiverName: row.receiver_name,
      };

function panelOf(db: ReadDb, id: string): PanelMember[] {
  return db
    .all<{ account_id: string; agrees: number | null; reason: string; at: string | null }>(
      sql`SELECT account_id, agrees, reason, at FROM archive_panel WHERE proposal_id = ${id} ORDER BY place`,
    )
    .map((row) => ({
      accountId: row.account_id,
      ...personName(db, row.account_id),
      agrees: row.agrees === null ? null : row.agrees === 1,
      reason: row.reason,
      at: row.at,
    }));
}
