/** The last look before signing. Bare Enter never signs; Ctrl+Enter or the button does. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type {
  Addressee,
  ErrorShape,
  LetterContent,
  LetterDetail,
  NumberChoice,
} from '../../../main/core/contract/index.ts';
import { go, useSession } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { focusFirstError } from '../../lib/forms.ts';
import { commonName, count } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { certifiedName, levelName, loweringName, secretRefusals, isPinRefusal } from '../../lib/keys.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Banner, ErrorBanner } from '../../ui/parts.tsx';
import { actingStep, followers } from '../review/steps.ts';
import { isIncomplete, NumberChoiceFields } from '../numbers/NumberChoiceFields.tsx';
import { KeyFields } from '../keys/KeyFields.tsx';

export function SignDialog(props: {
  readonly letter: LetterDetail;
  readonly content: LetterContent;
  readonly revision: number;
  readonly onClose: () => void;
  readonly onSigned?: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const identities = useReading('identities', () => eletter.identity.list({}));
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = props.letter.identityId ?? chosen;
  const identity =
    identities.value?.find((one) => (wanted === null ? one.current : one.id === wanted)) ?? null;
  const wantedLevel = useReading('services', () => eletter.services.read({})).value?.level ?? 'b';
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<ErrorShape | null>(null);
  const [numbering, setNumbering] = useState<NumberChoice>();
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const resuming = props.letter.state === 'reserved';
  const me = useSession()?.accountId;
  const cosigning = props.letter.state === 'cosigning';
  const step = actingStep(props.letter, me);
  const later = props.letter.state === 'draft' ? [] : followers(props.letter);

  const everybody = distinct([...props.content.recipients, ...props.content.copies]);
  const inside = everybody.filter((addressee) => addressee.accountId !== null);
  const outside = everybody.length - inside.length;
  const none = identities.value !== null && identity === null;

  /** A refusal that this dialog showed last; the draft may become a reservation, and the dialog go with its screen. */
  const untold = useRef<ErrorShape | null>(null);
  const shown = useRef(false);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
      if (untold.current) sayError(untold.current);
    };
  }, []);
  const close = (): void => {
    untold.current = null;
    props.onClose();
  };

  const sign = async (): Promise<void> => {
    if (pending || !identity) return;
    setTried(true);
    if (isIncomplete(numbering)) {
      focusFirstError(box.current);
      return;
    }
    if (passphrase === '') {
      setError({ code: 'SIGNING_PASSPHRASE_WRONG' });
      focusFirstError(box.current);
      return;
    }
    setPending(true);
    setError(null);
    untold.current = null;
    const { id } = props.letter;
    const result = await eletter.letters.sign({
      id,
      revision: props.revision,
      signingPassphrase: passphrase,
      identityId: identity.id,
      ...(resuming ? {} : { numbering }),
    });
    setPending(false);
    if (result.ok) {
      const { number, delivered, level, lowering, next } = result.value;
      props.onSigned?.();
      close();
      if (next === null) go({ at: 'letters', folder: 'outgoing', id });
      else
        go({
          at: 'letters',
          folder: props.letter.mine ? 'inProcess' : 'toSign',
          id: props.letter.mine ? id : null,
        });
      noteChange();
      const done =
        next !== null
          ? text.review.forwarded(number, next)
          : delivered > 0
            ? text.sign.done(number, count(delivered, language))
            : text.sign.doneAlone(number);
      const sent =
        delivered > 0 && outside > 0 ? `${done} ${text.sign.outside(count(outside, language))}` : done;
      const lower =
        lowering &&
        text.level.lowered(
          levelName(wantedLevel),
          `${levelName(level)}: ${loweringName(lowering, language)}`,
        );
      say(lower ? `${sent} ${lower}` : sent, lower ? 'note' : 'done');
      return;
    }
    setError(result.error);
    // Tried again by mistake, a wrong PIN costs the token one more of its few attempts.
    if (isPinRefusal(result.error.code)) setPassphrase('');
    if (secretRefusals.includes(result.error.code)) focusFirstError(box.current);
    else if (shown.current) untold.current = result.error;
    else sayError(result.error);
  };

  const wrong = error !== null && secretRefusals.includes(error.code);
  return (
    <Dialog
      title={resuming ? text.sign.resumeTitle : text.sign.title}
      onClose={() => {
        close();
        if (error) noteChange();
      }}
      busy={pending}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return;
        event.preventDefault();
        void sign();
      }}
    >
      <div ref={box} className="stack">
        <p>
          <strong>{props.content.subject || text.letters.noSubject}</strong>
        </p>
        <div className="stack-tight">
          <h3>{text.sign.intro}</h3>
          <ul className="bullets">
            {step && step.accountId !== me && <li>{text.review.inPlaceOf(step.name)}</li>}
            <li>
              {cosigning
                ? text.review.hasNumber(props.letter.number ?? '')
                : resuming
                  ? text.sign.keepsNumber(props.letter.number ?? '')
                  : numbering
                    ? text.numbers.takesChosen
                    : text.sign.takesNumber}
            </li>
            {props.content.security !== 'biasa' && (
              <li>{text.sign.sealed(text.letters.security[props.content.security].toLowerCase())}</li>
            )}
            {identity && (
              <li>
                {text.sign.certificate}: <strong>{commonName(identity.subject)}</strong>,{' '}
                {identity.issuer === identity.subject
                  ? text.sign.selfIssued
                  : text.sign.issuedBy(commonName(identity.issuer))}
                , {certifiedName(identity.certified, text).toLowerCase()}
              </li>
            )}
            {later.length > 0 && <li>{text.review.follows(later.map((one) => one.name).join(', '))}</li>}
            <li>
              {inside.length > 0
                ? `${text.sign.delivers(count(inside.length, language))} ${inside.map((a) => a.name).join('; ')}`
                : text.sign.deliversNone}
            </li>
            {outside > 0 && <li>{text.sign.outside(count(outside, language))}</li>}
          </ul>
        </div>
        {identities.error && <ErrorBanner error={identities.error} onRetry={identities.reload} />}
        {none && (
          <Banner
            tone="unsure"
            actions={
              <Button
                onPress={() => {
                  close();
                  go({ at: 'settings', section: 'certificates' });
                }}
              >
                {text.home.prepareIdentity}
              </Button>
            }
          >
            {text.sign.noCertificate}
          </Banner>
        )}
        {!resuming && (
          <NumberChoiceFields
            letterId={props.letter.id}
            value={numbering}
            tried={tried}
            onChange={setNumbering}
          />
        )}
        <KeyFields
          identities={identities.value ?? []}
          chosen={identity}
          fixed={props.letter.identityId !== null}
          secret={passphrase}
          error={error}
          startsFocused
          onChoose={setChosen}
          onSecret={setPassphrase}
        />
        {error && !wrong && <ErrorBanner error={error} />}
        <div className="line line-end">
          <span className="help grow">{text.sign.keyHint}</span>
          <Button onPress={close} isDisabled={pending}>
            {text.common.cancel}
          </Button>
          <Button kind="primary" icon="pen" isPending={pending} isDisabled={none} onPress={() => void sign()}>
            {pending ? text.sign.signing : text.sign.confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Each person once, also where a letter names somebody both as addressee and for a copy. */
function distinct(addressees: readonly Addressee[]): readonly Addressee[] {
  const seen = new Map<string, Addressee>();
  for (const one of addressees) {
    const key = one.accountId ?? `outside ${one.name.trim().toLowerCase()} ${one.place.trim().toLowerCase()}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
