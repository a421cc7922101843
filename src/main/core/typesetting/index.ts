/** Typesetting: a letter as data → PDF/A-2a, the same bytes every time. No storage, no network, no system fonts. */
export { createTypesetter } from './typesetter.ts';
export { loadProfile } from './profile.ts';
export { readLetterFile } from './letter-file.ts';
