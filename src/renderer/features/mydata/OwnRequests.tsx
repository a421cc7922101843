import { useState, type ReactElement } from 'react';
import type { DeletionRequest } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { RequestWords } from './RequestWords.tsx';

export function OwnRequests({ requests }: { readonly requests: readonly DeletionRequest[] }): ReactElement {
  const words = useText().mydata;
  const [pending, setPending] = useState(false);
  const withdraw = async (id: string): Promise<void> => {
    setPending(true);
    const result = await eletter.mydata.withdrawRequest({ id });
    setPending(false);
    if (result.ok) say(words.withdrawn);
    else sayError(result.error);
    noteChange();
  };
  return (
    <section className="stack-tight" aria-label={words.yours}>
      <h2 className="minor">{words.yours}</h2>
      <ul className="stack-tight" aria-label={words.yours}>
        {requests.map((request) => (
          <li key={request.id} className="box stack-tight">
            <RequestWords request={request} />
            {request.state === 'open' && (
              <div className="line">
                <Button isPending={pending} onPress={() => void withdraw(request.id)}>
                  {words.withdraw}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
