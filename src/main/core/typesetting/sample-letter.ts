import type { Block, Letterhead, LetterContent, Official, TypesetLetter } from '../contract/index.ts';
import { startOf, type KindRules } from './kind-rules.ts';

/** A letter of a kind as somebody would write it, to look at its template. It says what it is. */
export function sampleLetter(
  kind: string,
  rules: KindRules,
  of: {
    readonly letterhead: Letterhead;
    readonly signer: Official;
    readonly number: string;
    /** Plain date. */
    readonly date: string;
  },
): TypesetLetter {
  return { ...of, content: sampleContent(kind, rules, of.date), issuer: '', certified: false };
}

const sentence =
  'Paragraf contoh ini memperlihatkan huruf, jarak baris, dan lekuk alinea sebagaimana akan tercetak pada surat yang sebenarnya.';

const values: Readonly<Record<KindRules['fields'][number]['form'], string>> = {
  line: 'Isian contoh',
  text: 'Isian contoh yang lebih panjang dari satu baris, agar tampak bagaimana baris berikutnya dicetak.',
  list: 'Butir contoh pertama\nButir contoh kedua',
  date: '',
};

function sampleContent(kind: string, rules: KindRules, date: string): LetterContent {
  const paragraph: Block = { type: 'paragraph', content: [{ type: 'text', text: sentence }] };
  const start = startOf(rules).filter((block) => block.type !== 'paragraph' || block.content.length > 0);
  const body = start.length > 0 ? start : [paragraph];
  const filled = rules.fields.map(({ name, form }) => [name, form === 'date' ? date : values[form]] as const);
  return {
    kind,
    classification: sampleClassification,
    urgency: 'biasa',
    security: 'biasa',
    postId: null,
    attachments: '',
    subject: 'Contoh naskah untuk melihat templat',
    recipients:
      rules.addressees.need === 'none'
        ? []
        : [{ accountId: null, name: 'Kepala Dinas Komunikasi dan Informatika', place: 'Sukadana' }],
    copies: [],
    body: [...body, ...(rules.bodyNeed === 'required' && start.length > 0 ? [paragraph] : [])],
    event: rules.event
      ? { date, time: '09.00 WIB s.d. selesai', place: 'Aula kantor', agenda: 'Rapat contoh' }
      : null,
    ...(filled.length > 0 ? { details: Object.fromEntries(filled) } : {}),
  };
}

/** Of Permendagri 83/2022, as in the numbers of examples. */
export const sampleClassification = '000.8.3';
