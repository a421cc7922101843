/** The signed statement that a letter's QR code carries, so that paper can be checked with no network. */
export {
  checkStatement,
  exportStatementKey,
  importStatementKey,
  keyFingerprint,
  makeStatement,
  newStatementKey,
  publicKeyOf,
} from './statement.ts';
export { letterDigest } from './digest.ts';
export { cardBody, makeCard, readCard, writeCard } from './card.ts';
export { hasLookalikes } from './lookalike.ts';
