/** A certificate whose key stays on a token, or behind the office's signing service. */
import { useState, type ReactElement } from 'react';
import type { Identity, OfferedToken } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { commonName, dayOf } from '../../lib/format.ts';
import { useErrorText, useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceGroup, TextField } from '../../ui/fields.tsx';
import { BoxForm, PlainForm, useSending } from '../../ui/Form.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import { Banner } from '../../ui/parts.tsx';

interface Props {
  readonly onMade: (identity: Identity) => void;
}

export function TokenIdentity({ onMade }: Props): ReactElement {
  const text = useText();
  const words = text.signingKeys;
  const searching = useSending();
  const sending = useSending();
  const [tokens, setTokens] = useState<readonly OfferedToken[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const choices = useOffered(tokens ?? []);
  const choice = choices.find((one) => one.value === chosen);
  const locked = tokens?.filter((one) => one.pinLocked) ?? [];

  const search = (): void =>
    searching.send(
      false,
      () => eletter.identity.tokens({}),
      (found) => {
        setTokens(found);
        setChosen(null);
      },
    );

  return (
    <section className="box stack" aria-label={words.tokenTitle}>
      <div>
        <h2 className="minor">{words.tokenTitle}</h2>
        <p className="help">{words.tokenText}</p>
      </div>
      <PlainForm
        sending={searching}
        onSubmit={search}
        actions={
          <div className="line">
            <Button type="submit" isPending={searching.pending}>
              {searching.pending ? words.searching : words.search}
            </Button>
          </div>
        }
      >
        {tokens?.length === 0 && (
          <Banner tone="unsure" live>
            {words.noToken}
          </Banner>
        )}
        {locked.map((one) => (
          <Banner key={one.serial} tone="bad" live>
            {words.locked(one.label || one.serial)}
          </Banner>
        ))}
        {tokens && tokens.length > 0 && choices.length === 0 && (
          <Banner tone="unsure" live>
            {words.noCertificate}
          </Banner>
        )}
        {tokens && <Unusable tokens={tokens} />}
      </PlainForm>
      {choices.length > 0 && (
        <PlainForm
          sending={sending}
          shownAtField={['TOKEN_PIN_WRONG', 'TOKEN_PIN_LAST_TRY']}
          onSubmit={() =>
            sending.send(
              !choice || pin === '',
              () => eletter.identity.addToken({ ...(choice?.where ?? nowhere), pin }),
              (identity) => {
                setPin('');
                setTokens(null);
                onMade(identity);
              },
            )
          }
          actions={
            <div className="line">
              <Button kind="primary" type="submit" isPending={sending.pending}>
                {sending.pending ? words.adding : words.addToken}
              </Button>
            </div>
          }
        >
          <ChoiceGroup
            label={words.choose}
            value={chosen}
            choices={choices}
            error={sending.tried && !choice ? words.chooseFirst : undefined}
            onChange={setChosen}
          />
          <div className="columns">
            <SecretField
              label={words.pin}
              help={words.pinHelp}
              value={pin}
              sending={sending}
              refusals={['TOKEN_PIN_WRONG', 'TOKEN_PIN_LAST_TRY']}
              onChange={setPin}
            />
          </div>
        </PlainForm>
      )}
    </section>
  );
}

const nowhere = { driver: '', token: '', fingerprint: '' };

function useOffered(tokens: readonly OfferedToken[]): readonly {
  readonly value: string;
  readonly label: string;
  readonly help: string;
  readonly where: typeof nowhere;
}[] {
  const text = useText();
  const language = useLanguage();
  return tokens
    .filter((token) => !token.pinLocked)
    .flatMap((token) =>
      token.certificates
        .filter((one) => one.problem === null)
        .map((one) => ({
          value: `${token.serial} ${one.fingerprint}`,
          label: `${commonName(one.subject)}, ${text.signingKeys.onToken(token.label || token.serial)}`,
          help: `${text.identity.issuer(commonName(one.issuer))} · ${text.identity.validUntil(dayOf(one.notAfter, language))}`,
          where: { driver: token.driver, token: token.serial, fingerprint: one.fingerprint },
        })),
    );
}

/** Certificates that are there and cannot be signed with, each with the reason. */
function Unusable({ tokens }: { readonly tokens: readonly OfferedToken[] }): ReactElement | null {
  const errorText = useErrorText();
  const bad = tokens.flatMap((token) => token.certificates.filter((one) => one.problem !== null));
  if (bad.length === 0) return null;
  return (
    <ul className="bullets soft">
      {bad.map((one) => (
        <li key={one.fingerprint}>
          {commonName(one.subject)}: {one.problem && errorText(one.problem)}
        </li>
      ))}
    </ul>
  );
}

export function GatewayIdentity({ onMade }: Props): ReactElement {
  const text = useText();
  const words = text.signingKeys;
  const sending = useSending();
  const [nik, setNik] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const digits = nik.replace(/\s/g, '');
  const wrongNik = /^\d{16}$/.test(digits) ? undefined : words.nikWrong;
  return (
    <BoxForm
      title={words.gatewayTitle}
      text={words.gatewayText}
      sending={sending}
      confirm={words.addGateway}
      running={words.adding}
      shownAtField={['GATEWAY_PASSPHRASE_WRONG']}
      onSubmit={() =>
        sending.send(
          wrongNik !== undefined || passphrase === '',
          () => eletter.identity.addGateway({ signer: digits, passphrase }),
          (identity) => {
            setNik('');
            setPassphrase('');
            onMade(identity);
          },
        )
      }
    >
      <div className="columns">
        <TextField
          label={words.nik}
          help={words.nikHelp}
          value={nik}
          maxLength={40}
          error={sending.tried ? wrongNik : undefined}
          onChange={setNik}
        />
        <SecretField
          label={words.passphrase}
          help={text.signingKeys.secretHelp.gateway}
          value={passphrase}
          sending={sending}
          refusals={['GATEWAY_PASSPHRASE_WRONG']}
          onChange={setPassphrase}
        />
      </div>
    </BoxForm>
  );
}
