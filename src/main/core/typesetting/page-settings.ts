import { z } from 'zod';

/** Margins (millimetres), type sizes (points) and spacing: of a whole profile, and what one kind has otherwise. */
const size = z.number().min(5).max(48);
const margin = z.number().min(5).max(80);

export const margins = z.strictObject({ top: margin, bottom: margin, left: margin, right: margin });
export const sizes = z.strictObject({
  body: size,
  table: size,
  government: size,
  office: size,
  address: size,
  signature: size,
  footer: size,
});
export const spacing = z.strictObject({
  line: z.number().min(1).max(2),
  paragraph: z.number().min(0).max(36),
  indent: z.number().min(0).max(40),
});

/** What differs from the settings below it. */
export const pageChanges = z.strictObject({
  margins: margins.partial().optional(),
  sizes: sizes.partial().optional(),
  spacing: spacing.partial().optional(),
  font: z.string().min(1).max(80).optional(),
});
type Changes = z.infer<typeof pageChanges>;

interface Settings {
  readonly margins: z.infer<typeof margins>;
  readonly sizes: z.infer<typeof sizes>;
  readonly spacing: z.infer<typeof spacing>;
  readonly fonts: { readonly body: string };
}

/** One laid over the other: what is not named stays. */
export function withPage<T extends Settings>(settings: T, changes: Changes): T {
  return {
    ...settings,
    margins: over(settings.margins, changes.margins),
    sizes: over(settings.sizes, changes.sizes),
    spacing: over(settings.spacing, changes.spacing),
    fonts: { ...settings.fonts, ...(changes.font === undefined ? {} : { body: changes.font }) },
  };
}

function over<T extends object>(base: T, changes: { readonly [K in keyof T]?: T[K] | undefined } = {}): T {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(named) };
}

/** Millimetres that must stay for words beside and between the margins: a signature block has to fit. */
const leastWidth = 100;
const leastHeight = 100;

/** Do the margins leave room? */
export const hasRoom = (
  paper: { readonly width: number; readonly height: number },
  one: Settings['margins'],
): boolean =>
  paper.width - one.left - one.right >= leastWidth && paper.height - one.top - one.bottom >= leastHeight;
