/** What the office signs with: timestamps and level, token drivers, the signing gateway; each can be tried. */
import { useState, type ReactElement } from 'react';
import { signatureLevels, type SigningServices as Kept } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { useText } from '../../lib/i18n/index.ts';
import { say } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox, Missing, SelectField, TextField } from '../../ui/fields.tsx';
import { PlainForm, useSending } from '../../ui/Form.tsx';
import { ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { GatewaySettings } from './GatewaySettings.tsx';
import { TryService } from './TryService.tsx';

export function SigningServices(): ReactElement {
  const text = useText();
  const services = useReading('services', () => eletter.services.read({}));
  const kept = services.value;
  return (
    <>
      <p className="soft">{text.services.text}</p>
      {services.error && <ErrorBanner error={services.error} onRetry={services.reload} />}
      {services.slow && <Skeleton lines={6} />}
      {kept && (
        <>
          <Level kept={kept} />
          <Drivers drivers={kept.drivers} />
          <GatewaySettings key={kept.gateway?.url ?? ''} kept={kept.gateway} />
        </>
      )}
    </>
  );
}

const addressOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

function Level({ kept }: { readonly kept: Kept }): ReactElement {
  const words = useText().services;
  const sending = useSending();
  const [level, setLevel] = useState(kept.level);
  const [tsa, setTsa] = useState(kept.tsa);
  const [revocation, setRevocation] = useState(kept.revocation);
  const address = addressOf(tsa.trim());
  const plain = address !== null && /^https?:$/.test(address.protocol) && address.username === '';
  const tsaError =
    tsa.trim() === '' ? (level === 'b' ? undefined : words.tsaNeeded) : plain ? undefined : words.tsaWrong;
  const asks = level === 'lt' || level === 'lta';
  const revocationError = asks && !revocation ? words.revocationNeeded : undefined;
  const changed = level !== kept.level || tsa.trim() !== kept.tsa || revocation !== kept.revocation;
  const save = (
    <Button kind="primary" type="submit" isPending={sending.pending}>
      {words.save}
    </Button>
  );
  return (
    <PlainForm
      className="box stack"
      label={words.levelTitle}
      sending={sending}
      onSubmit={() =>
        sending.send(
          tsaError !== undefined || revocationError !== undefined,
          () => eletter.services.save({ level, tsa: tsa.trim(), revocation }),
          () => {
            say(words.saved);
            noteChange();
          },
        )
      }
      actions={
        kept.tsa !== '' && !changed ? (
          <TryService what="tsa">{save}</TryService>
        ) : (
          <div className="line">{save}</div>
        )
      }
    >
      <div>
        <h2 className="minor">{words.levelTitle}</h2>
        <p className="help">{words.levelText}</p>
      </div>
      <SelectField
        label={words.level}
        value={level}
        choices={signatureLevels.map((value) => ({ value, label: words.levels[value] }))}
        onChange={setLevel}
      />
      <TextField
        label={words.tsa}
        help={words.tsaHelp}
        value={tsa}
        maxLength={500}
        error={sending.tried ? tsaError : undefined}
        onChange={setTsa}
      />
      <div>
        <Checkbox
          isSelected={revocation}
          isInvalid={sending.tried && revocationError !== undefined}
          onChange={setRevocation}
        >
          {words.revocation}
        </Checkbox>
        {sending.tried && revocationError && <Missing>{revocationError}</Missing>}
      </div>
    </PlainForm>
  );
}

function Drivers({ drivers }: { readonly drivers: Kept['drivers'] }): ReactElement {
  const words = useText().services;
  const sending = useSending();
  const add = (
    <Button type="submit" icon="folder" isPending={sending.pending}>
      {words.addDriver}
    </Button>
  );
  return (
    <PlainForm
      className="box stack"
      label={words.tokensTitle}
      sending={sending}
      onSubmit={() =>
        sending.send(
          false,
          () => eletter.desktop.chooseDriver({}),
          ({ chosen }) => {
            if (!chosen) return;
            say(words.driverAdded);
            noteChange();
          },
        )
      }
      actions={
        drivers.length > 0 ? <TryService what="tokens">{add}</TryService> : <div className="line">{add}</div>
      }
    >
      <div>
        <h2 className="minor">{words.tokensTitle}</h2>
        <p className="help">{words.tokensText}</p>
      </div>
      {drivers.length === 0 ? (
        <p className="soft">{words.noDriver}</p>
      ) : (
        <ul className="stack-tight" aria-label={words.drivers}>
          {drivers.map(({ id, file }) => (
            <li key={id} className="line">
              <span className="mono grow">{file}</span>
              <Button
                kind="quiet"
                icon="bin"
                aria-label={words.removeDriver(file)}
                onPress={() =>
                  sending.send(
                    false,
                    () => eletter.services.removeDriver({ id }),
                    () => {
                      say(words.driverRemoved);
                      noteChange();
                    },
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
    </PlainForm>
  );
}
