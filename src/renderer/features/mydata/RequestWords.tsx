import type { ReactElement } from 'react';
import type { DeletionRequest } from '../../../main/core/contract/index.ts';
import { dateTime } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { Chip } from '../../ui/parts.tsx';

const looks = {
  open: { tone: 'unsure', icon: 'clock' },
  withdrawn: { tone: 'plain', icon: 'undo' },
  granted: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'failed' },
} as const;

/** What somebody asked for, what became of it, and why. */
export function RequestWords(props: {
  readonly request: DeletionRequest;
  /** Where it is not one's own. */
  readonly named?: boolean;
}): ReactElement {
  const words = useText().mydata;
  const language = useLanguage();
  const { request } = props;
  const look = looks[request.state];
  return (
    <>
      <div className="line">
        <span className="grow">
          {props.named && <strong>{request.name} · </strong>}
          <span className="soft">{words.madeAt(dateTime(request.madeAt, language))}</span>
        </span>
        <Chip tone={look.tone} icon={look.icon}>
          {words.state[request.state]}
        </Chip>
      </div>
      <p className="typed">{request.reason}</p>
      {request.answeredAt !== null && request.state !== 'withdrawn' && (
        <div className="reply">
          <p className="soft small">{words.answeredAt(dateTime(request.answeredAt, language))}</p>
          {request.answer !== '' && <p className="typed">{request.answer}</p>}
          {request.legalBasis !== '' && <p className="soft">{words.legalBasisOf(request.legalBasis)}</p>}
        </div>
      )}
    </>
  );
}
