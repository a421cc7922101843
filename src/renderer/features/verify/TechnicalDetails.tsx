import { Fragment, type ReactElement } from 'react';
import type { SignatureReport, VerificationReport } from '../../../main/core/contract/index.ts';
import { dateTime } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';

/** For those who must name things as the standards do. Folded away until asked for. */
export function TechnicalDetails({ report }: { readonly report: VerificationReport }): ReactElement {
  const text = useText();
  return (
    <details>
      <summary>{text.verify.technical}</summary>
      <div className="stack details-body">
        <Facts
          facts={[
            [text.verify.terms.conclusion, report.conclusion],
            [text.verify.terms.sha256, report.sha256],
            [text.verify.terms.revision, String(report.revisions)],
          ]}
        />
        {report.signatures.map((signature, index) => (
          <SignatureFacts key={index} signature={signature} text={text} />
        ))}
      </div>
    </details>
  );
}

function SignatureFacts(props: {
  readonly signature: SignatureReport;
  readonly text: Catalogue;
}): ReactElement {
  const { signature: s, text } = props;
  const language = useLanguage();
  const terms = text.verify.terms;
  return (
    <Facts
      facts={[
        [terms.field, s.field],
        [terms.indication, s.subIndication ? `${s.indication} · ${s.subIndication}` : s.indication],
        [terms.format, s.subFilter],
        [terms.level, s.level],
        [terms.revision, String(s.revision)],
        [terms.digest, s.digestAlgorithm],
        [terms.algorithm, s.signatureAlgorithm],
        [terms.subject, s.signer?.subject],
        [terms.issuer, s.signer?.issuer],
        [terms.serial, s.signer?.serial],
        [
          terms.validity,
          s.signer && `${dateTime(s.signer.notBefore, language)} – ${dateTime(s.signer.notAfter, language)}`,
        ],
      ]}
    />
  );
}

function Facts(props: {
  readonly facts: readonly (readonly [string, string | null | undefined])[];
}): ReactElement {
  return (
    <dl className="facts">
      {props.facts.map(
        ([term, value]) =>
          value && (
            <Fragment key={term}>
              <dt>{term}</dt>
              <dd className="mono">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
