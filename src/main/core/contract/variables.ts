import type { Block, Cell, Inline, LetterContent } from './letters.ts';

/** Variables of a letter: `${nama}` in its text stands for a value that is known later. Names are lower-case. */
const variable = /\$\{([a-z][a-z0-9_]{0,39})\}/g;

/** Every text of the content in which a variable may stand goes through `change`. */
function mapTexts(content: LetterContent, change: (text: string) => string): LetterContent {
  const inline = (one: Inline): Inline => (one.type === 'text' ? { ...one, text: change(one.text) } : one);
  const inlines = (list: readonly Inline[]): Inline[] =>
    list.map(inline).filter((one) => one.type !== 'text' || one.text !== '');
  const cell = (one: Cell): Cell => ({ ...one, content: inlines(one.content) });
  const block = (one: Block): Block => {
    switch (one.type) {
      case 'paragraph':
      case 'heading':
        return { ...one, content: inlines(one.content) };
      case 'list':
        return { ...one, items: one.items.map((item) => item.map(block)) };
      case 'table':
        return { ...one, rows: one.rows.map((row) => row.map(cell)) };
    }
  };
  const { event, details } = content;
  return {
    ...content,
    subject: change(content.subject),
    body: content.body.map(block),
    event: event && {
      ...event,
      time: change(event.time),
      place: change(event.place),
      agenda: change(event.agenda),
    },
    ...(details
      ? { details: Object.fromEntries(Object.entries(details).map(([name, text]) => [name, change(text)])) }
      : {}),
  };
}

/** How often each variable stands in a text, in the order in which they are met; added to `counts`. */
export function countVariables(text: string, counts = new Map<string, number>()): Map<string, number> {
  for (const [, name] of text.matchAll(variable))
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The same of subject, body, event and details. */
export function countVariablesIn(content: LetterContent): Map<string, number> {
  const counts = new Map<string, number>();
  mapTexts(content, (text) => {
    countVariables(text, counts);
    return text;
  });
  return counts;
}

/** Names of the variables in subject, body, event and details, each once, in the order in which they are met. */
export const variablesIn = (content: LetterContent): string[] => [...countVariablesIn(content).keys()];

/** The content with its variables replaced; a name without a value stays as it is. Values are not read for variables. */
export function fillVariables(
  content: LetterContent,
  values: Readonly<Record<string, string>>,
): LetterContent {
  return mapTexts(content, (text) =>
    text.replace(variable, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
    ),
  );
}
