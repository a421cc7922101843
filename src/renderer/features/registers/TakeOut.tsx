/** The buttons of a book: print it, or save it in each of its formats. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { tableFormats, type RegisterSheet } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { printRegister, saveRegister } from './taking-out.ts';

export function TakeOut(props: {
  readonly sheet: RegisterSheet;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}): ReactElement {
  const words = useText().registers;
  const [running, setRunning] = useState<string | null>(null);
  const run = async (what: string, work: () => Promise<void>): Promise<void> => {
    setRunning(what);
    await work();
    setRunning(null);
  };
  const { sheet, isDisabled = false } = props;
  return (
    <div className="line">
      <Button
        icon="print"
        isPending={running === 'print'}
        isDisabled={isDisabled}
        onPress={() => void run('print', () => printRegister(sheet))}
      >
        {words.print}
      </Button>
      {tableFormats.map((format) => (
        <Button
          key={format}
          icon="save"
          isPending={running === format}
          isDisabled={isDisabled}
          onPress={() => void run(format, () => saveRegister({ ...sheet, format }))}
        >
          {words.saveAs(format.toUpperCase())}
        </Button>
      ))}
      {props.children}
    </div>
  );
}
