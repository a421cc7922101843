import { useRef, useState, type ReactElement } from 'react';
import type { Letterhead, NewPerson } from '../../../main/core/contract/index.ts';
import { focusFirstError, hasErrors, personErrors, type FieldErrors } from '../../lib/forms.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ScreenTitle } from '../../ui/parts.tsx';
import { LetterheadFields, letterheadErrors } from '../settings/LetterheadFields.tsx';
import { PersonFields } from '../people/PersonFields.tsx';

export const emptyPerson: NewPerson = {
  username: '',
  name: '',
  frontTitle: '',
  backTitle: '',
  nip: '',
  rank: '',
  post: '',
  unit: '',
};

export const emptyLetterhead: Letterhead = {
  government: 'PEMERINTAH KABUPATEN LAMPUNG TIMUR',
  office: '',
  address: '',
  contact: '',
  place: 'Sukadana',
};

export function PersonStep(props: {
  readonly person: NewPerson;
  readonly letterhead: Letterhead;
  readonly onPerson: (person: NewPerson) => void;
  readonly onLetterhead: (letterhead: Letterhead) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}): ReactElement {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const wrongPerson: FieldErrors = tried ? personErrors(props.person, text) : {};
  const wrongOffice: FieldErrors = tried ? letterheadErrors(props.letterhead, text) : {};

  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (
          hasErrors(personErrors(props.person, text)) ||
          hasErrors(letterheadErrors(props.letterhead, text))
        ) {
          focusFirstError(form.current);
        } else props.onNext();
      }}
    >
      <ScreenTitle focus>{text.firstRun.personTitle}</ScreenTitle>
      <p>{text.firstRun.personText}</p>
      <fieldset className="stack">
        <legend>{text.firstRun.you}</legend>
        <PersonFields value={props.person} errors={wrongPerson} onChange={props.onPerson} />
      </fieldset>
      <fieldset className="stack">
        <legend>{text.firstRun.office}</legend>
        <LetterheadFields value={props.letterhead} errors={wrongOffice} onChange={props.onLetterhead} />
      </fieldset>
      <div className="line">
        <Button kind="primary" type="submit">
          {text.common.next}
        </Button>
        <Button kind="quiet" onPress={props.onBack}>
          {text.common.back}
        </Button>
      </div>
    </form>
  );
}
