/** Two versions of a letter beside each other in one text: what is new, what is gone, told by sign, word and colour. */
import { useMemo, type ReactElement } from 'react';
import type { LetterContent, Person } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { difference, type LineDifference, type Piece } from '../../lib/difference/index.ts';
import { count, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useFieldName, useKindName } from '../../lib/kinds.ts';

const noPeople: readonly Person[] = [];

export function Differences(props: {
  readonly title: string;
  readonly before: LetterContent;
  readonly after: LetterContent;
}): ReactElement {
  const text = useText();
  const words = text.writing.versions;
  const language = useLanguage();
  const fieldName = useFieldName();
  const kindName = useKindName();
  const people = useReading('people', () => eletter.people.list({})).value ?? noPeople;
  const { before, after } = props;
  const posts = people.flatMap((person) => person.posts);
  const say = (field: string, value: string): string => {
    if (value === '') return value;
    if (field === 'kind') return kindName(value);
    if (field === 'urgency') return pick(text.letters.urgency, value);
    if (field === 'security') return pick(text.letters.security, value);
    if (field === 'event.date') return plainDate(value, language);
    if (field === 'postId') return posts.find((post) => post.id === value)?.printed ?? value;
    if (field === 'signers' || field === 'review') return named(value, people);
    return value;
  };
  const found = useMemo(
    () => difference(before, after, say),
    // The words follow the language and the people; both come with a new reading.
    // oxlint-disable-next-line react/exhaustive-deps
    [before, after, language, people],
  );
  const name = (field: string): string => {
    const word = words.fields[field] ?? fieldName(field);
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  if (found.fields.length === 0 && found.lines.length === 0) return <p role="status">{words.equal}</p>;
  return (
    <div className="difference" role="group" aria-label={props.title} tabIndex={0}>
      {found.fields.map(({ field, pieces, before: from, after: to }) => (
        <p key={field} className="difference-line difference-changed">
          <Sign kind="changed" />
          <span>
            <strong>{name(field)}:</strong>{' '}
            {from === '' || to === '' ? (
              <>
                <Removed text={from || words.emptyValue} /> → <Added text={to || words.emptyValue} />
              </>
            ) : pieces.some(({ kind }) => kind === 'same') ? (
              <Pieces pieces={pieces} />
            ) : (
              <>
                <Removed text={from} /> → <Added text={to} />
              </>
            )}
          </span>
        </p>
      ))}
      {found.lines.map((line, index) => (
        // Lines have no names of their own, and the list is made anew with each comparison.
        <DifferenceLine key={index} line={line} />
      ))}
    </div>
  );
}

const pick = (words: Readonly<Record<string, string>>, value: string): string => words[value] ?? value;

const named = (value: string, people: readonly Person[]): string =>
  value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => {
    const person = people.find((one) => one.accountId === id);
    return person ? fullName(person) : id;
  });

function DifferenceLine({ line }: { readonly line: LineDifference }): ReactElement {
  const words = useText().writing.versions;
  const language = useLanguage();
  if (line.kind === 'gap') return <p className="difference-gap">{words.gap(count(line.hidden, language))}</p>;
  const { mark, depth, heading } = line.line;
  return (
    <p className={`difference-line difference-${line.kind}`}>
      <Sign kind={line.kind} />
      <span style={{ paddingInlineStart: `${depth * 16}px` }} className={heading ? 'difference-heading' : ''}>
        {mark !== '' && <span className="soft">{mark} </span>}
        <Pieces pieces={line.pieces} />
        {line.kind === 'look' && <span className="soft small"> ({words.look})</span>}
      </span>
    </p>
  );
}

const signs = { same: '', removed: '−', added: '+', changed: '±', look: '±' } as const;

function Sign({ kind }: { readonly kind: keyof typeof signs }): ReactElement {
  const words = useText().writing.versions;
  const said = kind === 'same' || kind === 'look' ? '' : words[kind];
  return (
    <span className="difference-sign">
      <span aria-hidden="true">{signs[kind]}</span>
      {said !== '' && <span className="hidden-visually">{said}: </span>}
    </span>
  );
}

const Pieces = ({ pieces }: { readonly pieces: readonly Piece[] }): ReactElement => (
  <>
    {pieces.map(({ kind, text }, index) => {
      if (kind === 'removed') return <Removed key={index} text={text} />;
      return kind === 'added' ? <Added key={index} text={text} /> : <span key={index}>{text}</span>;
    })}
  </>
);

const Removed = ({ text }: { readonly text: string }): ReactElement => <del>{text}</del>;
const Added = ({ text }: { readonly text: string }): ReactElement => <ins>{text}</ins>;
