import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { PrintedReport, TypesetLetter } from '../contract/index.ts';
import { AppError, kopForms } from '../contract/index.ts';
import { forbiddenIn, glyphMissing, plainLine } from './characters.ts';
import { loadFontFamilies, loadFontFiles } from './fonts.ts';
import { armsFile, type ArmsPictures } from './kop.ts';
import { leafletView } from './leaflet.ts';
import type { LeafletInput } from './leaflet.ts';
import { assertLetterSize } from './limits.ts';
import { minutesView } from './minutes.ts';
import type { MinutesInput } from './minutes.ts';
import { loadProfile } from './profile.ts';
import { beyondLatin, printableReport, reportView } from './report.ts';
import { bookView, dispositionView, type BookSheet, type DispositionPaper } from './sheets.ts';
import { letterView } from './view.ts';

interface TypesetInput {
  readonly letter: TypesetLetter;
  /** JSON text of a regulation profile; null for the shipped one. */
  readonly profile: string | null;
  /** Instant (ISO 8601) written as the PDF's creation date: same letter, same instant, same bytes. */
  readonly createdAt: string;
  /** PNGs for the kop; a placeholder stands where the profile names none or none is given. */
  readonly arms?: ArmsPictures | undefined;
}

interface Typesetter {
  /**
   * PDF/A-2a (ISO 19005-2 level A), tagged, fonts embedded, classic cross-reference table.
   * Errors: GLYPH_MISSING { characters }, PROFILE_INVALID { field }, LETTER_TOO_LARGE { max }, TYPESET_FAILED.
   */
  readonly typeset: (input: TypesetInput) => { readonly pdf: Uint8Array; readonly pages: number };
  /** The same kind of PDF: one page about an in-house CA. Errors: GLYPH_MISSING, TYPESET_FAILED. */
  readonly leaflet: (input: LeafletInput) => { readonly pdf: Uint8Array };
  /** The same kind of PDF: a verification report. Never refused for a text of the file. Errors: TYPESET_FAILED. */
  readonly report: (input: PrintedReport) => { readonly pdf: Uint8Array };
  /** The same kind of PDF: a book of the office. Never refused for a text in it. Errors: PROFILE_INVALID, TYPESET_FAILED. */
  readonly book: (input: BookSheet) => { readonly pdf: Uint8Array };
  /** The same: a disposition sheet. */
  readonly disposition: (input: DispositionPaper) => { readonly pdf: Uint8Array };
  /** The same kind of PDF: a berita acara of the archive. Never refused for a text in its list. Errors: TYPESET_FAILED. */
  readonly minutes: (input: MinutesInput) => { readonly pdf: Uint8Array };
}

/**
 * Nothing of a letter is worth keeping for the next one. Typst still grows by about 0.7 MB a letter (measured), so
 * the engine replaces the process after some hundred.
 */
const cacheAge = 0;

/** Characters of one text in a book; a letter's subject has at most a fourth of it. */
const longestInBook = 4000;

/**
 * `resourcesDir` holds templates/, fonts/ and profiles/. Everything is read here, once, through Node: the
 * compiler works on shadow files only, so no letter and no template can make it read a file, and the resources
 * may lie inside an archive that only Node can read.
 */
