/** People of this vault in an order that can be changed by keyboard, and a button that adds one. */
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Person } from '../../../main/core/contract/index.ts';
import { fullName } from '../../lib/content.ts';
import { useText } from '../../lib/i18n/index.ts';
import { moved } from '../../lib/signers.ts';
import { Button } from '../../ui/Button.tsx';
import { Missing } from '../../ui/fields.tsx';

interface PersonRow {
  readonly accountId: string;
  /** Null: an account that is not known here any more. */
  readonly person: Person | null;
  /** What keeps this person from it. */
  readonly wrong?: string | undefined;
  /** Said beside the name. */
  readonly note?: string | undefined;
  readonly more?: ReactNode;
  /** Stands there while nobody is chosen: not to be taken out. */
  readonly fixed?: boolean;
}

type Step = 'up' | 'down' | 'out';

export function PersonRows(props: {
  readonly rows: readonly PersonRow[];
  /** Without an order, nothing can be moved and no place is shown. */
  readonly ordered: boolean;
  readonly rowName: (place: number, name: string) => string;
  readonly free: readonly Person[];
  readonly most: number;
  readonly words: {
    readonly add: string;
    readonly choose: string;
    readonly full: (most: number) => string;
    readonly nobody: string;
  };
  readonly onAdd: (person: Person) => void;
  /** Account ids in the new order; one may be missing. */
  readonly onOrder: (accountIds: readonly string[]) => void;
}): ReactElement {
  const text = useText();
  const { rows } = props;
  const box = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState<{ readonly accountId: string; readonly step: Step } | null>(null);
  const ids = rows.map((row) => row.accountId);
  const nameOf = ({ person }: PersonRow): string => (person ? fullName(person) : text.signerList.unknown);

  // The focus goes along with the row that was moved, at either end to the way back; of one removed, to adding one.
  useEffect(() => {
    if (!step) return;
    if (step.step === 'out') {
      box.current?.querySelector<HTMLElement>('.row-add button')?.focus();
      return;
    }
    const row = box.current?.querySelector(`[data-row="${CSS.escape(step.accountId)}"]`);
    const able = (way: Step): HTMLElement | null =>
      row?.querySelector<HTMLElement>(`.row-${way} button:not([disabled])`) ?? null;
    (able(step.step) ?? able(step.step === 'up' ? 'down' : 'up'))?.focus();
  }, [step]);

  const move = (from: number, way: 'up' | 'down'): void => {
    const accountId = ids[from];
    if (accountId === undefined) return;
    props.onOrder(moved(ids, from, way === 'up' ? from - 1 : from + 1));
    setStep({ accountId, step: way });
  };
  const remove = (accountId: string): void => {
    props.onOrder(ids.filter((one) => one !== accountId));
    setStep({ accountId, step: 'out' });
  };
  const last =
    step && step.step !== 'out' && ids.includes(step.accountId) ? ids.indexOf(step.accountId) : null;
  const lastRow = last === null ? undefined : rows[last];

  return (
    <div className="stack-tight" ref={box}>
      {rows.length > 0 && (
        <ol className="signer-rows">
          {rows.map((row, index) => {
            const name = nameOf(row);
            return (
              <li key={row.accountId} data-row={row.accountId}>
                <fieldset className="signer-row">
                  <legend className="hidden-visually">{props.rowName(index + 1, name)}</legend>
                  <div className="signer-row-head">
                    {props.ordered && (
                      <span className="signer-row-place" aria-hidden="true">
                        {index + 1}
                      </span>
                    )}
                    <div className="grow">
                      <strong>{name}</strong>
                      <span className="help">
                        {[row.note, row.person?.post].filter((part) => part).join(' · ')}
                      </span>
                    </div>
                    {props.ordered && rows.length > 1 && (
                      <>
                        <span className="row-up">
                          <Button
                            kind="quiet"
                            icon="chevron"
                            isDisabled={index === 0}
                            aria-label={text.signerList.up(name)}
                            onPress={() => move(index, 'up')}
                          />
                        </span>
                        <span className="row-down">
                          <Button
                            kind="quiet"
                            icon="chevron"
                            isDisabled={index === rows.length - 1}
                            aria-label={text.signerList.down(name)}
                            onPress={() => move(index, 'down')}
                          />
                        </span>
                      </>
                    )}
                    {!row.fixed && (
                      <Button
                        kind="quiet"
                        icon="close"
                        aria-label={text.signerList.remove(name)}
                        onPress={() => remove(row.accountId)}
                      />
                    )}
                  </div>
                  {row.wrong !== undefined && <Missing>{row.wrong}</Missing>}
                  {row.more}
                </fieldset>
              </li>
            );
          })}
        </ol>
      )}
      <p className="hidden-visually" role="status">
        {last !== null && lastRow && text.signerList.movedTo(nameOf(lastRow), last + 1)}
      </p>
      <AddPerson {...props} />
    </div>
  );
}

function AddPerson(
  props: Pick<Parameters<typeof PersonRows>[0], 'rows' | 'free' | 'most' | 'words' | 'onAdd'>,
): ReactElement {
  const { free, words } = props;
  if (props.rows.length >= props.most) return <p className="help">{words.full(props.most)}</p>;
  if (free.length === 0) return <p className="help">{words.nobody}</p>;
  return (
    <div className="line row-add">
      <MenuTrigger>
        <Button icon="plus">{words.add}</Button>
        <Popover className="popover" placement="bottom start">
          <Menu
            className="menu"
            aria-label={words.choose}
            onAction={(key) => {
              const person = free.find((one) => one.accountId === key);
              if (person) props.onAdd(person);
            }}
          >
            {free.map((person) => (
              <MenuItem
                key={person.accountId}
                id={person.accountId}
                className="menu-item"
                textValue={`${person.post} ${person.name}`}
              >
                <strong>{person.post || person.name}</strong>
                <span className="help">{fullName(person)}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
