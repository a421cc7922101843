/** Settings: the kinds of letter that this office writes, and how they are printed. */
import { useEffect, useState, type ReactElement } from 'react';
import {
  kindGroups,
  maximumTemplateFile,
  type OfficeChanges,
  type OfficeTemplates,
  type TemplateProblem,
} from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { readFile } from '../../lib/files.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { refreshKinds } from '../../lib/kinds.ts';
import { say, sayError } from '../../lib/messages.ts';
import { exampleNumber, kindsOf, withHidden, withoutKind, type ListedKind } from '../../lib/templates.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Banner, Chip, ErrorBanner, FileDrop, Skeleton } from '../../ui/parts.tsx';
import { plainWords } from '../../../main/core/contract/index.ts';
import { History } from './History.tsx';
import { NewKind } from './NewKind.tsx';
import { ProblemList } from './ProblemList.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import { begin, bringBack, done, forget, useWorking } from './working.ts';

export function Templates(): ReactElement {
  const reading = useReading('templates', () => eletter.templates.read({}));
  const { draft, open } = useWorking();
  const templates = reading.value;
  useEffect(() => {
    if (templates) bringBack(templates);
  }, [templates]);

  if (reading.error) return <ErrorBanner error={reading.error} onRetry={reading.reload} />;
  if (!templates) return reading.slow ? <Skeleton /> : <></>;
  if (open && draft) return <TemplateEditor key={draft.kind ?? ''} templates={templates} draft={draft} />;
  return <TemplateList templates={templates} />;
}

