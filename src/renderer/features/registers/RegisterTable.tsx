/** The lines of a book, with the columns of each. */
import type { ReactElement, ReactNode } from 'react';
import {
  errorCodes,
  type ExpeditionEntry,
  type IncomingEntry,
  type Language,
  type OutgoingEntry,
  type RegisterBook,
  type RegisterRow,
} from '../../../main/core/contract/index.ts';
import { go } from '../../app/app-store.ts';
import { count, dateTime, shortDate } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { errorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

interface Saying {
  readonly text: Catalogue;
  readonly words: Catalogue['registers'];
  readonly language: Language;
}

export function RegisterTable(props: {
  readonly book: RegisterBook;
  readonly rows: readonly RegisterRow[];
}): ReactElement {
  const text = useText();
  const words = text.registers;
  const said: Saying = { text, words, language: useLanguage() };
  const labels = headings(props.book, words);
  return (
    <div className="register-scroll">
      <table className="audit register" aria-label={words.title[props.book]}>
        <thead>
          <tr>
            {labels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key} className={row.batal ? 'register-batal' : undefined}>
              {cellsOf(row, said).map((cell, at) => (
                <td key={at} data-label={labels[at]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function headings(book: RegisterBook, { columns }: Catalogue['registers']): readonly string[] {
  if (book === 'incoming')
    return [
      columns.agenda,
      columns.received,
      columns.sender,
      columns.number,
      columns.subject,
      columns.passedTo,
      columns.remark,
    ];
  if (book === 'outgoing')
    return [columns.outNumber, columns.date, columns.sent, columns.to, columns.subject, columns.remark];
  return [
    columns.sequence,
    columns.handed,
    columns.outNumber,
    columns.destination,
    columns.copies,
    columns.receiver,
    columns.remark,
  ];
}

function cellsOf(row: RegisterRow, said: Saying): readonly ReactNode[] {
  if (row.book === 'incoming') return incoming(row, said);
  return row.book === 'outgoing' ? outgoing(row, said) : expedition(row, said);
}

const incoming = (row: IncomingEntry, said: Saying): readonly ReactNode[] => [
  <Number key="number" row={row}>
    {row.agenda}
  </Number>,
  day(row.receivedOn, said),
  row.sender,
  <>
    <span className="numbers-number">{row.number}</span>
    {row.date !== '' && <span className="help delivery-times">{shortDate(row.date, said.language)}</span>}
  </>,
  <Subject key="subject" row={row} said={said} />,
  <>
    {names(row.addressees, said)}
    {row.passedTo.length > 0 && (
      <span className="help delivery-times">{said.words.passed(names(row.passedTo, said))}</span>
    )}
  </>,
  <Remark key="remark" row={row} said={said} />,
];

const outgoing = (row: OutgoingEntry, said: Saying): readonly ReactNode[] => [
  <Number key="number" row={row}>
    {row.number}
  </Number>,
  day(row.date, said),
  day(row.sentOn, said),
  names(row.recipients, said),
  row.state === 'batal' && row.subject === null && !row.sealed ? null : (
    <Subject key="subject" row={row} said={said} />
  ),
  <Remark key="remark" row={row} said={said}>
    {row.state === 'held' && said.words.held}
    {row.state === 'reserved' && said.words.reserved}
    {!row.batal && endOf(row, said.words)}
  </Remark>,
];

function endOf(row: OutgoingEntry, { ends }: Catalogue['registers']): string {
  const { letterState } = row;
  if (letterState === 'withdrawn' || letterState === 'revoked' || letterState === 'replaced')
    return ends[letterState];
  return '';
}

const expedition = (row: ExpeditionEntry, said: Saying): readonly ReactNode[] => [
  <Number key="number" row={row}>
    {row.sequence}
  </Number>,
  <span key="handed" className="numbers-date">
    {dateTime(row.handedAt, said.language)}
  </span>,
  <>
    <span className="numbers-number">{row.number}</span>
    <span className="help delivery-times">
      <Subject row={row} said={said} />
    </span>
  </>,
  row.destination || <span className="soft">{said.words.sealed}</span>,
  row.copies,
  <>
    {row.receiver}
    <span className="help delivery-times">{said.words.by(row.carrier)}</span>
  </>,
  <Remark key="remark" row={row} said={said} />,
];

const day = (date: string, { language }: Saying): ReactNode =>
  date === '' ? '' : <span className="numbers-date">{shortDate(date, language)}</span>;

/** As many names as a line has room for. */
const mostNames = 5;
function names(list: readonly string[], { words, language }: Saying): string {
  const rest = list.length - mostNames;
  const shown = list.slice(0, mostNames).join('; ');
  return rest > 0 ? `${shown} ${words.others(count(rest, language))}` : shown;
}

function Number(props: { readonly row: RegisterRow; readonly children: ReactNode }): ReactElement {
  return <span className="numbers-number">{props.row.batal ? <s>{props.children}</s> : props.children}</span>;
}

/** What it is about, as the way to the letter; of one that is not the asker's to read only that. */
function Subject({ row, said }: { readonly row: RegisterRow; readonly said: Saying }): ReactElement {
  const { words, text } = said;
  const { letterId, subject } = row;
  if (subject === null)
    return <span className="soft">{row.sealed ? words.sealed : text.numbers.hidden}</span>;
  return (
    <>
      {letterId === null ? (
        subject
      ) : (
        <button
          type="button"
          className="register-open"
          onClick={() => go({ at: 'letters', folder: 'unit', id: letterId })}
        >
          {subject === '' ? text.letters.noSubject : subject}
        </button>
      )}
      {row.attachments !== '' && row.attachments !== '-' && (
        <span className="help delivery-times">{words.attachments(row.attachments)}</span>
      )}
    </>
  );
}

function Remark(props: {
  readonly row: RegisterRow;
  readonly said: Saying;
  readonly children?: ReactNode;
}): ReactElement {
  const { row, said } = props;
  const code = errorCodes.find((one) => one === row.remark);
  const remark =
    row.remark === 'SEALED_REASON'
      ? said.text.numbers.sealedReason
      : code
        ? errorText({ code }, said.language)
        : row.remark;
  return (
    <>
      {row.batal && (
        <Chip tone="plain" icon="close">
          {said.words.batal}
        </Chip>
      )}
      {props.children}
      {remark !== '' && <span className="audit-fact">{remark}</span>}
    </>
  );
}
