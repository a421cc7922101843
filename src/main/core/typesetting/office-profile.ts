import { z } from 'zod';
import {
  kopForms,
  type KindTemplate,
  type OfficeChanges,
  type PageSettings,
  type TemplateProblem,
} from '../contract/index.ts';
import { loadFontFamilies } from './fonts.ts';
import { formatsCollide } from './formats-collide.ts';
import { kindId, kindRules, type KindRules } from './kind-rules.ts';
import { armsByForm, bupatiTitle } from './kop.ts';
import { hasRoom, pageChanges, withPage } from './page-settings.ts';
import { loadProfile, maxProfileCharacters, shippedText, type Profile } from './profile.ts';
import { problemsOf } from './template-problems.ts';

/** The office's changes laid over the shipped profile, and what keeps them from being in force. */

const mostKinds = 150;
const changesSchema = z.strictObject({
  page: pageChanges.optional(),
  kinds: z
    .record(kindId, kindRules)
    .refine((kinds) => Object.keys(kinds).length <= mostKinds, { error: 'too-many' })
    .optional(),
  hidden: z.array(kindId).max(mostKinds).optional(),
  arms: armsByForm.optional(),
  bupatiTitle: bupatiTitle.optional(),
});

/** The shipped profile as settings that an office can change. */
export interface ShippedProfile {
  readonly profile: Profile;
  readonly page: PageSettings;
  readonly kinds: Readonly<Record<string, KindTemplate>>;
  /** Families that every sign of a letter in Latin script is set in; the others stand in for single signs. */
  readonly fonts: readonly string[];
}

/** Families of resources/fonts that have upright and bold of all that Indonesian words need. */
const textFamilies = ['Arimo', 'Noto Sans'];

export function shippedProfile(resourcesDir: string): ShippedProfile {
  const profile = loadProfile(resourcesDir, null);
  return {
    profile,
    page: {
      margins: profile.margins,
      sizes: profile.sizes,
      spacing: profile.spacing,
      font: profile.fonts.body,
    },
    kinds: Object.fromEntries(Object.entries(profile.kinds).map(([id, rules]) => [id, filled(rules)])),
    fonts: loadFontFamilies(resourcesDir).filter((family) => textFamilies.includes(family)),
  };
}

/** Names in both languages, also where the profile gives the printed word alone. */
function filled(rules: KindRules): KindTemplate {
  const words = { id: rules.label, en: rules.label };
  return { ...rules, name: rules.name ?? words, about: rules.about ?? words };
}

export type CheckedChanges =
  | {
      readonly changes: OfficeChanges;
      /** The whole profile as JSON text, as the typesetter takes it. */
      readonly json: string;
      readonly profile: Profile;
      /** Of two parts that do not go together; the page can be set all the same. */
      readonly problems: readonly TemplateProblem[];
    }
  | { readonly changes: null; readonly problems: readonly TemplateProblem[] };

const refused = (...problems: readonly TemplateProblem[]): CheckedChanges => ({ changes: null, problems });

/**
 * Judges changes from anywhere: of the screen, of a file, of the vault.
 * @param given JSON-like; nothing of its shape is taken for granted but that it is no deeper than JSON.parse allows.
 */
