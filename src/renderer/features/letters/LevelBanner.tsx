/** A letter whose signature did not reach what the office wants, and the way to complete it. */
import { useState, type ReactElement } from 'react';
import { isBelow, type LetterSignature, type Lowering } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { levelName, loweringName } from '../../lib/keys.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner } from '../../ui/parts.tsx';

export function LevelBanner(props: {
  readonly id: string;
  readonly signature: LetterSignature;
}): ReactElement | null {
  const text = useText();
  const language = useLanguage();
  const may = useMay();
  const services = useReading('services', () => eletter.services.read({}));
  const [pending, setPending] = useState(false);
  const { level, lowering } = props.signature;
  const wanted = services.value?.level;
  if (wanted === undefined || !isBelow(level, wanted)) return null;

  const complete = async (): Promise<void> => {
    setPending(true);
    const result = await eletter.letters.complete({ id: props.id });
    setPending(false);
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    const { grown, lowering: why } = result.value;
    if (!grown && why) say(text.level.notYet(loweringName(why, language)), 'note');
    else say(text.level.completed(levelName(result.value.level)));
    noteChange();
  };

  const never = neverMore(lowering, text);
  const words = lowering
    ? text.level.lowered(levelName(wanted), `${levelName(level)}: ${loweringName(lowering, language)}`)
    : text.level.below(levelName(wanted), levelName(level));
  return (
    <Banner
      tone="unsure"
      actions={
        may('letters.complete') &&
        never === null && (
          <Button icon="clock" isPending={pending} onPress={() => void complete()}>
            {pending ? text.level.completing : text.level.complete}
          </Button>
        )
      }
    >
      {never === null ? words : `${words} ${never}`}
    </Banner>
  );
}

/** Why trying again cannot help; null where it may. */
function neverMore(lowering: Lowering | null, text: Catalogue): string | null {
  if (lowering?.code === 'REVOCATION_NOT_OFFERED') return text.level.never;
  // a timestamp makes no PAdES signature of another kind
  if (lowering?.code === 'GATEWAY_DECIDES' && lowering.reason === 'CMS') return text.level.neverOfThisForm;
  return null;
}
