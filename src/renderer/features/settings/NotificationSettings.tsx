import { useState, type ReactElement } from 'react';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError, sayFailure } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';

export function NotificationSettings(): ReactElement {
  const text = useText();
  const [pending, setPending] = useState(false);
  const test = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.desktop.testNotice({});
    setPending(false);
    if (!result.ok) sayError(result.error);
    else if (result.value.shown) say(text.settings.testShown);
    else sayFailure(text.settings.testNotShown);
  };
  return (
    <>
      <p>{text.settings.testNoticeText}</p>
      <div className="line">
        <Button icon="bell" isPending={pending} onPress={() => void test()}>
          {text.settings.testNotice}
        </Button>
      </div>
    </>
  );
}
