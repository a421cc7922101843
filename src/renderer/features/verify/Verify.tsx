/** Drop or choose any PDF. Works before unlock too; nothing of the file is kept. */
import { useState, type ReactElement } from 'react';
import type { ErrorShape, VerificationReport } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { limits, limitText, readFile } from '../../lib/files.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Banner, ErrorBanner, FileDrop, ScreenTitle } from '../../ui/parts.tsx';
import { Report } from './Report.tsx';

type State =
  | { readonly at: 'start' }
  | { readonly at: 'checking'; readonly name: string }
  | { readonly at: 'report'; readonly report: VerificationReport }
  | { readonly at: 'error'; readonly error: ErrorShape }
  | { readonly at: 'refused'; readonly reason: string };

export function Verify(): ReactElement {
  const text = useText();
  const [state, setState] = useState<State>({ at: 'start' });

  const check = async (file: File): Promise<void> => {
    setState({ at: 'checking', name: file.name });
    const reading = await readFile(file, limits.pdf);
    if (!reading.ok) {
      const reason =
        reading.reason === 'too-large'
          ? text.common.fileTooLarge(limitText(limits.pdf))
          : text.common.fileUnreadable;
      setState({ at: 'refused', reason });
      return;
    }
    const result = await eletter.verify.file({ name: reading.name, bytes: reading.bytes });
    setState(result.ok ? { at: 'report', report: result.value } : { at: 'error', error: result.error });
  };

  return (
    <div className="screen stack" data-pane="verify" tabIndex={-1}>
      <header>
        <ScreenTitle>{text.verify.title}</ScreenTitle>
        <p className="soft">{text.verify.text}</p>
      </header>
      <FileDrop
        label={state.at === 'start' ? text.verify.choose : text.verify.another}
        hint={text.verify.drop}
        accept={['application/pdf', '.pdf']}
        large={state.at === 'start'}
        primary={state.at === 'start'}
        onFile={(file) => void check(file)}
      />
      <div aria-live="polite" className="stack">
        {state.at === 'checking' && <p className="soft">{text.verify.checking(state.name)}</p>}
        {state.at === 'report' && <Report report={state.report} />}
      </div>
      {state.at === 'error' && <ErrorBanner error={state.error} />}
      {state.at === 'refused' && (
        <Banner tone="bad" live>
          {state.reason}
        </Banner>
      )}
    </div>
  );
}
