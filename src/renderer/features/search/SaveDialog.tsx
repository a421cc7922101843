/** A search gets a name, and may tell of new letters. */
import { useState, type ReactElement } from 'react';
import type { SavedSearch, SearchRequest } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, TextField } from '../../ui/fields.tsx';
import { FormDialog, useSending } from '../../ui/Form.tsx';

export function SaveDialog(props: {
  readonly request?: SearchRequest;
  /** To change one that is kept. */
  readonly saved?: SavedSearch;
  readonly onClose: () => void;
}): ReactElement {
  const words = useText().search;
  const sending = useSending();
  const { request, saved, onClose } = props;
  const [name, setName] = useState(saved?.name ?? request?.query.trim().slice(0, 100) ?? '');
  const [alert, setAlert] = useState(saved?.alert ?? false);
  const done = (message: string): void => {
    say(message);
    noteChange();
    onClose();
  };
  const keep = (): void => {
    const given = { name: name.trim(), alert };
    sending.send(
      given.name === '',
      () =>
        saved
          ? eletter.search.rename({ id: saved.id, ...given })
          : eletter.search.save({
              query: request?.query.trim() ?? '',
              filters: request?.filters ?? {},
              ...given,
            }),
      () => done(words.kept(given.name)),
    );
  };
  const remove = (one: SavedSearch): void =>
    sending.send(
      false,
      () => eletter.search.remove({ id: one.id }),
      () => done(words.removed(one.name)),
    );
  return (
    <FormDialog
      title={saved ? words.editTitle : words.saveTitle}
      confirm={words.keep}
      sending={sending}
      isDisabled={name.trim() === ''}
      onClose={onClose}
      onSubmit={keep}
    >
      <TextField label={words.name} value={name} maxLength={100} startsFocused onChange={setName} />
      <Checkbox isSelected={alert} onChange={setAlert}>
        {words.alert}
      </Checkbox>
      {saved && (
        <div className="line">
          <Button kind="danger" icon="bin" onPress={() => remove(saved)}>
            {words.remove}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}
