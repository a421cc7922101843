/**
 * pdf.js, loaded on first use. Only bytes that the core handed out for display come here. The worker is
 * made by us under the one Trusted Types policy that the page's CSP allows.
 */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';

export type { PDFPageProxy };

interface ScriptPolicy {
  readonly createScriptURL: (address: string) => string;
}

/** The part of Trusted Types used here; TypeScript's DOM library does not know them yet. */
interface PolicyFactory {
  readonly createPolicy: (
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ) => ScriptPolicy;
}

function workerScript(workerAddress: string): string {
  const factory: unknown = Reflect.get(window, 'trustedTypes');
  if (!isPolicyFactory(factory)) return workerAddress;
  const policy = factory.createPolicy('eletter-pdf-worker', {
    createScriptURL: (address) => {
      if (address !== workerAddress) throw new TypeError('Only the PDF worker may be loaded as a script.');
      return address;
    },
  });
  return policy.createScriptURL(workerAddress);
}

const isPolicyFactory = (value: unknown): value is PolicyFactory =>
  typeof value === 'object' && value !== null && 'createPolicy' in value;

type PdfJs = typeof import('pdfjs-dist');

interface Library {
  readonly pdfjs: PdfJs;
  /** One for all documents; given to each by hand, since a document that owns its worker ends it on closing. */
  readonly worker: InstanceType<PdfJs['PDFWorker']>;
}

let library: Promise<Library> | null = null;

async function start(): Promise<Library> {
  const [pdfjs, script] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  const port = new Worker(workerScript(script.default), { type: 'module' });
  return { pdfjs, worker: pdfjs.PDFWorker.create({ port }) };
}

function load(): Promise<Library> {
  library ??= start();
  return library;
}

/** Begins loading while the letter itself is still being read. */
export function preparePdf(): void {
  // A failure shows when a document is opened; there is nothing to say yet.
  load().catch(() => undefined);
}

export interface OpenPdf {
  readonly pages: readonly PDFPageProxy[];
  readonly close: () => void;
}

/** Pages beyond this are not drawn; letters never come near it. */
const maxPages = 500;

export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const { pdfjs, worker } = await load();
  // pdf.js takes the buffer away with it, so it gets a copy of its own.
  const task = pdfjs.getDocument({
    data: bytes.slice(),
    worker,
    disableAutoFetch: true,
    enableXfa: false,
    useWasm: false,
    useSystemFonts: false,
    stopAtErrors: false,
  });
  const document: PDFDocumentProxy = await task.promise;
  const numbers = Array.from({ length: Math.min(document.numPages, maxPages) }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map((number) => document.getPage(number)));
  return { pages, close: () => void task.destroy() };
}

/** Draws a page onto a canvas of its own; `width` in CSS pixels, `density` device pixels per CSS pixel. */
export async function drawPage(
  page: PDFPageProxy,
  width: number,
  density: number,
): Promise<HTMLCanvasElement> {
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: (width / natural.width) * density });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  await page.render({ canvas, viewport }).promise;
  return canvas;
}

/** The page's text, line by line, for readers that cannot see the drawing. */
export async function pageText(page: PDFPageProxy): Promise<string> {
  const content = await page.getTextContent();
  return content.items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('')
    .trim();
}
