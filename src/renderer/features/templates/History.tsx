/** Every version that was ever in force, and the way back to it. */
import { useState, type ReactElement } from 'react';
import type { OfficeTemplates, TemplateVersion } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { refreshKinds } from '../../lib/kinds.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/parts.tsx';
import { done } from './working.ts';

export function History(props: {
  readonly templates: OfficeTemplates;
  readonly busy: boolean;
}): ReactElement | null {
  const words = useText().templates;
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const { versions, version: current } = props.templates;
  if (current === 0) return null;

  const restore = async (version: number): Promise<void> => {
    setPending(true);
    const result = await eletter.templates.restore({ version });
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
  const what = ({ origin, restored, note }: TemplateVersion): string =>
    origin === 'restored' ? words.restored(restored ?? 0) : origin === 'imported' ? words.imported : note;
  const back = (version: number): ReactElement => (
    <Button
      kind="quiet"
      isDisabled={props.busy || pending}
      aria-label={words.restoreOf(version)}
      onPress={() => void restore(version)}
    >
      {words.restore}
    </Button>
  );

  return (
    <section className="stack-tight" aria-labelledby="templates-history">
      <h2 id="templates-history" className="minor">
        {words.history}
      </h2>
      <ul className="ledger">
        {versions.map((one) => (
          <li key={one.version} className="delivery">
            <span className="grow">
              {words.version(one.version)}
              {what(one) !== '' && ` · ${what(one)}`}
              <span className="help delivery-times">
                {dateTime(one.madeAt, language)} · {one.madeBy}
              </span>
            </span>
            {one.version === current ? (
              <Chip tone="good" icon="check">
                {words.inForce}
              </Chip>
            ) : (
              back(one.version)
            )}
          </li>
        ))}
        <li className="delivery">
          <span className="grow">{words.shippedVersion}</span>
          {back(0)}
        </li>
      </ul>
    </section>
  );
}
