/** One file: what stands on its cover, its letters, its holds, and what can be done with it. */
import { useState, type ReactElement } from 'react';
import type { ArchiveFile, FiledLetter } from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, dateTime, plainDate, shortDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { Banner, Chip, ErrorBanner, Skeleton, SubTitle } from '../../ui/parts.tsx';
import { AskDialog } from './AskDialog.tsx';
import { FileForm } from './FileForm.tsx';
import { phaseLooks, retentionWords } from './looks.ts';
import { ProposalList } from './Proposals.tsx';

export function FilePage({ id }: { readonly id: string }): ReactElement {
  const reading = useReading(`archive-file-${id}`, () => eletter.archive.file({ id }));
  return (
    <>
      {reading.error && <ErrorBanner error={reading.error} onRetry={reading.reload} />}
      {reading.slow && <Skeleton lines={8} />}
      {reading.value && <Page file={reading.value} />}
    </>
  );
}

type Open = 'edit' | 'close' | 'hold' | 'lift';

function Page({ file }: { readonly file: ArchiveFile }): ReactElement {
  const text = useText();
  const words = text.archive.file;
  const language = useLanguage();
  const [open, setOpen] = useState<Open | null>(null);
  const done = (): void => setOpen(null);
  const { id, may } = file;
  const [tone, icon] = phaseLooks[file.phase];
  const hold = file.holds.find((one) => one.liftedAt === null);
  const earlier = file.holds.filter((one) => one.liftedAt !== null);
  const reopen = async (): Promise<void> => {
    const result = await eletter.archive.reopen({ id });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(words.reopened);
    noteChange();
  };
  const fact = (label: string, value: string | null): ReactElement | null =>
    value === null ? null : (
      <div className="fact">
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  const day = (date: string | null): string | null => date && plainDate(date, language);
  return (
    <div className="stack">
      <div className="line">
        <SubTitle>{file.title}</SubTitle>
        <Chip tone={tone} icon={icon}>
          {text.archive.phase[file.phase]}
        </Chip>
        {file.held && (
          <Chip tone="bad" icon="lock">
            {text.archive.held}
          </Chip>
        )}
      </div>
      <div className="line">
        {may.includes('close') && <Button onPress={() => setOpen('close')}>{words.close}</Button>}
        {may.includes('reopen') && <Button onPress={() => void reopen()}>{words.reopen}</Button>}
        {may.includes('save') && (
          <Button icon="pen" onPress={() => setOpen('edit')}>
            {words.edit}
          </Button>
        )}
        {may.includes('hold') && (
          <Button icon="lock" onPress={() => setOpen('hold')}>
            {words.hold}
          </Button>
        )}
        {may.includes('lift') && <Button onPress={() => setOpen('lift')}>{words.lift}</Button>}
      </div>
      {hold && (
        <Banner tone="unsure">
          <strong>{words.heldSince(hold.by, dateTime(hold.since, language))}</strong>
          <p className="typed">{hold.reason}</p>
        </Banner>
      )}
      <dl className="facts">
        {fact(text.archive.form.code, `${file.code} ${file.codeName}`)}
        {fact(words.unit, file.unit)}
        {fact(words.year, String(file.year))}
        {fact(words.opened, day(file.openedOn))}
        {fact(words.closedOn, day(file.closedOn))}
        {fact(words.retention, retentionWords(file.retention, text))}
        {fact(words.inactiveFrom, day(file.inactiveFrom))}
        {fact(words.dueFrom, day(file.dueFrom))}
      </dl>
      <section className="stack-tight">
        <h3>{words.letters}</h3>
        {file.items.length === 0 && <p className="soft">{words.noLetters}</p>}
        {file.items.length > 0 && <LetterTable items={file.items} label={words.letters} />}
        {file.letters > file.items.length && (
          <p className="help">{words.shownFirst(count(file.items.length, language))}</p>
        )}
      </section>
      {file.proposals.length > 0 && (
        <section className="stack-tight">
          <h3>{words.proposals}</h3>
          <ProposalList rows={file.proposals} label={words.proposals} />
        </section>
      )}
      {earlier.length > 0 && (
        <section className="stack-tight">
          <h3>{words.holds}</h3>
          <ul className="bullets">
            {earlier.map((one) => (
              <li key={one.id}>
                {one.reason} ({one.by}, {dateTime(one.since, language)});{' '}
                {words.lifted(one.liftedBy, dateTime(one.liftedAt ?? '', language))}: {one.liftReason}
              </li>
            ))}
          </ul>
        </section>
      )}
      {open === 'edit' && <FileForm file={file} code={file.code} units={[file.unit]} onClose={done} />}
      {open === 'close' && <CloseFile file={file} onClose={done} />}
      {open === 'hold' && (
        <AskDialog
          title={words.holdTitle}
          text={words.holdText}
          done={words.holdDone}
          needed
          call={(reason) => eletter.archive.hold({ id, reason })}
          onClose={done}
        />
      )}
      {open === 'lift' && (
        <AskDialog
          title={words.liftTitle}
          text={words.liftText}
          done={words.liftDone}
          needed
          call={(reason) => eletter.archive.lift({ id, reason })}
          onClose={done}
        />
      )}
    </div>
  );
}

function CloseFile({
  file,
  onClose,
}: {
  readonly file: ArchiveFile;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.archive.file;
  const sending = useSending();
  const [date, setDate] = useState(today());
  return (
    <FormDialog
      title={words.closeTitle}
      sending={sending}
      confirm={words.closeTitle}
      shownAtField={['ARCHIVE_DATE']}
      onClose={onClose}
      onSubmit={() =>
        sending.send(
          date === '',
          () => eletter.archive.close({ id: file.id, date }),
          () => {
            say(words.closed);
            noteChange();
            onClose();
          },
        )
      }
    >
      <p>{words.closeText}</p>
      <p className="help">{retentionWords(file.retention, text)}</p>
      <TextField
        label={words.closeDate}
        type="date"
        value={date}
        startsFocused
        error={
          sending.at('ARCHIVE_DATE') ?? (sending.tried && date === '' ? text.common.required : undefined)
        }
        onChange={(next) => {
          setDate(next);
          sending.forget();
        }}
      />
    </FormDialog>
  );
}

export function LetterTable(props: {
  readonly items: readonly FiledLetter[];
  readonly label: string;
}): ReactElement {
  const text = useText();
  const words = text.archive.file;
  const language = useLanguage();
  return (
    <div className="archive-scroll">
      <table className="audit" aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">{words.columns.number}</th>
            <th scope="col">{words.columns.date}</th>
            <th scope="col">{words.columns.sender}</th>
            <th scope="col">{words.columns.subject}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((one) => (
            <tr key={one.id}>
              <td className="numbers-number">
                {one.opens ? (
                  <button
                    type="button"
                    className="archive-open"
                    aria-label={words.open(one.number ?? '–')}
                    onClick={() => go({ at: 'letters', folder: 'unit', id: one.id })}
                  >
                    {one.number ?? '–'}
                  </button>
                ) : (
                  (one.number ?? '–')
                )}
              </td>
              <td className="numbers-date">{one.date ? shortDate(one.date, language) : '–'}</td>
              <td>{one.sender}</td>
              <td>
                {one.subject ?? <span className="soft">{words.sealed}</span>}
                {one.destroyedAt !== null && <span className="help delivery-times">{words.destroyed}</span>}
                {one.alsoIn.map((file) => (
                  <span key={`${file.unit} ${file.title}`} className="help delivery-times">
                    {words.alsoIn(file.title, file.unit)}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
