import type { ReactElement } from 'react';
import type { AccountName } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { ChoiceGroup } from '../../ui/fields.tsx';

/** Whose account: a choice where there are several, else just the name. */
export function AccountChoice(props: {
  readonly accounts: readonly AccountName[];
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (accountId: string) => void;
}): ReactElement {
  const text = useText();
  if (props.accounts.length > 1) {
    return (
      <ChoiceGroup
        label={text.unlock.accounts}
        value={props.value}
        choices={props.accounts.map((account) => ({ value: account.accountId, label: account.username }))}
        error={props.error}
        onChange={props.onChange}
      />
    );
  }
  return (
    <p>
      <span className="label">{text.unlock.accounts}</span>
      <br />
      {props.accounts[0]?.username}
    </p>
  );
}
