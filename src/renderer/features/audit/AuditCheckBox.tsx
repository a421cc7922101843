/** Three sentences on whether the log is whole: its chain, the anchors outside the vault, and whether they agree. */
import { useEffect, useState, type ReactElement } from 'react';
import type { AuditCheck, ErrorShape } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorBanner } from '../../ui/parts.tsx';
import { sentencesOf, worst } from './check.ts';

const icons = { good: 'check', unsure: 'info', bad: 'warning' } as const;

export function AuditCheckBox(): ReactElement {
  const text = useText();
  const words = text.audit.check;
  const language = useLanguage();
  const [check, setCheck] = useState<AuditCheck | null>(null);
  const [error, setError] = useState<ErrorShape | null>(null);
  const [pending, setPending] = useState(true);

  const run = async (): Promise<void> => {
    setPending(true);
    setError(null);
    const result = await eletter.audit.check({});
    setPending(false);
    if (result.ok) setCheck(result.value);
    else setError(result.error);
  };
  useEffect(() => {
    let stale = false;
    void eletter.audit.check({}).then((result) => {
      if (stale) return;
      setPending(false);
      if (result.ok) setCheck(result.value);
      else setError(result.error);
    });
    return () => {
      stale = true;
    };
  }, []);

  const sentences = check ? sentencesOf(check, text, language) : [];
  const state = worst(sentences);
  return (
    <section className={`verdict ${check ? `verdict-${state}` : ''}`} aria-label={words.title}>
      <Icon name={check ? icons[state] : 'clock'} />
      <div className="grow stack-tight">
        <div aria-live="polite" className="stack-tight">
          <h2 className="minor">
            {words.title}
            {check && !pending && `: ${words[state]}`}
          </h2>
          {pending && <p>{words.running}</p>}
          {!pending && sentences.length > 0 && (
            <ul className="bullets">
              {sentences.map((sentence) => (
                <li key={sentence.text}>{sentence.text}</li>
              ))}
            </ul>
          )}
          {!pending && state === 'bad' && sentences.length > 0 && <p>{words.advice}</p>}
        </div>
        {error && <ErrorBanner error={error} />}
        <div className="line">
          <Button icon="verify" isPending={pending} onPress={() => void run()}>
            {words.run}
          </Button>
        </div>
      </div>
    </section>
  );
}
