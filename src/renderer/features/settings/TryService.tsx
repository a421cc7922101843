/** Tries a service of the office as it is kept. */
import { useState, type ReactElement, type ReactNode } from 'react';
import type { ServiceTest, TestedService } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useErrorText, useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';

const tones = { good: 'good', silent: 'unsure', refused: 'bad' } as const;

/** A driver without any token is no failure, and nothing to sign with either. */
const toneOf = ({ what, outcome, names }: ServiceTest): (typeof tones)[ServiceTest['outcome']] =>
  what === 'tokens' && names.length === 0 && outcome === 'good' ? 'unsure' : tones[outcome];

/** The button, and below it in words what came back. */
export function TryService(props: {
  readonly what: TestedService;
  /** Other buttons, in front of this one. */
  readonly children: ReactNode;
}): ReactElement {
  const { what } = props;
  const text = useText();
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);
  const [found, setFound] = useState<ServiceTest | null>(null);
  const run = async (): Promise<void> => {
    setPending(true);
    setFound(null);
    const result = await eletter.services.test({ what });
    setPending(false);
    if (result.ok) setFound(result.value);
    else sayError(result.error);
  };
  return (
    <div className="stack-tight">
      <div className="line">
        {props.children}
        <Button isPending={pending} onPress={() => void run()}>
          {pending ? text.services.testing : text.services.testOf[what]}
        </Button>
      </div>
      {found && (
        <Banner tone={toneOf(found)} live>
          {wordsOf(found, text) ?? (found.error ? errorText(found.error) : '')}
        </Banner>
      )}
    </div>
  );
}

function wordsOf({ what, outcome, names, error, lowering }: ServiceTest, text: Catalogue): string | null {
  const words = text.services;
  const list = names.join(', ');
  if (outcome === 'good') {
    if (what === 'tsa') return words.tsaGood(list);
    if (what === 'gateway') return words.gatewayGood(list);
    return names.length > 0 ? words.tokensGood(list) : words.tokensNone;
  }
  if (what === 'tsa') {
    if (lowering?.code === 'TSA_DECLINED') return words.tsaDeclined;
    if (outcome === 'silent') return words.tsaSilent;
    return error?.code === 'TIMESTAMP_REFUSED' ? words.tsaRefused : null;
  }
  return what === 'gateway' && outcome === 'silent' ? words.gatewaySilent : null;
}
