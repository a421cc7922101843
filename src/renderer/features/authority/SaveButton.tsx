import { useState, type ReactElement } from 'react';
import type { Result } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';

/** Asks where, saves, and says what became of it. */
export function SaveButton(props: {
  readonly children: string;
  readonly label?: string;
  readonly quiet?: boolean;
  readonly save: () => Promise<Result<{ readonly saved: boolean; readonly fileName: string }>>;
}): ReactElement {
  const words = useText().authority;
  const [pending, setPending] = useState(false);
  const run = async (): Promise<void> => {
    setPending(true);
    const result = await props.save();
    setPending(false);
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.saved(result.value.fileName));
    else say(words.notSaved, 'note');
  };
  return (
    <Button
      icon="save"
      kind={props.quiet ? 'quiet' : 'plain'}
      isPending={pending}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      onPress={() => void run()}
    >
      {props.children}
    </Button>
  );
}
