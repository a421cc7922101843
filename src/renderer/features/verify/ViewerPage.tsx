/** One page of one version: drawn while it is near the view, with what is marked on it. */
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { PageArea, ShownField } from '../../../main/core/contract/index.ts';
import { useText } from '../../lib/i18n/index.ts';
import { drawPage, pageText, type PDFPageProxy } from '../../lib/pdf.ts';
import type { Mark } from './marks.ts';

/** Height of a page by the width that there is for it. */
const longest = 6;
/** Pixels of one picture: 64 MB. */
const mostPixels = 16_000_000;

const densityFor = (width: number, height: number): number =>
  Math.min(2.5, Math.max(1.5, window.devicePixelRatio), Math.sqrt(mostPixels / (width * height)));

export interface PageField extends ShownField {
  readonly label: string;
  readonly tone: 'good' | 'unsure' | 'bad' | 'plain';
  /** Opens what the report says of it. */
  readonly onOpen: (() => void) | null;
}

export function ViewerPage(props: {
  readonly page: PDFPageProxy;
  readonly label: string;
  readonly caption: string;
  readonly number: number;
  /** CSS pixels. */
  readonly width: number;
  readonly marks: readonly Mark[];
  readonly chosen: number | null;
  readonly fields: readonly PageField[];
}): ReactElement {
  const { page } = props;
  const text = useText();
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(false);
  const [words, setWords] = useState('');
  const natural = page.getViewport({ scale: 1 });
  // A page may be as long as a road; it is shown smaller instead.
  const width = Math.max(
    24,
    Math.round(Math.min(props.width, (longest * props.width * natural.width) / natural.height)),
  );
  const height = Math.round((width * natural.height) / natural.width);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '500px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const shown = canvas.current;
    if (!shown) return;
    if (!near) {
      // Far away: its picture would only fill the memory.
      shown.width = 0;
      shown.height = 0;
      delete shown.dataset['drawn'];
      return;
    }
    let stale = false;
    const draw = async (): Promise<void> => {
      const drawn = await drawPage(page, width, densityFor(width, height));
      if (stale) return;
      shown.width = drawn.width;
      shown.height = drawn.height;
      shown.getContext('2d')?.drawImage(drawn, 0, 0);
      drawn.width = 0;
      shown.dataset['drawn'] = 'true';
      setWords(await pageText(page));
    };
    // A page that is closed while it is drawn is no failure.
    draw().catch(() => undefined);
    return () => {
      stale = true;
    };
  }, [page, width, height, near]);

  /** A part of the page in percent of it. */
  const place = (area: PageArea): Readonly<Record<'left' | 'top' | 'width' | 'height', string>> => {
    const [x1, y1] = natural.convertToViewportPoint(area[0], area[1]) as [number, number];
    const [x2, y2] = natural.convertToViewportPoint(area[2], area[3]) as [number, number];
    const percent = (value: number, of: number): string =>
      `${Math.min(100, Math.max(0, (100 * value) / of))}%`;
    return {
      left: percent(Math.min(x1, x2), natural.width),
      top: percent(Math.min(y1, y2), natural.height),
      width: percent(Math.abs(x2 - x1), natural.width),
      height: percent(Math.abs(y2 - y1), natural.height),
    };
  };

  return (
    <figure className="viewer-page" ref={frame} style={{ width }}>
      <figcaption className="viewer-caption soft small">{props.caption}</figcaption>
      <div className="viewer-sheet">
        <canvas ref={canvas} role="img" aria-label={props.label} style={{ width, height }} />
        {props.marks.map((mark) => (
          // The list says all of this in words.
          <div
            key={mark.number}
            className={`mark mark-${mark.kind}`}
            data-chosen={mark.number === props.chosen || undefined}
            data-mark={mark.number}
            aria-hidden="true"
            {...(mark.area ? { style: place(mark.area) } : { 'data-whole': true })}
          >
            <span className="mark-tag">
              {mark.number} {text.viewing.kind[mark.kind]}
            </span>
          </div>
        ))}
        {props.fields.map((field, index) => (
          <button
            key={index}
            type="button"
            className={`field-mark field-${field.tone}`}
            style={place(field.area)}
            aria-label={field.label}
            onClick={() => field.onOpen?.()}
          >
            <span className="field-name" aria-hidden="true">
              {field.label}
            </span>
          </button>
        ))}
        {words !== '' && (
          <p className="hidden-visually">
            {text.letters.pageText(props.number)}: {words}
          </p>
        )}
      </div>
    </figure>
  );
}
