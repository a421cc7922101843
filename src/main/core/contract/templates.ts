import type { KindGroup, KindShape, fieldForms } from './kinds.ts';
import type { Block } from './letters.ts';
import type { Language } from './people.ts';

/**
 * The office's own changes to the regulation profile: kinds of letter and how they are printed. Kept as versions; what
 * is in force is the shipped profile with the newest changes laid over it. Plain data: structured-clone safe, and the
 * shape of an exported file.
 */

type Nothing = Record<string, never>;
type InBoth = Readonly<Record<Language, string>>;

/** Millimetres. */
export interface PageMargins {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}
/** Points. */
export interface TypeSizes {
  readonly body: number;
  readonly table: number;
  readonly government: number;
  readonly office: number;
  readonly address: number;
  readonly signature: number;
  readonly footer: number;
}
/** `line` counts in Arial's natural lines, `paragraph` is points, `indent` millimetres. */
export interface TextSpacing {
  readonly line: number;
  readonly paragraph: number;
  readonly indent: number;
}
export interface PageSettings {
  readonly margins: PageMargins;
  readonly sizes: TypeSizes;
  readonly spacing: TextSpacing;
  /** A family of resources/fonts. */
  readonly font: string;
}
type Some<T> = { readonly [K in keyof T]?: T[K] | undefined };
/** What differs from the settings below: a kind's from the office's, the office's from the shipped ones. */
export interface PageChanges {
  readonly margins?: Some<PageMargins> | undefined;
  readonly sizes?: Some<TypeSizes> | undefined;
  readonly spacing?: Some<TextSpacing> | undefined;
  readonly font?: string | undefined;
}

export const nameForms = ['with-titles', 'plain'] as const;
export const addresseeNeeds = ['required', 'optional', 'none'] as const;
export const addresseeForms = ['yth', 'row'] as const;
export const subjectForms = ['tentang', 'row', 'none'] as const;
export const issuedWords = ['Ditetapkan', 'Dikeluarkan'] as const;
export const fieldPlaces = ['before', 'after'] as const;
export const fieldNumberings = ['none', 'decimal', 'alpha', 'ordinal'] as const;
/** `office`: arms at the left, the office's lines, a double rule. `bupati`: emblem centred over the head's title. */
export const kopForms = ['office', 'bupati'] as const;
export type KopForm = (typeof kopForms)[number];

export interface TemplateField {
  /** Key in `LetterContent.details`. */
  readonly name: string;
  readonly label: InBoth;
  readonly form: (typeof fieldForms)[number];
  readonly required: boolean;
  readonly place: (typeof fieldPlaces)[number];
  /** The word on the paper. */
  readonly printed: string;
  readonly numbering: (typeof fieldNumberings)[number];
  readonly heading?: string | undefined;
}

/** A kind of letter with all that can be set for it. */
export interface KindTemplate {
  /** Printed on the paper. */
  readonly label: string;
  readonly name?: InBoth | undefined;
  readonly about?: InBoth | undefined;
  readonly group: KindGroup;
  readonly shape: KindShape;
  readonly register: string;
  readonly numberTemplate: string;
  readonly nameForm: (typeof nameForms)[number];
  readonly addressees: {
    readonly need: (typeof addresseeNeeds)[number];
    readonly as: (typeof addresseeForms)[number];
    readonly printed?: string | undefined;
  };
  readonly event: boolean;
  readonly subjectAs: (typeof subjectForms)[number];
  readonly subjectPrinted: string;
  readonly issued?: (typeof issuedWords)[number] | undefined;
  readonly headingOfPost: boolean;
  readonly numberedRows: boolean;
  readonly labelWidth: number;
  readonly fields: readonly TemplateField[];
  readonly bodyNeed: 'required' | 'optional';
  readonly start?: readonly Block[] | undefined;
  readonly kop: KopForm;
  readonly page: PageChanges;
}

/** A picture of the office's: SHA-256 (hex) of the PNG that is kept, and what a screen reader says for it. */
export interface OfficeArms {
  readonly image: string;
  readonly alt: string;
}

export interface OfficeChanges {
  readonly page?: PageChanges | undefined;
  /** Whole kinds: own ones, and shipped ones that were changed. */
  readonly kinds?: Readonly<Record<string, KindTemplate>> | undefined;
  /** Not offered for new letters. */
  readonly hidden?: readonly string[] | undefined;
  readonly arms?: { readonly [F in KopForm]?: OfficeArms | undefined } | undefined;
  /** Printed in the kop of the form `bupati`. */
  readonly bupatiTitle?: string | undefined;
}

