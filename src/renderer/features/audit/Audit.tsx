/** The audit log: is it whole, what does it say, and a signed copy of it. */
import { useState, type ReactElement } from 'react';
import type { AuditLine, ErrorShape, Session } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { AuditCheckBox } from './AuditCheckBox.tsx';
import { ExportAudit } from './ExportAudit.tsx';
import { actionOf, factsOf, withNewest, type NameOf } from './lines.ts';

export function Audit({ session }: { readonly session: Session }): ReactElement {
  const text = useText();
  return (
    <>
      <p className="soft">{text.audit.text}</p>
      <AuditCheckBox />
      <Log />
      <ExportAudit hasIdentity={session.hasIdentity} />
    </>
  );
}

interface Older {
  readonly lines: readonly AuditLine[];
  /** Where to go on; undefined until an older page was asked for. */
  readonly before: number | null | undefined;
}

function Log(): ReactElement {
  const text = useText();
  const words = text.audit;
  const language = useLanguage();
  const newest = useReading('audit', () => eletter.audit.list({ before: null }));
  const [older, setOlder] = useState<Older>({ lines: [], before: undefined });
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const people = useReading('people', () => eletter.people.list({}));
  const names = new Map(
    people.value?.flatMap((person) => [
      [person.accountId, person.name] as const,
      ...person.posts.map((post) => [post.id, post.printed] as const),
    ]),
  );
  const nameOf: NameOf = (id) => names.get(id) ?? null;
  const page = newest.value;
  const lines = page ? withNewest(older.lines, page) : [];
  const kept = page !== null && lines.length > page.lines.length;
  const before = kept && older.before !== undefined ? older.before : (page?.before ?? null);

  const more = async (): Promise<void> => {
    if (before === null) return;
    setPending(true);
    const result = await eletter.audit.list({ before });
    setPending(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setOlder({ lines: [...lines, ...result.value.lines], before: result.value.before });
  };

  if (newest.error) return <ErrorBanner error={newest.error} onRetry={newest.reload} />;
  if (!page) return newest.slow ? <Skeleton lines={8} /> : <></>;
  if (lines.length === 0) return <Empty icon="ordered">{words.empty}</Empty>;
  return (
    <div className="stack-tight">
      <table className="audit" aria-label={words.table}>
        <thead>
          <tr>
            <th scope="col">{words.columns.seq}</th>
            <th scope="col">{words.columns.when}</th>
            <th scope="col">{words.columns.who}</th>
            <th scope="col">{words.columns.what}</th>
            <th scope="col">{words.columns.about}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.seq}>
              <td className="audit-seq">{count(line.seq, language)}</td>
              <td className="audit-when">{dateTime(line.at, language)}</td>
              <td>
                {line.actor || words.application}
                {line.onBehalfOf !== '' && (
                  <span className="help delivery-times">{words.onBehalfOf(line.onBehalfOf)}</span>
                )}
              </td>
              <td>{actionOf(line, text)}</td>
              <td className="audit-facts">
                {factsOf(line, text, language, nameOf).map(([name, value]) => (
                  <span key={name} className="audit-fact">
                    <span className="soft">{name}:</span> {value}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && <ErrorBanner error={error} />}
      <div className="line">
        <span className="soft small" role="status">
          {words.shown(count(lines.length, language), count(page.total, language))}
        </span>
        {before !== null && (
          <Button isPending={pending} onPress={() => void more()}>
            {words.more}
          </Button>
        )}
      </div>
    </div>
  );
}
