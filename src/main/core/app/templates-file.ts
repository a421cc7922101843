import type { Input, Output } from '../contract/api.ts';
import { AppError } from '../contract/errors.ts';
import { kopForms, maximumTemplateFile, type TemplateProblem } from '../contract/templates.ts';
import { currentChanges, readImage } from '../office/index.ts';
import { imagesOf } from '../typesetting/index.ts';
import type { Context } from './context.ts';
import { bringIn, image, read } from './templates.ts';

/**
 * The office's changes as a file for another office, or to keep: JSON with the changes as they are, and the pictures that
 * they name in base 64 by their names.
 */
const format = 'eletter-templates';
const formatVersion = 1;

export function exportAll(context: Context): { file: Uint8Array; fileName: string } {
  const { read: db } = context.session().vault;
  const changes = currentChanges(db);
  const images = imagesOf(changes).flatMap((id) => {
    const found = readImage(db, id);
    return found ? [[id, Buffer.from(found.png).toString('base64')]] : [];
  });
  const file = { format, version: formatVersion, changes, images: Object.fromEntries(images) };
  const day = context.today;
  return {
    file: new Uint8Array(Buffer.from(`${JSON.stringify(file, null, 2)}\n`)),
    fileName: `templat-naskah-${day}.json`,
  };
}

const problem = (path: string, reason: TemplateProblem['reason'], named?: string): TemplateProblem =>
  named === undefined ? { path, reason } : { path, reason, named };

/** Nothing is in force, and no picture is kept for long, unless all of the file is right. */
export async function importAll(
  context: Context,
  { bytes }: Input<'templates.import'>,
): Promise<Output<'templates.import'>> {
  const problems = await attempt(context, bytes);
  return problems.length > 0 ? { templates: null, problems } : { templates: read(context), problems };
}

async function attempt(context: Context, bytes: Uint8Array): Promise<readonly TemplateProblem[]> {
  if (bytes.byteLength > maximumTemplateFile)
    return [problem('', 'size', `${maximumTemplateFile / 1024 ** 2} MB`)];
  const raw = parsed(bytes);
  if (!isObject(raw) || raw['format'] !== format) return [problem('format', 'wrong-type')];
  if (raw['version'] !== formatVersion) return [problem('version', 'not-one-of', String(formatVersion))];
  const { changes, images } = raw;
  if (!isObject(changes)) return [problem('changes', 'wrong-type')];
  const taken = await takePictures(context, isObject(images) ? images : {}, changes);
  if ('problems' in taken) return taken.problems;
  return bringIn(context, taken.changes);
}

/** Pictures of a file are as hostile as any: each is drawn anew, and may get another name by that. */
async function takePictures(
  context: Context,
  images: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Promise<{ readonly changes: unknown } | { readonly problems: readonly TemplateProblem[] }> {
  const { arms } = changes;
  if (!isObject(arms)) return { changes };
  const renamed: Record<string, unknown> = { ...arms };
  for (const form of kopForms) {
    const one = arms[form];
    if (!isObject(one)) continue;
    const name = one['image'];
    const data = typeof name === 'string' && Object.hasOwn(images, name) ? images[name] : undefined;
    if (typeof data !== 'string') return { problems: [problem(`arms.${form}.image`, 'image-unknown')] };
    try {
      const drawn = await image(context, { bytes: new Uint8Array(Buffer.from(data, 'base64')) });
      renamed[form] = { ...one, image: drawn.image };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { problems: [problem(`arms.${form}.image`, 'image-unknown', error.code)] };
    }
  }
  return { changes: { ...changes, arms: renamed } };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
