/** One field that finds people, units, the address book and groups while somebody types. */
import { useContext, useLayoutEffect, useState, type KeyboardEvent, type ReactElement } from 'react';
import {
  ComboBox,
  ComboBoxStateContext,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { matching, type Suggestion } from '../../lib/addressees.ts';
import { count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';

/** More than these are counted, not shown. */
const shown = 50;

const icons: Readonly<Record<Suggestion['kind'], IconName>> = {
  person: 'person',
  unit: 'folder',
  entry: 'mail',
  group: 'people',
};

export function AddresseeChooser(props: {
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
  readonly onChoose: (suggestion: Suggestion) => void;
  /** For words that nobody suggested; absent where only what is known may be chosen. */
  readonly onFree?: (name: string) => void;
  readonly startsFocused?: boolean;
  /** What may be typed, where that is less than usual. */
  readonly placeholder?: string;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const words = text.chooser;
  const [query, setQuery] = useState('');
  const { onFree } = props;
  const typed = query.trim();
  // An empty field offers nothing: after a choice the list is closed, and nobody reads through a whole book.
  const found = typed === '' ? [] : matching(props.suggestions, query);
  const items = [
    ...found.slice(0, shown).map((one) => ({ id: one.key, icon: icons[one.kind], ...one })),
    ...(onFree && typed !== ''
      ? [{ id: 'free', icon: 'plus' as const, title: words.free(typed), detail: '' }]
      : []),
  ];
  const left = found.length - shown;

  const choose = (key: string): void => {
    setQuery('');
    if (key === 'free') onFree?.(typed);
    const suggestion = found.find((one) => one.key === key);
    if (suggestion) props.onChoose(suggestion);
  };
  const enter = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !onFree || typed === '') return;
    // With a suggestion under the cursor the list itself answers.
    if (event.currentTarget.getAttribute('aria-activedescendant')) return;
    event.preventDefault();
    choose('free');
  };

  return (
    <ComboBox
      className="field grow"
      autoFocus={props.startsFocused ?? false}
      menuTrigger="input"
      allowsCustomValue
      // The list's own idea of what is in it comes one step behind what is typed.
      allowsEmptyCollection
      items={items}
      inputValue={query}
      selectedKey={null}
      onInputChange={setQuery}
      onSelectionChange={(key) => {
        if (key !== null) choose(String(key));
      }}
    >
      <ClosesEmpty empty={items.length === 0} />
      <Label className="hidden-visually">{props.label}</Label>
      <span className="chooser-field">
        <Icon name="plus" small />
        <Input
          className="input"
          placeholder={props.placeholder ?? words.placeholder}
          maxLength={200}
          spellCheck="false"
          onKeyDown={enter}
        />
      </span>
      {typed !== '' && (onFree || found.length === 0) && (
        <span className="help">{onFree ? words.enter : words.nobody}</span>
      )}
      <Popover className="popover chooser-list">
        <ListBox className="menu" aria-label={words.found}>
          {(item: (typeof items)[number]) => (
            <ListBoxItem id={item.id} className="menu-item chooser-item" textValue={item.title}>
              <Icon name={item.icon} small />
              <span className="chooser-words">
                <strong>{item.title}</strong>
                {item.detail !== '' && <span className="help">{item.detail}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
        {left > 0 && <p className="help chooser-more">{words.more(count(left, language))}</p>}
      </Popover>
    </ComboBox>
  );
}

/** After a choice the field is empty, and its list with it: nothing is left open over the form. */
function ClosesEmpty({ empty }: { readonly empty: boolean }): null {
  const state = useContext(ComboBoxStateContext);
  const open = state?.isOpen ?? false;
  useLayoutEffect(() => {
    if (empty && open) state?.close();
  }, [empty, open, state]);
  return null;
}
