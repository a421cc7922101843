/** One kind, or page and kop for all: the form at the left, the real page at the right. */
import { useCallback, useState, type ReactElement } from 'react';
import type {
  OfficeTemplates,
  PageSettings,
  TemplateDraft,
  TemplatePreview as Answer,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { refreshKinds } from '../../lib/kinds.ts';
import { say } from '../../lib/messages.ts';
import { kindsOf, withKind } from '../../lib/templates.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { useSending } from '../../ui/Form.tsx';
import { ErrorBanner, SubTitle } from '../../ui/parts.tsx';
import { KindForm } from './KindForm.tsx';
import { PageForm } from './PageForm.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import { change, close, done, forget } from './working.ts';

const nothing: Answer = { pdf: null, pages: 0, problems: [], number: '' };

export function TemplateEditor(props: {
  readonly templates: OfficeTemplates;
  readonly draft: TemplateDraft;
}): ReactElement {
  const text = useText();
  const words = text.templates;
  const language = useLanguage();
  const sending = useSending();
  const [note, setNote] = useState('');
  const [answer, setAnswer] = useState<Answer>(nothing);
  const [sample, setSample] = useState('surat-dinas');
  const onAnswer = useCallback((next: Answer) => setAnswer(next), []);
  const { templates, draft } = props;
  const { changes, kind: id } = draft;
  const kinds = kindsOf(templates, changes);
  const listed = kinds.find((one) => one.id === id);
  const shownName = listed?.kind.name?.[language];
  const name = id === null ? words.pageTitle : shownName || listed?.kind.label || id;

  const save = (): void =>
    sending.send(
      false,
      () => eletter.templates.save({ version: draft.version, changes, note: note.trim() }),
      (saved) => {
        done();
        say(words.saved(saved.version));
        void refreshKinds();
        noteChange();
      },
    );

  return (
    <div className="template-editor stack">
      <div className="line template-bar">
        <Button icon="back" kind="quiet" onPress={() => close(templates)}>
          {words.back}
        </Button>
        <SubTitle>{name}</SubTitle>
        <Button onPress={forget} isDisabled={sending.pending}>
          {words.discard}
        </Button>
        <Button kind="primary" icon="save" isPending={sending.pending} onPress={save}>
          {sending.pending ? words.saving : words.save}
        </Button>
      </div>
      {sending.error && <ErrorBanner error={sending.error} />}
      <div className="template-panes">
        <div className="stack">
          {listed ? (
            <KindForm
              id={listed.id}
              kind={listed.kind}
              registers={[...new Set(kinds.map(({ kind }) => kind.register))]}
              page={officePage(templates, draft)}
              fonts={templates.fonts}
              problems={answer.problems}
              number={answer.number}
              onChange={(update) =>
                change((before) => {
                  const now = before.kinds?.[listed.id] ?? listed.kind;
                  return withKind(before, listed.id, update(now));
                })
              }
            />
          ) : (
            <PageForm templates={templates} changes={changes} problems={answer.problems} onChange={change} />
          )}
          <TextField
            label={words.note}
            value={note}
            help={words.noteHelp}
            optional
            maxLength={300}
            onChange={setNote}
          />
        </div>
        <div className="template-preview stack-tight" role="region" aria-label={words.preview} tabIndex={0}>
          {!listed && (
            <SelectField
              label={words.previewKind}
              value={sample}
              choices={kinds.map((one) => ({
                value: one.id,
                label: one.kind.name?.[language] ?? one.kind.label,
              }))}
              onChange={setSample}
            />
          )}
          <TemplatePreview
            changes={changes}
            kind={listed?.id ?? sample}
            within={listed ? `kinds.${listed.id}` : ''}
            onAnswer={onAnswer}
          />
        </div>
      </div>
    </div>
  );
}

/** What a kind's page follows where it has nothing of its own: the shipped settings with the office's over them. */
function officePage({ shipped }: OfficeTemplates, { changes }: TemplateDraft): PageSettings {
  const { page } = changes;
  const over = <T extends object>(base: T, own: object | undefined): T => ({
    ...base,
    ...Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined)),
  });
  return {
    margins: over(shipped.page.margins, page?.margins),
    sizes: over(shipped.page.sizes, page?.sizes),
    spacing: over(shipped.page.spacing, page?.spacing),
    font: page?.font ?? shipped.page.font,
  };
}
