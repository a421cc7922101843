/** The steps of a proposal that ask for more than a reason. */
import { useState, type ReactElement } from 'react';
import type { Proposal } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { today } from '../../lib/format.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner } from '../../ui/parts.tsx';
import { OwnPassphrase } from '../settings/OwnPassphrase.tsx';

interface Props {
  readonly proposal: Proposal;
  readonly onClose: () => void;
}

export function Approve({ proposal, onClose }: Props): ReactElement {
  const text = useText();
  const words = text.archive.proposal;
  const sending = useSending();
  const [number, setNumber] = useState('');
  const [date, setDate] = useState('');
  const { needsAnri } = proposal;
  const required = (value: string): string | undefined =>
    needsAnri && sending.tried && value.trim() === '' ? text.common.required : undefined;
  return (
    <FormDialog
      title={words.approveTitle}
      sending={sending}
      confirm={words.approveTitle}
      shownAtField={['ARCHIVE_DATE']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          needsAnri && (number.trim() === '' || date === ''),
          () =>
            eletter.archive.approve({
              id: proposal.id,
              anri: needsAnri ? { number: number.trim(), date } : null,
            }),
          () => {
            say(words.approved);
            noteChange();
            onClose();
          },
        )
      }
    >
      <p>{words.approveText}</p>
      {needsAnri && (
        <>
          <Banner tone="plain">{words.needsAnri}</Banner>
          <TextField
            label={words.anriNumber}
            value={number}
            maxLength={100}
            startsFocused
            error={required(number)}
            onChange={setNumber}
          />
          <TextField
            label={words.anriDate}
            type="date"
            value={date}
            error={required(date) ?? sending.at('ARCHIVE_DATE')}
            onChange={(next) => {
              setDate(next);
              sending.forget();
            }}
          />
        </>
      )}
    </FormDialog>
  );
}

export function Record({ proposal, onClose }: Props): ReactElement {
  const text = useText();
  const words = text.archive.proposal;
  const sending = useSending();
  const [number, setNumber] = useState('');
  const [date, setDate] = useState(today());
  const [receiver, setReceiver] = useState('');
  const [receiverName, setReceiverName] = useState('');
  const handsOver = proposal.kind === 'transfer';
  const required = (value: string): string | undefined =>
    sending.tried && value.trim() === '' ? text.common.required : undefined;
  return (
    <FormDialog
      title={words.recordTitle}
      sending={sending}
      confirm={words.recordTitle}
      shownAtField={['ARCHIVE_DATE']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          [number, date, ...(handsOver ? [receiver, receiverName] : [])].some((value) => value.trim() === ''),
          () =>
            eletter.archive.record({
              id: proposal.id,
              minutes: {
                number: number.trim(),
                date,
                receiver: receiver.trim(),
                receiverName: receiverName.trim(),
              },
            }),
          () => {
            say(words.recorded);
            noteChange();
            onClose();
          },
        )
      }
    >
      <p>{words.recordText}</p>
      <TextField
        label={words.number}
        value={number}
        maxLength={100}
        startsFocused
        error={required(number)}
        onChange={setNumber}
      />
      <TextField
        label={words.date}
        type="date"
        value={date}
        error={required(date) ?? sending.at('ARCHIVE_DATE')}
        onChange={(next) => {
          setDate(next);
          sending.forget();
        }}
      />
      {handsOver && (
        <>
          <TextField
            label={words.receiverField}
            value={receiver}
            maxLength={100}
            error={required(receiver)}
            onChange={setReceiver}
          />
          <TextField
            label={words.receiverName}
            value={receiverName}
            maxLength={100}
            error={required(receiverName)}
            onChange={setReceiverName}
          />
        </>
      )}
    </FormDialog>
  );
}

/** The act itself: the account passphrase once more. */
export function Execute({ proposal, onClose }: Props): ReactElement {
  const words = useText().archive.proposal;
  const sending = useSending();
  const [passphrase, setPassphrase] = useState('');
  const destroys = proposal.kind === 'destruction';
  return (
    <FormDialog
      title={destroys ? words.executeTitle : words.handTitle}
      sending={sending}
      kind={destroys ? 'danger' : 'primary'}
      confirm={destroys ? words.executeConfirm : words.handConfirm}
      shownAtField={['PASSPHRASE_WRONG']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          passphrase === '',
          () => eletter.archive.execute({ id: proposal.id, accountPassphrase: passphrase }),
          () => {
            say(destroys ? words.executed : words.handed);
            noteChange();
            onClose();
          },
        )
      }
    >
      <p>{destroys ? words.executeText : words.handText}</p>
      {destroys && <Banner tone="unsure">{words.executeBackups}</Banner>}
      <OwnPassphrase label={words.passphrase} value={passphrase} sending={sending} onChange={setPassphrase} />
    </FormDialog>
  );
}
