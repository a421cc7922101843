import type { ReactElement } from 'react';
import type { Post } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { SelectField } from '../../ui/fields.tsx';

/** In which of several valid posts the author signs. Whoever holds one is not asked. */
export function PostField(props: {
  readonly posts: readonly Post[];
  readonly value: string | null;
  readonly onChange: (postId: string | null) => void;
}): ReactElement | null {
  const text = useText();
  const [main, ...others] = props.posts.filter((post) => post.valid);
  const gone =
    props.value !== null &&
    ![main, ...others].some((post) => post?.id === props.value) &&
    props.posts.length > 0;
  if (!main || (others.length === 0 && !gone)) return null;
  const choices = [
    { value: '', label: text.editor.postMain(main.printed) },
    ...others.map((post) => ({ value: post.id, label: post.printed })),
    ...(gone ? [{ value: 'gone', label: text.editor.postGone }] : []),
  ];
  const chosen = gone ? 'gone' : props.value === null || props.value === main.id ? '' : props.value;
  return (
    <SelectField
      label={text.editor.post}
      value={chosen}
      choices={choices}
      error={gone ? text.editor.postGone : undefined}
      onChange={(next) => {
        if (next !== 'gone') props.onChange(next === '' ? null : next);
      }}
    />
  );
}
