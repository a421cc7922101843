import { useState, type ReactElement } from 'react';
import type { ErrorShape, LetterDetail } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Banner } from '../../ui/parts.tsx';

/** A draft that could not be saved: try again, or, after a change elsewhere, give way to the newest version. */
export function SaveBanner(props: {
  readonly id: string;
  readonly error: ErrorShape;
  readonly onRetry: () => void;
  readonly onReload: (letter: LetterDetail) => void;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const reload = async (): Promise<void> => {
    const result = await eletter.letters.get({ id: props.id });
    setAsking(false);
    if (result.ok) props.onReload(result.value);
    else sayError(result.error);
  };
  return (
    <div className="editor-banner">
      <Banner
        tone="bad"
        live
        actions={
          props.error.code === 'LETTER_CHANGED_ELSEWHERE' ? (
            <Button onPress={() => setAsking(true)}>{text.editor.reloadNewest}</Button>
          ) : (
            <Button onPress={props.onRetry}>{text.app.retry}</Button>
          )
        }
      >
        {errorText(props.error)}
      </Banner>
      {asking && (
        <Dialog title={text.editor.reloadTitle} onClose={() => setAsking(false)}>
          <p>{text.editor.reloadText}</p>
          <div className="line line-end">
            <Button startsFocused onPress={() => setAsking(false)}>
              {text.common.cancel}
            </Button>
            <Button kind="danger" onPress={() => void reload()}>
              {text.editor.reloadNewest}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
