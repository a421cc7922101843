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
  /** For a document that gets a worker of its own. */
  readonly script: string;
}

let library: Promise<Library> | null = null;

async function start(): Promise<Library> {
  const [pdfjs, script] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  // The policy may be made once only; what it gives is good for every worker.
  const address = workerScript(script.default);
  return { pdfjs, worker: pdfjs.PDFWorker.create({ port: startWorker(address) }), script: address };
}

const startWorker = (script: string): Worker => new Worker(script, { type: 'module' });

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

/** A stranger's file: whatever it does to its worker ends with it, and no letter is drawn there. */
export async function openStrangePdf(bytes: Uint8Array): Promise<OpenPdf> {
  const { pdfjs, script } = await load();
  const port = startWorker(script);
  try {
    const opened = await open(pdfjs, pdfjs.PDFWorker.create({ port }), bytes);
    return {
      pages: opened.pages,
      close: () => {
        opened.close();
        port.terminate();
      },
    };
  } catch (error) {
    port.terminate();
    throw error;
  }
}

export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  const { pdfjs, worker } = await load();
  return open(pdfjs, worker, bytes);
}

async function open(pdfjs: PdfJs, worker: Library['worker'], bytes: Uint8Array): Promise<OpenPdf> {
  // pdf.js takes the buffer away with it, so it gets a copy of its own.
  const task = pdfjs.getDocument({
    data: bytes.slice(),
    worker,
    disableAutoFetch: true,
    enableXfa: false,
    // Pages of copiers and scanners (fax, JBIG2, JPEG 2000): scripts beside the page, no WebAssembly.
    useWasm: false,
    wasmUrl: new URL('pdf-decoders/', document.baseURI).href,
    useSystemFonts: false,
    stopAtErrors: false,
  });
  const opened: PDFDocumentProxy = await task.promise;
  const numbers = Array.from({ length: Math.min(opened.numPages, maxPages) }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map((number) => opened.getPage(number)));
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
