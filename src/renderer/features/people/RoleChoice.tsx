import { useId, type ReactElement } from 'react';
import { roles as allRoles, type Role } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Checkbox, Missing } from '../../ui/fields.tsx';

/** Roles by name, each with what it lets somebody do. */
export function RoleChoice(props: {
  readonly value: readonly Role[];
  readonly tried: boolean;
  /** Where a title says it already. */
  readonly hideLabel?: boolean;
  readonly onChange: (roles: readonly Role[]) => void;
}): ReactElement {
  const text = useText();
  const missing = useId();
  const none = props.tried && props.value.length === 0;
  return (
    <fieldset {...(none ? { 'aria-describedby': missing } : {})}>
      <legend className={props.hideLabel ? 'hidden-visually' : undefined}>{text.people.roles}</legend>
      <div className="role-choice">
        {allRoles.map((role) => (
          <Checkbox
            key={role}
            isSelected={props.value.includes(role)}
            isInvalid={none}
            onChange={(selected) =>
              props.onChange(allRoles.filter((one) => (one === role ? selected : props.value.includes(one))))
            }
          >
            {text.people.role[role]}
            <span className="help choice-help">{text.people.roleText[role]}</span>
          </Checkbox>
        ))}
      </div>
      {none && <Missing id={missing}>{text.people.roleMissing}</Missing>}
    </fieldset>
  );
}
