import { z } from 'zod';
import type { KopForm } from '../contract/index.ts';
import type { KindRules } from './kind-rules.ts';

/** The letterhead (kop) in the forms that a kind can have, and the pictures that stand in it. */
export const arms = z.strictObject({
  /** SHA-256 of the PNG that the vault keeps. */
  image: z.string().regex(/^[0-9a-f]{64}$/),
  alt: z.string().trim().min(1).max(200),
});

export const armsByForm = z.strictObject({ office: arms.optional(), bupati: arms.optional() });
export const bupatiTitle = z.string().trim().min(1).max(120);

export const kop = z.strictObject({
  arms: armsByForm.prefault({}),
  bupatiTitle: bupatiTitle.default('BUPATI LAMPUNG TIMUR'),
});

/** The pictures themselves, by the form of the kop that shows them. */
export type ArmsPictures = { readonly [F in KopForm]?: Uint8Array | undefined };

/** Where a picture lies for the templates. */
export const armsFile = (form: KopForm): string => `arms-${form}.png`;

const placeholders: Readonly<Record<KopForm, string>> = {
  office: 'Lambang daerah (gambar pengganti)',
  bupati: 'Lambang negara (gambar pengganti)',
};

/** Which picture the page shows, and what a screen reader says for it; a placeholder where the office has none. */
export function kopView(
  kind: Pick<KindRules, 'kop'>,
  own: z.infer<typeof kop>,
  pictures: ArmsPictures,
): { readonly form: KopForm; readonly title: string; readonly file: string; readonly alt: string } {
  const form = kind.kop;
  const chosen = own.arms[form];
  const shown =
    chosen && pictures[form]
      ? { file: armsFile(form), alt: chosen.alt }
      : { file: 'arms.svg', alt: placeholders[form] };
  return { form, title: own.bupatiTitle, ...shown };
}
