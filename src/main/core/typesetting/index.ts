/** Typesetting: a letter as data → PDF/A-2a, the same bytes every time. No storage, no network, no system fonts. */
export { createTypesetter } from './typesetter.ts';
export { loadProfile, rulesOf } from './profile.ts';
export type { Profile } from './profile.ts';
export { kindOf, startOf } from './kind-rules.ts';
export type { KindRules } from './kind-rules.ts';
export { readLetterFile } from './letter-file.ts';
export { checkChanges, imagesOf, shippedProfile } from './office-profile.ts';
export type { ArmsPictures } from './kop.ts';
export { sampleClassification, sampleLetter } from './sample-letter.ts';
