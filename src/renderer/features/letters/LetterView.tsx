/** A letter to be read: what can be done with it, what it is, its pages, and where it went. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import {
  isSignedState,
  type IncomingDetail,
  type LetterDetail,
  type LetterLink,
  type VerificationReport,
} from '../../../main/core/contract/index.ts';
import { useMay } from '../../app/app-store.ts';
import { eletter } from '../../lib/bridge.ts';
import { noteChange, useReading } from '../../lib/calls.ts';
import { fullName } from '../../lib/content.ts';
import { dateTime, plainDate } from '../../lib/format.ts';
import { useLanguage, useText } from '../../lib/i18n/index.ts';
import { useKindName } from '../../lib/kinds.ts';
import { certifiedName, levelName } from '../../lib/keys.ts';
import { say, sayError } from '../../lib/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { PdfPages } from '../../ui/PdfPages.tsx';
import { Banner, Chip, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Dispositions } from '../dispositions/Dispositions.tsx';
import { ReportDialog } from '../verify/ReportDialog.tsx';
import { IncomingPanel, useIncoming } from '../incoming/IncomingPanel.tsx';
import { RegistrationFacts } from '../incoming/RegistrationFacts.tsx';
import { EndBanner, LinkBanners } from '../review/LinkBanners.tsx';
import { FoldedRemarks, RemarkList } from '../review/Remarks.tsx';
import { ReviewActions } from '../review/ReviewActions.tsx';
import { Timeline } from '../review/Timeline.tsx';
import { CertifiedChip } from '../authority/CertifiedChip.tsx';
import { Dispatches } from '../registers/Dispatches.tsx';
import { SheetButtons } from '../registers/SheetButtons.tsx';
import { ClassChip } from './ClassChip.tsx';
import { Deliveries } from './Deliveries.tsx';
import { KeptVerification } from './KeptVerification.tsx';
import { DestroyedBanner, Filing } from '../archive/Filing.tsx';
import { LetterActions } from './LetterActions.tsx';
import { LevelBanner } from './LevelBanner.tsx';
import { Readers } from './Readers.tsx';
import { ReservedBanner } from './ReservedBanner.tsx';
import { shownState, subjectOf } from './rows.ts';

export function LetterView({
  letter,
  onCorrect,
}: {
  readonly letter: LetterDetail;
  /** Somebody who reviews it wants to mend its words. */
  readonly onCorrect: () => void;
}): ReactElement {
  const text = useText();
  const language = useLanguage();
  const kindName = useKindName();
  const [report, setReport] = useState<VerificationReport | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const mayRestore = useMay()('letters.restore');
  const signed = isSignedState(letter.state);
  // From outside: nothing of it was written or signed here.
  const outside = letter.state === 'registered' || letter.state === 'voided';
  const kept = signed || outside;
  const incoming = useIncoming(letter.id, kept);
  // Who signed it for somebody else sent it too.
  const sends = letter.mine || letter.may.includes('replace') || !kept;
  const gone = Boolean(letter.destroyed);
  const read = readByAll(letter);
  const state =
    letter.mine && letter.state === 'signed' && read !== null
      ? shownState({ ...letter, unread: false, awaiting: !read }, read ? 'incoming' : 'outgoing')
      : shownState(letter, sends ? 'outgoing' : 'incoming');

  // Where the focus went down with the screen before, such as after signing, it goes on here.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, []);

  const restore = async (): Promise<void> => {
    const result = await eletter.letters.restore({ id: letter.id });
    if (!result.ok) {
      sayError(result.error);
      return;
    }
    say(text.letters.restored);
    noteChange();
  };

  return (
    <article className="letter-body">
      <header className="letter-head stack-tight">
        <div className="line">
          <h1 ref={heading} tabIndex={-1} className="letter-title grow">
            {subjectOf(letter, text)}
          </h1>
          <ClassChip security={letter.security} />
          {letter.urgency !== 'biasa' && (
            <Chip tone={letter.urgency === 'amat-segera' ? 'bad' : 'unsure'} icon="clock">
              {text.letters.urgency[letter.urgency]}
            </Chip>
          )}
          <Chip tone={state.tone} icon={state.icon}>
            {text.letters.state[state.key]}
          </Chip>
          {letter.signature && <CertifiedChip certified={letter.signature.certified} />}
        </div>
        <p className="soft">
          {kindName(letter.kind)} · {letter.number ?? text.letters.noNumber}
          {letter.date && ` · ${plainDate(letter.date, language)}`}
          {letter.onBehalfOf !== null && ` · ${text.letters.onBehalf(letter.onBehalfOf)}`}
        </p>
        {kept && !gone && letter.sha256 !== null && (
          <LetterActions letter={letter} verifies={verifies(incoming)} onReport={setReport} />
        )}
        {letter.state === 'voided' && <Banner tone="unsure">{text.incoming.voidedBanner}</Banner>}
        <DestroyedBanner letter={letter} />
        {incoming && !gone && <IncomingPanel letter={letter} incoming={incoming} />}
        <LinkBanners letter={incoming ? { ...letter, links: letter.links.filter(isSettled) } : letter} />
        <EndBanner letter={letter} />
        <ReviewActions letter={letter} onCorrect={onCorrect} />
        {!gone && <Dispositions letter={letter} />}
        {letter.signature && letter.mine && <LevelBanner id={letter.id} signature={letter.signature} />}
        <KeptVerification verification={letter.verification} />
        {letter.state === 'reserved' && <ReservedBanner letter={letter} />}
        {letter.state === 'discarded' && (
          <Banner
            tone="plain"
            actions={
              mayRestore && (
                <Button icon="restore" onPress={() => void restore()}>
                  {text.letters.restore}
                </Button>
              )
            }
          >
            {text.letters.discardedBanner}
          </Banner>
        )}
        {!kept && <Timeline letter={letter} />}
        {!kept && <FoldedRemarks remarks={earlierRemarks(letter)} earlier={letter.state === 'rejected'} />}
      </header>
      {!kept && !gone && <PreviewPages key={letter.revision} id={letter.id} />}
      {kept && !gone && letter.sha256 !== null && <SignedPages id={letter.id} />}
      {kept && !gone && letter.sha256 === null && (
        <p className="incoming-paper soft">{text.incoming.paperOnly}</p>
      )}
      <section className="letter-foot stack">
        {signed && <Timeline letter={letter} />}
        {kept && letter.remarks.length > 0 && <RemarkHistory remarks={letter.remarks} />}
        {signed && !gone ? (
          <Dispatches letter={letter} />
        ) : (
          !gone && letter.deliveries.length > 0 && <Deliveries deliveries={letter.deliveries} />
        )}
        {received(letter) && !gone && <SheetButtons id={letter.id} />}
        {(signed || letter.state === 'registered') && <Filing id={letter.id} gone={gone} />}
        {signed && !gone && <Readers letter={letter} />}
        {incoming && <RegistrationFacts id={letter.id} incoming={incoming} />}
        {(!outside || letter.sha256 !== null) && (
          <div className="stack-tight">
            <h2>{text.letters.details}</h2>
            <dl className="facts">
              {!outside && (
                <>
                  <dt>{text.letters.from}</dt>
                  <dd>
                    {fullName(letter.signer)}
                    {letter.signer.post && `, ${letter.signer.post}`}
                  </dd>
                </>
              )}
              {letter.signedAt && (
                <>
                  <dt>{text.letters.signedAt}</dt>
                  <dd>{dateTime(letter.signedAt, language)}</dd>
                </>
              )}
              {letter.signature && (
                <>
                  <dt>{text.level.label}</dt>
                  <dd>
                    {text.level.is(
                      levelName(letter.signature.level),
                      certifiedName(letter.signature.certified, text),
                    )}
                  </dd>
                </>
              )}
              {letter.sha256 && (
                <>
                  <dt>{text.letters.digest}</dt>
                  <dd className="mono">{letter.sha256}</dd>
                </>
              )}
            </dl>
          </div>
        )}
      </section>
      {report && <ReportDialog report={report} onClose={() => setReport(null)} />}
    </article>
  );
}

