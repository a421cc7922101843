/** How far approving the chosen letters is, and what became of each. */
import type { ReactElement } from 'react';
import { count } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Banner, Running } from '../../ui/parts.tsx';
import { closeApproving, useApproving } from './approving.ts';

export function ApproveMany(): ReactElement | null {
  const text = useText();
  const words = text.review;
  const language = useLanguage();
  const errorText = useErrorText();
  const shown = useApproving((state) => state.shown);
  if (!shown) return null;
  const { all, results } = shown;
  const running = results.length < all.length;
  const failed = results.filter((one) => one.error !== null);
  const done = results.length - failed.length;
  return (
    <Dialog title={words.manyTitle} busy={running} onClose={closeApproving}>
      {running ? (
        <Running>{words.approving(count(results.length, language), count(all.length, language))}</Running>
      ) : (
        <Banner tone={failed.length > 0 ? 'unsure' : 'good'} live>
          {words.manyDone(count(done, language))}
          {failed.length > 0 && ` ${words.manyFailed(count(failed.length, language))}`}
        </Banner>
      )}
      <ul className="ledger results" aria-label={words.manyResults} tabIndex={0}>
        {/* What went wrong first. */}
        {[...failed, ...results.filter((one) => one.error === null)].map((one) => (
          <li key={one.id} className="delivery">
            <Icon name={one.error ? 'failed' : 'check'} small />
            <span className="grow">
              {one.subject}
              {one.error && <span className="help delivery-times">{errorText(one.error)}</span>}
            </span>
            {!one.error && <span className="soft">{words.manyResult}</span>}
          </li>
        ))}
      </ul>
      <div className="line line-end">
        {/* Anew when all is done: it takes the focus then. */}
        <Button key={String(running)} startsFocused isDisabled={running} onPress={closeApproving}>
          {text.common.close}
        </Button>
      </div>
    </Dialog>
  );
}
