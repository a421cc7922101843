// oxlint-disable-next-line typescript/triple-slash-reference -- the package does not describe its worker
/// <reference path="./pdf-worker.d.ts" />
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Rectangle } from '../diff/index.ts';

/** One page drawn: four octets a pixel, red, green, blue, alpha. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
  /** How much the viewer left out, such as images that it cannot decode: other viewers may draw it. */
  readonly gaps: number;
  /** Where an area of the page's user space lies: [left, top, right, bottom] in pixels. */
  place(area: Rectangle): readonly [number, number, number, number];
  /** The way back: the area of the page's user space that these pixels show. */
  locate(pixels: readonly [number, number, number, number]): Rectangle;
}

/** A document that can be drawn page by page. */
export interface Drawable {
  readonly pages: number;
  /**
   * @param annotations with form fields and comments, or the page content alone.
   * @param deadline on the clock of `performance.now()`; a drawing that is not done by then is given up.
   * @param longest pixels along the longer side, where it is not what the document was opened with.
   * @throws Error where it cannot be drawn, or not in time.
   */
  draw(page: number, annotations: boolean, deadline?: number, longest?: number): Promise<Drawing>;
  /** The text of a page in the order of its content, as far as the file tells it. */
  words(page: number): Promise<string>;
  close(): Promise<void>;
}

/**
 * The viewer's own programs for fax (CCITT), JBIG2 and JPEG 2000, which office scanners write: without them such a
 * page is drawn blank. Beside the built application, or in the viewer's package. Ends in the slash it asks for.
 */
function decoders(): string {
  const here = import.meta.dirname;
  const built = [here, dirname(here)].map((one) => join(one, 'pdf-decoders')).find((one) => existsSync(one));
  const packaged = (): string =>
    join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'wasm');
  return `${built ?? packaged()}/`;
}

/** Longest side in pixels: enough to tell words apart, about 75 dpi for A4. */
const longestSide = 880;

/**
 * Opens a file that our parser re-serialised. The viewer and its canvas are loaded on first use, and only where
 * a file has more than one signed version to show.
 * @param side pixels along the longer side of a page.
 */
export async function openDrawable(bytes: Uint8Array, side = longestSide): Promise<Drawable> {
  listen();
  const canvas = await import('@napi-rs/canvas');
  const viewer = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // Given so, the viewer works in this process instead of looking for a script of its own.
  Object.assign(globalThis, { pdfjsWorker: await import('pdfjs-dist/legacy/build/pdf.worker.mjs') });
  const document = await viewer.getDocument({
    data: bytes,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    wasmUrl: decoders(),
    stopAtErrors: false,
    // Warnings are all that tells what was left out; they are counted and go nowhere.
    verbosity: viewer.VerbosityLevel.WARNINGS,
  }).promise;
  return {
    pages: document.numPages,
    draw: async (number, annotations, deadline = Number.POSITIVE_INFINITY, longest = side) => {
      if (performance.now() >= deadline) throw new Error('no time left to draw');
      const page = await document.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      const scale = longest / Math.max(width, height, 1);
      const viewport = page.getViewport({ scale });
      const surface = canvas.createCanvas(
        Math.max(1, Math.ceil(viewport.width)),
        Math.max(1, Math.ceil(viewport.height)),
      );
      const context = surface.getContext('2d');
      const task = page.render({
        // The types speak of a browser's canvas; this one has the same methods.
        canvas: null,
        canvasContext: context as unknown as Parameters<typeof page.render>[0]['canvasContext'],
        viewport,
        annotationMode: annotations ? viewer.AnnotationMode.ENABLE : viewer.AnnotationMode.DISABLE,
      });
      // Long pages are drawn in pieces, between which this is asked.
      task.onContinue = (next: () => void) => {
        if (performance.now() >= deadline) task.cancel();
        else next();
      };
      const gaps = await gapsDuring(() => task.promise);
      const { data } = context.getImageData(0, 0, surface.width, surface.height);
      return {
        width: surface.width,
        height: surface.height,
        pixels: data,
        gaps,
        place: (area) => placed(viewport.transform, area),
        locate: (pixels) => placed(inverse(viewport.transform), pixels),
      };
    },
    words: async (number) => {
      const { items } = await (await document.getPage(number)).getTextContent();
      return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('');
    },
    close: () => document.loadingTask.destroy(),
  };
}

/** In the viewer's words; there is no other sign of them. */
const leftOut = /Unable to decode image|ignoring errors during/;
let everLeftOut = 0;
let listening = false;

/** The viewer speaks to the console alone. What it says there is counted and goes no further. */
function listen(): void {
  if (listening) return;
  listening = true;
  const { warn } = console;
  // oxlint-disable-next-line no-console -- there is no other place to hear it
  console.warn = (...said: readonly unknown[]): void => {
    const [first] = said;
    if (typeof first !== 'string' || !first.startsWith('Warning: ')) warn(...said);
    else if (leftOut.test(first)) everLeftOut += 1;
  };
}

/** Two drawings at once would count each other's, which errs towards more. */
async function gapsDuring(work: () => Promise<unknown>): Promise<number> {
  const before = everLeftOut;
  await work();
  return everLeftOut - before;
}

/** A rectangle under the page's transformation; [a b c d e f] as in ISO 32000-2 §8.3.3. */
function placed(matrix: readonly number[], area: Rectangle): readonly [number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const corners = [
    [area[0], area[1]],
    [area[2], area[3]],
  ] as const;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Of a transformation of the plane; the one that changes nothing where there is none. */
function inverse(matrix: readonly number[]): readonly number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = matrix;
  const size = a * d - b * c;
  if (size === 0) return [1, 0, 0, 1, 0, 0];
  return [d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size];
}
