/** The office's own profile: versions of its changes, and its pictures. Writes only tables of its own. */
export {
  addVersion,
  changesOf,
  currentChanges,
  keepDraft,
  listVersions,
  newestVersion,
  readDraft,
  shippedVersion,
} from './profiles.ts';
export { addImage, dropUnused, readImage } from './images.ts';