export function createTypesetter(options: { readonly resourcesDir: string }): Typesetter {
  const { resourcesDir } = options;
  const workspace = resolve('/eletter-templates');
  const families = loadFontFamilies(resourcesDir);
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: loadFontFiles(resourcesDir) }] });
  // Not through `sys.inputs`: each new value there makes Typst rebuild its library (16 ms a letter against 9).
  const dataFile = join(workspace, 'data.json');
  const templates = join(resourcesDir, 'templates');
  for (const name of readdirSync(templates)) {
    compiler.mapShadow(join(workspace, name), readFileSync(join(templates, name)));
  }
  const profiles = rememberLast((json: string | null) => loadProfile(resourcesDir, json));

  /** One template with its data → PDF. */
  function render(template: string, data: string, createdAt: string): { pdf: Uint8Array; pages: number } {
    const creationTimestamp = Math.floor(Date.parse(createdAt) / 1000);
    if (!Number.isFinite(creationTimestamp)) throw new AppError('BAD_REQUEST', { field: 'createdAt' });
    try {
      compiler.mapShadow(dataFile, Buffer.from(data));
      const compiled = compiler.compile({ mainFilePath: join(workspace, template) });
      const document = compiled.result;
      if (!document) throw new AppError('TYPESET_FAILED', undefined, diagnostics(compiled));
      const pdf = renderPdf(() => compiler.pdf(document, { pdfStandard: 'a-2a', creationTimestamp }));
      return { pdf: new Uint8Array(pdf), pages: document.numOfPages };
    } finally {
      compiler.unmapShadow(dataFile);
      compiler.evictCache(cacheAge);
    }
  }

  const report = (input: PrintedReport): { readonly pdf: Uint8Array } =>
    whatever('report.typ', reportView(input, families), input.at);

  /** Whatever the texts hold: what no font has is told by code point, never left out. */
  function whatever(template: string, view: object, at: string, longest?: number): { pdf: Uint8Array } {
    const draw = (missing: (character: string) => boolean): { pdf: Uint8Array } => ({
      pdf: render(template, JSON.stringify(printableReport(view, missing, longest)), at).pdf,
    });
    const missing = new Set<string>();
    for (let turn = 0; turn < 3; turn += 1) {
      try {
        return draw((character) => missing.has(character));
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'GLYPH_MISSING') throw error;
        // A refusal names some of them; the names of people in other scripts stay as they are.
        for (const found of String(error.params?.['characters']).matchAll(/U\+([0-9A-F]{4,6})/g))
          missing.add(String.fromCodePoint(Number.parseInt(found[1] ?? '', 16)));
      }
    }
    return draw(beyondLatin);
  }

  /** The pictures of the kop, where the templates look for them. */
  function showArms(arms: ArmsPictures): void {
    for (const form of kopForms) {
      const picture = arms[form];
      if (picture) compiler.mapShadow(join(workspace, armsFile(form)), Buffer.from(picture));
    }
  }

  return {
    report,
    minutes: (input) => whatever('berita-acara.typ', minutesView(input, families), input.at),
    book(input) {
      showArms(input.arms ?? {});
      const view = bookView(input, profiles(input.profile), families);
      return whatever('register.typ', view, input.createdAt, longestInBook);
    },
    disposition(input) {
      showArms(input.arms ?? {});
      const view = dispositionView(input, profiles(input.profile), families);
      return whatever('disposition.typ', view, input.createdAt, longestInBook);
    },
    typeset({ letter, profile, createdAt, arms = {} }) {
      assertLetterSize(letter);
      const data = printable(letterView(letter, profiles(profile), families, arms));
      showArms(arms);
      return render('main.typ', data, createdAt);
    },
    leaflet: (input) => ({
      pdf: render('leaflet.typ', printable(leafletView(input, families)), input.notBefore).pdf,
    }),
  };
}

/** The templates' input as JSON text, after every text in it was found fit to print. */
function printable(view: object): string {
  const unfit: string[] = [];
  const json = JSON.stringify(view, (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    unfit.push(...forbiddenIn(value));
    return plainLine(value);
  });
  if (unfit.length > 0) throw glyphMissing(unfit);
  return json;
}

function diagnostics(compiled: ReturnType<NodeCompiler['compile']>): Error {
  const found: unknown = compiled.takeDiagnostics()?.shortDiagnostics;
  return new Error(`Typst: ${JSON.stringify(found)}`);
}

/** PDF/A export refuses text without a glyph and names each; anything else it refuses is our own fault. */
function renderPdf(render: () => Buffer): Buffer {
  try {
    return render();
  } catch (cause) {
    const missing = missingGlyphs(String(cause));
    throw missing.length > 0
      ? glyphMissing(missing, cause)
      : new AppError('TYPESET_FAILED', undefined, cause);
  }
}

/** From: the text `\"😀\"` could not be displayed with font …; invisible characters come as \\u{7}. */
function missingGlyphs(message: string): readonly string[] {
  const found = message.matchAll(/the text `\\"(.{1,200}?)\\"` could not be displayed/gu);
  return Array.from(found, (match) =>
    (match[1] ?? '').replace(/\\{1,2}u\{([0-9a-f]{1,6})\}/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    ),
  );
}

function rememberLast<K, V>(compute: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | null = null;
  return (key) => {
    if (!last || last.key !== key) last = { key, value: compute(key) };
    return last.value;
  };
}
