/**
 * Files that are attached to a letter → pictures of their pages, and these → the typeset letter. No key, no storage,
 * no network; runs in the pool.
 */
export { insertPictures } from './insert.ts';
export { readIncoming, showIncoming } from './incoming.ts';
export { readAttachment } from './read.ts';
