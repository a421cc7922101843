/** Files of the archive: found, chosen, proposed. */
import { useEffect, useState, type ReactElement } from 'react';
import {
  filePhases,
  type ArchiveFileRow,
  type FileFilter,
  type ProposalKind,
} from '../../../main/core/contract/index.ts';
import { go, useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count, shortDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/fields.tsx';
import { Chip, Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { FileForm } from './FileForm.tsx';
import { phaseLooks } from './looks.ts';
import { Propose } from './Propose.tsx';

/** Milliseconds without a key before a search is asked. */
const pause = 250;

export function Files({ code }: { readonly code: string }): ReactElement {
  const words = useText().archive;
  const language = useLanguage();
  const may = useMay();
  const [filter, setFilter] = useState<FileFilter>('all');
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<readonly ArchiveFileRow[]>([]);
  const [adding, setAdding] = useState(false);
  const [proposing, setProposing] = useState<ProposalKind | null>(null);
  const key = `archive-files ${filter} ${code} ${query}`;
  const [older, setOlder] = useState<{ readonly key: string; readonly rows: readonly ArchiveFileRow[] }>({
    key: '',
    rows: [],
  });
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  const ask = (before: number) => eletter.archive.files({ filter, text: query, code, before });
  const page = useReading(key, () => ask(0));
  const value = page.value;
  const rows = [...(value?.files ?? []), ...(older.key === key ? older.rows : [])];
  const more = async (): Promise<void> => {
    const result = await ask(rows.length);
    if (!result.ok) sayError(result.error);
    else setOlder({ key, rows: [...(older.key === key ? older.rows : []), ...result.value.files] });
  };
  const narrowed = filter !== 'all' || query !== '' || code !== '';
  const proposes = may('archive.propose');
  const kindsOf = (row: ArchiveFileRow): readonly ProposalKind[] =>
    row.phase !== 'due' || row.held || !row.retention
      ? []
      : (
          {
            musnah: ['destruction'],
            permanen: ['transfer'],
            'dinilai-kembali': ['destruction', 'transfer'],
          } as const
        )[row.retention.fate];
  const fitting = (kind: ProposalKind): readonly ArchiveFileRow[] =>
    chosen.filter((row) => kindsOf(row).includes(kind));

  return (
    <div className="stack">
      <p className="soft">{words.files.text}</p>
      <div className="archive-tools">
        <SelectField<FileFilter>
          label={words.files.filter}
          value={filter}
          choices={[
            { value: 'all', label: words.files.all },
            ...filePhases.map((phase) => ({ value: phase, label: words.phase[phase] })),
            { value: 'held', label: words.files.heldOnly },
          ]}
          onChange={(next) => {
            setChosen([]);
            setFilter(next);
          }}
        />
        <TextField
          label={words.files.search}
          type="search"
          value={typed}
          maxLength={200}
          onChange={setTyped}
        />
        {may('archive.saveFile') && (
          <Button kind="primary" icon="plus" onPress={() => setAdding(true)}>
            {words.files.add}
          </Button>
        )}
      </div>
      {code !== '' && (
        <div className="line">
          <span className="grow">{words.files.inCode(code)}</span>
          <Button kind="quiet" onPress={() => go({ at: 'archive', view: 'files', id: null })}>
            {words.files.everyCode}
          </Button>
        </div>
      )}
      {page.error && <ErrorBanner error={page.error} onRetry={page.reload} />}
      {page.slow && <Skeleton lines={6} />}
      {value && rows.length === 0 && (
        <Empty icon="archive">{narrowed ? words.files.noneFound : words.files.none}</Empty>
      )}
      {rows.length > 0 && (
        <>
          <div className="line">
            <span className="soft grow" role="status">
              {words.files.found(count(value?.total ?? rows.length, language))}
            </span>
            {proposes && chosen.length === 0 && rows.some((row) => kindsOf(row).length > 0) && (
              <span className="help">{words.files.proposeHint}</span>
            )}
            {(['destruction', 'transfer'] as const).map(
              (kind) =>
                fitting(kind).length > 0 && (
                  <Button key={kind} onPress={() => setProposing(kind)}>
                    {words.files.propose[kind](count(fitting(kind).length, language))}
                  </Button>
                ),
            )}
          </div>
          <FileTable
            rows={rows}
            {...(proposes
              ? {
                  choice: {
                    may: (row) => kindsOf(row).length > 0,
                    has: (row) => chosen.some((one) => one.id === row.id),
                    set: (row, on) =>
                      setChosen((before) => [
                        ...before.filter((one) => one.id !== row.id),
                        ...(on ? [row] : []),
                      ]),
                  },
                }
              : {})}
          />
        </>
      )}
      {value && rows.length < value.total && (
        <div className="line">
          <Button onPress={() => void more()}>{words.files.more}</Button>
        </div>
      )}
      {adding && value && (
        <FileForm file={null} code={code} units={value.units} onClose={() => setAdding(false)} />
      )}
      {proposing && (
        <Propose
          kind={proposing}
          files={fitting(proposing)}
          onClose={() => setProposing(null)}
          onDone={(id) => go({ at: 'archive', view: 'proposals', id })}
        />
      )}
    </div>
  );
}

interface Choice {
  readonly may: (row: ArchiveFileRow) => boolean;
  readonly has: (row: ArchiveFileRow) => boolean;
  readonly set: (row: ArchiveFileRow, on: boolean) => void;
}

export function FileTable({
  rows,
  choice,
  opens = true,
}: {
  readonly rows: readonly ArchiveFileRow[];
  readonly choice?: Choice;
  /** May the reader open a file's page? */
  readonly opens?: boolean;
}): ReactElement {
  const words = useText().archive;
  const language = useLanguage();
  const { columns } = words.files;
  return (
    <div className="archive-scroll">
      <table className="audit" aria-label={words.files.list}>
        <thead>
          <tr>
            {choice && (
              <th scope="col">
                <span className="hidden-visually">{columns.choose}</span>
              </th>
            )}
            <th scope="col">{columns.file}</th>
            <th scope="col">{columns.unit}</th>
            <th scope="col">{columns.letters}</th>
            <th scope="col">{columns.closed}</th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {choice && (
                <td className="archive-choose">
                  {choice.may(row) && (
                    <Checkbox isSelected={choice.has(row)} onChange={(on) => choice.set(row, on)}>
                      <span className="hidden-visually">{words.files.choose(row.title)}</span>
                    </Checkbox>
                  )}
                </td>
              )}
              <td>
                {opens ? (
                  <button
                    type="button"
                    className="archive-open"
                    onClick={() => go({ at: 'archive', view: 'files', id: row.id })}
                  >
                    {row.title}
                  </button>
                ) : (
                  row.title
                )}
                <span className="help delivery-times">
                  {row.code} {row.codeName} · {row.year}
                </span>
              </td>
              <td>{row.unit}</td>
              <td>{count(row.letters, language)}</td>
              <td className="numbers-date">
                {row.closedOn ? shortDate(row.closedOn, language) : '–'}
                {row.dueFrom && (
                  <span className="help delivery-times">
                    {words.files.dueFrom(shortDate(row.dueFrom, language))}
                  </span>
                )}
              </td>
              <td>
                <Chip tone={phaseLooks[row.phase][0]} icon={phaseLooks[row.phase][1]}>
                  {words.phase[row.phase]}
                </Chip>{' '}
                {row.held && (
                  <Chip tone="bad" icon="lock">
                    {words.held}
                  </Chip>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
