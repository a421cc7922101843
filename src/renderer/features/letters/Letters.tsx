/** Three panes: folders with counters, the list, the letter. A draft takes the whole desk. */
import { useState, type ReactElement } from 'react';
import { folders, type Folder, type ListPart } from '../../../main/core/contract/index.ts';
import { go, useApp, useMay, useSeesUnit } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty } from '../../ui/parts.tsx';
import { DropToRegister } from '../incoming/DropToRegister.tsx';
import { folderIcons } from './folder-icons.ts';
import { showMerge } from '../merge/merge-store.ts';
import { useHasMerges } from '../merge/has-merges.ts';
import { LetterList } from './LetterList.tsx';
import { LetterPane } from './LetterPane.tsx';

/** What waits for the person, not merely for others. */
const loud: ReadonlySet<Folder> = new Set<Folder>([
  'toSign',
  'toReview',
  'notFollowedUp',
  'dispositions',
  'notSent',
  'incoming',
]);

export function Letters(props: {
  readonly folder: Folder;
  readonly id: string | null;
  readonly startOnly: ListPart | null;
}): ReactElement {
  const text = useText();
  const { folder, id } = props;
  const [editing, setEditing] = useState(false);
  const [query, setQuery] = useState('');
  const [only, setOnly] = useState(props.startOnly);
  const rows = useReading(`letters-${folder}-${only ?? ''}`, () =>
    eletter.letters.list({ folder, only: only ?? undefined }),
  );

  return (
    <div
      className={`letters${id === null ? '' : ' letters-open'}${id !== null && editing ? ' letters-editing' : ''}`}
    >
      <Folders here={folder} />
      <section
        className="list-pane"
        data-pane="list"
        tabIndex={-1}
        aria-label={text.letters.list(text.letters.folder[folder])}
      >
        {id === null && <h1 className="hidden-visually">{text.letters.folder[folder]}</h1>}
        <DropToRegister>
          <LetterList
            folder={folder}
            rows={rows}
            openId={id}
            query={query}
            onQuery={setQuery}
            only={only}
            onOnly={setOnly}
            onOpen={(next) => go({ at: 'letters', folder, id: next })}
          />
        </DropToRegister>
      </section>
      <section className="letter-pane" data-pane="letter" tabIndex={-1} aria-label={text.letters.title}>
        {id === null ? (
          <Empty icon="letters">{text.letters.choose}</Empty>
        ) : (
          <LetterPane
            key={id}
            id={id}
            onEditing={setEditing}
            onClose={() => go({ at: 'letters', folder, id: null })}
          />
        )}
      </section>
    </div>
  );
}

function Folders({ here }: { readonly here: Folder }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const mayWrite = useMay()('letters.create');
  const merges = useHasMerges();
  const seesUnit = useSeesUnit();
  const may = useMay();
  // Who has written letters before keeps them in sight.
  const sent = useReading('letters-sent-before', async () =>
    mayWrite ? { ok: true, value: [] } : eletter.letters.list({ folder: 'outgoing' }),
  );
  const counters = useReading('counters', () => eletter.home.counters({}));
  const waiting: Readonly<Record<Folder, number>> = {
    toSign: counters.value?.toSign ?? 0,
    toReview: counters.value?.toReview ?? 0,
    notFollowedUp: counters.value?.notFollowedUp ?? 0,
    dispositions: counters.value?.dispositionsOpen ?? 0,
    given: counters.value?.given ?? 0,
    notSent: counters.value?.notSent ?? 0,
    drafts: counters.value?.drafts ?? 0,
    inProcess: counters.value?.inProcess ?? 0,
    outgoing: 0,
    incoming: (counters.value?.incomingUnread ?? 0) + (counters.value?.copiesUnread ?? 0),
    unit: 0,
    discarded: 0,
  };
  /** What nobody with these roles ever gets is left out; what is there already stays in sight. */
  const fills: Readonly<Record<Folder, boolean>> = {
    toSign: may('letters.sign'),
    toReview: may('letters.approve'),
    notFollowedUp: true,
    dispositions: true,
    given: false,
    notSent: mayWrite,
    drafts: mayWrite,
    inProcess: mayWrite,
    outgoing: mayWrite || (sent.value?.length ?? 0) > 0,
    incoming: true,
    unit: seesUnit,
    discarded: mayWrite,
  };
  const shown = folders.filter((folder) => fills[folder] || waiting[folder] > 0 || folder === here);
  return (
    <nav className="folders" aria-label={text.letters.folders} data-pane="folders" tabIndex={-1}>
      {mayWrite && (
        <Button kind="primary" icon="plus" onPress={() => useApp.setState({ choosingKind: true })}>
          {text.letters.new}
        </Button>
      )}
      {may('incoming.register') && (
        <Button kind={mayWrite ? 'plain' : 'primary'} icon="incoming" onPress={() => go({ at: 'register' })}>
          {text.incoming.register}
        </Button>
      )}
      <ul>
        {shown.map((folder) => (
          <li key={folder}>
            <button
              type="button"
              className="folder"
              aria-current={folder === here ? 'page' : undefined}
              onClick={() => go({ at: 'letters', folder, id: null })}
            >
              <Icon name={folderIcons[folder]} />
              <span className="grow">{text.letters.folder[folder]}</span>
              {waiting[folder] > 0 && (
                <span className={loud.has(folder) ? 'counter' : 'counter counter-quiet'}>
                  {count(waiting[folder], language)}
                </span>
              )}
            </button>
          </li>
        ))}
        {merges && (
          <li>
            <button type="button" className="folder" onClick={() => showMerge({ at: 'list' })}>
              <Icon name="table" />
              <span className="grow">{text.merge.listTitle}</span>
            </button>
          </li>
        )}
      </ul>
    </nav>
  );
}
