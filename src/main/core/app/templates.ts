import { toOfficial } from '../accounts/index.ts';
import type { Input, Output } from '../contract/api.ts';
import { printNumber } from '../contract/number-format.ts';
import { AppError } from '../contract/errors.ts';
import type {
  OfficeChanges,
  OfficeTemplates,
  TemplatePreview,
  TemplateProblem,
  TemplateVersion,
} from '../contract/templates.ts';
import { kindsInUse, recordChange } from '../letters/index.ts';
import {
  addImage,
  addVersion,
  changesOf,
  currentChanges,
  dropUnused,
  keepDraft,
  listVersions,
  newestVersion,
  readDraft,
  readImage,
} from '../office/index.ts';
import {
  checkChanges,
  imagesOf,
  sampleClassification,
  sampleLetter,
  shippedProfile,
  type KindRules,
} from '../typesetting/index.ts';
import type { WriteDb } from '../vault/index.ts';
import { plainDate, type Context } from './context.ts';
import { picturesOf } from './office-profile.ts';
import { sameKind, withKindsInUse } from './templates-kinds.ts';

/** The administrator's kinds of letter and templates; contract/templates.ts says what each call promises. */

/** For a drawing that is built to take for ever, in milliseconds. */
const longestDrawing = 15_000;

export function read(context: Context): OfficeTemplates {
  const { vault, accountId } = context.session();
  const { profile, ...shipped } = shippedProfile(context.ports.resourcesDir);
  const version = newestVersion(vault.read);
  return {
    version,
    changes: changesOf(vault.read, version),
    shipped: { page: shipped.page, kinds: shipped.kinds, bupatiTitle: profile.kop.bupatiTitle },
    used: kindsInUse(vault.read),
    versions: listVersions(vault.read),
    fonts: shipped.fonts,
    draft: readDraft(vault.read, accountId),
  };
}

export function keep(context: Context, { draft }: Input<'templates.keep'>): null {
  const { vault, accountId } = context.session();
  const now = context.ports.clock.now();
  vault.write((db) => keepDraft(db, accountId, draft, now));
  return null;
}

export async function preview(context: Context, input: Input<'templates.preview'>): Promise<TemplatePreview> {
  const checked = checkChanges(context.ports.resourcesDir, input.changes);
  if (checked.changes === null) return { pdf: null, pages: 0, problems: checked.problems, number: '' };
  const problems = [...checked.problems, ...missingImages(context, checked.changes)];
  const kind = input.kind ?? Object.keys(checked.profile.kinds)[0] ?? '';
  const rules = Object.hasOwn(checked.profile.kinds, kind) ? checked.profile.kinds[kind] : undefined;
  if (!rules) {
    const unknown: TemplateProblem = { path: '', reason: 'kind-unknown', named: kind };
    return { pdf: null, pages: 0, problems: [...problems, unknown], number: '' };
  }
  const number = sampleNumber(context, rules);
  const set = await setSample(context, checked, kind, rules);
  if ('problem' in set) return { pdf: null, pages: 0, problems: [...problems, set.problem], number };
  const shown = await context.ports.pool.run('display', { bytes: set.pdf });
  return { pdf: shown.pdf, pages: set.pages, problems, number };
}

type Checked = Extract<ReturnType<typeof checkChanges>, { readonly json: string }>;

