import type { ReactElement } from 'react';
import {
  type Kind,
  securityClasses,
  urgencies,
  type InvitationEvent,
  type LetterContent,
} from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { classificationCodes, classificationName } from '../../lib/classification.ts';
import { withKind } from '../../lib/content.ts';
import { plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKinds } from '../../lib/kinds.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { useBook } from '../addresses/use-book.ts';
import { Addressees } from './Addressees.tsx';
import { KindFields } from './KindFields.tsx';
import { PostField } from './PostField.tsx';
import { Reviewers } from './Reviewers.tsx';
import { Signers } from './Signers.tsx';

type Change = (update: (content: LetterContent) => LetterContent) => void;

export function Fields(props: {
  readonly content: LetterContent;
  /** Null until the kinds are read. */
  readonly kind: Kind | null;
  /** Fields that a try to sign found missing. */
  readonly missing: ReadonlySet<string>;
  /** What a reviewer may not change is not offered: kind, class, and who signs. */
  readonly fixed?: boolean;
  /** What stands there when nothing is typed; empty without attachments. */
  readonly attachmentLine: string;
  readonly onChange: Change;
  readonly onMerge?: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const me = useSession()?.accountId;
  const people = useReading('people', () => eletter.people.list({}));
  const book = useBook(people.value);
  const { content, kind } = props;
  const chooser = { suggestions: book.suggestions, isKnown: book.isKnown, onKeep: book.keep };
  const kinds = useKinds();
  const offered = kinds.filter(({ id, hidden }) => !hidden || id === content.kind);
  const known = offered.map(({ id, name }) => ({ value: id, label: name[language] }));
  const choices = kind ? known : [{ value: content.kind, label: content.kind }, ...known];
  const set = (part: Partial<LetterContent>): void => props.onChange((before) => ({ ...before, ...part }));
  const wrong = (field: string): string | undefined =>
    props.missing.has(field) ? text.common.required : undefined;
  const empty = (field: 'classification' | 'subject'): string | undefined =>
    content[field].trim() === '' ? wrong(field) : undefined;

  return (
    <section className="stack" aria-label={text.editor.fields}>
      <div className="columns">
        {!props.fixed && (
          <SelectField
            label={text.editor.kind}
            value={content.kind}
            choices={choices}
            onChange={(id) => {
              const next = kinds.find((one) => one.id === id);
              if (next) props.onChange((before) => withKind(before, next));
            }}
          />
        )}
        <div data-field="classification">
          <TextField
            label={text.editor.classification}
            value={content.classification}
            list="classification-codes"
            help={classificationName(content.classification, language) ?? text.editor.classificationHelp}
            maxLength={40}
            error={empty('classification')}
            onChange={(classification) => set({ classification })}
          />
        </div>
        <datalist id="classification-codes">
          {classificationCodes(language).map(({ code, name }) => (
            <option key={code} value={code}>
              {`${code} ${name}`}
            </option>
          ))}
        </datalist>
      </div>
      <div className="columns columns-kept">
        <SelectField
          label={text.editor.urgency}
          value={content.urgency}
          choices={urgencies.map((value) => ({ value, label: text.letters.urgency[value] }))}
          onChange={(urgency) => set({ urgency })}
        />
        {!props.fixed && (
          <SelectField
            label={text.editor.security}
            value={content.security}
            choices={securityClasses.map((value) => ({ value, label: text.letters.security[value] }))}
            help={text.editor.securityText[content.security]}
            onChange={(security) => set({ security })}
          />
        )}
      </div>
      {!props.fixed && !content.signers && (
        <PostField
          posts={(people.value ?? []).find((person) => person.accountId === me)?.posts ?? []}
          value={content.postId}
          onChange={(postId) => set({ postId })}
        />
      )}
      {!props.fixed && (
        <>
          <Signers
            {...{ content }}
            people={people.value ?? []}
            author={me ?? null}
            onChange={props.onChange}
          />
          <Reviewers
            {...{ content }}
            people={people.value ?? []}
            author={me ?? null}
            onChange={props.onChange}
          />
        </>
      )}
      <div className="columns columns-subject">
        <div data-field="subject">
          <TextField
            label={text.editor.subject}
            value={content.subject}
            placeholder={text.editor.subjectPlaceholder}
            maxLength={500}
            error={empty('subject')}
            onChange={(subject) => set({ subject })}
          />
        </div>
        <div data-field="attachments">
          <TextField
            label={text.editor.attachments}
            value={content.attachments}
            placeholder={props.attachmentLine || text.editor.attachmentsPlaceholder}
            help={
              content.attachments === '' && props.attachmentLine !== ''
                ? text.attachments.fillsItself(props.attachmentLine)
                : ''
            }
            optional
            maxLength={100}
            onChange={(attachments) => set({ attachments })}
          />
        </div>
      </div>
      {kind?.addressees !== 'none' && (
        <Addressees
          {...chooser}
          part="to"
          value={content.recipients}
          elsewhere={content.copies}
          error={wrong('recipients')}
          onChange={(recipients) => set({ recipients })}
          onMerge={props.onMerge}
        />
      )}
      <Addressees
        {...chooser}
        part="copy"
        value={content.copies}
        elsewhere={content.recipients}
        error={wrong('copies')}
        onChange={(copies) => set({ copies })}
      />
      {kind?.event && content.event && (
        <EventFields value={content.event} missing={props.missing} onChange={(event) => set({ event })} />
      )}
      {kind && kind.fields.length > 0 && (
        <KindFields
          fields={kind.fields}
          values={content.details ?? {}}
          missing={props.missing}
          onChange={(details) => set({ details })}
        />
      )}
    </section>
  );
}

function EventFields(props: {
  readonly value: InvitationEvent;
  readonly missing: ReadonlySet<string>;
  readonly onChange: (event: InvitationEvent) => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const wrong = (field: keyof InvitationEvent): string | undefined =>
    props.value[field].trim() === '' && props.missing.has(`event.${field}`)
      ? text.common.required
      : undefined;
  const set = (part: Partial<InvitationEvent>): void => props.onChange({ ...props.value, ...part });
  return (
    <fieldset className="stack-tight" data-field="event">
      <legend>{text.editor.event}</legend>
      <div className="columns">
        <TextField
          label={text.editor.eventDate}
          type="date"
          value={props.value.date}
          // The field itself follows the computer's habits; the words leave no doubt.
          help={plainDate(props.value.date, language)}
          error={wrong('date')}
          onChange={(date) => set({ date })}
        />
        <TextField
          label={text.editor.eventTime}
          value={props.value.time}
          placeholder={text.editor.eventTimePlaceholder}
          error={wrong('time')}
          maxLength={100}
          onChange={(time) => set({ time })}
        />
      </div>
      <div className="columns">
        <TextField
          label={text.editor.eventPlace}
          value={props.value.place}
          placeholder={text.editor.eventPlacePlaceholder}
          error={wrong('place')}
          maxLength={200}
          onChange={(place) => set({ place })}
        />
        <TextField
          label={text.editor.eventAgenda}
          value={props.value.agenda}
          placeholder={text.editor.eventAgendaPlaceholder}
          error={wrong('agenda')}
          maxLength={300}
          onChange={(agenda) => set({ agenda })}
        />
      </div>
    </fieldset>
  );
}
