/** What a disposition asks for: its instructions by name, and the note. */
import type { ReactElement } from 'react';
import type { Disposition } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { useLanguage } from '../../lib/i18n/index.ts';

/** Names of preset instructions in the page's language; a key that the profile lost stays as it is. */
export function useInstructionName(): (key: string) => string {
  const language = useLanguage();
  const known = useReading('disposition-instructions', () => eletter.dispositions.instructions({}));
  const names = new Map(known.value?.map((one) => [one.key, one[language]]));
  return (key) => names.get(key) ?? key;
}

export function Asked({ given }: { readonly given: Disposition }): ReactElement {
  const nameOf = useInstructionName();
  return (
    <>
      {given.instructions.length > 0 && (
        <p className="task-asked">{given.instructions.map((key) => nameOf(key)).join(' · ')}</p>
      )}
      {given.note !== '' && <p className="remark-text">{given.note}</p>}
    </>
  );
}
