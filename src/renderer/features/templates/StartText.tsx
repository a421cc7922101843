/** The text that a new letter of a kind begins with, written as a letter's body is. */
import { useState, type ReactElement } from 'react';
import type { Block } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { BodyField } from '../editor/BodyField.tsx';
import { createBodyEditor } from '../editor/body-editor.ts';

export function StartText(props: {
  readonly body: readonly Block[];
  /** The one of the first drawing is called for as long as the editor lives. */
  readonly onChange: (body: readonly Block[]) => void;
}): ReactElement {
  const text = useText();
  const [editor] = useState(() => createBodyEditor(props.body, props.onChange));
  return (
    <>
      <p className="help">{text.templates.startText}</p>
      <BodyField editor={editor} missing={false} sealed={false} />
    </>
  );
}
