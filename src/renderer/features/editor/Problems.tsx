import type { ReactElement } from 'react';
import type { ErrorShape, LetterContent } from '../../../main/core/contract/index.ts';
import { fieldsWith, missingCharacters } from '../../lib/characters.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { useFieldName } from '../../lib/kinds.ts';
import { problemLines } from '../../lib/problems.ts';
import { Banner } from '../../ui/parts.tsx';

/** What is still to be done before a letter can be signed; nothing when it is ready. */
export function Problems(props: {
  readonly problems: readonly ErrorShape[];
  readonly content: LetterContent;
  /** For a try to sign that found it unready. */
  readonly live?: boolean;
}): ReactElement | null {
  const text = useText();
  const errorText = useErrorText();
  const fieldName = useFieldName();
  if (props.problems.length === 0) return null;
  /** Says where, too. */
  const inWords = (error: ErrorShape): string => {
    const field = error.params?.['field'];
    if (error.code === 'VARIABLE_UNKNOWN' && typeof field === 'string')
      return errorText({ ...error, params: { ...error.params, field: fieldName(field) } });
    if (error.code !== 'GLYPH_MISSING') return errorText(error);
    const fields = fieldsWith(props.content, missingCharacters([error])).map(fieldName);
    return fields.length === 0
      ? errorText(error)
      : `${errorText(error)} ${text.writing.glyphWhere(fields.join(', '))}`;
  };
  return (
    <Banner tone="unsure" live={props.live ?? false}>
      <h2 className="minor">{text.editor.problems}</h2>
      <ul className="bullets">
        {problemLines(props.problems, props.content, fieldName, inWords).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Banner>
  );
}
