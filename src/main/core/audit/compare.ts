import type { AuditCheck } from '../contract/people.ts';
import { sql, type ReadDb } from '../vault/index.ts';
import { hashOfAnchor, lastAnchor, type Anchor } from './anchors.ts';
import { chainHead, type AuditRow, type ChainWalk } from './chain.ts';
import { factsOf } from './lines.ts';

/**
 * What anchors say about the log, and why (docs/decisions/0010-audit-anchors.md):
 *
 * - the anchored entry is there with the same hash: it agrees;
 * - it is there with another hash, written before the anchor: the log was rewritten;
 * - it is there with another hash, written *after* the anchor: an older vault was put back and went on from there;
 * - it is not there, but the database remembers more than its log (a later anchor of its own, a letter signed or a
 *   number taken after the last entry): the end of the log was cut off;
 * - it is not there and nothing else in the database is newer either: the whole vault is an older one.
 *
 * An anchor that an audited restore left behind is no contradiction: "vault.restored" says so in the log itself.
 */
type Contradiction = NonNullable<AuditCheck['contradiction']>;

interface Restore {
  /** Last entry that the restored vault brought along. */
  readonly base: number;
  readonly at: string;
}

function toRestore({ seq, at, facts }: AuditRow): Restore {
  const { entries } = factsOf(facts);
  return { base: typeof entries === 'number' && entries < seq ? entries : seq - 1, at };
}

/** Latest instant of acts that are always audited in their own transaction. */
function latestAct(db: ReadDb): string {
  const row = db.get<{ at: string | null }>(
    sql`SELECT max(at) AS at FROM (
      SELECT max(signed_at) AS at FROM letter UNION ALL
      SELECT max(reserved_at) FROM number_book UNION ALL
      SELECT max(created_at) FROM identity UNION ALL
      SELECT max(created_at) FROM account)`,
  );
  return row?.at ?? '';
}

function judge(db: ReadDb, anchor: Anchor, walk: ChainWalk): Contradiction | null {
  if (anchor.seq === 0) return null;
  const entry = db.get<{ at: string; hash: string }>(
    sql`SELECT at, hash FROM audit WHERE seq = ${anchor.seq}`,
  );
  if (entry) {
    if (entry.hash === anchor.hash) return null;
    return entry.at > anchor.at ? 'rolled-back' : 'rewritten';
  }
  const { seq } = chainHead(db);
  if (seq > anchor.seq) return 'rewritten';
  const remembers = (lastAnchor(db)?.seq ?? 0) > seq || latestAct(db) > walk.latest;
  return remembers ? 'cut-off' : 'rolled-back';
}

/**
 * @param outside anchors found outside the vault; the one that the vault remembers itself is added.
 * @returns the check of `audit.check`, given what the walk along the chain found.
 */
export function compareAnchors(db: ReadDb, outside: readonly Anchor[], walk: ChainWalk): AuditCheck {
  const own = lastAnchor(db);
  const all = new Map<string, Anchor>();
  for (const anchor of own === null ? outside : [...outside, own]) all.set(hashOfAnchor(anchor), anchor);
  const anchors = [...all.values()].toSorted((a, b) => a.seq - b.seq || a.at.localeCompare(b.at));
  const restored = walk.restores.map(toRestore);
  const leftBehind = (anchor: Anchor): boolean =>
    restored.some((one) => anchor.seq > one.base && anchor.at <= one.at);
  const newest = anchors.reduce<string | null>(
    (latest, { at }) => (latest === null || at > latest ? at : latest),
    null,
  );
  const found = {
    entries: walk.entries,
    brokenLink: walk.brokenLink,
    anchors: anchors.length,
    lastAnchor: newest,
  };
  for (const anchor of anchors) {
    const contradiction = judge(db, anchor, walk);
    if (contradiction !== null && !leftBehind(anchor)) return { ...found, contradiction, at: anchor.seq };
  }
  return { ...found, contradiction: null, at: null };
}
