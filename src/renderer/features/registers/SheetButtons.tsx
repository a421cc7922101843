/** The disposition sheet of a letter, for those whom it concerns: to the printer, or to a file. */
import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { printSheet, saveFile } from './taking-out.ts';

export function SheetButtons({ id }: { readonly id: string }): ReactElement | null {
  const words = useText().registers.sheet;
  const [running, setRunning] = useState<'print' | 'save' | null>(null);
  const tree = useReading(`dispositions-${id}`, () => eletter.dispositions.tree({ letterId: id }));
  const run = async (what: 'print' | 'save', work: () => Promise<void>): Promise<void> => {
    setRunning(what);
    await work();
    setRunning(null);
  };
  if (!tree.value?.maySheet) return null;
  return (
    <div className="line" role="group" aria-label={words.title}>
      <Button
        icon="print"
        isPending={running === 'print'}
        onPress={() => void run('print', () => printSheet(() => eletter.registers.sheet({ id })))}
      >
        {words.print}
      </Button>
      <Button
        icon="save"
        isPending={running === 'save'}
        onPress={() => void run('save', () => saveFile(() => eletter.desktop.saveDispositionSheet({ id })))}
      >
        {words.save}
      </Button>
    </div>
  );
}
