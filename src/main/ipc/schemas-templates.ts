import { z } from 'zod';
import type { Input } from '../core/contract/api.ts';
import {
  maximumArms,
  maximumTemplateFile,
  type OfficeChanges,
  type TemplateCalls,
} from '../core/contract/templates.ts';

/**
 * What the page may send about templates. Changes are only capped here: their use case judges every value, says of each
 * why it cannot be, and does so for files from outside as well.
 */
const mostCharacters = 400_000;

const changes = z.custom<OfficeChanges>((value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  try {
    return JSON.stringify(value).length <= mostCharacters;
  } catch {
    return false;
  }
});

const kind = z.string().max(40).nullable();
const version = z.int().min(0);
const bytes = (most: number): z.ZodType<Uint8Array> =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= most);
const nothing = z.strictObject({});

export const templateSchemas = {
  'templates.read': nothing,
  'templates.preview': z.strictObject({ changes, kind }),
  'templates.keep': z.strictObject({ draft: z.strictObject({ kind, version, changes }).nullable() }),
  'templates.save': z.strictObject({ version, changes, note: z.string().trim().max(300) }),
  'templates.restore': z.strictObject({ version }),
  'templates.image': z.strictObject({ bytes: bytes(maximumArms) }),
  'templates.import': z.strictObject({ bytes: bytes(maximumTemplateFile) }),
  'desktop.saveTemplates': nothing,
} satisfies { readonly [N in keyof TemplateCalls | 'desktop.saveTemplates']: z.ZodType<Input<N>> };
