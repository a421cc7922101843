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

/** Names of the variables in subject, body, event and details, each once, in the order in which they are met. */
export function variablesIn(content: LetterContent): string[] {
  const names = new Set<string>();
  mapTexts(content, (text) => {
    for (const [, name] of text.matchAll(variable)) if (name !== undefined) names.add(name);
    return text;
  });
  return [...names];
}

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
