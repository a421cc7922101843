/** Over a page that is set anew while somebody types: what it is, and how many pages it has or that they are coming. */
import type { ReactElement } from 'react';
import { count } from '../lib/format.ts';
import { useLanguage, useText } from '../lib/i18n/index.ts';

export function PreviewHead(props: {
  readonly title: string;
  readonly level: 2 | 3;
  /** A newer one is on its way. */
  readonly pending: boolean;
  readonly pages: number;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const Heading = props.level === 2 ? 'h2' : 'h3';
  return (
    <div className="preview-head line">
      <Heading className="label grow">{props.title}</Heading>
      <p className="small soft" role="status">
        {props.pending
          ? text.editor.previewPending
          : props.pages > 0
            ? text.editor.previewPages(count(props.pages, language))
            : ''}
      </p>
    </div>
  );
}
