/** Writing a draft: fields and body at the left, the real page at the right. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type ReactElement } from 'react';
import type {
  ErrorShape,
  LetterContent,
  LetterDetail,
  Person,
  RemarkMark,
} from '../../../main/core/contract/index.ts';
import { go, useMay, useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useText } from '../../lib/i18n/index.ts';
import { useKind, useKindName } from '../../lib/kinds.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { focusField, isEmpty, missingFields, requiredFields } from '../../lib/problems.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { LinkBanners } from '../review/LinkBanners.tsx';
import { ReturnedBanner } from '../review/ReturnedBanner.tsx';
import { askedBy, called, needsSubmitting } from '../review/steps.ts';
import { SubmitDialog } from '../review/SubmitDialog.tsx';
import { Attachments, useAttachments } from './Attachments.tsx';
import { showMerge } from '../merge/merge-store.ts';
import { BodyField } from './BodyField.tsx';
import { Fields } from './Fields.tsx';
import { showProblems } from './marks.ts';
import { Preview } from './Preview.tsx';
import { Problems } from './Problems.tsx';
import { SaveBanner } from './SaveBanner.tsx';
import { SaveStatus } from './SaveStatus.tsx';
import { closeDraft, openDraft } from './sessions.ts';
import { showMark } from './show-mark.ts';
import { SignDialog } from './SignDialog.tsx';
import { useVersions } from './use-versions.tsx';

interface Checked {
  readonly revision: number;
  readonly problems: readonly ErrorShape[];
}

export function Editor(props: {
  readonly letter: LetterDetail;
  /** Somebody who reviews the letter mends its words; what else it is stays. */
  readonly correcting: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const { correcting } = props;
  const me = useSession()?.accountId ?? '';
  const may = useMay();
  const { id } = props.letter;
  const [draft, setDraft] = useState(() => openDraft(props.letter));
  const view = useSyncExternalStore(draft.session.subscribe, draft.session.snapshot);
  const [pane, setPane] = useState<'write' | 'preview'>('write');
  const [asking, setAsking] = useState<'sign' | 'submit' | null>(null);
  const attachments = useAttachments(id);
  const kindName = useKindName();
  const kind = useKind(view.content.kind);
  const form = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const people = useReading('people', () => eletter.people.list({})).value ?? [];
  const submits = needsSubmitting(props.letter, view.content, me);
  const maySign = may(submits ? 'letters.submit' : 'letters.sign');
  const [checking, setChecking] = useState(false);
  /** Somebody tried to sign: from then on what is missing stands above the form and at its fields. */
  const [tried, setTried] = useState(false);
  const [checked, setChecked] = useState<Checked>({ revision: -1, problems: [] });
  const onProblems = useCallback(
    (problems: readonly ErrorShape[], revision: number) => setChecked({ problems, revision }),
    [],
  );
  useEffect(() => showProblems(draft.editor, checked.problems), [draft, checked]);
  const versions = useVersions(id, draft);
  const missing = new Set(tried ? missingFields(checked.problems, view.content) : []);

  // Writing goes on where something is still empty.
  useEffect(() => {
    const { content } = draft.session.snapshot();
    const frame = requestAnimationFrame(() => {
      const first = requiredFields.find((field) => isEmpty(content, field));
      if (!first || !focusField(form.current, first)) heading.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [draft]);

  /** Why the draft, as it was saved last, cannot be signed. */
  const problemsNow = async (): Promise<readonly ErrorShape[]> => {
    const { revision } = draft.session.snapshot();
    if (checked.revision === revision) return checked.problems;
    const answer = await eletter.letters.preview({ id });
    // Signing itself asks again, and says what is wrong.
    if (!answer.ok) return [];
    onProblems(answer.value.problems, revision);
    return answer.value.problems;
  };
  const sign = async (): Promise<void> => {
    if (checking) return;
    if (!(await draft.session.flush())) {
      sayFailure(submits ? text.review.notSavedYet : text.sign.notSavedYet);
      return;
    }
    setChecking(true);
    const problems = await problemsNow();
    setChecking(false);
    setTried(problems.length > 0);
    if (problems.length === 0) {
      setAsking(submits ? 'submit' : 'sign');
      return;
    }
    setPane('write');
    const [first] = missingFields(problems, draft.session.snapshot().content);
    // The form may have been hidden behind the preview until now.
    if (first)
      requestAnimationFrame(
        () => focusField(form.current, first) || focusField(form.current, first.split('.')[0] ?? first),
      );
  };
  const merge = async (): Promise<void> => {
    if (await draft.session.flush())
      showMerge({ at: 'new', letterId: id, revision: draft.session.snapshot().revision });
    else sayFailure(text.sign.notSavedYet);
  };
  const discard = async (): Promise<void> => {
    if (!(await draft.session.flush())) {
      sayFailure(text.editor.discardFirst);
      return;
    }
    const result = await eletter.letters.discard({ id });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    closeDraft(id);
    go({ at: 'letters', folder: 'drafts', id: null });
    say(text.editor.discarded);
    noteChange();
  };

  /** What was mended is saved before the letter is looked at again; it is opened anew next time. */
  const endCorrecting = async (): Promise<void> => {
    if (!(await draft.session.flush())) {
      sayFailure(text.editor.discardFirst);
      return;
    }
    closeDraft(id);
    noteChange();
    props.onClose();
  };
  const showPlace = (mark: RemarkMark): void => {
    setPane('write');
    requestAnimationFrame(() => {
      if (!showMark(mark, draft.session.snapshot().content, draft.editor, form.current))
        sayFailure(text.review.markGone);
    });
  };

  return (
    <div className="editor">
      <header className="editor-bar">
        <Button icon="back" kind="quiet" onPress={correcting ? () => void endCorrecting() : props.onClose}>
          <span className="editor-bar-word">{text.letters.backToList}</span>
        </Button>
        <h1 ref={heading} tabIndex={-1} className="editor-title grow">
          {view.content.subject.trim() || kindName(view.content.kind)}
        </h1>
        <SaveStatus view={view} />
        <div className="editor-switch line" role="group" aria-label={text.editor.panes}>
          <button
            type="button"
            className="button"
            aria-pressed={pane === 'write'}
            onClick={() => setPane('write')}
          >
            {text.editor.writing}
          </button>
          <button
            type="button"
            className="button"
            aria-pressed={pane === 'preview'}
            onClick={() => setPane('preview')}
          >
            {text.editor.preview}
          </button>
        </div>
        {!correcting && (
          <Button icon="clock" onPress={versions.open}>
            <span className="editor-bar-word">{text.writing.versions.open}</span>
          </Button>
        )}
        {!correcting && (
          <Button icon="bin" onPress={() => void discard()}>
            <span className="editor-bar-word">{text.editor.discard}</span>
          </Button>
        )}
        {correcting && (
          <Button kind="primary" icon="check" onPress={() => void endCorrecting()}>
            {text.review.correctDone}
          </Button>
        )}
        {!correcting && maySign && (
          <Button
            kind="primary"
            icon={submits ? 'outgoing' : 'pen'}
            isPending={checking}
            onPress={() => void sign()}
          >
            {submits ? (
              <span className="button-words">{submitWords(view.content, me, people, text)}</span>
            ) : (
              text.editor.sign
            )}
          </Button>
        )}
      </header>
      {view.error && (
        <SaveBanner
          id={id}
          error={view.error}
          onRetry={() => void draft.session.flush()}
          onReload={(letter) => {
            closeDraft(id);
            setDraft(openDraft(letter));
          }}
        />
      )}
      <div className={`editor-panes editor-shows-${pane}`}>
        <div ref={form} className="editor-form" data-pane="form" tabIndex={-1}>
          {correcting && <Banner tone="unsure">{text.review.correctBanner}</Banner>}
          {!correcting && <ReturnedBanner letter={props.letter} onShow={showPlace} />}
          {!correcting && <LinkBanners letter={props.letter} />}
          {!correcting && !maySign && <Banner tone="plain">{text.editor.signElsewhere}</Banner>}
          {tried && <Problems problems={checked.problems} content={view.content} live />}
          <Fields
            content={view.content}
            kind={kind}
            missing={missing}
            fixed={correcting}
            attachmentLine={attachments.list?.line ?? ''}
            {...(correcting ? {} : { onMerge: () => void merge() })}
            onChange={(update) => draft.session.change(update)}
          />
          <BodyField
            editor={draft.editor}
            missing={missing.has('body') && isEmpty(view.content, 'body')}
            sealed={view.content.security !== 'biasa'}
          />
          {!correcting && <Attachments id={id} attachments={attachments} />}
        </div>
        <div className="editor-preview" data-pane="preview" tabIndex={-1}>
          <Preview
            id={id}
            saved={view.state === 'saved'}
            revision={view.revision}
            content={view.content}
            attached={attachments.version}
            onProblems={onProblems}
            hidesProblems={tried}
          />
        </div>
      </div>
      {versions.dialog}
      {asking === 'submit' && (
        <SubmitDialog
          letter={props.letter}
          content={view.content}
          revision={view.revision}
          people={people}
          onSubmitted={() => closeDraft(id)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'sign' && (
        <SignDialog
          letter={props.letter}
          content={view.content}
          revision={view.revision}
          onSigned={() => closeDraft(id)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** What the button does: to whom the letter goes first. */
function submitWords(content: LetterContent, me: string, people: readonly Person[], text: Catalogue): string {
  const [first] = askedBy(content, me);
  if (!first || first.accountId === me) return text.review.submitOwn;
  const person = people.find((one) => one.accountId === first.accountId);
  return person ? text.review.submitTo(called(person)) : text.review.submit;
}
