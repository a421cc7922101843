import type { ReactElement } from 'react';
import type { ErrorShape } from '../../../main/core/contract/index.ts';
import { useApp } from '../../app/app-store.ts';
import { restoreBackup } from '../../app/restore.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button, type ButtonProps } from '../../ui/Button.tsx';

/** Asks for a backup set in the system's dialog and restores it. Where that succeeds, the page begins anew. */
export function RestoreButton(props: {
  readonly label?: string;
  readonly kind?: NonNullable<ButtonProps['kind']>;
  /** Null when a new attempt begins or nobody chose a set. */
  readonly onRefused: (error: ErrorShape | null) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const restoring = useApp((state) => state.restoring);
  const restore = async (): Promise<void> => {
    props.onRefused(null);
    props.onRefused(await restoreBackup(language));
  };
  return (
    <Button kind={props.kind ?? 'plain'} isPending={restoring} onPress={() => void restore()}>
      {props.label ?? text.backups.restore}
    </Button>
  );
}
