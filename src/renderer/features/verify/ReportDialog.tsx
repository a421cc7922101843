import type { ReactElement } from 'react';
import type { VerificationReport } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Report } from './Report.tsx';
import type { Look } from './Viewer.tsx';

export function ReportDialog(props: {
  readonly report: VerificationReport;
  readonly onClose: () => void;
  readonly onLook?: (look: Look) => void;
}): ReactElement {
  const text = useText();
  return (
    <Dialog title={text.verify.report} onClose={props.onClose} wide>
      <Report
        report={props.report}
        onLeave={props.onClose}
        {...(props.onLook ? { onLook: props.onLook } : {})}
      />
      <div className="line line-end dialog-foot">
        <Button startsFocused onPress={props.onClose}>
          {text.common.close}
        </Button>
      </div>
    </Dialog>
  );
}
