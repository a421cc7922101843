/** The batch's dialogs, above whatever screen is shown; and the banner of a batch that waits. */
import { useEffect, type ReactElement } from 'react';
import type { BatchStatus } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading, type Reading } from '../../lib/calls.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Banner, ErrorBanner } from '../../ui/parts.tsx';
import { BatchProgress } from './BatchProgress.tsx';
import { BatchSetup } from './BatchSetup.tsx';
import { showBatch, useBatch } from './batch-store.ts';

/** How often a running batch is asked how far it is, in milliseconds. */
const beat = 400;

function useStatus(): Reading<BatchStatus | null> {
  const reading = useReading('batch', () => eletter.batch.status({}));
  const { reload } = reading;
  const running = reading.value?.state === 'running' && reading.value.mode === 'all';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(reload, beat);
    return () => clearInterval(timer);
  }, [running, reload]);
  return reading;
}

export function BatchDesk(): ReactElement | null {
  const shown = useBatch((state) => state.shown);
  if (shown === null) return null;
  return shown === 'progress' ? <Progress /> : <BatchSetup ids={shown.ids} />;
}

function Progress(): ReactElement {
  const text = useText();
  const status = useStatus();
  return (
    <Dialog title={text.batch.title} wide onClose={() => showBatch(null)}>
      {status.error && <ErrorBanner error={status.error} onRetry={status.reload} />}
      {status.value && <BatchProgress status={status.value} onChanged={status.reload} />}
    </Dialog>
  );
}

export function BatchBanner(): ReactElement | null {
  return useMay()('batch.status') ? <Waiting /> : null;
}

function Waiting(): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  const status = useStatus().value;
  if (!status) return null;
  const left = count(status.waiting, language);
  const words = {
    running: text.batch.bannerRunning(left),
    paused: text.batch.bannerPaused(left),
    done: text.batch.bannerDone,
  };
  return (
    <Banner
      tone={status.state === 'paused' ? 'unsure' : 'plain'}
      actions={<Button onPress={() => showBatch('progress')}>{text.batch.show}</Button>}
    >
      {words[status.state]}
    </Banner>
  );
}
