import type { ReactElement, ReactNode } from 'react';

/** A part of the form that folds away; what is wrong in it still stands above the preview. */
export function Part(props: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <details className="template-part" open={props.open ?? false}>
      <summary>{props.title}</summary>
      <div className="stack template-part-body">{props.children}</div>
    </details>
  );
}
