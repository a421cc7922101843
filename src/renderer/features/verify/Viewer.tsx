/** The pages of a checked file: as it is now, as it was signed, or both with what changed between them. */
import { useEffect, useEffectEvent, useMemo, useRef, useState, type ReactElement } from 'react';
import type {
  ErrorShape,
  ShownFile,
  ShownVersion,
  SignatureReport,
  VerificationReport,
} from '../../../main/core/contract/index.ts';
import { isSingleKey } from '../../app/keys.ts';
import { eletter } from '../../lib/bridge.ts';
import { useText } from '../../lib/i18n/index.ts';
import { preparePdf } from '../../lib/pdf.ts';
import { Button } from '../../ui/Button.tsx';
import { Banner, ErrorBanner, Skeleton } from '../../ui/parts.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { ChangeList } from './ChangeList.tsx';
import { alone, fieldWord, marksOf } from './marks.ts';
import type { PdfSource } from './sources.ts';
import { ViewerPages, type Mode, type Side } from './ViewerPages.tsx';
import type { PageField } from './ViewerPage.tsx';

/** What somebody wants to see of a file that was checked. */
export interface Look {
  /** The version that this signature closed; null: the file as it is now. */
  readonly signature: SignatureReport | null;
  readonly compare: boolean;
}

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const;

