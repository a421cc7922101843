/** The self-test of notifications with what to check when nothing appeared, and when people are reminded. */
import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';
import { ReminderTimes } from './ReminderTimes.tsx';

type Outcome = 'asked' | 'seen' | 'unseen' | 'refused';

/** Only to name the right settings. */
function systemHere(): 'windows' | 'mac' | 'linux' {
  const agent = navigator.userAgent;
  if (agent.includes('Windows')) return 'windows';
  return agent.includes('Mac OS') ? 'mac' : 'linux';
}

export function NotificationSettings({ editable }: { readonly editable: boolean }): ReactElement {
  const text = useText();
  const words = text.reminders;
  const [pending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const test = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.desktop.testNotice({});
    setPending(false);
    if (!result.ok) sayError(result.error);
    else setOutcome(result.value.shown ? 'asked' : 'refused');
  };
  return (
    <>
      <section className="box stack" aria-label={words.testTitle}>
        <h2 className="minor">{words.testTitle}</h2>
        <p>{text.settings.testNoticeText}</p>
        <div className="line">
          <Button icon="bell" isPending={pending} onPress={() => void test()}>
            {outcome === null ? text.settings.testNotice : words.testAgain}
          </Button>
        </div>
        {outcome === 'asked' && (
          <Banner
            tone="plain"
            live
            actions={
              <>
                <Button onPress={() => setOutcome('seen')}>{words.testSeen}</Button>
                <Button onPress={() => setOutcome('unseen')}>{words.testUnseen}</Button>
              </>
            }
          >
            {words.testAsk}
          </Banner>
        )}
        {outcome === 'seen' && (
          <Banner tone="good" live>
            {words.testWorks}
          </Banner>
        )}
        {outcome === 'refused' && (
          <Banner tone="unsure" live>
            {words.testRefused}
          </Banner>
        )}
        {(outcome === 'unseen' || outcome === 'refused') && (
          <div className="stack-tight">
            <h3 className="minor">{words.testCheck}</h3>
            <ol className="checks">
              {words.checks[systemHere()].map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ol>
            <p className="soft">{words.without}</p>
          </div>
        )}
      </section>
      <ReminderTimes editable={editable} />
    </>
  );
}
