/** PDF + signer + options → signed PDF. No storage: the only entrance is `signPdf`. */
export { signPdf } from './sign.ts';
export { signFileAtLevel, signPdfFile } from './large-file.ts';
export type { SignOptions } from './options.ts';
export { markLines } from './mark-lines.ts';
export { signAtLevel } from './levels.ts';
export { timestampPdf } from './lone-timestamp.ts';
export type { LevelledSignature } from './levels.ts';
export { renewPdf } from './renew.ts';
export { requestTimestamp } from './timestamping.ts';
export { existingSignatures } from './existing.ts';
export { fieldOfTurn } from './several.ts';
export type { ValidationServices } from './services.ts';
export { prepareRevision } from './apart.ts';
export { signFiles } from './many-files.ts';
export type { FileOutcome } from './many-files.ts';