/** Who prepares an answer is said beside who takes care of the letter. */
const isSettled = ({ kind, later, number }: LetterLink): boolean =>
  kind !== 'replies' || later || number !== null;

/** A picture, and what asks for a password, have nothing to verify. */
const verifies = (incoming: IncomingDetail | null): boolean =>
  !incoming?.registration || (incoming.registration.source === 'pdf' && !incoming.registration.locked);

function SignedPages({ id }: { readonly id: string }): ReactElement {
  const text = useText();
  // The bytes of a signed letter never change, so they are read once and not with every change.
  const document = useReading(`document-${id}`, () => eletter.letters.document({ id }));
  const [first, setFirst] = useState<Uint8Array | null>(null);
  if (!first && document.value) setFirst(document.value.pdf);
  if (document.error && !first) {
    return (
      <div className="list-pad">
        <ErrorBanner error={document.error} onRetry={document.reload} />
      </div>
    );
  }
  return first ? <PdfPages bytes={first} label={text.letters.document} /> : <Skeleton lines={10} />;
}

function PreviewPages({ id }: { readonly id: string }): ReactElement {
  const text = useText();
  const preview = useReading(`preview-${id}`, () => eletter.letters.preview({ id }));
  const [first, setFirst] = useState<Uint8Array | null>(null);
  if (!first && preview.value?.pdf) setFirst(preview.value.pdf);
  if (first) return <PdfPages bytes={first} label={text.letters.document} />;
  if (preview.error) return <ErrorBanner error={preview.error} onRetry={preview.reload} />;
  return preview.value ? <p className="list-pad soft">{text.editor.previewNone}</p> : <Skeleton lines={10} />;
}

/** The reason of a refusal stands in its own banner already. */
const earlierRemarks = (letter: LetterDetail): LetterDetail['remarks'] =>
  letter.state === 'rejected'
    ? letter.remarks.filter((one) => one !== letter.remarks.find(({ kind }) => kind === 'reject'))
    : letter.remarks;

function RemarkHistory({ remarks }: Pick<LetterDetail, 'remarks'>): ReactElement {
  const text = useText();
  return (
    <div className="stack-tight">
      <h2>{text.review.remarks}</h2>
      <RemarkList remarks={remarks} />
    </div>
  );
}

/** It lies with somebody in this vault, who can pass it on. */
const received = (letter: LetterDetail): boolean =>
  letter.deliveries.some((one) => one.role === 'to' && one.deliveredAt !== null);

/** Have all who received it read it? null where nobody in this vault received it. */
function readByAll(letter: LetterDetail): boolean | null {
  const received = letter.deliveries.filter((delivery) => delivery.internal && delivery.deliveredAt !== null);
  return received.length === 0 ? null : received.every((delivery) => delivery.readAt !== null);
}