export function checkChanges(resourcesDir: string, given: unknown): CheckedChanges {
  const text = jsonOf(given);
  if (text === null || text.length > maxProfileCharacters)
    return refused({ path: '', reason: 'size', named: `${maxProfileCharacters / 1000} kB` });
  const parsed = changesSchema.safeParse(given);
  if (!parsed.success) return refused(...problemsOf(parsed.error, given));
  const changes: OfficeChanges = parsed.data;
  const json = mergedJson(resourcesDir, changes);
  if (json.length > maxProfileCharacters)
    return refused({ path: '', reason: 'size', named: `${maxProfileCharacters / 1000} kB` });
  const { fonts } = shippedProfile(resourcesDir);
  const fontProblems = fontsOf(changes)
    .filter(({ font }) => !fonts.includes(font))
    .map(({ path, font }): TemplateProblem => ({ path, reason: 'font-unknown', named: font }));
  if (fontProblems.length > 0) return refused(...fontProblems);
  const profile = loadProfile(resourcesDir, json);
  const unknown = (changes.hidden ?? []).flatMap((id, at): readonly TemplateProblem[] =>
    Object.hasOwn(profile.kinds, id) ? [] : [{ path: `hidden.${at}`, reason: 'kind-unknown', named: id }],
  );
  if (unknown.length > 0) return refused(...unknown);
  return {
    changes,
    json,
    profile,
    problems: [
      ...fullPages(profile, changes),
      ...collisions(loadProfile(resourcesDir, null), profile, changes),
    ],
  };
}

function jsonOf(given: unknown): string | null {
  try {
    return JSON.stringify(given) ?? null;
  } catch {
    // A ring, or a value that JSON has no words for.
    return null;
  }
}

/** The shipped file with the changes in it; kinds keep their order, own ones come last. */
function mergedJson(resourcesDir: string, changes: OfficeChanges): string {
  const base = JSON.parse(shippedText(resourcesDir)) as Profile;
  const kop = {
    ...base.kop,
    ...(changes.arms ? { arms: changes.arms } : {}),
    ...(changes.bupatiTitle === undefined ? {} : { bupatiTitle: changes.bupatiTitle }),
  };
  return JSON.stringify({
    ...withPage(base, changes.page ?? {}),
    kinds: { ...base.kinds, ...changes.kinds },
    kop,
    hidden: changes.hidden ?? [],
  });
}

function fontsOf(changes: OfficeChanges): readonly { readonly path: string; readonly font: string }[] {
  const kinds = Object.entries(changes.kinds ?? {}).map(([id, { page }]) => ({
    path: `kinds.${id}.page.font`,
    font: page.font,
  }));
  return [{ path: 'page.font', font: changes.page?.font }, ...kinds].flatMap(({ path, font }) =>
    font === undefined ? [] : [{ path, font }],
  );
}

/** Margins that leave no room, of the whole office or of one kind. */
function fullPages(profile: Profile, changes: OfficeChanges): readonly TemplateProblem[] {
  if (!hasRoom(profile.paper, profile.margins)) return [{ path: 'page.margins', reason: 'page-full' }];
  return Object.keys(changes.kinds ?? {}).flatMap((id): readonly TemplateProblem[] => {
    const rules = profile.kinds[id];
    if (!rules || hasRoom(profile.paper, withPage(profile, rules.page).margins)) return [];
    return [{ path: `kinds.${id}.page.margins`, reason: 'page-full' }];
  });
}

/**
 * Formats of the office's own that could give another register's numbers. What the regulation gives to several registers
 * alike is its own affair: the registers are kept apart by what the letters are.
 */
function collisions(shipped: Profile, profile: Profile, changes: OfficeChanges): readonly TemplateProblem[] {
  const key = ({ register, numberTemplate }: KindRules): string => `${register} ${numberTemplate}`;
  const regulated = new Set(Object.values(shipped.kinds).map(key));
  const problems: TemplateProblem[] = [];
  for (const id of Object.keys(changes.kinds ?? {})) {
    const mine = profile.kinds[id];
    if (!mine || regulated.has(key(mine))) continue;
    const other = Object.values(profile.kinds).find(
      (one) => key(one) !== key(mine) && formatsCollide(one.numberTemplate, mine.numberTemplate),
    );
    if (other)
      problems.push({ path: `kinds.${id}.numberTemplate`, reason: 'number-collides', named: other.label });
  }
  return problems;
}

/** The pictures that changes name, each once. */
export const imagesOf = (changes: OfficeChanges): readonly string[] => [
  ...new Set(kopForms.flatMap((form) => changes.arms?.[form]?.image ?? [])),
];
