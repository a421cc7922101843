import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, messages, securityClasses, urgencies } from '../contract/index.ts';
import { loadFontFamilies } from './fonts.ts';
import { firstIssueField } from './issue.ts';
import { kindId, kindRules, type KindRules } from './kind-rules.ts';
import { signerRules } from './signers.ts';
import { kop } from './kop.ts';
import { margins, sizes, spacing } from './page-settings.ts';

/**
 * A regulation profile: paper, type, wording and numbering as data, so that a new regulation is a new file and
 * not a new release (DOMAIN, opening rule). Lengths are millimetres, type sizes and paragraph space points,
 * `spacing.line` is a multiple of Arial's natural line.
 */
const shippedProfile = join('profiles', 'permendagri-1-2023.json');
/** Also of the office's own changes to it. */
export const maxProfileCharacters = 200_000;

const wording = z.string().min(1).max(400);

/** The issuer is named from the certificate alone: a profile can neither leave it out nor write another's name. */
const withoutIssuerName = (text: string): boolean => !/bsre|balai sertifikasi/i.test(text);
const namesIssuer = (text: string): boolean => text.includes('{issuer}');

const certifiedFooter = wording.refine(namesIssuer).refine(withoutIssuerName);
const uncertifiedFooter = certifiedFooter.refine((text) => /tidak tersertifikasi/i.test(text));

const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: wording,
  city: z.string().max(80),
  paper: z.strictObject({ width: z.number().min(100).max(420), height: z.number().min(140).max(600) }),
  margins,
  fonts: z.strictObject({ body: z.string() }),
  sizes,
  spacing,
  kop: kop.prefault({}),
  urgencies: z.record(z.enum(urgencies), wording),
  /** Hours in which a letter should be dealt with (DOMAIN §3, unverified). */
  targetHours: z
    .record(z.enum(urgencies), z.int().min(1).max(2160))
    .default({ biasa: 120, segera: 48, 'amat-segera': 24 }),
  securityClasses: z.record(z.enum(securityClasses), wording).default(messages.id.security),
  signature: z.strictObject({
    heading: wording,
    width: z.number().min(60).max(160),
    qr: z.number().min(15).max(40),
    /** What a screen reader says for the code. */
    qrMeaning: wording.default('Kode QR berisi pernyataan kantor tentang surat ini, diperiksa luring'),
    /** Whether the box names the post again, which stands above it in any case. */
    postInBox: z.boolean().default(false),
  }),
  signers: signerRules.default(signerRules.parse({})),
  pendingNumber: wording,
  footer: z.strictObject({
    certified: certifiedFooter,
    uncertified: uncertifiedFooter,
    /** Of a page with several signers: what is known of the first one's certificate, and where the others' say. */
    several: z.strictObject({ certified: certifiedFooter, uncertified: uncertifiedFooter }).default({
      certified:
        'Dokumen ini ditandatangani secara elektronik. Sertifikat penanda tangan pertama diterbitkan oleh {issuer} (tersertifikasi); penerbit sertifikat penanda tangan lainnya tertera pada tanda tangan digital masing-masing.',
      uncertified:
        'Dokumen ini ditandatangani secara elektronik. Sertifikat penanda tangan pertama diterbitkan oleh {issuer} (tidak tersertifikasi: bukan PSrE Indonesia); penerbit sertifikat penanda tangan lainnya tertera pada tanda tangan digital masing-masing.',
    }),
    unsigned: wording.refine(withoutIssuerName),
    law: wording.refine(withoutIssuerName),
  }),
  /** What a disposition may ask for, by keys that dispositions keep; in the order in which they are offered. */
  dispositionInstructions: z
    .record(z.string().regex(/^[a-z0-9-]{1,40}$/), z.strictObject({ id: wording, en: wording }))
    .default({}),
  kinds: z.record(kindId, kindRules).refine((kinds) => Object.keys(kinds).length > 0),
  /** Kinds that are not offered for new letters. */
  hidden: z.array(kindId).max(200).default([]),
});

export type Profile = Readonly<z.infer<typeof profileSchema>>;

/**
 * The regulation profile in force: `json` as an administrator installed it, or the shipped default for null.
 * Errors: PROFILE_INVALID { field }.
 */
export function loadProfile(resourcesDir: string, json: string | null): Profile {
  const text = json ?? shippedText(resourcesDir);
  if (text.length > maxProfileCharacters) throw new AppError('PROFILE_INVALID', { field: 'size' });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new AppError('PROFILE_INVALID', { field: 'JSON' }, cause);
  }
  const parsed = profileSchema.safeParse(raw);
  if (!parsed.success) {
    throw new AppError('PROFILE_INVALID', { field: firstIssueField(parsed.error) }, parsed.error);
  }
  if (!loadFontFamilies(resourcesDir).includes(parsed.data.fonts.body)) {
    throw new AppError('PROFILE_INVALID', { field: 'fonts.body' });
  }
  return parsed.data;
}

/** The shipped profile as JSON text. */
export const shippedText = (resourcesDir: string): string =>
  readFileSync(join(resourcesDir, shippedProfile), 'utf8');

/** The rules of a letter's kind. Errors: KIND_UNKNOWN { kind }, as after the profile lost one. */
export function rulesOf(profile: Profile, kind: string): KindRules {
  const rules = Object.hasOwn(profile.kinds, kind) ? profile.kinds[kind] : undefined;
  if (!rules) throw new AppError('KIND_UNKNOWN', { kind });
  return rules;
}
