import type { ReactElement } from 'react';
import type { Person } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

/** Invited, active or revoked. */
export function StateChip({ person }: { readonly person: Person }): ReactElement {
  const { state } = useText().people;
  if (person.revoked) {
    return (
      <Chip tone="bad" icon="failed">
        {state.revoked}
      </Chip>
    );
  }
  return person.activated ? (
    <Chip tone="good" icon="check">
      {state.active}
    </Chip>
  ) : (
    <Chip tone="unsure" icon="clock">
      {state.invited}
    </Chip>
  );
}
