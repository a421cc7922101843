/** Asks the issuers over the network whether a certificate was revoked: only when somebody presses this. */
import { useState, type ReactElement } from 'react';
import type { VerificationReport } from '../../../main/core/contract/index.ts';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import type { PdfSource } from './sources.ts';

export function CheckOnline(props: {
  readonly source: PdfSource;
  readonly password: string | null;
  readonly report: VerificationReport;
  readonly onReport: (report: VerificationReport) => void;
}): ReactElement | null {
  const text = useText();
  const [asking, setAsking] = useState(false);
  const open = props.report.signatures.some(({ problems }) =>
    problems.some(({ code }) => code === 'REVOCATION_NOT_CHECKED'),
  );
  if (!open) return null;

  const ask = async (): Promise<void> => {
    setAsking(true);
    const { password } = props;
    const reading = await props.source.read();
    const given = reading.ok ? { name: reading.name, bytes: reading.bytes, password, online: true } : null;
    const result = given ? await eletter.verify.file(given) : null;
    setAsking(false);
    if (result?.ok) props.onReport(result.value);
    else if (result) sayError(result.error);
  };
  return (
    <div className="line">
      <Button isDisabled={asking} onPress={() => void ask()}>
        {asking ? text.verify.online.asking : text.verify.online.ask}
      </Button>
    </div>
  );
}
