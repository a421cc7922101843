/** What forms share: which fields are wrong, and where the focus goes then. */
import type { NewPerson } from '../../main/core/contract/index.ts';
import type { Catalogue } from './i18n/id.ts';

export type FieldErrors = Readonly<Record<string, string | undefined>>;

export const hasErrors = (errors: FieldErrors): boolean => Object.values(errors).some(Boolean);

/** Frames within which a form shows what is wrong; a busy computer needs more than one. */
const patience = 10;

/** After a paint, since the fields learn of their error only then. */
export function focusFirstError(form: HTMLElement | null, frames = patience): void {
  requestAnimationFrame(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (!wrong) {
      if (frames > 1) focusFirstError(form, frames - 1);
      return;
    }
    // A group of choices takes no focus itself.
    const field =
      wrong.querySelector<HTMLElement>('input:checked') ?? wrong.querySelector<HTMLElement>('input') ?? wrong;
    field.focus();
    field.scrollIntoView({ block: 'nearest' });
  });
}

export const accountMinimum = 12;
export const signingMinimum = 10;

/** As letter numbers can carry it. */
export const isUnitCode = (code: string): boolean => /^[A-Za-z0-9.-]{1,20}$/.test(code);

export function personErrors(person: NewPerson, text: Catalogue): FieldErrors {
  const required = (value: string) => (value.trim() === '' ? text.common.required : undefined);
  return {
    username:
      required(person.username) ??
      (/^[a-z0-9][a-z0-9._-]{1,39}$/.test(person.username) ? undefined : text.person.usernameInvalid),
    name: required(person.name),
    post: required(person.post),
    unit: required(person.unit) ?? (isUnitCode(person.unit) ? undefined : text.person.unitInvalid),
    nip: /^(\d{18})?$/.test(person.nip.replace(/\s/g, '')) ? undefined : text.person.nipInvalid,
  };
}

export interface Passphrases {
  readonly account: string;
  readonly accountAgain: string;
  readonly signing: string;
  readonly signingAgain: string;
}

export const noPassphrases: Passphrases = { account: '', accountAgain: '', signing: '', signingAgain: '' };

interface NewPassphraseErrors {
  readonly next: string | undefined;
  readonly again: string | undefined;
}

/** One new passphrase, typed twice; `minimum` in characters. */
export function newPassphraseErrors(
  next: string,
  again: string,
  minimum: number,
  text: Catalogue,
): NewPassphraseErrors {
  return {
    next: [...next].length < minimum ? text.passphrases.tooShort(minimum) : undefined,
    again: next === again ? undefined : text.passphrases.notSame,
  };
}

export function passphraseErrors(value: Passphrases, text: Catalogue): FieldErrors {
  const account = newPassphraseErrors(value.account, value.accountAgain, accountMinimum, text);
  const signing = newPassphraseErrors(value.signing, value.signingAgain, signingMinimum, text);
  return {
    account: account.next,
    accountAgain: account.again,
    signing: signing.next ?? (value.signing === value.account ? text.passphrases.equal : undefined),
    signingAgain: signing.again,
  };
}
