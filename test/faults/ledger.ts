import type { Act, Line } from './acts.ts';

/** What was acknowledged up to a moment, and what was under way then: the measure of what must be there. */
export interface Ledger {
  readonly accountId: string;
  /** The one acknowledged last, and one that was being set. */
  readonly passphrases: readonly string[];
  /** Those of before: old backups open with them. */
  readonly earlier: readonly string[];
  /** Null while a new one was being made: nobody has seen it yet, and the old one may be gone. */
  readonly recoveryKey: string | null;
  readonly acts: readonly Act[];
  /** Acts that were announced and not acknowledged: they may have happened or not. */
  readonly open: readonly Act[];
  readonly reader: { readonly accountId: string; readonly accountPassphrase: string };
}

export type Start = Omit<Ledger, 'acts' | 'open'>;

/** @param lines in the order in which they were said. */
export function ledgerOf(start: Start, lines: readonly Line[], before: readonly Act[] = []): Ledger {
  const acts = [...before];
  let [passphrases, { recoveryKey }] = [start.passphrases, start];
  const earlier = [...start.earlier, ...start.passphrases];
  const open: Act[] = [];
  let refused = 0;
  for (const { done, act } of lines) {
    if (done !== 'refused') open.splice(refused);
    if (done === true) acts.push(act);
    else if (done === false) open.push(act);
    else refused = open.length;
    if (act.act === 'passphrase' && done !== 'refused')
      passphrases = done === true ? [act.next] : [...passphrases, act.next];
    if (act.act === 'recovery' && done !== 'refused') recoveryKey = done === true ? act.key : null;
  }
  return { ...start, earlier, passphrases, recoveryKey, acts, open };
}
