import { useState, type ReactElement } from 'react';
import { postStatuses, type Person, type PostStatus, type Unit } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { plainDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';

export function AddPost(props: { readonly person: Person; readonly onClose: () => void }): ReactElement {
  const text = useText();
  const words = text.people;
  const language = useLanguage();
  const sending = useSending();
  const units = useReading('units', () => eletter.units.list({}));
  const [status, setStatus] = useState<PostStatus>('plt');
  const [title, setTitle] = useState('');
  const [unit, setUnit] = useState(props.person.unit);
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const required = (value: string): string | undefined =>
    sending.tried && value.trim() === '' ? text.common.required : undefined;

  return (
    <FormDialog
      title={words.addPostTitle(fullName(props.person))}
      sending={sending}
      confirm={words.addPostConfirm}
      shownAtField={['POST_DATES_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          title.trim() === '' || from === '' || unit === '',
          () =>
            eletter.people.addPost({
              accountId: props.person.accountId,
              post: { status, title: title.trim(), unit, from, until: until === '' ? null : until },
            }),
          (person) => {
            const added = person.posts.find((post) => post.title === title.trim() && post.from === from);
            say(words.postAdded(added?.printed ?? title));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      {units.error && <ErrorBanner error={units.error} onRetry={units.reload} />}
      <SelectField
        label={words.postStatus}
        value={status}
        choices={postStatuses.map((value) => ({ value, label: words.status[value] }))}
        onChange={setStatus}
      />
      <TextField
        label={words.postTitle}
        value={title}
        help={words.postTitleHelp}
        placeholder={words.postTitleExample}
        maxLength={200}
        error={required(title)}
        onChange={setTitle}
      />
      <SelectField
        label={words.postUnit}
        value={unit}
        choices={(units.value ?? []).map(unitChoice)}
        onChange={setUnit}
      />
      <div className="columns">
        <TextField
          label={words.from}
          type="date"
          value={from}
          help={plainDate(from, language)}
          error={required(from)}
          onChange={setFrom}
        />
        <TextField
          label={words.until}
          type="date"
          value={until}
          optional
          help={until === '' ? words.untilOpen : plainDate(until, language)}
          error={sending.at('POST_DATES_WRONG')}
          onChange={(next) => {
            setUntil(next);
            sending.forget();
          }}
        />
      </div>
    </FormDialog>
  );
}

const unitChoice = (unit: Unit): { value: string; label: string } => ({
  value: unit.code,
  label: unit.name === unit.code ? unit.code : `${unit.code} · ${unit.name}`,
});