/** Why a value cannot be used; the page has the words. */
export const templateReasons = [
  'missing',
  'empty',
  'too-long',
  'too-small',
  'too-large',
  'too-many',
  'wrong-type',
  'unknown',
  'not-one-of',
  'name-form',
  'kind-form',
  'names-repeat',
  'number-sequence',
  'number-placeholder',
  'number-separator',
  'number-collides',
  'page-full',
  'font-unknown',
  'image-unknown',
  'kind-unknown',
  'glyph',
  'template',
  'size',
] as const;
export type TemplateReason = (typeof templateReasons)[number];

/** `path` as in `OfficeChanges`: "kinds.surat-tugas.fields.3.name"; empty for the whole. */
export interface TemplateProblem {
  readonly path: string;
  readonly reason: TemplateReason;
  /** What the words name: a limit, a character, another kind. */
  readonly named?: string;
}

export interface TemplateVersion {
  readonly version: number;
  /** Instant, ISO 8601 UTC. */
  readonly madeAt: string;
  readonly madeBy: string;
  readonly note: string;
  readonly origin: TemplateOrigin;
  /** Which version was gone back to. */
  readonly restored: number | null;
}
export const templateOrigins = ['saved', 'restored', 'imported'] as const;
export type TemplateOrigin = (typeof templateOrigins)[number];

/** What somebody was changing and has not saved: it outlives a lock and a crash. */
export interface TemplateDraft {
  /** Kind that is being changed; null: page and kop. */
  readonly kind: string | null;
  /** Version that it began from. */
  readonly version: number;
  readonly changes: OfficeChanges;
}

export interface OfficeTemplates {
  /** 0: nothing was ever changed. */
  readonly version: number;
  readonly changes: OfficeChanges;
  readonly shipped: {
    readonly page: PageSettings;
    readonly kinds: Readonly<Record<string, KindTemplate>>;
    readonly bupatiTitle: string;
  };
  /** Kinds that letters of this vault have; they can be hidden, not removed. */
  readonly used: readonly string[];
  /** Newest first. */
  readonly versions: readonly TemplateVersion[];
  /** Families that a page can be set in. */
  readonly fonts: readonly string[];
  readonly draft: TemplateDraft | null;
}

export interface TemplatePreview {
  readonly pdf: Uint8Array | null;
  readonly pages: number;
  /** Whatever would keep the changes from being saved. */
  readonly problems: readonly TemplateProblem[];
  /** A number as the kind's format would give it today; empty where the format is wrong. */
  readonly number: string;
}

/** Largest picture and largest file of changes that are read, in octets. */
export const maximumArms = 8 * 1024 * 1024;
export const maximumTemplateFile = 8 * 1024 * 1024;

export interface TemplateCalls {
  'templates.read': { input: Nothing; output: OfficeTemplates };
  /** The real page of a kind with sample content, as unsaved changes would print it; null: of the first kind. */
  'templates.preview': { input: { changes: OfficeChanges; kind: string | null }; output: TemplatePreview };
  /** Keeps what is being typed; null forgets it. */
  'templates.keep': { input: { draft: TemplateDraft | null }; output: null };
  /** A new version, in force at once. `version` is the one that the changes began from. */
  'templates.save': {
    input: { version: number; changes: OfficeChanges; note: string };
    output: OfficeTemplates;
  };
  /** An earlier version once more, as a new one; 0 is the profile as it was shipped. */
  'templates.restore': { input: { version: number }; output: OfficeTemplates };
  /** Takes a picture in (PNG, JPEG, SVG) as a PNG of our own making; it is used once changes name it. */
  'templates.image': {
    input: { bytes: Uint8Array };
    output: { readonly image: string; readonly width: number; readonly height: number };
  };
  /** A file that another office or version exported: a new version when all of it is right, else nothing. */
  'templates.import': {
    input: { bytes: Uint8Array };
    output: { readonly templates: OfficeTemplates | null; readonly problems: readonly TemplateProblem[] };
  };
}

export interface TemplateFileCalls {
  /** What is in force as a file, pictures among it. */
  'templates.export': { input: Nothing; output: { file: Uint8Array; fileName: string } };
}

export interface TemplateDesktopCalls {
  /** Asks where, then writes the office's changes as a file. */
  'desktop.saveTemplates': { input: Nothing; output: { saved: boolean; fileName: string } };
}
