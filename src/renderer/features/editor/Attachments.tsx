/** Files behind the letter: added by button or by dropping them anywhere on the editor, in their order, with sizes. */
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import {
  attachmentTypes,
  mailLimit,
  maximumAttached,
  maximumAttachmentTitle,
  type Attachment,
  type AttachmentList,
  type ErrorShape,
  type Result,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { droppedFiles, limits, limitText, readFile } from '../../lib/files.ts';
import { count } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Banner, ErrorBanner, FileDrop, Running } from '../../ui/parts.tsx';
import { roman, sizeText } from './attachment-words.ts';

export interface HeldAttachments {
  readonly list: AttachmentList | null;
  readonly error: ErrorShape | null;
  readonly reload: () => void;
  /** Another text whenever the pages behind the letter are others. */
  readonly version: string;
}

export function useAttachments(id: string): HeldAttachments {
  const { value, error, reload } = useReading(`attachments ${id}`, () => eletter.attachments.list({ id }));
  const version = (value?.items ?? []).map((one) => `${one.id} ${one.title}`).join('\n');
  return { list: value, error, reload, version };
}

/** A file that was not taken, and whether it can be taken all the same. */
interface Refused {
  readonly key: number;
  readonly file: File;
  readonly error: ErrorShape;
}

/** From here on the limit is told before it hurts. */
const nearlyFull = 0.8 * maximumAttached;
let refusals = 0;

