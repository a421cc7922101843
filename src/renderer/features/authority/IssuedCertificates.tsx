import { useState, type ReactElement } from 'react';
import type { IssuedCertificate } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { commonName, dayOf } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Chip } from '../../ui/parts.tsx';
import { fits, issuedState } from './issued-state.ts';
import { Renew } from './Renew.tsx';
import { RevokeCertificate } from './RevokeCertificate.tsx';
import { SaveButton } from './SaveButton.tsx';

/** Below this nobody needs to search. */
const fewRows = 8;
const mostShown = 200;

/** Everything that the authority ever issued, newest first. */
export function IssuedCertificates({
  issued,
}: {
  readonly issued: readonly IssuedCertificate[];
}): ReactElement {
  const words = useText().authority.issued;
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<{ readonly serial: string; readonly act: 'renew' | 'revoke' } | null>(
    null,
  );
  const chosen = issued.find((row) => row.serial === open?.serial);
  const shown = wanted.trim() === '' ? issued : issued.filter((row) => fits(row, wanted));
  const close = (): void => setOpen(null);
  return (
    <section className="box stack" aria-label={words.title}>
      <h2 className="minor">{words.title}</h2>
      {issued.length === 0 && <p className="soft">{words.none}</p>}
      {issued.length > fewRows && (
        <TextField label={words.search} type="search" value={wanted} onChange={setWanted} />
      )}
      {issued.length > 0 && shown.length === 0 && <p role="status">{words.noneFound}</p>}
      {shown.length > 0 && (
        <ul className="ledger" aria-label={words.title}>
          {shown.slice(0, mostShown).map((row) => (
            <li key={row.serial} className="delivery">
              <IssuedLine row={row} />
              <Acts row={row} onOpen={(act) => setOpen({ serial: row.serial, act })} />
            </li>
          ))}
        </ul>
      )}
      {chosen && open?.act === 'renew' && <Renew row={chosen} onClose={close} />}
      {chosen && open?.act === 'revoke' && <RevokeCertificate row={chosen} onClose={close} />}
    </section>
  );
}

function IssuedLine({ row }: { readonly row: IssuedCertificate }): ReactElement {
  const text = useText();
  const words = text.authority.issued;
  const language = useLanguage();
  const state = issuedState(row);
  const about =
    row.revokedAt === null
      ? words.until(dayOf(row.notAfter, language))
      : words.since(
          dayOf(row.revokedAt, language),
          text.authority.reasons[row.reason ?? 'unspecified'].toLowerCase(),
        );
  return (
    <span className="grow person-words">
      <span className="line">
        <strong>{commonName(row.subject)}</strong>
        <Chip tone={state.tone} icon={state.icon}>
          {words[state.key]}
        </Chip>
      </span>
      <span className="help delivery-times">
        {row.kind === 'office' ? words.office : words.person}
        {row.holder === null && ` · ${words.fromFile}`} · {about}
      </span>
      <span className="help delivery-times mono">{words.serial(row.serial)}</span>
      {row.holder?.revoked && row.revokedAt === null && (
        <span className="help delivery-times">
          <Chip tone="unsure" icon="warning">
            {words.accountRevoked}
          </Chip>
        </span>
      )}
    </span>
  );
}

function Acts(props: {
  readonly row: IssuedCertificate;
  readonly onOpen: (act: 'renew' | 'revoke') => void;
}): ReactElement {
  const words = useText().authority.issued;
  const { row, onOpen } = props;
  const name = commonName(row.subject);
  const alive = row.revokedAt === null;
  return (
    <span className="line">
      <SaveButton
        quiet
        label={words.saveOf(name)}
        save={() => eletter.desktop.saveCertificate({ serial: row.serial })}
      >
        {words.save}
      </SaveButton>
      {alive && row.holder === null && (
        <Button kind="quiet" aria-label={words.renewOf(name)} onPress={() => onOpen('renew')}>
          {words.renew}
        </Button>
      )}
      {alive && (
        <Button kind="quiet" aria-label={words.revokeOf(name)} onPress={() => onOpen('revoke')}>
          {words.revoke}
        </Button>
      )}
    </span>
  );
}