function TemplateList({ templates }: { readonly templates: OfficeTemplates }): ReactElement {
  const text = useText();
  const words = text.templates;
  const language = useLanguage();
  const draft = useWorking((state) => state.draft);
  const [query, setQuery] = useState('');
  const [adding, setAdding] = useState(false);
  const [pending, setPending] = useState(false);
  const nameOf = ({ id, kind }: ListedKind): string => kind.name?.[language] ?? (kind.label || id);
  const kinds = kindsOf(templates, templates.changes);
  const wanted = plainWords(query);
  const found = kinds.filter((one) => {
    const about = plainWords(`${nameOf(one)} ${one.kind.label} ${one.kind.register}`).join(' ');
    return wanted.every((word) => about.includes(word));
  });
  const waits = draft && kindsOf(templates, draft.changes).find((one) => one.id === draft.kind);

  const save = async (changes: OfficeChanges, note: string): Promise<void> => {
    setPending(true);
    const result = await eletter.templates.save({ version: templates.version, changes, note });
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    done();
    say(words.saved(result.value.version));
    void refreshKinds();
    noteChange();
  };

  return (
    <>
      <p className="soft">{words.text}</p>
      {draft && (
        <Banner
          tone="unsure"
          actions={
            <>
              <Button onPress={() => begin(templates, draft.kind)}>{words.goOn}</Button>
              <Button kind="quiet" onPress={forget}>
                {words.discard}
              </Button>
            </>
          }
        >
          {words.unsaved(waits ? nameOf(waits) : words.pageName)}
        </Banner>
      )}
      <div className="line template-tools">
        <div className="grow">
          <TextField
            label={words.search}
            value={query}
            type="search"
            hideLabel
            placeholder={words.search}
            onChange={setQuery}
          />
        </div>
        <Button icon="print" onPress={() => begin(templates, null)}>
          {words.page}
        </Button>
        <Button icon="plus" kind="primary" onPress={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      {found.length === 0 && <p role="status">{words.none}</p>}
      {kindGroups.map((group) => {
        const members = found.filter((one) => one.kind.group === group);
        return (
          members.length > 0 && (
            <section key={group} className="stack-tight" aria-labelledby={`templates-${group}`}>
              <h2 id={`templates-${group}`} className="minor">
                {text.letters.kindGroup[group]}
              </h2>
              <ul className="ledger" aria-label={text.letters.kindGroup[group]}>
                {members.map((one) => (
                  <KindRow
                    key={one.id}
                    listed={one}
                    name={nameOf(one)}
                    busy={pending || draft !== null}
                    onEdit={() => begin(templates, one.id)}
                    onHide={(hide) =>
                      void save(
                        withHidden(templates.changes, one.id, hide),
                        hide ? words.hideOf(nameOf(one)) : words.showOf(nameOf(one)),
                      )
                    }
                    onDrop={() =>
                      void save(
                        withoutKind(templates.changes, one.id, one.own),
                        one.own ? words.removeOf(nameOf(one)) : words.originalOf(nameOf(one)),
                      )
                    }
                  />
                ))}
              </ul>
            </section>
          )
        );
      })}
      <Files />
      <History templates={templates} busy={draft !== null} />
      {adding && <NewKind templates={templates} onClose={() => setAdding(false)} />}
    </>
  );
}

function KindRow(props: {
  readonly listed: ListedKind;
  readonly name: string;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onHide: (hide: boolean) => void;
  readonly onDrop: () => void;
}): ReactElement {
  const words = useText().templates;
  const { name, busy } = props;
  const { kind, own, changed, hidden, used } = props.listed;
  return (
    <li className="delivery template-row">
      <span className="grow">
        {name}
        <span className="help delivery-times">
          {words.numbers(exampleNumber(kind.numberTemplate), kind.register)}
        </span>
      </span>
      {own && (
        <Chip tone="action" icon="pen">
          {words.own}
        </Chip>
      )}
      {changed && !own && (
        <Chip tone="plain" icon="pen">
          {words.changed}
        </Chip>
      )}
      {hidden && (
        <Chip tone="plain" icon="eyeOff">
          {words.hidden}
        </Chip>
      )}
      <span className="line template-row-tools">
        <Button kind="quiet" aria-label={words.editOf(name)} onPress={props.onEdit}>
          {words.edit}
        </Button>
        <Button
          kind="quiet"
          isDisabled={busy}
          aria-label={hidden ? words.showOf(name) : words.hideOf(name)}
          onPress={() => props.onHide(!hidden)}
        >
          {hidden ? words.show : words.hide}
        </Button>
        {changed && !own && (
          <Button kind="quiet" isDisabled={busy} aria-label={words.originalOf(name)} onPress={props.onDrop}>
            {words.original}
          </Button>
        )}
        {own && !used && (
          <Button kind="quiet" isDisabled={busy} aria-label={words.removeOf(name)} onPress={props.onDrop}>
            {words.remove}
          </Button>
        )}
      </span>
    </li>
  );
}

/** Out to a file, and in from one: all of it or nothing. */
function Files(): ReactElement {
  const words = useText().templates;
  const [problems, setProblems] = useState<readonly TemplateProblem[]>([]);
  const save = async (): Promise<void> => {
    const result = await eletter.desktop.saveTemplates({});
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.exported(result.value.fileName));
  };
  const take = async (file: File): Promise<void> => {
    const read = await readFile(file, maximumTemplateFile);
    if (!read.ok) {
      setProblems([
        read.reason === 'too-large'
          ? { path: '', reason: 'size', named: '8 MB' }
          : { path: '', reason: 'wrong-type' },
      ]);
      return;
    }
    const result = await eletter.templates.import({ bytes: read.bytes });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    setProblems(result.value.problems);
    if (!result.value.templates) return;
    done();
    say(words.importedDone);
    void refreshKinds();
    noteChange();
  };
  return (
    <div className="stack-tight template-files">
      <div className="line">
        <Button icon="save" onPress={() => void save()}>
          {words.exportFile}
        </Button>
        <FileDrop
          label={words.importFile}
          hint={words.importHint}
          accept={['.json']}
          onFile={(file) => void take(file)}
        />
      </div>
      {problems.length > 0 && <ProblemList title={words.importRefused} problems={problems} />}
    </div>
  );
}
