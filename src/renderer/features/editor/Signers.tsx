/** Who signs, in which order and on whose behalf. The simple case, the author alone, stays one closed line. */
import { useId, useState, type ReactElement } from 'react';
import {
  maximumSigners,
  type LetterContent,
  type Person,
  type SignerChoice,
} from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { behalfOf, maySign, postsOfOffice, signersOf, withSigners } from '../../lib/signers.ts';
import { TextField } from '../../ui/fields.tsx';
import { PersonRows } from './PersonRows.tsx';
import { PostField } from './PostField.tsx';

type Update = (content: LetterContent) => LetterContent;

export function Signers(props: {
  readonly content: LetterContent;
  /** Everybody of this vault, the author too. */
  readonly people: readonly Person[];
  readonly author: string | null;
  readonly onChange: (update: Update) => void;
}): ReactElement {
  const text = useText();
  const words = text.signerList;
  const posts = useId();
  const { people, content } = props;
  const named = content.signers?.length ?? 0;
  const [open] = useState(named > 0);
  const find = (accountId: string | null): Person | null =>
    people.find((one) => one.accountId === accountId) ?? null;
  const author = find(props.author);
  const chosen = signersOf(content, author);
  const set = (change: (signers: readonly SignerChoice[]) => readonly SignerChoice[]): void =>
    props.onChange((before) => withSigners(before, change(signersOf(before, author)), props.author));
  const edit = (accountId: string, part: Partial<SignerChoice>): void =>
    set((list) => list.map((one) => (one.accountId === accountId ? { ...one, ...part } : one)));
  const free = people.filter(
    (one) => maySign(one) && !chosen.some(({ accountId }) => accountId === one.accountId),
  );

  const rows = chosen.map((choice) => {
    const person = find(choice.accountId);
    const mine = choice.accountId === props.author;
    // Until the people are read, nobody is called unknown.
    const wrong = people.length > 0 && !(person && maySign(person)) ? words.cannot : undefined;
    return {
      accountId: choice.accountId,
      person,
      wrong,
      note: mine ? words.me : undefined,
      fixed: named === 0,
      more: (
        <Particulars
          {...{ choice, posts }}
          // While nobody is named, the author's post is asked for outside.
          person={named > 0 ? person : null}
          onChange={(part) => edit(choice.accountId, part)}
        />
      ),
    };
  });

  // Who cannot sign has to name somebody.
  const needed = author !== null && !maySign(author);
  return (
    <details open={open || needed}>
      <summary>{named > 0 ? words.openWith(named) : needed ? words.needed : words.open}</summary>
      <fieldset className="stack-tight details-body" data-field="signers">
        <legend className="hidden-visually">{words.legend}</legend>
        <p className="help">{rows.length > 0 ? words.order : words.none}</p>
        <PersonRows
          ordered
          rows={rows}
          rowName={words.row}
          free={free}
          most={maximumSigners}
          words={words}
          onAdd={({ accountId }) => set((list) => [...list, { accountId, postId: null, behalf: null }])}
          onOrder={(ids) =>
            set((list) => ids.flatMap((id) => list.filter(({ accountId }) => accountId === id)))
          }
        />
        <datalist id={posts}>
          {postsOfOffice(people).map((post) => (
            <option key={post} value={post}>
              {post}
            </option>
          ))}
        </datalist>
      </fieldset>
    </details>
  );
}

function Particulars(props: {
  readonly choice: SignerChoice;
  readonly person: Person | null;
  /** Id of the list of posts to choose from. */
  readonly posts: string;
  readonly onChange: (part: Partial<SignerChoice>) => void;
}): ReactElement {
  const words = useText().signerList;
  const { choice, person, posts } = props;
  const { principal, through } = choice.behalf ?? { principal: '', through: '' };
  return (
    <>
      {person && (
        <PostField
          posts={person.posts}
          value={choice.postId}
          onChange={(postId) => props.onChange({ postId })}
        />
      )}
      <div className="columns">
        <TextField
          label={words.principal}
          optional
          value={principal}
          list={posts}
          placeholder={words.principalPlaceholder}
          maxLength={200}
          onChange={(next) => props.onChange({ behalf: behalfOf(next, through) })}
        />
        {principal !== '' && (
          <TextField
            label={words.through}
            optional
            value={through}
            list={posts}
            placeholder={words.throughPlaceholder}
            maxLength={200}
            onChange={(next) => props.onChange({ behalf: behalfOf(principal, next) })}
          />
        )}
      </div>
    </>
  );
}