export function Attachments(props: {
  readonly id: string;
  readonly attachments: HeldAttachments;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { id } = props;
  const { list, error, reload } = props.attachments;
  const root = useRef<HTMLFieldSetElement>(null);
  const about = useId();
  const [preparing, setPreparing] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const focusNext = useRef<{ readonly since: string; readonly row: string; readonly part: string } | null>(
    null,
  );
  const items = list?.items ?? [];
  const version = props.attachments.version;

  // A row that moved takes the focus along; a row that went leaves it to its neighbour.
  useEffect(() => {
    const wanted = focusNext.current;
    if (!wanted || wanted.since === version) return;
    focusNext.current = null;
    const { row, part } = wanted;
    const within = root.current?.querySelector(`[data-attachment="${row}"]`);
    const buttons = [`[data-part="${part}"] button`, '[data-part] button:not([disabled])'];
    const target = buttons
      .map((one) => within?.querySelector<HTMLButtonElement>(one))
      .find((one) => one && !one.disabled);
    (target ?? root.current?.querySelector<HTMLButtonElement>('.drop button'))?.focus();
  }, [version]);

  const settle = (result: Result<AttachmentList>): boolean => {
    if (!result.ok) sayError(result.error);
    reload();
    if (result.ok) noteChange();
    return result.ok;
  };
  const addOne = async (file: File, signedAnyway: boolean): Promise<void> => {
    setPreparing(file.name);
    const read = await readFile(file, limits.attachment);
    const result: Result<AttachmentList> = read.ok
      ? await eletter.attachments.add({ id, name: file.name, bytes: read.bytes, signedAnyway })
      : { ok: false, error: readingError(read.reason) };
    if (result.ok) {
      reload();
      noteChange();
    } else {
      const entry = { key: refusals++, file, error: result.error };
      setRefused((before) => [...before, entry]);
    }
  };
  const add = async (files: readonly File[], signedAnyway = false): Promise<void> => {
    for (const file of files) await addOne(file, signedAnyway);
    setPreparing(null);
  };
  const take = useRef(add);
  useEffect(() => {
    take.current = add;
  });

  // Files may be dropped anywhere on the editor; the text keeps what is dragged within it.
  useEffect(() => {
    const editor = root.current?.closest<HTMLElement>('.editor');
    if (!editor) return;
    const isFiles = (event: DragEvent): boolean =>
      (event.dataTransfer?.types ?? []).includes('Files') &&
      !(event.target instanceof Element && event.target.closest('.drop'));
    const over = (event: DragEvent): void => {
      if (isFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!isFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      void droppedFiles(event.dataTransfer, false).then((files) => take.current(files));
    };
    editor.addEventListener('dragover', over, true);
    editor.addEventListener('drop', drop, true);
    return () => {
      editor.removeEventListener('dragover', over, true);
      editor.removeEventListener('drop', drop, true);
    };
  }, []);

  const forget = (key: number): void => setRefused((before) => before.filter((one) => one.key !== key));
  const move = async (one: Attachment, place: number, part: string): Promise<void> => {
    focusNext.current = { since: version, row: one.id, part };
    settle(await eletter.attachments.move({ id, attachmentId: one.id, place }));
  };
  const remove = async (one: Attachment, index: number): Promise<void> => {
    const next = items[index + 1] ?? items[index - 1];
    focusNext.current = { since: version, row: next?.id ?? '', part: 'remove' };
    if (settle(await eletter.attachments.remove({ id, attachmentId: one.id })))
      say(text.attachments.removed(one.title));
  };

  return (
    <fieldset ref={root} className="stack-tight attachments" aria-describedby={about}>
      <legend>
        {text.attachments.title}
        <span className="label-note"> ({text.common.optional})</span>
      </legend>
      {error && <ErrorBanner error={error} onRetry={reload} />}
      {items.length > 0 && (
        <ol className="stack-tight" aria-label={text.attachments.list}>
          {items.map((one, index) => (
            <Row
              key={one.id}
              attachment={one}
              numeral={roman(index + 1)}
              first={index === 0}
              last={index === items.length - 1}
              onRename={async (title) =>
                settle(await eletter.attachments.rename({ id, attachmentId: one.id, title }))
              }
              onMove={(by, part) => void move(one, index + by, part)}
              onRemove={() => void remove(one, index)}
            />
          ))}
        </ol>
      )}
      {list && items.length > 0 && (
        <p className="small soft" role="status">
          {text.attachments.total(
            count(items.length, language),
            count(list.pages, language),
            sizeText(list.size, language),
            limitText(maximumAttached),
          )}
        </p>
      )}
      {list && list.size > mailLimit && (
        <Banner tone="unsure" live>
          {text.attachments.tooLargeForMail(limitText(mailLimit))}
          {list.size > nearlyFull && ` ${text.attachments.nearlyFull(limitText(maximumAttached))}`}
        </Banner>
      )}
      {refused.map((one) => (
        <Refusal
          key={one.key}
          refused={one}
          onAnyway={() => {
            forget(one.key);
            void add([one.file], true);
          }}
          onDismiss={() => forget(one.key)}
        />
      ))}
      {preparing !== null && <Running>{text.attachments.preparing(preparing)}</Running>}
      <FileDrop
        label={text.attachments.add}
        hint={text.attachments.hint}
        accept={attachmentTypes}
        onFile={(file) => void add([file])}
        onFiles={(files) => void add(files)}
      />
      <p id={about} className="help">
        {text.attachments.about}
      </p>
    </fieldset>
  );
}

const readingError = (reason: 'too-large' | 'unreadable'): ErrorShape =>
  reason === 'too-large'
    ? { code: 'ATTACHMENT_TOO_LARGE', params: { megabytes: limits.attachment / 1024 ** 2, megapixels: 64 } }
    : { code: 'ATTACHMENT_BROKEN' };

function Refusal(props: {
  readonly refused: Refused;
  readonly onAnyway: () => void;
  readonly onDismiss: () => void;
}): ReactElement {
  const text = useText();
  const errorText = useErrorText();
  const { file, error } = props.refused;
  const signed = error.code === 'ATTACHMENT_SIGNED';
  return (
    <Banner
      tone={signed ? 'unsure' : 'bad'}
      live
      actions={
        <>
          {signed && <Button onPress={props.onAnyway}>{text.attachments.attachAnyway}</Button>}
          <Button kind="quiet" onPress={props.onDismiss}>
            {signed ? text.common.cancel : text.attachments.dismiss}
          </Button>
        </>
      }
    >
      <strong>{signed ? file.name : text.attachments.failed(file.name)}</strong> {errorText(error)}
    </Banner>
  );
}

function Row(props: {
  readonly attachment: Attachment;
  readonly numeral: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly onRename: (title: string) => Promise<boolean>;
  readonly onMove: (by: -1 | 1, part: string) => void;
  readonly onRemove: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { id, title, pages, size, type, leftOut, fileName } = props.attachment;
  const [typed, setTyped] = useState(title);
  const rename = async (): Promise<void> => {
    const wanted = typed.trim();
    if (wanted === title) return;
    if (wanted === '' || !(await props.onRename(wanted))) setTyped(title);
  };
  return (
    <li className="attachment" data-attachment={id}>
      <span className="attachment-numeral" aria-hidden="true">
        {props.numeral}
      </span>
      <div
        className="attachment-words"
        role="presentation"
        title={fileName}
        onBlur={() => void rename()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void rename();
          if (event.key === 'Escape') setTyped(title);
          const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
          if (!event.altKey || by === undefined) return;
          event.preventDefault();
          if (by === -1 && !props.first) props.onMove(-1, 'up');
          if (by === 1 && !props.last) props.onMove(1, 'down');
        }}
      >
        <TextField
          label={text.attachments.name(props.numeral)}
          hideLabel
          value={typed}
          maxLength={maximumAttachmentTitle}
          onChange={setTyped}
        />
        <p className="small soft">
          {`${text.attachments.facts(
            count(pages, language),
            sizeText(size, language),
          )} · ${text.attachments.types[type]}`}
        </p>
        {leftOut.length > 0 && (
          <p className="small attachment-note">
            <Icon name="info" small />
            {text.attachments.leftOut(leftOut.map((part) => text.attachments.parts[part]).join(', '))}
          </p>
        )}
      </div>
      <div className="line attachment-acts">
        <span data-part="up">
          <Button
            kind="quiet"
            icon="up"
            isDisabled={props.first}
            aria-label={text.attachments.up(title)}
            onPress={() => props.onMove(-1, 'up')}
          />
        </span>
        <span data-part="down">
          <Button
            kind="quiet"
            icon="down"
            isDisabled={props.last}
            aria-label={text.attachments.down(title)}
            onPress={() => props.onMove(1, 'down')}
          />
        </span>
        <span data-part="remove">
          <Button
            kind="quiet"
            icon="close"
            aria-label={text.attachments.remove(title)}
            onPress={props.onRemove}
          />
        </span>
      </div>
    </li>
  );
}
