/** Pages of a PDF, drawn when they come into view. What was drawn stays until its successor is ready. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useText } from '../lib/i18n/index.ts';
import { drawPage, openPdf, pageText, type OpenPdf, type PDFPageProxy } from '../lib/pdf.ts';
import { Banner, Skeleton } from './parts.tsx';
import { scrollsByKey } from './scroll.ts';

export function PdfPages(props: { readonly bytes: Uint8Array; readonly label: string }): ReactElement {
  const text = useText();
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [failed, setFailed] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);

  useEffect(() => {
    let stale = false;
    let opened: OpenPdf | null = null;
    openPdf(props.bytes).then(
      (next) => {
        opened = next;
        if (stale) next.close();
        else {
          setFailed(false);
          setPdf(next);
        }
      },
      () => {
        if (!stale) setFailed(true);
      },
    );
    return () => {
      stale = true;
      // The old pages are still on the screen while the new ones are drawn.
      const old = opened;
      if (old) setTimeout(old.close, 3000);
    };
  }, [props.bytes]);

  return (
    <div ref={frame} className="pages" role="region" aria-label={props.label} {...scrollsByKey}>
      {failed && (
        <Banner tone="bad" live>
          {text.letters.documentFailed}
        </Banner>
      )}
      {!pdf && !failed && <Skeleton lines={10} />}
      {width > 0 &&
        pdf?.pages.map((page, index) => (
          <Page key={index} page={page} number={index + 1} all={pdf.pages.length} width={width} />
        ))}
    </div>
  );
}

/** Width for a page within the frame, in CSS pixels, in steps so that small moves draw nothing anew. */
function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(200, Math.min(860, Math.floor(entry.contentRect.width / 8) * 8)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}

function Page(props: {
  readonly page: PDFPageProxy;
  readonly number: number;
  readonly all: number;
  readonly width: number;
}): ReactElement {
  const { page, width } = props;
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(props.number <= 2);
  const [words, setWords] = useState('');
  const natural = page.getViewport({ scale: 1 });
  const height = Math.round((width * natural.height) / natural.width);

  useEffect(() => {
    const element = canvas.current;
    if (near || !element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setNear(true);
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);

  useEffect(() => {
    if (!near) return;
    let stale = false;
    const draw = async () => {
      const drawn = await drawPage(page, width, Math.min(3, Math.max(1.5, window.devicePixelRatio)));
      const shown = canvas.current;
      if (stale || !shown) return;
      shown.width = drawn.width;
      shown.height = drawn.height;
      shown.getContext('2d')?.drawImage(drawn, 0, 0);
      shown.dataset['drawn'] = 'true';
      setWords(await pageText(page));
    };
    // A page that was closed while it was drawn is no failure: its successor is on the way.
    draw().catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [page, width, near]);

  return (
    <figure className="page">
      <canvas
        ref={canvas}
        role="img"
        aria-label={text.letters.page(props.number, props.all)}
        style={{ width, height }}
      />
      <figcaption className="hidden-visually">
        {text.letters.pageText(props.number)}: {words}
      </figcaption>
    </figure>
  );
}
