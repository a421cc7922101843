/** The classification with its retention, and how much lies under each code. */
import { useState, type ReactElement } from 'react';
import type { ClassificationNode } from '../../../main/core/contract/index.ts';
import { go, useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { ImportTree } from './ImportTree.tsx';
import { retentionWords } from './looks.ts';

export function Tree(): ReactElement {
  const words = useText().archive.tree;
  const may = useMay();
  const reading = useReading('archive-tree', () => eletter.archive.tree({}));
  const [importing, setImporting] = useState(false);
  const save = async (): Promise<void> => {
    const result = await eletter.desktop.saveTree({});
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.exported(result.value.fileName));
  };
  return (
    <div className="stack">
      <p className="soft">{words.text}</p>
      {reading.error && <ErrorBanner error={reading.error} onRetry={reading.reload} />}
      {reading.slow && <Skeleton lines={8} />}
      {reading.value?.shipped && <Banner tone="plain">{words.shipped}</Banner>}
      {may('archive.importTree') && (
        <div className="line">
          <Button icon="table" onPress={() => setImporting(true)}>
            {words.import}
          </Button>
          <Button icon="save" onPress={() => void save()}>
            {words.export}
          </Button>
        </div>
      )}
      {reading.value && <Codes nodes={reading.value.nodes} label={words.list} />}
      {importing && <ImportTree onClose={() => setImporting(false)} />}
    </div>
  );
}

/** How deep a code hangs; circles cannot come in by an import, and would end here. */
function depthOf(node: ClassificationNode, byCode: ReadonlyMap<string, ClassificationNode>): number {
  let depth = 0;
  for (let at = node.parent; at !== null && depth < 8; at = byCode.get(at)?.parent ?? null) depth += 1;
  return depth;
}

function Codes(props: {
  readonly nodes: readonly ClassificationNode[];
  readonly label: string;
}): ReactElement {
  const text = useText();
  const words = text.archive.tree;
  const language = useLanguage();
  const byCode = new Map(props.nodes.map((one) => [one.code, one]));
  return (
    <ul className="ledger" aria-label={props.label}>
      {props.nodes.map((node) => (
        <li key={node.code} className="archive-code" data-depth={Math.min(depthOf(node, byCode), 5)}>
          <span className="numbers-number">{node.code}</span>
          <span className="grow">
            {node.name}
            {node.retention && (
              <span className="help delivery-times">{retentionWords(node.retention, text)}</span>
            )}
          </span>
          {node.files > 0 && (
            <>
              <span className="soft small">
                {words.counts(count(node.files, language), count(node.letters, language))}
              </span>
              <Button
                kind="quiet"
                icon="chevron"
                aria-label={words.show(node.code)}
                onPress={() => go({ at: 'archive', view: 'files', id: node.code })}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