/** The sample page of a kind, or why it cannot be set. */
async function setSample(
  context: Context,
  checked: Checked,
  kind: string,
  rules: KindRules,
): Promise<{ pdf: Uint8Array; pages: number } | { problem: TemplateProblem }> {
  const now = context.ports.clock.now();
  const letter = sampleLetter(kind, rules, {
    letterhead: context.letterhead(),
    signer: toOfficial(context.me(), null),
    number: sampleNumber(context, rules),
    date: plainDate(now),
  });
  try {
    return await context.ports.pool.run('typeset', {
      letter,
      profile: checked.json,
      createdAt: now.toISOString(),
      arms: picturesOf(context.session().vault.read, checked.changes),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { problem: pageProblem(error, kind, checked.changes) };
  }
}

function pageProblem(error: AppError, kind: string, changes: OfficeChanges): TemplateProblem {
  if (error.code !== 'GLYPH_MISSING') return { path: '', reason: 'template', named: error.code };
  const named = String(error.params?.['characters'] ?? '');
  const characters = [...named.matchAll(/(\S+) \(U\+/gu)].map((match) => match[1] ?? '');
  const place = placeOf({ kinds: { [kind]: changes.kinds?.[kind] }, arms: changes.arms }, characters);
  return {
    path: changes.bupatiTitle !== undefined && place === '' ? placeOf(changes, characters) : place,
    reason: 'glyph',
    named,
  };
}

/** Path of the first text that holds one of these characters; empty where it is none of the given ones. */
function placeOf(value: unknown, characters: readonly string[], path = ''): string {
  if (typeof value === 'string') return characters.some((one) => value.includes(one)) ? path : '';
  if (typeof value !== 'object' || value === null) return '';
  for (const [key, part] of Object.entries(value)) {
    const found = placeOf(part, characters, path === '' ? key : `${path}.${key}`);
    if (found !== '') return found;
  }
  return '';
}

function sampleNumber(context: Context, { numberTemplate }: KindRules): string {
  const { unit } = toOfficial(context.me(), null);
  return printNumber(
    { template: numberTemplate, padding: 1, insertion: 'decimal' },
    {
      classification: sampleClassification,
      sequence: 15,
      insertion: 0,
      unit,
      date: context.today,
      security: 'biasa',
    },
  );
}

function missingImages(context: Context, changes: OfficeChanges): readonly TemplateProblem[] {
  const { read: db } = context.session().vault;
  return imagesOf(changes)
    .filter((image) => readImage(db, image) === null)
    .map(() => ({ path: 'arms', reason: 'image-unknown' as const }));
}

/**
 * All that keeps these changes from being in force: what they say, and how the pages come out of every kind that they
 * touch. A change of page or kop touches every kind; one of each shape is set for all.
 */
async function judge(
  context: Context,
  given: unknown,
): Promise<{ readonly checked: Checked } | { readonly problems: readonly TemplateProblem[] }> {
  const checked = checkChanges(context.ports.resourcesDir, given);
  if (checked.changes === null) return { problems: checked.problems };
  const problems = [...checked.problems, ...missingImages(context, checked.changes)];
  if (problems.length > 0) return { problems };
  const before = currentChanges(context.session().vault.read).kinds ?? {};
  const own = Object.entries(checked.changes.kinds ?? {}).filter(([id, kind]) => !sameKind(kind, before[id]));
  const ids = new Set([...own.map(([id]) => id), ...oneOfEach(checked.profile.kinds)]);
  for (const id of ids) {
    const rules = checked.profile.kinds[id];
    const set = rules && (await setSample(context, checked, id, rules));
    if (set && 'problem' in set) return { problems: [set.problem] };
  }
  return { checked };
}

/** A kind of each shape and form of the kop. */
function oneOfEach(kinds: Readonly<Record<string, KindRules>>): readonly string[] {
  const found = new Map(Object.entries(kinds).map(([id, { shape, kop }]) => [`${shape} ${kop}`, id]));
  return [...found.values()];
}

/** @throws AppError for the first of them. */
function refuse(problems: readonly TemplateProblem[]): never {
  const [first] = problems;
  if (first?.reason === 'number-collides')
    throw new AppError('KIND_NUMBERS_COLLIDE', { kind: first.named ?? '' });
  if (first?.reason === 'glyph') throw new AppError('GLYPH_MISSING', { characters: first.named ?? '' });
  if (first?.reason === 'template') throw new AppError('TYPESET_FAILED');
  throw new AppError('PROFILE_INVALID', { field: first?.path ?? '' });
}

/**
 * @throws AppError TEMPLATES_CHANGED_ELSEWHERE; PROFILE_INVALID {field}, KIND_NUMBERS_COLLIDE {kind}, GLYPH_MISSING,
 * TYPESET_FAILED for changes that cannot be in force; KIND_IN_USE {kind} when they lose a kind that letters have.
 */
export async function save(context: Context, input: Input<'templates.save'>): Promise<OfficeTemplates> {
  const judged = await judge(context, input.changes);
  if ('problems' in judged) refuse(judged.problems);
  const { checked } = judged;
  add(context, checked.changes, { note: input.note, origin: 'saved', restored: null }, (db) => {
    if (newestVersion(db) !== input.version) throw new AppError('TEMPLATES_CHANGED_ELSEWHERE');
    const lost = kindsInUse(db).find((id) => !Object.hasOwn(checked.profile.kinds, id));
    if (lost !== undefined) {
      const label = changesOf(db, input.version).kinds?.[lost]?.label;
      throw new AppError('KIND_IN_USE', { kind: label ?? lost });
    }
  });
  return read(context);
}

/** @throws AppError as `save`, and NOT_FOUND for a version that there is not. */
export async function restore(
  context: Context,
  { version }: Input<'templates.restore'>,
): Promise<OfficeTemplates> {
  const { vault } = context.session();
  const earlier = withKindsInUse(context, changesOf(vault.read, version));
  const judged = await judge(context, earlier);
  if ('problems' in judged) refuse(judged.problems);
  add(context, judged.checked.changes, { note: '', origin: 'restored', restored: version });
  return read(context);
}

/** For import: what a file says, with its pictures under the names that they have here. */
export async function bringIn(context: Context, given: unknown): Promise<readonly TemplateProblem[]> {
  const own = checkChanges(context.ports.resourcesDir, given);
  if (own.changes === null) return own.problems;
  const judged = await judge(context, withKindsInUse(context, own.changes));
  if ('problems' in judged) return judged.problems;
  add(context, judged.checked.changes, { note: '', origin: 'imported', restored: null });
  return [];
}

const actions: Readonly<Record<TemplateVersion['origin'], string>> = {
  saved: 'templates.saved',
  restored: 'templates.restored',
  imported: 'templates.imported',
};

/** What of a new version its list tells besides who and when. */
type Made = Pick<TemplateVersion, 'note' | 'origin' | 'restored'>;

function add(
  context: Context,
  changes: OfficeChanges,
  made: Made,
  check: (db: WriteDb) => void = () => undefined,
): void {
  const { accountId } = context.session();
  const facts = (version: number): Record<string, string | number> => ({
    version,
    ...(made.note === '' ? {} : { note: made.note }),
    ...(made.restored === null ? {} : { earlier: made.restored }),
  });
  const action = actions[made.origin];
  context.act({ action, entity: 'office', entityId: 'profile', facts }, (db, now) => {
    check(db);
    const version = addVersion(db, { ...made, by: accountId, changes }, now);
    keepDraft(db, accountId, null, now);
    dropUnused(db, now);
    recordChange(db, 'office', 'profile', now);
    return version;
  });
}

/** @throws AppError ARMS_UNREADABLE, ARMS_TOO_LARGE, ARMS_UNSAFE; TIMED_OUT for a drawing that takes for ever. */
export async function image(
  context: Context,
  { bytes }: Input<'templates.image'>,
): Promise<Output<'templates.image'>> {
  const drawn = await context.ports.pool.run('arms', { bytes }, longestDrawing);
  const now = context.ports.clock.now();
  const { vault } = context.session();
  const id = vault.write((db) => addImage(db, drawn, now));
  return { image: id, width: drawn.width, height: drawn.height };
}