export function Viewer(props: {
  readonly source: PdfSource;
  readonly password: string | null;
  readonly report: VerificationReport;
  readonly look: Look;
  readonly onClose: () => void;
  /** Opens what the report says of one signature. */
  readonly onSignature: (index: number) => void;
}): ReactElement {
  const text = useText();
  const { source, password, report, look, onClose } = props;
  const revision = look.signature?.revision ?? null;
  const shown = useShown(source, password, revision);
  const [mode, setMode] = useState<Mode>(
    look.signature === null ? 'current' : look.compare ? 'both' : 'signed',
  );
  const [zoom, setZoom] = useState(1);
  const [chosen, setChosen] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const file = shown?.ok ? shown.value : null;
  const two = file?.signed != null;
  const seenMode: Mode = two ? mode : 'current';
  const words = useMemo(() => ({ ...text.viewing }), [text]);
  const changes = look.signature?.changes;
  const marks = useMemo(() => (file ? marksOf(file, changes ?? [], words) : []), [file, changes, words]);
  const pairs = useMemo(() => (file?.signed ? file.pairs : alone(file?.current.pages ?? 0)), [file]);

  const sideOf = (version: ShownVersion): Side => ({
    pdf: version.pdf,
    pages: version.pages,
    fields: version.fields.map((field): PageField => {
      const word = field.signed ? fieldWord(report, field.name) : null;
      if (!word) return { ...field, label: text.viewing.emptyField(field.name), tone: 'plain', onOpen: null };
      const label = text.viewing.field(field.name, `${word.signer} (${text.verify.word[word.tone]})`);
      return { ...field, label, tone: word.tone, onOpen: () => props.onSignature(word.index) };
    }),
  });

  const goTo = (number: number): void => {
    const mark = marks[number - 1];
    if (!mark) return;
    setChosen(number);
    document.querySelector(`[data-change="${number}"]`)?.scrollIntoView({ block: 'nearest' });
    if (mark.pair === null) return;
    const pair = pairs[mark.pair];
    // A page that the version in view does not have is shown in the other one.
    if (seenMode !== 'both' && pair?.[seenMode] === null) setMode('both');
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector(`[data-pair="${mark.pair}"]`);
      const spot = mark.area ? row?.querySelector(`[data-mark="${number}"]`) : null;
      (spot ?? row)?.scrollIntoView({ block: spot ? 'center' : 'start', inline: 'center' });
    });
  };
  const step = (by: 1 | -1): void => {
    if (marks.length === 0) return;
    const from = chosen ?? (by === 1 ? 0 : 1);
    goTo(((from - 1 + by + marks.length) % marks.length) + 1);
  };
  const turn = (by: 1 | -1): void => {
    const region = scroller.current;
    if (!region) return;
    const rows = [...region.querySelectorAll<HTMLElement>('[data-pair]')];
    // On a small screen the whole desk scrolls, not the pages within it.
    const scrolls =
      region.scrollHeight > region.clientHeight + 1 ? region : (region.closest('.desk') ?? region);
    const { top } = scrolls.getBoundingClientRect();
    const at = rows.findLastIndex((row) => row.getBoundingClientRect().top - top <= 24);
    rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.scrollIntoView({ block: 'start' });
  };
  const resize = (by: 1 | -1): void =>
    setZoom((so) => zooms[Math.min(zooms.length - 1, Math.max(0, zooms.indexOf(so as 1) + by))] ?? 1);
  const swap = (): void => {
    if (two) setMode(seenMode === 'signed' ? 'current' : 'signed');
  };

  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || !isSingleKey(event)) return;
    const acts: Readonly<Record<string, () => void>> = {
      n: () => step(1),
      p: () => step(-1),
      j: () => turn(1),
      k: () => turn(-1),
      s: swap,
      '+': () => resize(1),
      '=': () => resize(1),
      '-': () => resize(-1),
      '0': () => setZoom(1),
      Escape: onClose,
    };
    const found = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (!found) return;
    event.preventDefault();
    found();
  });
  useEffect(() => {
    preparePdf();
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  const said = marks[(chosen ?? 0) - 1];
  const altered = look.signature?.integrity === false;
  return (
    <section className="viewer" aria-label={text.viewing.title(source.name)} data-pane="viewer" tabIndex={-1}>
      <header className="viewer-bar">
        <Button icon="back" kind="quiet" startsFocused onPress={onClose}>
          {text.viewing.back}
        </Button>
        <div className="viewer-title grow">
          <h1>{source.name}</h1>
          <p className="soft small">{file && <Versions file={file} report={report} look={look} />}</p>
        </div>
        {two && (
          <Switch
            label={text.viewing.mode}
            value={seenMode}
            choices={(['signed', 'both', 'current'] as const).map((value) => ({
              value,
              label: text.viewing[value],
            }))}
            onChange={setMode}
          />
        )}
        <div className="line viewer-zoom" role="group" aria-label={text.viewing.zoom}>
          <Button aria-label={text.viewing.smaller} isDisabled={zoom === zooms[0]} onPress={() => resize(-1)}>
            −
          </Button>
          <span className="viewer-percent">{Math.round(zoom * 100)} %</span>
          <Button
            aria-label={text.viewing.larger}
            isDisabled={zoom === zooms.at(-1)}
            onPress={() => resize(1)}
          >
            +
          </Button>
        </div>
      </header>
      <p className="hidden-visually" role="status">
        {said ? `${text.viewing.at(said.number, marks.length)}: ${said.what}, ${said.where}` : ''}
      </p>
      {shown && !shown.ok && (
        <div className="viewer-notes">
          <ErrorBanner error={shown.error} />
        </div>
      )}
      {!shown && (
        <div className="viewer-notes" role="status">
          <p className="soft">{text.viewing.preparing}</p>
          <Skeleton lines={8} />
        </div>
      )}
      {file && (
        <div className="viewer-body" data-changes={two || undefined}>
          {two && (
            <aside
              className="viewer-changes stack-tight"
              aria-label={text.viewing.changes}
              data-pane="changes"
              tabIndex={-1}
            >
              <div className="line">
                <h2 className="label grow">
                  {text.viewing.changes}
                  {marks.length > 0 && ` (${marks.length})`}
                </h2>
                <Button
                  aria-label={text.viewing.previous}
                  isDisabled={marks.length === 0}
                  onPress={() => step(-1)}
                >
                  ↑
                </Button>
                <Button
                  aria-label={text.viewing.next}
                  isDisabled={marks.length === 0}
                  onPress={() => step(1)}
                >
                  ↓
                </Button>
              </div>
              <Notes file={file} report={report} altered={altered} />
              <ChangeList marks={marks} chosen={chosen} onChoose={goTo} />
              <p className="help viewer-keys">{text.viewing.keys}</p>
            </aside>
          )}
          {!two && (altered || isBroken(report)) && (
            <div className="viewer-notes">
              <Notes file={file} report={report} altered={altered} />
            </div>
          )}
          <ViewerPages
            scroller={scroller}
            mode={seenMode}
            zoom={zoom}
            pairs={pairs}
            signed={file.signed && sideOf(file.signed)}
            current={sideOf(file.current)}
            marks={two ? marks : []}
            chosen={chosen}
          />
        </div>
      )}
    </section>
  );
}

function Versions(props: {
  readonly file: ShownFile;
  readonly report: VerificationReport;
  readonly look: Look;
}): ReactElement {
  const words = useText().viewing;
  const { file, report, look } = props;
  if (file.signed) return <>{words.versions(file.signed.revision, file.current.revision)}</>;
  return <>{look.signature ? words.onlyVersion : words.version(file.current.revision, report.revisions)}</>;
}

const isBroken = (report: VerificationReport): boolean =>
  report.problems.some(({ code }) => code === 'FILE_REPAIR_NEEDED');

/** What must be known before believing what is seen. */
function Notes(props: {
  readonly file: ShownFile;
  readonly report: VerificationReport;
  readonly altered: boolean;
}): ReactElement {
  const words = useText().viewing;
  const { notCompared } = props.file;
  return (
    <>
      {props.altered && <Banner tone="bad">{words.altered}</Banner>}
      {isBroken(props.report) && <Banner tone="unsure">{words.broken}</Banner>}
      {notCompared > 0 && <Banner tone="unsure">{words.notCompared(notCompared)}</Banner>}
    </>
  );
}

type Shown =
  { readonly ok: true; readonly value: ShownFile } | { readonly ok: false; readonly error: ErrorShape };

/** Read and laid out anew: nothing of the file was kept. */
function useShown(source: PdfSource, password: string | null, revision: number | null): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let stale = false;
    const ask = async (): Promise<void> => {
      const reading = await source.read();
      if (stale) return;
      const result: Shown = reading.ok
        ? await eletter.verify.show({ name: reading.name, bytes: reading.bytes, password, revision })
        : { ok: false, error: { code: 'FILE_UNREADABLE', params: { file: source.name } } };
      if (!stale) setShown(result);
    };
    void ask();
    return () => {
      stale = true;
    };
  }, [source, password, revision]);
  return shown;
}
