/** What a check of the audit log found, in sentences. Pure. */
import type { AuditCheck, Language } from '../../../main/core/contract/index.ts';
import { count, dateTime } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';

type Tone = 'good' | 'unsure' | 'bad';

export interface Sentence {
  readonly tone: Tone;
  readonly text: string;
}

export function sentencesOf(check: AuditCheck, text: Catalogue, language: Language): readonly Sentence[] {
  const words = text.audit.check;
  const number = (value: number): string => count(value, language);
  const chain: Sentence =
    check.brokenLink === null
      ? { tone: 'good', text: words.whole(number(check.entries)) }
      : { tone: 'bad', text: words.broken(number(check.brokenLink)) };
  const anchors: Sentence =
    check.anchors === 0 || check.lastAnchor === null
      ? { tone: 'unsure', text: words.noAnchors }
      : { tone: 'good', text: words.anchors(number(check.anchors), dateTime(check.lastAnchor, language)) };
  return [chain, anchors, agreement(check, text, number)];
}

function agreement(check: AuditCheck, text: Catalogue, number: (value: number) => string): Sentence {
  const words = text.audit.check;
  const at = number(check.at ?? 0);
  switch (check.contradiction) {
    case 'rewritten':
      return { tone: 'bad', text: words.rewritten(at) };
    case 'cut-off':
      return { tone: 'bad', text: words.cutOff(at) };
    case 'rolled-back':
      return { tone: 'bad', text: words.rolledBack(at) };
    case null:
      return check.anchors === 0
        ? { tone: 'unsure', text: words.nothingToCompare }
        : { tone: 'good', text: words.agrees };
  }
}

export function worst(sentences: readonly Sentence[]): Tone {
  if (sentences.some((sentence) => sentence.tone === 'bad')) return 'bad';
  return sentences.some((sentence) => sentence.tone === 'unsure') ? 'unsure' : 'good';
}
