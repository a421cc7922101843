/** Letters of a period with their metadata, for SRIKANDI or another program. */
import { useState, type ReactElement } from 'react';
import {
  metadataFormats,
  type MetadataFormat,
  type RegisterPeriod,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { ChoiceGroup } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export function Metadata(props: {
  readonly unit: string;
  readonly period: RegisterPeriod;
  readonly onClose: () => void;
}): ReactElement {
  const words = useText().registers;
  const sending = useSending();
  const [format, setFormat] = useState<MetadataFormat>('xlsx');
  const { unit, period, onClose } = props;
  return (
    <FormDialog
      title={words.metadataTitle}
      sending={sending}
      confirm={words.metadataConfirm}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.desktop.saveRegister({ what: 'metadata', unit, ...period, format }),
          ({ saved, fileName }) => {
            if (saved) say(words.saved(fileName));
            else say(words.notSaved, 'note');
            onClose();
          },
        )
      }
    >
      <p>{words.metadataText}</p>
      <ChoiceGroup
        label={words.metadataFormat}
        value={format}
        choices={metadataFormats.map((value) => ({ value, label: words.metadataFormats[value] }))}
        onChange={setFormat}
      />
    </FormDialog>
  );
}
