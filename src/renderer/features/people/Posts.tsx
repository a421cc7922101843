/** What a person is and was, from when to when. */
import { useState, type ReactElement } from 'react';
import type { Person, Post } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { plainDate, today } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';
import { AddPost } from './AddPost.tsx';
import { Period } from './Period.tsx';

export function Posts({ person }: { readonly person: Person }): ReactElement {
  const text = useText();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Post | null>(null);
  return (
    <section className="box stack-tight" aria-label={text.people.posts}>
      <div className="line">
        <h3 className="grow">{text.people.posts}</h3>
        {!person.revoked && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {text.people.addPost}
          </Button>
        )}
      </div>
      <p className="help">{text.people.postsText}</p>
      {person.posts.length === 0 && <p>{text.people.noPosts}</p>}
      {person.posts.length > 0 && (
        <ul className="ledger" aria-label={text.people.posts}>
          {person.posts.map((post) => (
            <li key={post.id} className="delivery">
              <span className="grow">
                {post.printed}
                <span className="help delivery-times">{post.unit}</span>
              </span>
              <Period from={post.from} until={post.until} valid={post.valid} />
              {!person.revoked && (post.until === null || post.until >= today()) && (
                <Button
                  kind="quiet"
                  aria-label={text.people.endPostOf(post.printed)}
                  onPress={() => setEnding(post)}
                >
                  {text.people.endPost}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddPost person={person} onClose={() => setAdding(false)} />}
      {ending && <EndPost person={person} post={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function EndPost(props: {
  readonly person: Person;
  readonly post: Post;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const sending = useSending();
  const { post } = props;
  const [until, setUntil] = useState(post.until ?? today());
  return (
    <FormDialog
      title={text.people.endPostTitle}
      sending={sending}
      confirm={text.people.endPostConfirm}
      shownAtField={['POST_DATES_WRONG']}
      onClose={props.onClose}
      onSubmit={() =>
        sending.send(
          until === '',
          () => eletter.people.endPost({ accountId: props.person.accountId, postId: post.id, until }),
          () => {
            say(text.people.postEnded(post.printed));
            noteChange();
            props.onClose();
          },
        )
      }
    >
      <p>{text.people.endPostText(post.printed)}</p>
      <TextField
        label={text.people.lastDay}
        type="date"
        value={until}
        help={plainDate(until, language)}
        error={
          sending.at('POST_DATES_WRONG') ?? (sending.tried && until === '' ? text.common.required : undefined)
        }
        onChange={(next) => {
          setUntil(next);
          sending.forget();
        }}
      />
    </FormDialog>
  );
}
