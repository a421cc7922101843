import { listUnits, titledName } from '../accounts/index.ts';
import type { ErrorShape } from '../contract/errors.ts';
import type { LetterContent, TypesetLetter } from '../contract/letters.ts';
import { longDate } from '../contract/messages/dates.ts';
import { fillVariables, variablesIn } from '../contract/variables.ts';
import type { Context } from './context.ts';

/** Stands where the number will be, on a page that has none yet. */
const numberFollows = '…';

/** The page with its variables filled in; those without a value stay as they were typed. */
export function withVariables(context: Context, page: TypesetLetter): TypesetLetter {
  const { content, signer } = page;
  const names = variablesIn(content);
  if (names.length === 0) return page;
  const [addressee, ...more] = content.recipients;
  const only = more.length === 0 ? addressee : undefined;
  const unit = listUnits(context.session().vault.read).find((one) => one.code === signer.unit);
  const found: Readonly<Record<string, string>> = {
    penerima: only?.name ?? '',
    tempat: only?.place ?? '',
    penandatangan: titledName(signer),
    jabatan: signer.post,
    nip: signer.nip,
    pangkat: signer.rank,
    unit: unit?.name ?? signer.unit,
    tanggal: longDate('id', page.date),
    nomor: page.number === '' ? numberFollows : page.number,
  };
  const values = Object.fromEntries(Object.entries(found).filter(([, value]) => value.trim() !== ''));
  // The subject may hold variables itself, but not itself.
  const { subject } = fillVariables(content, values);
  const hal = subject.trim() !== '' && variablesIn({ ...bare(content), subject }).length === 0;
  return { ...page, content: fillVariables(content, hal ? { ...values, hal: subject } : values) };
}

/** Without anything in which a variable may stand. */
const bare = (content: LetterContent): LetterContent => ({
  ...content,
  subject: '',
  body: [],
  event: null,
  details: {},
});

/** Variables that a filled page still shows, by the field that they stand in: nobody signs those. */
export function variableProblems({ content }: TypesetLetter): ErrorShape[] {
  const empty = bare(content);
  const parts: readonly (readonly [field: string, part: LetterContent])[] = [
    ['subject', { ...empty, subject: content.subject }],
    ['event', { ...empty, event: content.event }],
    ...Object.entries(content.details ?? {}).map(
      ([name, text]) => [`details.${name}`, { ...empty, details: { [name]: text } }] as const,
    ),
    ['body', { ...empty, body: content.body }],
  ];
  return parts.flatMap(([field, part]): ErrorShape[] => {
    const names = variablesIn(part);
    if (names.length === 0) return [];
    const shown = names.slice(0, 10).map((name) => `\${${name}}`);
    return [{ code: 'VARIABLE_UNKNOWN', params: { names: shown.join(', '), field } }];
  });
}
