/** The archive: files, proposals about them, and the classification that both rest on. */
import type { ReactElement } from 'react';
import { go, useMay, type ArchiveView } from '../../app/app-store.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { FilePage } from './FilePage.tsx';
import { Files } from './Files.tsx';
import { ProposalPage } from './ProposalPage.tsx';
import { Proposals } from './Proposals.tsx';
import { Tree } from './Tree.tsx';

export function Archive({
  view,
  id,
}: {
  readonly view: ArchiveView;
  readonly id: string | null;
}): ReactElement {
  const text = useText();
  const words = text.archive;
  const keeps = useMay()('archive.files');
  const views: readonly ArchiveView[] = keeps ? ['files', 'proposals', 'tree'] : ['proposals'];
  return (
    <div className="screen screen-wide stack" data-pane="archive" tabIndex={-1}>
      <ScreenTitle>{words.title}</ScreenTitle>
      {views.length > 1 && (
        <Switch
          label={words.views}
          value={view}
          choices={views.map((value) => ({ value, label: words.view[value] }))}
          onChange={(next) => go({ at: 'archive', view: next, id: null })}
        />
      )}
      {id !== null && view !== 'tree' && (
        <div className="line">
          <Button icon="back" kind="quiet" onPress={() => go({ at: 'archive', view, id: null })}>
            {words.back}
          </Button>
        </div>
      )}
      {view === 'files' &&
        (id === null ? <Files code="" /> : isCode(id) ? <Files code={id} /> : <FilePage id={id} />)}
      {view === 'proposals' && (id === null ? <Proposals keeps={keeps} /> : <ProposalPage id={id} />)}
      {view === 'tree' && <Tree />}
    </div>
  );
}

/** A classification code instead of a file's id: the list of its files. */
const isCode = (id: string): boolean => !/^[0-9a-f]{8}-/.test(id);
