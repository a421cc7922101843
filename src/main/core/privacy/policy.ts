import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Language, PolicyDocument } from '../contract/people.ts';
import type { Clock } from '../ports.ts';

/** The shipped privacy policy. A version is a folder named by its effective date, with one text per language. */
export interface Policies {
  /** The version in force now. */
  readonly current: string;
  read(language: Language): PolicyDocument;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

function isSection(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const section = value as Record<string, unknown>;
  return isText(section['heading']) && isTexts(section['paragraphs']) && isTexts(section['items']);
}

function readDocument(path: string, version: string, language: Language): PolicyDocument {
  const value = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const { title, intro, sections, effective } = value;
  const whole =
    isText(title) &&
    isText(intro) &&
    isText(effective) &&
    Array.isArray(sections) &&
    sections.length > 0 &&
    sections.every(isSection);
  if (!whole || value['version'] !== version || value['language'] !== language)
    throw new AppError('INTERNAL');
  return { version, effective, language, title, intro, sections: sections as PolicyDocument['sections'] };
}

/** Plain date (YYYY-MM-DD) in the regency's zone. */
const today = (clock: Clock): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(clock.now());

/**
 * @param resourcesDir holds `privacy-policy/<version>/<language>.json`.
 * @throws AppError INTERNAL when no version is in force or a text is not whole: the application must not start
 *   with a policy that it cannot show.
 */
export function loadPolicies(resourcesDir: string, clock: Clock): Policies {
  const folder = join(resourcesDir, 'privacy-policy');
  const versions = readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name))
    .sort();
  const inForce = (): string => {
    const now = today(clock);
    // A clock that stands before the first policy (a dead battery) must not lock people out of their letters.
    const version = versions.filter((one) => one <= now).at(-1) ?? versions[0];
    if (version === undefined) throw new AppError('INTERNAL');
    return version;
  };
  return {
    get current() {
      return inForce();
    },
    read(language) {
      const version = inForce();
      return readDocument(join(folder, version, `${language}.json`), version, language);
    },
  };
}
