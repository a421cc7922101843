import type { ReactElement } from 'react';
import { count } from '../lib/format.ts';
import { useLanguage, useText } from '../lib/i18n/index.ts';
import { Button } from './Button.tsx';

/** Which part of a long list is shown, and the way to the parts beside it. */
export function Pager(props: {
  /** From 0. */
  readonly at: number;
  readonly size: number;
  readonly all: number;
  readonly onChange: (at: number) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { at, size, all } = props;
  const from = at * size;
  const to = Math.min(all, from + size);
  return (
    <div className="line">
      <span className="help grow" role="status">
        {text.chooser.page(`${count(from + 1, language)}–${count(to, language)}`, count(all, language))}
      </span>
      <Button isDisabled={at === 0} onPress={() => props.onChange(at - 1)}>
        {text.chooser.previous}
      </Button>
      <Button isDisabled={to >= all} onPress={() => props.onChange(at + 1)}>
        {text.chooser.next}
      </Button>
    </div>
  );
}
