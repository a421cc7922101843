import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** resources/fonts/fonts.json: families in the order in which a character looks for its glyph. */
const manifestSchema = z.array(z.strictObject({ family: z.string(), files: z.array(z.string()) })).min(1);

function readManifest(resourcesDir: string): z.infer<typeof manifestSchema> {
  return manifestSchema.parse(JSON.parse(readFileSync(join(resourcesDir, 'fonts', 'fonts.json'), 'utf8')));
}

export function loadFontFamilies(resourcesDir: string): readonly string[] {
  return readManifest(resourcesDir).map((entry) => entry.family);
}

/** The shipped font files themselves: the compiler is given these and never looks at the system's. */
export function loadFontFiles(resourcesDir: string): Buffer[] {
  return readManifest(resourcesDir).flatMap((entry) =>
    entry.files.map((file) => readFileSync(join(resourcesDir, 'fonts', file))),
  );
}
