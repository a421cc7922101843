/** How an issued certificate stands today. Pure. */
import type { IssuedCertificate } from '../../../main/core/contract/index.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { ChipTone } from '../../ui/parts.tsx';

type StateKey = 'good' | 'ending' | 'expired' | 'revoked';

/** Time enough to ask for another one. */
const soon = 60 * 86_400_000;

export function issuedState(
  row: Pick<IssuedCertificate, 'notAfter' | 'revokedAt'>,
  now: Date = new Date(),
): { readonly key: StateKey; readonly tone: ChipTone; readonly icon: IconName } {
  if (row.revokedAt !== null) return { key: 'revoked', tone: 'bad', icon: 'failed' };
  const left = Date.parse(row.notAfter) - now.getTime();
  if (left <= 0) return { key: 'expired', tone: 'plain', icon: 'clock' };
  if (left <= soon) return { key: 'ending', tone: 'unsure', icon: 'clock' };
  return { key: 'good', tone: 'good', icon: 'check' };
}

/** Name and serial number, as people search for them. */
export function fits(row: Pick<IssuedCertificate, 'subject' | 'serial'>, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  return (
    row.subject.replaceAll('\\', '').toLowerCase().includes(words) ||
    row.serial.toLowerCase().includes(words.replaceAll(/[\s:]/g, ''))
  );
}

export const isOver = (until: string, now: Date = new Date()): boolean => Date.parse(until) <= now.getTime();
