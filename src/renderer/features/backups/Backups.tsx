/** When the vault was last backed up, and where to. Choosing the folder and restoring are the administrator's. */
import { useState, type ReactElement } from 'react';
import type { BackupStatus, ErrorShape } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { count, dateTime } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { dismissMessage, say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, Chip, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { RestoreVault } from './RestoreVault.tsx';

export function Backups({ administrator }: { readonly administrator: boolean }): ReactElement {
  const text = useText();
  const status = useReading('backups', () => eletter.backup.status({}));
  return (
    <>
      <p className="soft">{text.backups.text}</p>
      {status.error && <ErrorBanner error={status.error} onRetry={status.reload} />}
      {status.slow && <Skeleton lines={4} />}
      {status.value && (
        <>
          <LastBackup status={status.value} />
          <BackupFolder folder={status.value.folder} administrator={administrator} />
        </>
      )}
      {administrator && <RestoreVault />}
    </>
  );
}

function LastBackup({ status }: { readonly status: BackupStatus }): ReactElement {
  const text = useText();
  const words = text.backups;
  const language = useLanguage();
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  const [newest] = status.sets;
  // The kept failure is a code alone; its text may want to name a part.
  const failure =
    error ?? (status.failure && { code: status.failure, params: { part: words.partOfContent } });

  const run = async (): Promise<void> => {
    setPending(true);
    setError(null);
    dismissMessage();
    const result = await eletter.backup.run({});
    setPending(false);
    noteChange();
    if (!result.ok) {
      setError(result.error);
      return;
    }
    const made = result.value.sets[0];
    if (made !== undefined) say(words.done(dateTime(made, language)));
  };

  return (
    <>
      {failure && !pending && <FailureBanner error={failure} />}
      <section className="box stack-tight" aria-label={words.last}>
        <h2 className="minor">{words.last}</h2>
        {newest === undefined ? (
          <p>{words.none}</p>
        ) : (
          <>
            <div className="line">
              <strong>{dateTime(newest, language)}</strong>
              <Chip tone="good" icon="check">
                {words.verified}
              </Chip>
            </div>
            <p className="help">{words.kept(count(status.sets.length, language))}</p>
          </>
        )}
        <div className="line">
          <Button icon="save" isPending={pending} onPress={() => void run()}>
            {pending ? words.running : words.run}
          </Button>
        </div>
      </section>
    </>
  );
}

function FailureBanner({ error }: { readonly error: ErrorShape }): ReactElement {
  const words = useText().backups;
  const errorText = useErrorText();
  // Said of the vault, these two would be about typed text and the data folder.
  const own = { DISK_FULL: words.diskFull, FOLDER_NOT_WRITABLE: words.notWritable };
  return (
    <Banner tone="bad" live>
      <div className="stack-tight">
        <p>
          <strong>{words.failed}</strong>{' '}
          {error.code === 'DISK_FULL' || error.code === 'FOLDER_NOT_WRITABLE'
            ? own[error.code]
            : errorText(error)}
        </p>
        <p>{words.advice}</p>
      </div>
    </Banner>
  );
}

function BackupFolder(props: { readonly folder: string; readonly administrator: boolean }): ReactElement {
  const text = useText();
  const words = text.backups;
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(false);
  // The one beside the vault, until somebody chooses another.
  const sameDisk = /[\\/]backups$/.test(props.folder);

  const choose = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.desktop.chooseBackupFolder({});
    setPending(false);
    setError(result.ok ? null : result.error);
    if (!result.ok || !result.value.chosen) return;
    say(words.chosen);
    noteChange();
  };

  return (
    <section className="box stack-tight" aria-label={words.folder}>
      <h2 className="minor">{words.folder}</h2>
      <p className="mono">{props.folder}</p>
      {sameDisk && <Banner tone="unsure">{words.sameDisk}</Banner>}
      {error && <ErrorBanner error={error} />}
      {props.administrator ? (
        <div className="line">
          <Button icon="folder" isPending={pending} onPress={() => void choose()}>
            {words.choose}
          </Button>
        </div>
      ) : (
        <p className="help">{words.adminOnly}</p>
      )}
    </section>
  );
}
