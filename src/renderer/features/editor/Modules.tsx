/** Naskah baku: find and insert a piece of text, keep one, rename, delete. */
import type { Editor } from '@tiptap/core';
import { useState, type ReactElement } from 'react';
import type { ModuleScope, Result, TextModule } from '../../../main/core/contract/index.ts';
import { maximumTitle } from '../../../main/core/contract/index.ts';
import { useSession } from '../../app/app-store.ts';
import { toBlocks } from '../../lib/body.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { plainOf } from '../../lib/plain.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Checkbox, ChoiceGroup, TextField } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { Banner, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { selectedBlocks } from './body-editor.ts';
import { insertBlocks } from './paste.ts';

export function Modules(props: {
  readonly editor: Editor;
  /** The letter is of a sealed class: its words are not to lie elsewhere unnoticed. */
  readonly sealed: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const text = useText();
  const words = text.writing.modules;
  const modules = useReading('modules', () => eletter.modules.list({}));
  const [wanted, setWanted] = useState('');
  const all = modules.value ?? [];
  const asked = wanted.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = all.filter((module) => {
    const said = `${module.title} ${plainOf(module.body)}`.toLowerCase();
    return asked.every((word) => said.includes(word));
  });
  const insert = (module: TextModule): void => {
    if (!insertBlocks(props.editor.view, module.body)) {
      sayFailure(text.writing.paste.tooLarge);
      return;
    }
    props.onClose();
    say(words.inserted(module.title));
    requestAnimationFrame(() => props.editor.commands.focus());
  };
  return (
    <Dialog title={words.title} onClose={props.onClose} wide>
      <p className="soft">{words.text}</p>
      {all.length > 0 && (
        <TextField
          label={words.find}
          type="search"
          value={wanted}
          onChange={setWanted}
          startsFocused
          maxLength={100}
        />
      )}
      {modules.error && <ErrorBanner error={modules.error} onRetry={modules.reload} />}
      {modules.slow && <Skeleton lines={3} />}
      {modules.value && all.length === 0 && <Empty icon="module">{words.none}</Empty>}
      {all.length > 0 && found.length === 0 && <p className="soft">{words.noMatch}</p>}
      {found.length > 0 && (
        <ul className="module-list" aria-label={words.list}>
          {found.map((module) => (
            <ModuleRow key={module.id} module={module} onInsert={() => insert(module)} />
          ))}
        </ul>
      )}
      <Save editor={props.editor} sealed={props.sealed} />
      <div className="line line-end">
        <Button onPress={props.onClose}>{text.common.close}</Button>
      </div>
    </Dialog>
  );
}

const changed = (result: Result<unknown>, done: string): boolean => {
  if (!result.ok) {
    sayError(result.error);
    return false;
  }
  say(done);
  noteChange();
  return true;
};

function ModuleRow(props: { readonly module: TextModule; readonly onInsert: () => void }): ReactElement {
  const text = useText();
  const words = text.writing.modules;
  const language = useLanguage();
  const { module } = props;
  const [asking, setAsking] = useState<'no' | 'rename' | 'remove'>('no');
  const [title, setTitle] = useState(module.title);
  const rename = async (): Promise<void> => {
    const next = title.trim();
    if (next === '') return;
    const { id, scope } = module;
    if (changed(await eletter.modules.save({ id, scope, title: next, body: null }), words.renamed(next)))
      setAsking('no');
  };
  const remove = async (): Promise<void> => {
    changed(await eletter.modules.remove({ id: module.id }), words.removed(module.title));
  };
  return (
    <li className="module">
      <div className="grow module-words">
        <strong>{module.title}</strong>
        <p className="module-text">{plainOf(module.body)}</p>
        <p className="small soft">
          {module.scope === 'office' ? `${words.scope.office} (${module.unit})` : words.scope.own} ·{' '}
          {module.changedBy}, {dateTime(module.changedAt, language)}
        </p>
        {asking === 'rename' && (
          <form
            className="line line-fields"
            onSubmit={(event) => {
              event.preventDefault();
              void rename();
            }}
          >
            <TextField
              label={words.name}
              value={title}
              startsFocused
              maxLength={maximumTitle}
              error={title.trim() === '' ? text.common.required : undefined}
              onChange={setTitle}
            />
            <Button type="submit">{text.common.save}</Button>
            <Button kind="quiet" onPress={() => setAsking('no')}>
              {text.common.cancel}
            </Button>
          </form>
        )}
        {asking === 'remove' && (
          <Banner
            tone="unsure"
            live
            actions={
              <>
                <Button startsFocused onPress={() => setAsking('no')}>
                  {text.common.cancel}
                </Button>
                <Button kind="danger" onPress={() => void remove()}>
                  {words.remove}
                </Button>
              </>
            }
          >
            {words.removeSure(module.title)}
          </Banner>
        )}
      </div>
      <div className="line module-acts">
        <Button aria-label={words.insertOf(module.title)} onPress={props.onInsert}>
          {words.insert}
        </Button>
        {module.mayChange && (
          <>
            <Button
              kind="quiet"
              icon="pen"
              aria-label={words.renameOf(module.title)}
              onPress={() => setAsking('rename')}
            />
            <Button
              kind="quiet"
              icon="bin"
              aria-label={words.removeOf(module.title)}
              onPress={() => setAsking('remove')}
            />
          </>
        )}
      </div>
    </li>
  );
}

function Save({ editor, sealed }: { readonly editor: Editor; readonly sealed: boolean }): ReactElement {
  const text = useText();
  const words = text.writing.modules;
  const roles = useSession()?.roles ?? [];
  const keeper = roles.includes('administrator') || roles.includes('registrar');
  const sending = useSending();
  const [chosen] = useState(() => selectedBlocks(editor));
  const [what, setWhat] = useState<'selection' | 'whole'>(chosen.length > 0 ? 'selection' : 'whole');
  const [scope, setScope] = useState<ModuleScope>('own');
  const [title, setTitle] = useState('');
  const [agreed, setAgreed] = useState(false);
  const body = what === 'selection' ? chosen : toBlocks(editor.getJSON());
  const empty = plainOf(body) === '';
  const wrong = title.trim() === '' || (sealed && !agreed);
  return (
    <PlainForm
      className="box stack"
      label={words.saveTitle}
      sending={sending}
      onSubmit={() =>
        sending.send(
          wrong,
          () => eletter.modules.save({ id: null, scope, title: title.trim(), body }),
          () => {
            say(words.saved(title.trim()));
            setTitle('');
            noteChange();
          },
        )
      }
      actions={
        <div className="line">
          <Button type="submit" isPending={sending.pending} isDisabled={empty || (sealed && !agreed)}>
            {words.save}
          </Button>
          {empty && <span className="soft small">{words.empty}</span>}
        </div>
      }
    >
      <h3 className="minor">{words.saveTitle}</h3>
      {sealed && (
        <Banner tone="unsure">
          <p>{words.sealed}</p>
          <Checkbox isSelected={agreed} onChange={setAgreed}>
            {words.sealedAgree}
          </Checkbox>
        </Banner>
      )}
      <TextField
        label={words.name}
        value={title}
        placeholder={words.nameHint}
        maxLength={maximumTitle}
        error={sending.tried && title.trim() === '' ? text.common.required : undefined}
        onChange={setTitle}
      />
      <div className="columns">
        {chosen.length > 0 && (
          <ChoiceGroup
            label={words.what}
            value={what}
            choices={[
              { value: 'selection', label: words.selection, help: plainOf(chosen).slice(0, 60) },
              { value: 'whole', label: words.whole },
            ]}
            onChange={setWhat}
          />
        )}
        {keeper && (
          <ChoiceGroup
            label={words.who}
            value={scope}
            choices={[
              { value: 'own', label: words.own },
              { value: 'office', label: words.office },
            ]}
            onChange={setScope}
          />
        )}
      </div>
    </PlainForm>
  );
}
