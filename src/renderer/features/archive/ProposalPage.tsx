/** One proposal: where it is, who said what, its list, and what the reader may do with it now. */
import { useState, type ReactElement } from 'react';
import type { Output, Proposal, Result } from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { useReading } from '../../lib/calls.ts';
import { dateTime, dayOf, plainDate } from '../../lib/format.ts';
import type { Catalogue } from '../../lib/i18n/id.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, Chip, ErrorBanner, Skeleton, SubTitle } from '../../ui/parts.tsx';
import { AskDialog } from './AskDialog.tsx';
import { FileTable } from './Files.tsx';
import { LetterTable } from './FilePage.tsx';
import { proposalLooks } from './looks.ts';
import { Approve, Execute, Record } from './ProposalForms.tsx';

export function ProposalPage({ id }: { readonly id: string }): ReactElement {
  const reading = useReading(`archive-proposal-${id}`, () => eletter.archive.proposal({ id }));
  return (
    <>
      {reading.error && <ErrorBanner error={reading.error} onRetry={reading.reload} />}
      {reading.slow && <Skeleton lines={8} />}
      {reading.value && <Page proposal={reading.value} />}
    </>
  );
}

type Open = 'agree' | 'disagree' | 'approve' | 'refuse' | 'withdraw' | 'record' | 'execute';

function Page({ proposal }: { readonly proposal: Proposal }): ReactElement {
  const text = useText();
  const words = text.archive.proposal;
  const language = useLanguage();
  const may = useMay();
  const [open, setOpen] = useState<Open | null>(null);
  const { id, kind, state } = proposal;
  const [tone, icon] = proposalLooks[state];
  const done = (): void => setOpen(null);
  const can = (action: Open): boolean => proposal.may.includes(action);
  const save = async (call: () => Promise<Result<Output<'desktop.saveMinutes'>>>): Promise<void> => {
    const result = await call();
    if (!result.ok) sayError(result.error);
    else if (result.value.saved) say(words.saved(result.value.fileName));
  };
  const packs =
    kind === 'transfer' && (state === 'recorded' || state === 'executed') && may('archive.package');
  return (
    <div className="stack">
      <div className="line">
        <SubTitle>{text.archive.proposals.kind[kind]}</SubTitle>
        <Chip tone={tone} icon={icon}>
          {text.archive.proposals.state[state]}
        </Chip>
      </div>
      <p className="soft">
        {words.by(proposal.by, dayOf(proposal.madeAt, language))}. {nextStep(proposal, words)}
      </p>
      {proposal.ended && (
        <Banner tone="unsure">
          <strong>
            {text.archive.proposals.state[state]}{' '}
            {words.ended(proposal.ended.by, dateTime(proposal.ended.at, language))}
          </strong>
          <p className="typed">{proposal.ended.reason}</p>
        </Banner>
      )}
      {proposal.needsAnri && !proposal.anri && !proposal.ended && (
        <Banner tone="plain">{words.needsAnri}</Banner>
      )}
      <div className="line">
        {can('agree') && (
          <Button kind="primary" icon="check" onPress={() => setOpen('agree')}>
            {words.agree}
          </Button>
        )}
        {can('disagree') && <Button onPress={() => setOpen('disagree')}>{words.disagree}</Button>}
        {can('approve') && (
          <Button kind="primary" icon="check" onPress={() => setOpen('approve')}>
            {words.approve}
          </Button>
        )}
        {can('refuse') && <Button onPress={() => setOpen('refuse')}>{words.refuse}</Button>}
        {can('record') && (
          <Button kind="primary" icon="draft" onPress={() => setOpen('record')}>
            {words.record}
          </Button>
        )}
        {proposal.opensMinutes && (
          <Button icon="save" onPress={() => void save(() => eletter.desktop.saveMinutes({ id }))}>
            {words.saveMinutes}
          </Button>
        )}
        {packs && (
          <Button icon="archive" onPress={() => void save(() => eletter.desktop.savePackage({ id }))}>
            {words.savePackage}
          </Button>
        )}
        {can('execute') && (
          <Button kind={kind === 'destruction' ? 'danger' : 'primary'} onPress={() => setOpen('execute')}>
            {kind === 'destruction' ? words.execute : words.hand}
          </Button>
        )}
        {can('withdraw') && <Button onPress={() => setOpen('withdraw')}>{words.withdraw}</Button>}
      </div>
      {packs && <p className="help">{words.leftOut}</p>}
      <Facts proposal={proposal} />
      <section className="stack-tight">
        <h3>{words.files}</h3>
        <FileTable rows={proposal.list} opens={may('archive.file')} />
      </section>
      {proposal.list.map(
        (file) =>
          file.items.length > 0 && (
            <section key={file.id} className="stack-tight">
              <h4>{file.title}</h4>
              <LetterTable items={file.items} label={file.title} />
            </section>
          ),
      )}
      {(open === 'agree' || open === 'disagree') && (
        <AskDialog
          title={open === 'agree' ? words.agreeTitle : words.disagreeTitle}
          text={open === 'agree' ? words.agreeText : words.disagreeText}
          done={words.answered}
          needed={open === 'disagree'}
          call={(reason) => eletter.archive.vote({ id, agrees: open === 'agree', reason })}
          onClose={done}
        />
      )}
      {open === 'refuse' && (
        <AskDialog
          title={words.refuseTitle}
          text={words.refuseText}
          done={words.refused}
          needed
          call={(reason) => eletter.archive.refuse({ id, reason })}
          onClose={done}
        />
      )}
      {open === 'withdraw' && (
        <AskDialog
          title={words.withdrawTitle}
          text={words.withdrawText}
          done={words.withdrawn}
          needed
          call={(reason) => eletter.archive.withdraw({ id, reason })}
          onClose={done}
        />
      )}
      {open === 'approve' && <Approve proposal={proposal} onClose={done} />}
      {open === 'record' && <Record proposal={proposal} onClose={done} />}
      {open === 'execute' && <Execute proposal={proposal} onClose={done} />}
    </div>
  );
}

