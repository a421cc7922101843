import { z } from 'zod';
import type { Input } from '../core/contract/api.ts';
import type { Block } from '../core/contract/letters.ts';
import { maximumNote, maximumTitle, moduleScopes, type WritingCalls } from '../core/contract/versions.ts';

const id = z.uuid();
const revision = z.int().min(1);
const number = z.int().min(1);

/** What the page may send about versions and text modules. @param body as a letter's. */
export const writingSchemas = (body: z.ZodType<readonly Block[]>) =>
  ({
    'versions.list': z.strictObject({ id }),
    'versions.read': z.strictObject({ id, number }),
    'versions.keep': z.strictObject({ id, revision, note: z.string().trim().max(maximumNote) }),
    'versions.restore': z.strictObject({ id, revision, number }),
    'modules.list': z.strictObject({}),
    'modules.save': z.strictObject({
      id: id.nullable(),
      scope: z.enum(moduleScopes),
      title: z.string().trim().min(1).max(maximumTitle),
      body: body.nullable(),
    }),
    'modules.remove': z.strictObject({ id }),
  }) satisfies { readonly [N in keyof WritingCalls]: z.ZodType<Input<N>> };
