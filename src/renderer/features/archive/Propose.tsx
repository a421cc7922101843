/** A list of due files becomes a proposal: who judges, who approves. */
import { useState, type ReactElement } from 'react';
import { maximumPanel, type ArchiveFileRow, type ProposalKind } from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Checkbox, Missing, SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner } from '../../ui/parts.tsx';

export function Propose(props: {
  readonly kind: ProposalKind;
  readonly files: readonly ArchiveFileRow[];
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}): ReactElement {
  const text = useText();
  const words = text.archive.propose;
  const language = useLanguage();
  const sending = useSending();
  const me = useSession()?.accountId;
  const people = useReading('people', () => eletter.people.list({}));
  const [panel, setPanel] = useState<readonly string[]>([]);
  const [approverId, setApprover] = useState('');
  const [note, setNote] = useState('');
  const others = (people.value ?? []).filter((one) => one.accountId !== me && one.activated && !one.revoked);
  const approvers = others.filter(
    (one) =>
      one.roles.some((role) => role === 'administrator' || role === 'signer') &&
      !panel.includes(one.accountId),
  );
  const { kind, files } = props;
  const asksPanel = kind === 'destruction';
  const panelMissing = asksPanel && panel.length === 0;
  return (
    <FormDialog
      title={words.title[kind]}
      wide
      sending={sending}
      confirm={words.confirm}
      shownAtField={['PANEL_INVALID', 'APPROVER_INVALID']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          panelMissing || approverId === '',
          () =>
            eletter.archive.propose({
              kind,
              fileIds: files.map((one) => one.id),
              panel,
              approverId,
              note: note.trim(),
            }),
          ({ id }) => {
            say(words.done);
            noteChange();
            props.onClose();
            props.onDone(id);
          },
        )
      }
    >
      <p>{words.text[kind]}</p>
      <ul className="bullets batch-list" tabIndex={0} aria-label={words.list(count(files.length, language))}>
        {files.map((one) => (
          <li key={one.id}>
            {one.code} {one.title} ({one.unit}, {one.year})
          </li>
        ))}
      </ul>
      {people.value && others.length === 0 && <Banner tone="unsure">{words.nobody}</Banner>}
      {asksPanel && (
        <fieldset className="archive-people">
          <legend className="label">{words.panel}</legend>
          <p className="help">{words.panelHelp}</p>
          {others
            .filter((one) => one.accountId !== approverId)
            .map((one) => (
              <Checkbox
                key={one.accountId}
                isSelected={panel.includes(one.accountId)}
                isInvalid={sending.tried && panelMissing}
                onChange={(on) =>
                  setPanel((before) =>
                    on && before.length < maximumPanel
                      ? [...before, one.accountId]
                      : before.filter((id) => id !== one.accountId),
                  )
                }
              >
                {fullName(one)} · {one.post}
              </Checkbox>
            ))}
          {sending.tried && panelMissing && <Missing>{words.panelMissing}</Missing>}
          {sending.at('PANEL_INVALID') && <Missing>{sending.at('PANEL_INVALID')}</Missing>}
        </fieldset>
      )}
      <SelectField
        label={words.approver}
        value={approverId}
        choices={[
          { value: '', label: words.chooseApprover },
          ...approvers.map((one) => ({ value: one.accountId, label: `${fullName(one)} · ${one.post}` })),
        ]}
        error={
          sending.at('APPROVER_INVALID') ??
          (sending.tried && approverId === '' ? text.common.required : undefined)
        }
        onChange={(next) => {
          setApprover(next);
          sending.forget();
        }}
      />
      <TextField label={words.note} value={note} lines={2} optional maxLength={1000} onChange={setNote} />
    </FormDialog>
  );
}