/** Whose turn it is; nobody's where it is over. */
function nextStep({ state, kind, approver }: Proposal, words: Catalogue['archive']['proposal']): string {
  if (state === 'panel') return words.next.panel();
  if (state === 'approval') return words.next.approval(approver.name);
  if (state === 'approved') return words.next.approved();
  if (state !== 'recorded') return '';
  return kind === 'destruction' ? words.next.destroy(approver.name) : words.next.hand();
}

function Facts({ proposal }: { readonly proposal: Proposal }): ReactElement {
  const words = useText().archive.proposal;
  const language = useLanguage();
  const { approver, approvedAt, anri, minutes, note } = proposal;
  return (
    <dl className="facts">
      {proposal.panel.map((one, index) => (
        <div className="fact" key={one.accountId}>
          <dt>{index === 0 ? words.panel : ''}</dt>
          <dd>
            {one.name}
            {one.post && `, ${one.post}`}:{' '}
            <strong>{one.agrees === null ? words.waits : one.agrees ? words.agrees : words.disagrees}</strong>
            {one.at && ` (${dateTime(one.at, language)})`}
            {one.reason && ` – ${one.reason}`}
          </dd>
        </div>
      ))}
      <div className="fact">
        <dt>{words.approver}</dt>
        <dd>
          {approver.name}
          {approver.post && `, ${approver.post}`}
          {approvedAt && ` (${words.approvedAt(dateTime(approvedAt, language))})`}
        </dd>
      </div>
      {anri && (
        <div className="fact">
          <dt>{words.anri}</dt>
          <dd>{words.anriOf(anri.number, plainDate(anri.date, language))}</dd>
        </div>
      )}
      {minutes && (
        <div className="fact">
          <dt>{words.minutes}</dt>
          <dd>{words.minutesOf(minutes.number, plainDate(minutes.date, language))}</dd>
        </div>
      )}
      {minutes && minutes.receiver !== '' && (
        <div className="fact">
          <dt>{words.receiver}</dt>
          <dd>
            {minutes.receiver}, {minutes.receiverName}
          </dd>
        </div>
      )}
      {note !== '' && (
        <div className="fact">
          <dt>{words.note}</dt>
          <dd className="typed">{note}</dd>
        </div>
      )}
    </dl>
  );
}
