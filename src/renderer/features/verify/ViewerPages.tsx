/** Both versions page by page, or one of them. Only what is near the view is drawn. */
import { useEffect, useState, type ReactElement, type RefObject } from 'react';
import type { PagePair } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { openStrangePdf, type OpenPdf } from '../../lib/pdf.ts';
import { Banner, Skeleton } from '../../ui/parts.tsx';
import { scrollsByKey } from '../../ui/scroll.ts';
import type { Mark } from './marks.ts';
import { ViewerPage, type PageField } from './ViewerPage.tsx';

export type Mode = 'both' | 'signed' | 'current';

/** Between the two pages of a row, in CSS pixels; as in viewer.css. */
const gap = 16;
const narrowest = 200;
const widest = 860;

export interface Side {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly fields: readonly PageField[];
}

export function ViewerPages(props: {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly mode: Mode;
  readonly zoom: number;
  readonly pairs: readonly PagePair[];
  readonly signed: Side | null;
  readonly current: Side;
  readonly marks: readonly Mark[];
  readonly chosen: number | null;
}): ReactElement {
  const text = useText();
  const { mode, zoom, pairs, scroller } = props;
  const signed = useOpened(props.signed?.pdf ?? null);
  const current = useOpened(props.current.pdf);
  const room = useRoom(scroller);
  // Two pages beside each other would be too small to read: then below each other.
  const beside = mode === 'both' && room >= 2 * 280 + gap;
  const fitting = beside ? (room - gap) / 2 : room;
  const width = Math.round(Math.max(narrowest, Math.min(widest, Math.floor(fitting / 8) * 8)) * zoom);
  const ready = current.pdf !== null && (props.signed === null || signed.pdf !== null);
  const failed = current.failed || signed.failed;
  const few = Math.max(current.pdf?.pages.length ?? 0, signed.pdf?.pages.length ?? 0);
  const cut = ready && (props.current.pages > few || (props.signed?.pages ?? 0) > few);

  const side = (
    which: 'signed' | 'current',
    number: number | null,
    index: number,
    pair: PagePair,
  ): ReactElement => {
    const of = which === 'signed' ? props.signed : props.current;
    const page = number === null ? undefined : (which === 'signed' ? signed : current).pdf?.pages[number - 1];
    const word = text.viewing[which];
    if (number === null || !of) {
      return (
        <div className="viewer-missing soft" style={{ width }}>
          {which === 'signed' ? text.viewing.added : text.viewing.removed}
        </div>
      );
    }
    if (!page) return <></>;
    const caption = `${word} · ${text.viewing.page(number)}`;
    return (
      <ViewerPage
        page={page}
        label={`${word}, ${text.letters.page(number, of.pages)}`}
        caption={pair.same || mode !== 'both' ? caption : `${caption} · ${text.viewing.kind.seen}`}
        number={number}
        width={width}
        marks={props.marks.filter((mark) => mark.pair === index)}
        chosen={props.chosen}
        fields={mode === 'both' ? [] : of.fields.filter((field) => field.page === number)}
      />
    );
  };

  return (
    <div
      className="viewer-pages"
      ref={scroller}
      role="region"
      aria-label={text.viewing.region}
      {...scrollsByKey}
    >
      {failed && (
        <Banner tone="bad" live>
          {text.letters.documentFailed}
        </Banner>
      )}
      {!ready && !failed && <Skeleton lines={10} />}
      {ready &&
        room > 0 &&
        pairs.map((pair, index) => {
          if (mode !== 'both' && pair[mode] === null) return null;
          if (Math.max(pair.signed ?? 0, pair.current ?? 0) > few) return null;
          return (
            <div key={index} className="viewer-row" data-pair={index} data-beside={beside || undefined}>
              {mode !== 'current' && side('signed', pair.signed, index, pair)}
              {mode !== 'signed' && side('current', pair.current, index, pair)}
            </div>
          );
        })}
      {cut && <p className="soft">{text.viewing.onlyFirst(few)}</p>}
    </div>
  );
}

interface Opened {
  readonly pdf: OpenPdf | null;
  readonly failed: boolean;
}

function useOpened(bytes: Uint8Array | null): Opened {
  const [opened, setOpened] = useState<Opened>({ pdf: null, failed: false });
  useEffect(() => {
    if (bytes === null) return;
    let stale = false;
    let mine: OpenPdf | null = null;
    openStrangePdf(bytes).then(
      (pdf) => {
        mine = pdf;
        if (stale) pdf.close();
        else setOpened({ pdf, failed: false });
      },
      () => {
        if (!stale) setOpened({ pdf: null, failed: true });
      },
    );
    return () => {
      stale = true;
      mine?.close();
    };
  }, [bytes]);
  return opened;
}

/** Width for pages within the scrolling region, in CSS pixels. */
function useRoom(frame: RefObject<HTMLDivElement | null>): number {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoom(Math.floor(entry.contentRect.width / 8) * 8);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return room;
}
