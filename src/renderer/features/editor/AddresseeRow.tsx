import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Addressee } from '../../../main/core/contract/index.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip } from '../../ui/parts.tsx';

/** One addressee as it is printed; what can be done with it besides typing is in a menu. */
export function AddresseeRow(props: {
  readonly part: 'to' | 'copy';
  /** From 0. */
  readonly row: number;
  readonly last: boolean;
  readonly value: Addressee;
  readonly double: number | 'elsewhere' | null;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<Addressee>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly onKeep: (() => void) | null;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { part, row, value, double } = props;
  const words = text.chooser;
  const label = part === 'to' ? text.editor.addresseeName(row + 1) : text.editor.copyName(row + 1);
  const place = part === 'to' ? text.editor.addresseePlace(row + 1) : text.editor.copyPlace(row + 1);
  const named = value.name || text.editor.removeEmpty;
  const act = (key: string): void => {
    if (key === 'up') props.onMove(-1);
    if (key === 'down') props.onMove(1);
    if (key === 'keep') props.onKeep?.();
  };
  return (
    <>
      <div className="addressee">
        <span className="addressee-number" aria-hidden="true">
          {row + 1}
        </span>
        <div className="addressee-name">
          <TextField
            label={label}
            hideLabel
            value={value.name}
            placeholder={label}
            maxLength={200}
            error={value.name.trim() === '' ? props.error : undefined}
            onChange={(name) => props.onChange({ name })}
          />
        </div>
        <div className="addressee-place" data-optional>
          <TextField
            label={place}
            hideLabel
            value={value.place}
            placeholder={text.editor.eventPlace}
            maxLength={200}
            onChange={(next) => props.onChange({ place: next })}
          />
        </div>
        <Chip tone={value.accountId ? 'action' : 'plain'} icon={value.accountId ? 'people' : 'mail'}>
          {value.accountId ? text.editor.internal : text.editor.external}
        </Chip>
        <span className="addressee-acts">
          <MenuTrigger>
            <Button kind="quiet" icon="more" aria-label={words.actions(named)} />
            <Popover className="popover" placement="bottom end">
              <Menu
                className="menu"
                aria-label={words.actions(named)}
                disabledKeys={[...(row === 0 ? ['up'] : []), ...(props.last ? ['down'] : [])]}
                onAction={(key) => act(String(key))}
              >
                <MenuItem id="up" className="menu-item">
                  {words.up}
                </MenuItem>
                <MenuItem id="down" className="menu-item">
                  {words.down}
                </MenuItem>
                {props.onKeep && (
                  <MenuItem id="keep" className="menu-item">
                    {words.keep}
                  </MenuItem>
                )}
              </Menu>
            </Popover>
          </MenuTrigger>
          <Button kind="quiet" icon="close" aria-label={text.editor.remove(named)} onPress={props.onRemove} />
        </span>
      </div>
      {double !== null && (
        <p className="addressee-double help" role="status">
          <Icon name="warning" small />
          {double === 'elsewhere' ? words.sameElsewhere[part] : words.sameAsRow(count(double + 1, language))}
        </p>
      )}
    </>
  );
}
