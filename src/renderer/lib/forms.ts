/** What forms share: which fields are wrong, and where the focus goes then. */
import type { NewPerson } from '../../main/core/contract/index.ts';
import type { Catalogue } from './i18n/id.ts';

export type FieldErrors = Readonly<Record<string, string | undefined>>;

export const hasErrors = (errors: FieldErrors): boolean => Object.values(errors).some(Boolean);

/** After the next paint, since the fields learn of their error only then. */
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.focus();
    field?.scrollIntoView({ block: 'nearest' });
  });
}

export const accountMinimum = 12;
export const signingMinimum = 10;

export function personErrors(person: NewPerson, text: Catalogue): FieldErrors {
  const required = (value: string) => (value.trim() === '' ? text.common.required : undefined);
  return {
    username:
      required(person.username) ??
      (/^[a-z0-9][a-z0-9._-]{1,39}$/.test(person.username) ? undefined : text.person.usernameInvalid),
    name: required(person.name),
    post: required(person.post),
    unit: required(person.unit),
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

export function passphraseErrors(value: Passphrases, text: Catalogue): FieldErrors {
  const short = (secret: string, minimum: number) =>
    [...secret].length < minimum ? text.passphrases.tooShort(minimum) : undefined;
  return {
    account: short(value.account, accountMinimum),
    accountAgain: value.account === value.accountAgain ? undefined : text.passphrases.notSame,
    signing:
      short(value.signing, signingMinimum) ??
      (value.signing === value.account ? text.passphrases.equal : undefined),
    signingAgain: value.signing === value.signingAgain ? undefined : text.passphrases.notSame,
  };
}
