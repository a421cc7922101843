import {
  answerOn,
  answers,
  judgeReport,
  longMoment,
  type PrintedReport,
  type SignatureReport,
  type Tone,
} from '../contract/index.ts';
import { forbiddenIn, plainLine } from './characters.ts';

/** Sheets are for reading: what goes beyond is counted, and stands whole in the JSON report. */
const maximumSignatures = 30;
const maximumListed = 20;
/** As many as a report lists. */
const maximumChanges = 60;
const longestText = 400;

/** What resources/templates/report.typ takes. */
export function reportView(input: PrintedReport, fonts: readonly string[]): object {
  const { report, language, trust } = input;
  const text = answers[language];
  const verdict = judgeReport(report);
  const shown = report.signatures.slice(0, maximumSignatures);
  const all = report.signatures.length;
  const fact = (label: string, value: string | null | undefined): [string, string][] =>
    value ? [[label, value]] : [];

  const signatureOf = (signature: SignatureReport, index: number): object => {
    const answered = answerOn(report, signature, language);
    const { judged } = answered;
    const { terms, question } = text;
    const mark = (tone: Tone, neutral: string): string => (tone === 'plain' ? neutral : text.word[tone]);
    const { signer } = signature;
    const stamp = judged.when.key === 'timestamp' ? text.neutral.timestamp : text.neutral.claimed;
    return {
      title:
        signature.kind === 'signature' ? text.signatureOf(index + 1, all) : text.timestampOf(index + 1, all),
      answers: [
        answer(
          judged.unchanged.tone,
          mark(judged.unchanged.tone, text.neutral.unchanged),
          question.unchanged,
          [answered.unchanged],
        ),
        answer(judged.who.tone, mark(judged.who.tone, text.neutral.who), question.who, [
          answered.who,
          signature.psre
            ? `${text.certified}: ${text.certifiedText}.`
            : `${text.uncertified}: ${text.uncertifiedText}.`,
        ]),
        answer(judged.when.tone, mark(judged.when.tone, stamp), question.when, [
          answered.when,
          answered.revoked,
        ]),
      ],
      problems: capped(signature.problems.map(({ message }) => message)),
      changes: [
        ...capped(
          signature.changes.map(
            ({ what, where, verdict: judgement, rule }) =>
              `${what} (${where}): ${text.verdict[judgement]}${rule ? `; ${text.rule} ${rule}` : ''}`,
          ),
          maximumChanges,
        ),
        ...(signature.moreChanges ? [text.moreChanges(signature.moreChanges)] : []),
      ],
      facts: [
        ...fact(terms.field, signature.field),
        ...fact(
          terms.indication,
          signature.subIndication
            ? `${signature.indication} (${signature.subIndication})`
            : signature.indication,
        ),
        ...fact(terms.level, signature.level === 'none' ? null : signature.level),
        ...fact(terms.format, signature.subFilter),
        ...fact(
          terms.algorithm,
          [signature.signatureAlgorithm, signature.digestAlgorithm].filter(Boolean).join(', '),
        ),
        ...fact(terms.revision, String(signature.revision)),
        ...fact(terms.subject, signer?.subject),
        ...fact(terms.issuer, signer?.issuer),
        ...fact(terms.serial, signer?.serial),
        ...fact(
          terms.validity,
          signer && `${longMoment(language, signer.notBefore)} – ${longMoment(language, signer.notAfter)}`,
        ),
      ],
    };
  };

  function capped(lines: readonly string[], most = maximumListed): readonly string[] {
    const rest = lines.length - most;
    return rest > 0 ? [...lines.slice(0, most), text.printed.more(rest)] : lines;
  }

  return {
    fonts,
    language,
    title: text.printed.title,
    verdict: {
      tone: verdict.tone,
      word: text.word[verdict.tone === 'plain' ? 'unsigned' : verdict.tone],
      sentence: text.sentence[verdict.key],
    },
    facts: [
      ...fact(text.printed.file, report.file.split(/[\\/]/).at(-1)),
      ...fact('SHA-256', report.sha256),
      ...fact(text.terms.conclusion, report.conclusion),
      ...fact(text.printed.revisions, String(report.revisions)),
      ...fact(text.printed.checkedAt, longMoment(language, input.at)),
      ...fact(text.printed.checkedWith, text.printed.checkedBy(input.version)),
      ...fact(text.printed.trust, text.printed.trustText(trust.anchors, trust.psre)),
      ...fact(text.printed.listFingerprint, trust.fingerprint),
    ],
    headings: {
      problems: text.problems,
      changes: text.changes,
      technical: text.printed.certificate,
      noChanges: text.noChanges,
    },
    problems: capped(report.problems.map(({ message }) => message)),
    signatures: shown.map(signatureOf),
    more: all > shown.length ? text.printed.more(all - shown.length) : '',
    foot: text.printed.foot,
  };
}

const answer = (tone: Tone, mark: string, question: string, lines: readonly string[]): object => ({
  tone,
  mark,
  question,
  lines,
});

/** Does no font here have it for sure? Latin letters and common punctuation they have. */
export const beyondLatin = (character: string): boolean =>
  !/[\u0020-\u024f\u200b\u2010-\u201f\u2026]/.test(character);

/**
 * The same view with texts that can be set: what may stand on no page is told by its code point.
 * @param missing what no font holds.
 * @param longest characters of one text; what is longer ends in an ellipsis.
 */
export function printableReport(
  view: object,
  missing: (character: string) => boolean,
  longest = longestText,
): unknown {
  return JSON.parse(
    JSON.stringify(view, (_key, value: unknown) =>
      typeof value === 'string' ? settable(value, missing, longest) : value,
    ),
  );
}

function settable(text: string, missing: (character: string) => boolean, longest: number): string {
  const whole = plainLine(text.isWellFormed() ? text : text.toWellFormed());
  const cut = whole.length > longest ? `${[...whole].slice(0, longest).join('')}…` : whole;
  return [...cut]
    .map((character) =>
      forbiddenIn(character).length > 0 || missing(character)
        ? `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
        : character,
    )
    .join('');
}
